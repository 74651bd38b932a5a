import Hummingbird
import Identity
import NIOCore
import NIOSSL

/// Finds out which certificate the client presented. Its chain was checked by TLS.
struct PeerMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: CoordinatorContext,
        next: (Request, CoordinatorContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let certificate = try? await context.channel.nioSSL_peerCertificate().get() {
            // A certificate of our CA that names no role of ours is refused with its reason, not treated as absent.
            context.peer = try PeerIdentity(derCertificate: certificate.toDERBytes())
        }
        return try await next(request, context)
    }
}
