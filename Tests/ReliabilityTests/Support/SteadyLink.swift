import AsyncHTTPClient
import Identity
import NIOCore

@testable import Transport

/// A link that never fails.
struct SteadyLink: HTTPLink {
    let seat: CoordinatorSeat
    let peer: PeerCredentials

    init(_ seat: CoordinatorSeat, peer: PeerCredentials) {
        self.seat = seat
        self.peer = peer
    }

    var options: CoordinatorClient.Options {
        var options = CoordinatorClient.Options()
        options.link = self
        options.retry = .never
        return options
    }

    func carry(_ request: HTTPClientRequest, deadline: NIODeadline) async throws -> HTTPClientResponse {
        try await seat.answer(request, from: peer)
    }

    func close() async throws {}
}
