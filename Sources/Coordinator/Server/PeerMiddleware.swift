import Hummingbird
import Identity
import NIOCore
import NIOSSL

/// Finds out which certificate the client presented. Its chain was checked by TLS.
///
/// It stands outside of ``ErrorMiddleware``, whose log then names the peer, and leaves its own failure to that one.
struct PeerMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: CoordinatorContext,
        next: (Request, CoordinatorContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        try? await context.readInSmallPieces()
        if let certificate = try? await context.channel.nioSSL_peerCertificate().get() {
            do {
                context.peer = try PeerIdentity(derCertificate: certificate.toDERBytes())
            } catch {
                context.peerFailure = error
            }
        }
        return try await next(request, context)
    }
}
