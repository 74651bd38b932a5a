internal import ConsiliumCore
public import Foundation

/// Writes a GGUF file (version 3, little endian), the form of llama.cpp, piece by piece, so that a model larger than the
/// memory can be written.
///
/// Metadata and the list of tensors come first, then the data in the order of the list. The file appears under its name
/// with ``finish()``; without that nothing is left behind.
public final class GGUFStream {
    /// A tensor that will be written.
    public struct Tensor: Sendable, Equatable {
        public var name: String
        public var type: GGUFElementType
        /// The slowest first, as everywhere here: [rows, columns]. The file has them the other way round.
        public var shape: [Int]

        public init(name: String, type: GGUFElementType, shape: [Int]) {
            self.name = name
            self.type = type
            self.shape = shape
        }
    }

    /// Every tensor begins at a multiple of it.
    private static let alignment = 32
    /// ggml's own bound.
    private static let longestName = 63

    /// Bytes of the whole file.
    public let size: Int

    private let stream: DurableFileStream
    private let tensors: [(tensor: Tensor, bytes: Int)]
    /// The tensor that is being written, and its bytes so far.
    private var current = 0
    private var written = 0

    /// - Parameter metadata: in the order of the file.
    /// - Throws: ``TensorsError`` `.malformedFile` for names that can't be written, `.wrongShape` for rows that are no whole
    ///   blocks, or a `CoreError` of the disk.
    public init(_ tensors: [Tensor], metadata: [(key: String, value: GGUFValue)], to url: URL) throws {
        var bytes: [UInt8] = Array("GGUF".utf8)
        GGUFValue.append(UInt32(3), to: &bytes)
        GGUFValue.append(UInt64(tensors.count), UInt64(metadata.count), to: &bytes)
        guard Set(metadata.map(\.key)).count == metadata.count else {
            throw TensorsError(.malformedFile, "The metadata of \(url.path) has a key twice.")
        }
        for (key, value) in metadata {
            GGUFValue.append(text: Array(key.utf8), to: &bytes)
            value.encode(into: &bytes)
        }
        var position = 0
        var sizes: [(Tensor, Int)] = []
        var names: Set<String> = []
        for tensor in tensors {
            guard names.insert(tensor.name).inserted, (1...Self.longestName).contains(tensor.name.utf8.count) else {
                throw TensorsError(
                    .malformedFile, "The tensor name “\(tensor.name)” is too long or was given twice.")
            }
            guard (1...4).contains(tensor.shape.count), let count = elementCount(of: tensor.shape), count > 0,
                let width = tensor.shape.last, width.isMultiple(of: tensor.type.blockLength),
                let size = elementCount(of: [count / tensor.type.blockLength, tensor.type.blockSize])
            else {
                throw TensorsError(
                    .wrongShape, "“\(tensor.name)” with the shape \(tensor.shape) can't be written in this format.")
            }
            GGUFValue.append(text: Array(tensor.name.utf8), to: &bytes)
            GGUFValue.append(UInt32(tensor.shape.count), to: &bytes)
            for extent in tensor.shape.reversed() { GGUFValue.append(UInt64(extent), to: &bytes) }
            GGUFValue.append(tensor.type.rawValue, to: &bytes)
            GGUFValue.append(UInt64(position), to: &bytes)
            sizes.append((tensor, size))
            position = Self.aligned(position + size)
        }
        bytes += [UInt8](repeating: 0, count: Self.aligned(bytes.count) - bytes.count)
        self.tensors = sizes
        size = bytes.count + position
        stream = try DurableFileStream(to: url, permissions: 0o644)
        try bytes.withUnsafeBytes { try stream.append($0) }
    }

    /// The next numbers, whole blocks of the tensor whose turn it is; pieces end where tensors end.
    /// - Throws: ``TensorsError`` `.wrongShape` for other counts, or if the format can't hold a number; a `CoreError` of the disk.
    public func append(_ values: UnsafeBufferPointer<Float>) throws {
        guard let base = values.baseAddress, current < tensors.count else {
            throw TensorsError(.wrongShape, "More or less data than announced was given for \(stream.url.path).")
        }
        let (tensor, size) = tensors[current]
        let type = tensor.type
        let count = values.count / type.blockLength * type.blockSize
        guard values.count.isMultiple(of: type.blockLength), count <= size - written else {
            throw TensorsError(.wrongShape, "“\(tensor.name)” was given more numbers than its shape has.")
        }
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 8)
        defer { bytes.deallocate() }
        guard let target = bytes.baseAddress, type.narrow(base, count: values.count, into: target) else {
            throw TensorsError(
                .wrongShape, "“\(tensor.name)” has a number that is NaN, infinite or too large for its format.")
        }
        try stream.append(UnsafeRawBufferPointer(bytes))
        written += count
        guard written == size else { return }
        try stream.append(Data(count: Self.aligned(size) - size))
        current += 1
        written = 0
    }

    /// Flushes the file and gives it its name.
    /// - Throws: ``TensorsError`` `.wrongShape` unless all announced data has come, or a `CoreError` of the disk.
    public func finish() throws {
        guard current == tensors.count else {
            throw TensorsError(
                .wrongShape,
                "\(stream.url.path) lacks the data of “\(tensors[current].tensor.name)”; it is not written.")
        }
        try stream.finish()
    }

    private static func aligned(_ position: Int) -> Int { (position + alignment - 1) / alignment * alignment }
}
