internal import ConsiliumCore
public import Foundation

/// Writes a safetensors file piece by piece, so that a model larger than the memory can be written.
///
/// The header is written first, then the data in the order in which the tensors were announced. The file appears under its
/// name with ``finish()``; without that nothing is left behind.
public final class SafetensorsStream {
    /// A tensor that will be written.
    public struct Tensor: Sendable, Equatable {
        public var name: String
        public var type: ElementType
        public var shape: [Int]

        public init(name: String, type: ElementType, shape: [Int]) {
            self.name = name
            self.type = type
            self.shape = shape
        }
    }

    private let stream: DurableFileStream
    private let size: Int
    private var url: URL { stream.url }

    /// - Parameter metadata: `format: pt` is added unless given.
    /// - Throws: ``TensorsError`` `.malformedFile` or `.wrongShape` for what can't be written, or a `CoreError` of the disk.
    public init(_ tensors: [Tensor], metadata: [String: String] = [:], to url: URL) throws {
        let header = try SafetensorsHeader(tensors.map { ($0.name, $0.type, $0.shape) }, metadata: metadata)
        size = header.bytes.count + header.dataCount
        stream = try DurableFileStream(to: url, permissions: 0o644)
        try header.bytes.withUnsafeBytes { try append($0) }
    }

    /// The next bytes of the data; pieces need not end where tensors end.
    /// - Throws: ``TensorsError`` `.wrongShape` beyond the announced size, or a `CoreError` of the disk.
    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count <= size - stream.position else {
            throw TensorsError(.wrongShape, "More data than announced was given for \(url.path).")
        }
        try stream.append(bytes)
    }

    /// The next numbers, rounded to `type`, one of the floats.
    /// - Throws: as ``append(_:)``; ``TensorsError`` `.unsupportedType` for integers; `.wrongShape` if a number is NaN,
    ///   infinite or too large for the type.
    public func append(_ values: UnsafeBufferPointer<Float>, as type: ElementType) throws {
        guard type.isFloat else {
            throw TensorsError(.unsupportedType, "Numbers can't be written as \(type.rawValue).")
        }
        guard let base = values.baseAddress else { return }
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: values.count * type.size, alignment: 8)
        defer { bytes.deallocate() }
        guard let target = bytes.baseAddress else { return }
        type.narrow(base, count: values.count, into: target)
        guard type.isFinite(target, count: values.count) else {
            throw TensorsError(
                .wrongShape, "A number is NaN, infinite or too large for \(type.rawValue); \(url.path) is not written.")
        }
        try append(UnsafeRawBufferPointer(bytes))
    }

    /// Flushes the file and gives it its name.
    /// - Throws: ``TensorsError`` `.wrongShape` unless all announced data has come, or a `CoreError` of the disk.
    public func finish() throws {
        guard stream.position == size else {
            throw TensorsError(
                .wrongShape, "\(url.path) lacks \(size - stream.position) bytes of its data; it is not written.")
        }
        try stream.finish()
    }
}
