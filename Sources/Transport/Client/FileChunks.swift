internal import ConsiliumCore
internal import Foundation
internal import NIOCore
internal import NIOFoundationCompat

/// The bytes of a file in pieces, as a request body. Memory stays flat whatever the size.
struct FileChunks: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let url: URL
    var pieceBytes = 512 << 10

    struct AsyncIterator: AsyncIteratorProtocol {
        let url: URL
        let pieceBytes: Int
        var handle: FileHandle?

        mutating func next() async throws -> ByteBuffer? {
            if handle == nil { handle = FileHandle(forReadingAtPath: url.path) }
            guard let handle else {
                throw CoreError(
                    .fileUnreadable, "Can't read \(url.path). Check that it exists and that this user may read it.")
            }
            guard let piece = try handle.read(upToCount: pieceBytes), !piece.isEmpty else { return nil }
            return ByteBuffer(data: piece)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(url: url, pieceBytes: pieceBytes, handle: nil) }
}
