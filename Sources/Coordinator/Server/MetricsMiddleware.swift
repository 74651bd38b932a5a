import Federation
import HTTPTypes
import Hummingbird

/// Counts every answered request. Outside of ``ErrorMiddleware``, so that refusals are counted as what the client sees.
struct MetricsMiddleware: RouterMiddleware {
    let metrics: Metrics

    func handle(
        _ request: Request, context: CoordinatorContext,
        next: (Request, CoordinatorContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let seconds = start.duration(to: .now) / .seconds(1)
        metrics.answered(
            method: Self.name(of: request.method), route: context.endpointPath ?? "none",
            status: response.status.code, seconds: seconds,
            received: request.headers[.contentLength].flatMap { Int($0) }.map { max(0, $0) } ?? 0,
            sent: response.body.contentLength ?? 0)
        return response
    }

    /// A client may send any word; those that no route has are one series.
    private static func name(of method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .put, .post, .delete, .head, .options, .patch: method.rawValue
        default: "other"
        }
    }
}
