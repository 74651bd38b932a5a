internal import CKernels

/// The number formats of GGUF files that are written here, with the numbers by which ggml knows them.
public enum GGUFElementType: UInt32, Sendable, Equatable {
    case float32 = 0
    case float16 = 1
    /// Blocks of 32 numbers along a row: one float16 scale, then 32 signed bytes.
    case blocksOf8Bits = 8

    /// Numbers of a block; rows consist of whole blocks.
    public var blockLength: Int { self == .blocksOf8Bits ? 32 : 1 }

    /// Bytes of a block.
    public var blockSize: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        case .blocksOf8Bits: 34
        }
    }

    /// Writes `count` finite numbers, whole blocks.
    ///
    /// - Returns: whether the format can hold them all: float16, and the scales of Q8_0, end at 65,504.
    func narrow(_ source: UnsafePointer<Float>, count: Int, into target: UnsafeMutableRawPointer) -> Bool {
        switch self {
        case .float32:
            ElementType.float32.narrow(source, count: count, into: target)
            return ElementType.float32.isFinite(target, count: count)
        case .float16:
            ElementType.float16.narrow(source, count: count, into: target)
            return ElementType.float16.isFinite(target, count: count)
        case .blocksOf8Bits:
            guard ElementType.float32.isFinite(source, count: count) else { return false }
            return consilium_q8_0_quantize(target, source, count / blockLength)
        }
    }
}
