internal import AsyncHTTPClient
internal import NIOCore

/// What carries one request to the coordinator and brings its answer: sockets, or in tests something that loses and repeats.
protocol HTTPLink: Sendable {
    /// - Throws: whatever the network throws; ``FailureTranslation`` turns it into words.
    func carry(_ request: HTTPClientRequest, deadline: NIODeadline) async throws -> HTTPClientResponse
    /// Closes all connections.
    func close() async throws
}

extension HTTPClient: HTTPLink {
    func carry(_ request: HTTPClientRequest, deadline: NIODeadline) async throws -> HTTPClientResponse {
        try await execute(request, deadline: deadline)
    }

    func close() async throws { try await shutdown() }
}
