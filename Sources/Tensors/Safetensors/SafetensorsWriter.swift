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
        for tensor in tensors where elementCount(of: tensor.shape) != tensor.values.count {
            throw TensorsError(
                .wrongShape,
                "“\(tensor.name)” has \(tensor.values.count) values, which don't fit its shape \(tensor.shape).")
        }
        let header = try SafetensorsHeader(tensors.map { ($0.name, type, $0.shape) }, metadata: metadata)
        var data = Data(capacity: header.bytes.count + header.dataCount)
        data.append(header.bytes)
        for tensor in tensors { append(tensor.values, as: type, to: &data) }
        return data
    }

    private static func append(_ values: [Float], as type: ElementType, to data: inout Data) {
        if type == .float32 {
            values.withUnsafeBytes { data.append(contentsOf: $0) }
        } else {
            var halves = [UInt16](repeating: 0, count: values.count)
            type.narrow(values, count: values.count, into: &halves)
            halves.withUnsafeBytes { data.append(contentsOf: $0) }
        }
    }
}
