import ConsiliumCore
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import NIOFoundationCompat

/// The routes of the interface, each with who may use it. Nothing is reachable without saying who.
struct RouteTable {
    enum Access: Sendable {
        /// Also without a certificate.
        case anyone
        /// Clinics and admins on the roster.
        case member
        case clinic
        case admin
        /// Also an admin whose renewed certificate is on no roster here yet: what it sends must be signed by one who is.
        case signingAdmin
    }

    /// One request after its sender was checked.
    struct Call: Sendable {
        let request: Request
        let context: CoordinatorContext
        let jsonLimit: Int
        private let sender: PeerIdentity?

        init(request: Request, context: CoordinatorContext, jsonLimit: Int, sender: PeerIdentity?) {
            self.request = request
            self.context = context
            self.jsonLimit = jsonLimit
            self.sender = sender
        }

        /// The sender, on the roster. Every route but those for anyone has one.
        func peer() throws -> PeerIdentity {
            guard let sender else { throw FederationError(.notOnRoster, "This request needs a client certificate.") }
            return sender
        }

        func clinic() throws -> ClinicID {
            guard let clinic = try peer().role.clinic else {
                throw FederationError(.wrongRole, "Only a clinic may ask this.")
            }
            return clinic
        }

        func text(_ name: String) throws -> String {
            guard let text = context.parameters.get(name) else {
                throw FederationError(.malformedMessage, "The path lacks “\(name)”.")
            }
            return text
        }

        func number(_ name: String) throws -> Int {
            guard let number = Int(try text(name)), number >= 0 else {
                throw FederationError(.malformedMessage, "“\(name)” in the path must be a whole number.")
            }
            return number
        }

        func hash(_ name: String) throws -> ContentHash { try ContentHash(hex: text(name)) }
        func job() throws -> JobID {
            guard let id = try? JobID(text("job")) else {
                throw FederationError(.malformedMessage, "“job” in the path is no id of a job.")
            }
            return id
        }
        func updateKey() throws -> UpdateKey {
            UpdateKey(job: try job(), round: try number("round"), clinic: try clinic())
        }

        func query(_ name: String) -> String? { request.uri.queryParameters.get(name) }

        /// The body as JSON.
        func body<Value: Decodable>(_ type: Value.Type) async throws -> Value {
            let buffer: ByteBuffer
            do {
                buffer = try await request.body.collect(upTo: jsonLimit)
            } catch is NIOTooManyBytesError {
                throw FederationError(.malformedMessage, "The message has more than \(jsonLimit) bytes.")
            }
            return try CanonicalJSON.decode(type, from: Data(buffer: buffer))
        }
    }

    private let router: Router<CoordinatorContext>
    private let rosters: RosterKeeper
    private let presence: Presence
    private let jsonLimit: Int
    /// `GET /v1/jobs/{job}` and so on, in the words of `openapi.yaml`.
    private(set) var paths: [String] = []

    init(
        router: Router<CoordinatorContext>, rosters: RosterKeeper, presence: Presence, jsonLimit: Int
    ) {
        self.router = router
        self.rosters = rosters
        self.presence = presence
        self.jsonLimit = jsonLimit
    }

    /// - Parameter path: with parameters in braces.
    mutating func add(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access,
        _ handler: @escaping @Sendable (Call) async throws -> Response
    ) {
        paths.append("\(method) \(path)")
        let (rosters, presence, jsonLimit) = (rosters, presence, jsonLimit)
        router.on(RouterPath(path), method: method) { request, context in
            let sender: PeerIdentity? =
                switch access {
                case .anyone: nil
                case .signingAdmin: try rosters.requireCertificate(context.peer)
                case .member, .clinic, .admin: try await rosters.require(context.peer)
                }
            switch access {
            case .anyone: break
            case .member:
                guard sender?.role.isCoordinator == false else {
                    throw FederationError(.wrongRole, "Only clinics and admins may ask this.")
                }
            case .clinic:
                guard sender?.role.isClinic == true else {
                    throw FederationError(.wrongRole, "Only a clinic may ask this.")
                }
            case .admin, .signingAdmin:
                guard sender?.role.isAdmin == true else {
                    throw FederationError(.wrongRole, "Only an admin of the consortium may ask this.")
                }
            }
            if let clinic = sender?.role.clinic { await presence.saw(clinic, on: context.channel) }
            return try await handler(Call(request: request, context: context, jsonLimit: jsonLimit, sender: sender))
        }
    }
}
