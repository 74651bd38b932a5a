import Foundation
import Testing

/// The one float tensor of a small safetensors file, read by other code than the product's.
struct Safetensors {
    let name: String
    let type: String
    let shape: [Int]
    let values: [Float]

    init(_ url: URL) throws {
        let data = try Data(contentsOf: url)
        let length = data.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        let header = try #require(
            JSONSerialization.jsonObject(with: data.dropFirst(8).prefix(length)) as? [String: [String: Any]])
        let tensors = header.filter { $0.key != "__metadata__" }
        try #require(tensors.count == 1)
        let (name, entry) = try #require(tensors.first)
        self.name = name
        type = try #require(entry["dtype"] as? String)
        shape = try #require(entry["shape"] as? [Int])
        let bytes = Data(data.dropFirst(8 + length))
        values = bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: buffer.count - 3, by: 4).map {
                Float(bitPattern: UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
            }
        }
    }
}
