import Hummingbird
import Identity
import NIOCore

/// What is known about a request besides its content: the connection, and who is at its other end.
struct CoordinatorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The TLS connection.
    let channel: any Channel
    /// The holder of the certificate that TLS verified; `nil` if the client came without one. Not yet compared with the roster.
    var peer: PeerIdentity?
    /// Why the client's certificate, which TLS accepted, names nobody that we know.
    var peerFailure: (any Error)?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// How much is taken from the socket at once.
    private static let readBytes = 16 << 10

    /// Takes what this connection sends in small pieces. By itself NIO reads four times 64 KiB before it looks whether anybody
    /// takes it, and up to ten such pieces wait for a busy disk: megabytes for each clinic that uploads at the same time.
    func readInSmallPieces() async throws {
        let channel = channel
        try await channel.eventLoop.submit {
            guard let options = channel.syncOptions else { return }
            try options.setOption(.maxMessagesPerRead, value: 1)
            try options.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.readBytes))
        }.get()
    }
}
