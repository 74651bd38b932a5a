internal import Foundation
internal import NIOCore
internal import NIOFoundationCompat

/// The bytes of a message in pieces, as a request body: encrypting it needs the memory of a piece, not of another whole message.
struct DataPieces: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let data: Data
    var pieceBytes = 128 << 10

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: Data
        let pieceBytes: Int

        mutating func next() async throws -> ByteBuffer? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(pieceBytes) }
            return ByteBuffer(data: rest.prefix(pieceBytes))
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: data, pieceBytes: pieceBytes) }
}
