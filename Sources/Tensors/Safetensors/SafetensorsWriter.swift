internal import CKernels
internal import ConsiliumCore
public import Foundation

/// Writes safetensors files: atomically, with the tensors in the order of their names, so that equal content gives equal
/// bytes and with that an equal hash.
public enum SafetensorsWriter {
    /// - Parameters:
    ///   - metadata: `format: pt` is added unless given, because some loaders refuse a file without it.
    ///   - type: `.float32` or `.bfloat16` (rounded to nearest even).
    /// - Throws: ``TensorsError`` `.wrongShape` or `.unsupportedType`, or a `CoreError` of the disk.
    public static func write(
        _ tensors: [NamedTensor], metadata: [String: String] = [:], type: ElementType = .float32, to url: URL
    ) throws {
        try DurableFile.write(try encode(tensors, metadata: metadata, type: type), to: url, permissions: 0o644)
    }

    /// The bytes of the file.
    public static func encode(
        _ tensors: [NamedTensor], metadata: [String: String] = [:], type: ElementType = .float32
    ) throws -> Data {
        guard type == .float32 || type == .bfloat16 else {
            throw TensorsError(.unsupportedType, "Writing \(type.rawValue) tensors is not built yet; use F32 or BF16.")
        }
        let tensors = tensors.sorted { $0.name < $1.name }
        var header = "{\"__metadata__\":{"
        let metadata = metadata.merging(["format": "pt"]) { given, _ in given }
        header += try metadata.sorted { $0.key < $1.key }.map { "\(try quoted($0.key)):\(try quoted($0.value))" }
            .joined(separator: ",")
        header += "}"
        var position = 0
        var previous: String?
        for tensor in tensors {
            guard tensor.name != previous, tensor.name != "__metadata__" else {
                throw TensorsError(
                    .malformedFile, "The tensor name “\(tensor.name)” can't be written twice or is reserved.")
            }
            previous = tensor.name
            guard elementCount(of: tensor.shape) == tensor.values.count else {
                throw TensorsError(
                    .wrongShape,
                    "“\(tensor.name)” has \(tensor.values.count) values, which don't fit its shape \(tensor.shape).")
            }
            let end = position + tensor.values.count * type.size
            header += ",\(try quoted(tensor.name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":["
            header += tensor.shape.map(String.init).joined(separator: ",")
            header += "],\"data_offsets\":[\(position),\(end)]}"
            position = end
        }
        header += "}"
        // The data starts at a multiple of eight bytes.
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        var data = Data(capacity: 8 + header.utf8.count + position)
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(contentsOf: header.utf8)
        for tensor in tensors { append(tensor.values, as: type, to: &data) }
        return data
    }

    private static func append(_ values: [Float], as type: ElementType, to data: inout Data) {
        if type == .float32 {
            values.withUnsafeBytes { data.append(contentsOf: $0) }
        } else {
            var halves = [UInt16](repeating: 0, count: values.count)
            consilium_float_to_bfloat16(&halves, values, values.count)
            halves.withUnsafeBytes { data.append(contentsOf: $0) }
        }
    }

    private static func quoted(_ text: String) throws -> String {
        String(decoding: try CanonicalJSON.encode(text), as: UTF8.self)
    }
}
