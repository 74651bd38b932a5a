import ConsiliumCore
import Federation
import Foundation
import HummingbirdCore
import NIOCore
import NIOFoundationCompat
import Transport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Takes the body of a request to the disk, piece by piece, counting and hashing on the way.
enum FileReceiver {
    /// Writes the body beside `target` and renames it there when it is whole, has the right hash and `check` is content.
    /// Whatever goes wrong, nothing of it is kept.
    ///
    /// - Parameters:
    ///   - byteCount: exactly so many bytes, or with `nil` any number up to `limit`.
    ///   - check: looks at the flushed file before it gets its name.
    /// - Throws: ``FederationError`` `.updateTooLarge`, `.chunkCorrupt`; ``CoordinatorError`` `.storeFull`.
    static func receive(
        _ body: RequestBody, to target: URL, hash: ContentHash, byteCount: Int?, limit: Int,
        check: (URL) throws -> Void = { _ in }
    ) async throws {
        let folder = target.deletingLastPathComponent()
        try DurableFile.createFolder(folder)
        let temporary = CoordinatorFolder.temporary(in: folder)
        guard
            FileManager.default.createFile(
                atPath: temporary.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: temporary.path)
        else { throw full }
        var isKept = false
        defer {
            try? handle.close()
            if !isKept { try? FileManager.default.removeItem(at: temporary) }
        }
        let hasher = ContentHasher()
        var received = 0
        for try await piece in body {
            received += piece.readableBytes
            guard received <= byteCount ?? limit else {
                throw FederationError(
                    .updateTooLarge, "The body is longer than the \(byteCount ?? limit) bytes that are expected here.")
            }
            try piece.withUnsafeReadableBytes { bytes in
                hasher.update(bytes: bytes)
                guard Self.write(bytes, to: handle.fileDescriptor) else { throw full }
            }
        }
        guard received == byteCount ?? received, hasher.finalize() == hash else {
            throw FederationError(
                .chunkCorrupt, "The \(received) bytes that arrived are not what their hash says. Send them again.")
        }
        do {
            try handle.synchronize()
        } catch {
            throw full
        }
        try check(temporary)
        try DurableFile.move(temporary, to: target)
        isKept = true
    }

    /// Without a copy, which `FileHandle` would need.
    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
            if written < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(0, written))
        }
        return true
    }

    private static let full = CoordinatorError(
        .storeFull,
        "The coordinator can't write to its disk. Free some space or mend its rights; clinics try again by themselves.")
}

// Inside `FileReceiver` the name `write` means its own method.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
