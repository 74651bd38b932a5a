internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import NIOFoundationCompat

extension RequestBody {
    /// All of it.
    /// - Throws: `NIOTooManyBytesError` beyond `limit` bytes; `CancellationError`; ``OpenAIFault`` 400 for what is no body in
    ///   the sense of HTTP, or breaks off.
    func whole(upTo limit: Int) async throws -> Data {
        do {
            return Data(buffer: try await collect(upTo: limit))
        } catch let error as NIOTooManyBytesError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            throw OpenAIFault(
                400, "The body of the request can't be read to its end. Send it again.", code: "invalid_body")
        }
    }
}
