import Foundation

/// A reader of GGUF files for tests, written from the specification and not from the writer.
struct GGUFFile {
    struct Tensor {
        var name: String
        /// The fastest first, as in the file.
        var shape: [Int]
        var type: UInt32
        var offset: Int
    }

    var version: UInt32 = 0
    var values: [String: Any] = [:]
    var tensors: [Tensor] = []
    let data: [UInt8]
    /// Where the tensors' data begins.
    var start = 0
    private var position = 0

    struct Malformed: Error {}

    init(_ url: URL) throws {
        data = [UInt8](try Data(contentsOf: url))
        guard data.starts(with: Array("GGUF".utf8)) else { throw Malformed() }
        position = 4
        version = try number()
        let tensorCount: UInt64 = try number()
        let valueCount: UInt64 = try number()
        for _ in 0..<valueCount {
            let key = try text()
            let type: UInt32 = try number()
            values[key] = try value(type)
        }
        for _ in 0..<tensorCount {
            let name = try text()
            let dimensions: UInt32 = try number()
            var shape: [Int] = []
            for _ in 0..<dimensions { shape.append(Int(try number() as UInt64)) }
            let type: UInt32 = try number()
            tensors.append(Tensor(name: name, shape: shape, type: type, offset: Int(try number() as UInt64)))
        }
        start = (position + 31) / 32 * 32
    }

    private mutating func number<Number: FixedWidthInteger>() throws -> Number {
        let size = MemoryLayout<Number>.size
        guard position + size <= data.count else { throw Malformed() }
        defer { position += size }
        return data.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
        }
    }

    private mutating func text() throws -> String {
        let count = Int(try number() as UInt64)
        guard position + count <= data.count else { throw Malformed() }
        defer { position += count }
        return String(decoding: data[position..<position + count], as: UTF8.self)
    }

    private mutating func value(_ type: UInt32) throws -> Any {
        switch type {
        case 4: return try number() as UInt32
        case 5: return try number() as Int32
        case 6: return Float(bitPattern: try number())
        case 7: return (try number() as UInt8) != 0
        case 8: return try text()
        case 9:
            let type: UInt32 = try number()
            let count: UInt64 = try number()
            return try (0..<count).map { _ in try value(type) }
        default: throw Malformed()
        }
    }

    /// The numbers of a tensor, row-major.
    func floats(_ name: String) throws -> [Float] {
        guard let tensor = tensors.first(where: { $0.name == name }) else { throw Malformed() }
        let count = tensor.shape.reduce(1, *)
        let from = start + tensor.offset
        return try data.withUnsafeBytes { bytes in
            func half(_ at: Int) -> Float {
                Float(Float16(bitPattern: bytes.loadUnaligned(fromByteOffset: at, as: UInt16.self)))
            }
            switch tensor.type {
            case 0: return (0..<count).map { bytes.loadUnaligned(fromByteOffset: from + $0 * 4, as: Float.self) }
            case 1: return (0..<count).map { half(from + $0 * 2) }
            case 8:
                return (0..<count).map { index in
                    let block = from + index / 32 * 34
                    let code = Int8(bitPattern: bytes[block + 2 + index % 32])
                    return half(block) * Float(code)
                }
            default: throw Malformed()
            }
        }
    }
}
