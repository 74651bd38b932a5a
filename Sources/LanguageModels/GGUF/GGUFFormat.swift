internal import Tensors

/// How the weights of an exported GGUF file are kept. Norms, biases and tables of positions are float32 in both.
public enum GGUFFormat: String, Sendable, CaseIterable, Codable {
    case float16 = "f16"
    /// 8 bits a number and a scale for 32 of them. Matrices whose rows are no multiple of 32 are kept as float16.
    case blocksOf8Bits = "q8_0"

    /// llama.cpp's number for files of this kind (`general.file_type`).
    var fileType: UInt32 {
        switch self {
        case .float16: 1
        case .blocksOf8Bits: 7
        }
    }

    func type(columns: Int) -> GGUFElementType {
        self == .blocksOf8Bits && columns.isMultiple(of: GGUFElementType.blocksOf8Bits.blockLength)
            ? .blocksOf8Bits : .float16
    }
}
