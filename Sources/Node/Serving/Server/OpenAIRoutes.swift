internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOFoundationCompat

/// The paths of the OpenAI interface.
struct OpenAIRoutes: Sendable {
    let service: OpenAIService
    let gatekeeper: Gatekeeper
    let bodyLimit: Int

    func register(in router: Router<ServingContext>) {
        let (service, gatekeeper) = (service, gatekeeper)
        @Sendable func checked(_ request: Request, _ context: ServingContext) throws {
            try gatekeeper.checkHost(request.head.authority)
            try gatekeeper.checkBearer(request.headers[.authorization], from: context.address)
        }
        // For whoever watches over the process; says nothing that needs a token.
        router.get("/healthz") { request, _ in
            try gatekeeper.checkHost(request.head.authority)
            return try Response.json(["status": "ok"])
        }
        router.get("/v1/models") { request, context in
            try checked(request, context)
            return try Response.json(service.models)
        }
        router.get("/v1/models/:name") { request, context in
            try checked(request, context)
            return try Response.json(service.model(context.parameters.get("name") ?? ""))
        }
        router.post("/v1/chat/completions") { request, context in
            try checked(request, context)
            return try await answer(request) { try await service.chat($0) }
        }
        router.post("/v1/completions") { request, context in
            try checked(request, context)
            return try await answer(request) { try await service.complete($0) }
        }
    }

    /// A client that hangs up while it waits cancels its text; in a stream the next write notices.
    private func answer(
        _ request: Request, _ work: @Sendable @escaping (Data) async throws -> OpenAIService.Reply
    ) async throws -> Response {
        try await request.body.consumeWithCancellationOnInboundClose { body in
            switch try await work(body.whole(upTo: bodyLimit)) {
            case .whole(let data):
                var response = Response.json(data)
                response.headers[.connection] = "close"
                return response
            case .streamed(let write):
                return Response(
                    status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8", .connection: "close"],
                    body: ResponseBody { writer in
                        var output = writer
                        try await write { try await output.write(ByteBuffer(data: $0.bytes)) }
                        try await output.finish(nil)
                    })
            }
        }
    }
}
