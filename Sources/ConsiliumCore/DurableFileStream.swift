public import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file of announced size that is written piece by piece, for what is larger than the memory.
///
/// It appears under its name, flushed, with ``finish()``; without that nothing is left behind.
public final class DurableFileStream {
    public let url: URL
    /// Bytes written so far.
    public private(set) var position = 0
    private let temporary: URL
    private let descriptor: Int32
    private var isFinished = false

    /// - Throws: ``CoreError`` `.diskFull` or `.fileUnwritable`.
    public init(to url: URL, permissions: mode_t = 0o600) throws {
        self.url = url
        temporary = url.deletingLastPathComponent().appendingPathComponent(
            ".\(url.lastPathComponent).\(UInt32.random(in: 0 ... .max)).part")
        descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw DurableFile.failure("create", temporary, errno) }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(temporary.path) }
    }

    /// - Throws: ``CoreError`` `.diskFull` or `.fileUnwritable`.
    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        var offset = 0
        while offset < bytes.count, let base = bytes.baseAddress {
            let written = write(descriptor, base + offset, min(bytes.count - offset, 1 << 26))
            if written < 0 {
                if errno == EINTR { continue }
                throw DurableFile.failure("write", url, errno)
            }
            offset += written
        }
        position += bytes.count
    }

    public func append(_ data: Data) throws { try data.withUnsafeBytes { try append($0) } }

    /// Flushes the file and gives it its name, replacing what has it.
    /// - Throws: ``CoreError`` `.diskFull` or `.fileUnwritable`; the old file is then still in place.
    public func finish() throws {
        guard fsync(descriptor) == 0 else { throw DurableFile.failure("flush", url, errno) }
        try DurableFile.move(temporary, to: url)
        isFinished = true
    }
}
