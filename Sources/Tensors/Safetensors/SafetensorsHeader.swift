internal import ConsiliumCore
internal import Foundation

/// What stands before the data of a safetensors file that is being written.
struct SafetensorsHeader {
    /// With the length in front, padded so that the data starts at a multiple of eight bytes.
    let bytes: Data
    /// Bytes of all tensors together.
    let dataCount: Int

    /// The tensors follow each other in the given order.
    ///
    /// - Parameter metadata: `format: pt` is added unless given, because some loaders refuse a file without it.
    /// - Throws: ``TensorsError`` `.malformedFile` for a name that is reserved or appears twice, `.wrongShape`.
    init(_ tensors: [(name: String, type: ElementType, shape: [Int])], metadata: [String: String]) throws {
        var header = "{\"__metadata__\":{"
        let metadata = metadata.merging(["format": "pt"]) { given, _ in given }
        header += try metadata.sorted { $0.key < $1.key }
            .map { "\(try Self.quoted($0.key)):\(try Self.quoted($0.value))" }.joined(separator: ",")
        header += "}"
        var position = 0
        var names: Set<String> = []
        for tensor in tensors {
            guard names.insert(tensor.name).inserted, tensor.name != "__metadata__" else {
                throw TensorsError(
                    .malformedFile, "The tensor name “\(tensor.name)” can't be written twice or is reserved.")
            }
            guard let count = elementCount(of: tensor.shape + [tensor.type.size]) else {
                throw TensorsError(.wrongShape, "“\(tensor.name)” has the shape \(tensor.shape), which is too large.")
            }
            let (end, overflow) = position.addingReportingOverflow(count)
            guard !overflow else { throw TensorsError(.wrongShape, "The tensors are too large for one file.") }
            header += ",\(try Self.quoted(tensor.name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":["
            header += tensor.shape.map(String.init).joined(separator: ",")
            header += "],\"data_offsets\":[\(position),\(end)]}"
            position = end
        }
        header += "}"
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        var bytes = Data(capacity: 8 + header.utf8.count)
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: header.utf8)
        self.bytes = bytes
        dataCount = position
    }

    private static func quoted(_ text: String) throws -> String {
        String(decoding: try CanonicalJSON.encode(text), as: UTF8.self)
    }
}
