internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOFoundationCompat

/// Turns every error into the OpenAI form, and gives every reply the headers that keep a browser careful. The log gets
/// paths and codes, never a text.
struct FaultMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ServingContext,
        next: (Request, ServingContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let fault = Self.translate(error)
            var metadata: Logger.Metadata = [
                "method": "\(request.method)", "path": "\(request.uri.path.prefix(64))", "status": "\(fault.status)",
                "code": "\(fault.body.code ?? "")",
            ]
            if fault.status >= 500 { metadata["kind"] = "\(type(of: error))" }
            context.logger.log(level: fault.status >= 500 ? .error : .info, "request refused", metadata: metadata)
            response = try .json(OpenAIFault.Reply(error: fault.body), status: .init(code: fault.status))
            if let seconds = fault.retryAfter { response.headers[.retryAfter] = String(seconds) }
            // Part of the body may still be on its way, and ``OpenAIRoutes`` watched the connection: it ends with the
            // reply.
            if request.method == .post { response.headers[.connection] = "close" }
        }
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        // Not “no-referrer”: browsers would then hide the origin of the page's own forms, too.
        response.headers[.referrerPolicy] = "same-origin"
        return response
    }

    static func translate(_ error: any Error) -> OpenAIFault {
        switch error {
        case is NIOTooManyBytesError:
            OpenAIFault(413, "The request is too long. Shorten it.", code: "request_too_large")
        case let error as HTTPError where error.status == .notFound:
            OpenAIFault(404, "There is no such path here.", code: "unknown_path")
        case let error as HTTPError where error.status.code < 500:
            OpenAIFault(Int(error.status.code), "The request can't be understood.")
        // Nobody reads the reply any more; the code is nginx's, and says in the log that it was the client.
        case is CancellationError:
            OpenAIFault(499, "The client hung up before the answer was complete.", code: "client_closed")
        default: OpenAIFault(error)
        }
    }
}

extension HTTPField.Name {
    static let referrerPolicy = Self("Referrer-Policy") ?? .xContentTypeOptions
}

extension Response {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        json(try WireJSON.encode(value), status: status)
    }

    static func json(_ data: Data, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .contentLength: String(data.count)],
            body: .init(byteBuffer: ByteBuffer(data: data)))
    }
}
