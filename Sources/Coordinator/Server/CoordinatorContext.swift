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
}
