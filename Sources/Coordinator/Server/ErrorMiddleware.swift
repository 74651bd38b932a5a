import ConsiliumCore
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Logging
import NIOCore
import NIOFoundationCompat
import SecureAggregation

/// Turns every error into an ``ErrorReply``. The log gets ids and codes; the cause of our own faults stays here.
struct ErrorMiddleware: RouterMiddleware {
    let metrics: Metrics

    func handle(
        _ request: Request, context: CoordinatorContext,
        next: (Request, CoordinatorContext) async throws -> Response
    ) async throws -> Response {
        do {
            // A certificate of our CA that names no role of ours is refused with its reason, not treated as absent.
            if let failure = context.peerFailure { throw failure }
            return try await next(request, context)
        } catch {
            let shown = Self.translate(error)
            let status = Self.status(of: shown.code)
            metrics.refused(code: shown.codeName)
            var metadata: Logger.Metadata = [
                "method": "\(request.method)", "path": "\(request.uri.path)", "code": "\(shown.codeName)",
                "peer": "\(context.peer?.role.urn ?? "none")",
            ]
            if status.code >= 500 {
                metadata["error"] = "\(error)"
                context.logger.error("request failed", metadata: metadata)
            } else {
                context.logger.info("request refused", metadata: metadata)
            }
            return try Response.json(ErrorReply(shown), status: status)
        }
    }

    static func translate(_ error: any Error) -> FederationError {
        switch error {
        case let error as FederationError: return error
        case let error as IdentityError: return FederationError(code(of: error.code), error.message)
        case let error as SecureAggregationError: return FederationError(code(of: error.code), error.message)
        case let error as CoreError where error.category == .badData:
            return FederationError(.malformedMessage, error.message)
        case let error as any ConsiliumError where error.category == .inputOutput:
            return FederationError(.overloaded, "The coordinator can't store anything at the moment. Try again later.")
        case let error as HTTPError where error.status == .notFound:
            return FederationError(
                .notFound, "The coordinator has no such path. Check that both sides run the same version.")
        case is NIOTooManyBytesError: return FederationError(.malformedMessage, "The message is too long.")
        case let error as HTTPError where error.status.code < 500:
            return FederationError(.malformedMessage, "The request can't be understood (HTTP \(error.status.code)).")
        default:
            return FederationError(
                .coordinatorFault, "The coordinator failed inside; its log says why. Try again later.")
        }
    }

    private static func code(of code: IdentityError.Code) -> FederationError.Code {
        switch code {
        case .unknownToken, .expiredToken, .usedToken, .wrongClinic, .badProof: .enrolmentRefused
        case .notInRoster, .untrustedCertificate, .expiredCertificate: .notOnRoster
        case .wrongRole: .wrongRole
        case .encodingFailed, .exposedKeyFile, .alreadyExists, .notEnrolled, .newerFormat: .coordinatorFault
        default: .malformedMessage
        }
    }

    private static func code(of code: SecureAggregationError.Code) -> FederationError.Code {
        switch code {
        case .outOfOrder, .replayed: .roundClosed
        case .conflict: .conflict
        case .cryptographyFailed: .coordinatorFault
        default: .malformedMessage
        }
    }

    static func status(of code: FederationError.Code) -> HTTPResponse.Status {
        switch code {
        case .malformedMessage: .badRequest
        case .invalidJob, .notBuiltYet, .adapterMismatch, .updateMalformed, .chunkCorrupt: .unprocessableContent
        case .consentMissing, .notOnRoster, .wrongRole, .enrolmentRefused: .forbidden
        case .jobUnknown, .notFound: .notFound
        case .jobExpired: .gone
        case .updateTooLarge: .contentTooLarge
        case .roundClosed, .conflict: .conflict
        case .enrolmentPending: .init(code: 425, reasonPhrase: "Too Early")
        case .overloaded, .unavailable: .serviceUnavailable
        case .coordinatorFault: .internalServerError
        }
    }
}

extension Response {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let data = try CanonicalJSON.encode(value)
        return Response(
            status: status, headers: [.contentType: "application/json", .contentLength: String(data.count)],
            body: .init(byteBuffer: ByteBuffer(data: data)))
    }
}
