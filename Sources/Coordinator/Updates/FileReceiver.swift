import ConsiliumCore
import Federation
import Foundation
import HummingbirdCore
import NIOCore
import NIOFoundationCompat
import Transport

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
            piece.withUnsafeReadableBytes { hasher.update(bytes: $0) }
            do {
                try handle.write(contentsOf: Data(buffer: piece))
            } catch {
                throw full
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

    private static let full = CoordinatorError(
        .storeFull,
        "The coordinator can't write to its disk. Free some space or mend its rights; clinics try again by themselves.")
}
