import Federation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a monitoring system asks: health, readiness and metrics.
///
/// Health and readiness are open to everyone on the clinics' port. Metrics tell who takes part in what, so there they need an
/// admin's certificate; on the operator's own listener, which is off unless the configuration names an address, they don't.
struct OperatorRoutes: Sendable {
    let readiness: Readiness
    let page: MetricsPage

    func register(in table: inout RouteTable) {
        table.add(.get, "/healthz", .anyone) { _ in try Self.health() }
        table.add(.get, "/readyz", .anyone) { _ in try await ready() }
        table.add(.get, "/metrics", .admin) { _ in try await metrics() }
    }

    /// The listener of the operator's own network: plain HTTP.
    func responder() -> RouterResponder<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.get("/healthz") { _, _ in try Self.health() }
        router.get("/readyz") { _, _ in
            do {
                return try await ready()
            } catch let error as FederationError {
                return try Response.json(ErrorReply(error), status: ErrorMiddleware.status(of: error.code))
            }
        }
        router.get("/metrics") { _, _ in try await metrics() }
        return router.buildResponder()
    }

    private static func health() throws -> Response { try .json(["status": "ok"]) }

    private func ready() async throws -> Response {
        try await readiness.check()
        return try .json(["status": "ready"])
    }

    private func metrics() async throws -> Response {
        let body = ByteBuffer(string: try await page.text())
        return Response(
            status: .ok,
            headers: [.contentType: MetricsPage.contentType, .contentLength: String(body.readableBytes)],
            body: .init(byteBuffer: body))
    }
}
