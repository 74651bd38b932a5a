internal import ConsiliumCore
public import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

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

    private let url: URL
    private let temporary: URL
    private let descriptor: Int32
    private let size: Int
    private var position = 0
    private var isFinished = false

    /// - Parameter metadata: `format: pt` is added unless given.
    /// - Throws: ``TensorsError`` `.malformedFile` or `.wrongShape` for what can't be written, or a `CoreError` of the disk.
    public init(_ tensors: [Tensor], metadata: [String: String] = [:], to url: URL) throws {
        let header = try SafetensorsHeader(tensors.map { ($0.name, $0.type, $0.shape) }, metadata: metadata)
        self.url = url
        size = header.bytes.count + header.dataCount
        temporary = url.deletingLastPathComponent().appendingPathComponent(
            ".\(url.lastPathComponent).\(UInt32.random(in: 0 ... .max)).part")
        descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure("create", temporary, errno) }
        try header.bytes.withUnsafeBytes { try append($0) }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(temporary.path) }
    }

    /// The next bytes of the data; pieces need not end where tensors end.
    /// - Throws: ``TensorsError`` `.wrongShape` beyond the announced size, or a `CoreError` of the disk.
    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count <= size - position else {
            throw TensorsError(.wrongShape, "More data than announced was given for \(url.path).")
        }
        var offset = 0
        while offset < bytes.count, let base = bytes.baseAddress {
            let written = write(descriptor, base + offset, min(bytes.count - offset, 1 << 26))
            if written < 0 {
                if errno == EINTR { continue }
                throw Self.failure("write", url, errno)
            }
            offset += written
        }
        position += bytes.count
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
        guard position == size else {
            throw TensorsError(
                .wrongShape, "\(url.path) lacks \(size - position) bytes of its data; it is not written.")
        }
        guard fsync(descriptor) == 0 else { throw Self.failure("flush", url, errno) }
        try DurableFile.move(temporary, to: url)
        isFinished = true
    }

    private static func failure(_ verb: String, _ url: URL, _ code: Int32) -> CoreError {
        if code == ENOSPC || code == EDQUOT {
            return CoreError(
                .diskFull,
                "The disk is full: can't \(verb) \(url.path). Free some space and run the same command again.")
        }
        return CoreError(
            .fileUnwritable,
            "Can't \(verb) \(url.path): \(String(cString: strerror(code))). Check the path and this user's rights.")
    }
}
