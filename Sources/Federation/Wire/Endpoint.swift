public import ConsiliumCore

/// Every path of the coordinator's HTTP interface, in one place for both ends. `coordinator/openapi.yaml` describes them.
public enum Endpoint {
    public static let health = "/healthz"
    public static let enrolments = "/v1/enrolments"
    public static let roster = "/v1/roster"
    public static let jobs = "/v1/jobs"
    public static let adapters = "/v1/adapters"
    public static let adminTokens = "/v1/admin/tokens"
    public static let adminEnrolments = "/v1/admin/enrolments"
    public static let adminRoster = "/v1/admin/roster"
    public static let adminJobs = "/v1/admin/jobs"
    public static let adminAdapters = "/v1/admin/adapters"
    public static let adminOverview = "/v1/admin/overview"
    public static let certificates = "/v1/certificates"
    public static let adminCertificates = "/v1/admin/certificates"
    /// Of a coordinator that has no certificates yet; see ``PairingCode``.
    public static let pairingRequest = "/v1/pairing/request"
    public static let pairingGrant = "/v1/pairing/grant"

    public static func enrolment(token: String) -> String { "\(enrolments)/\(token)" }
    public static func job(_ id: JobID) -> String { "\(jobs)/\(id)" }
    public static func consent(_ id: JobID) -> String { "\(jobs)/\(id)/consent" }
    public static func task(_ id: JobID) -> String { "\(jobs)/\(id)/task" }
    public static func round(_ id: JobID, _ round: Int) -> String { "\(jobs)/\(id)/rounds/\(round)" }
    public static func update(_ id: JobID, _ round: Int) -> String { "\(Self.round(id, round))/update" }
    public static func chunk(_ id: JobID, _ round: Int, _ index: Int) -> String {
        "\(update(id, round))/chunks/\(index)"
    }
    public static func complete(_ id: JobID, _ round: Int) -> String { "\(update(id, round))/complete" }
    public static func skip(_ id: JobID, _ round: Int) -> String { "\(update(id, round))/skip" }
    public static func ready(_ id: JobID, _ round: Int) -> String { "\(Self.round(id, round))/ready" }
    public static func sum(_ id: JobID, _ round: Int) -> String { "\(Self.round(id, round))/sum" }
    public static func result(_ id: JobID, _ round: Int) -> String { "\(Self.round(id, round))/result" }
    public static func metrics(_ id: JobID) -> String { "\(jobs)/\(id)/metrics" }
    public static func evaluation(_ id: JobID) -> String { "\(jobs)/\(id)/evaluation" }
    public static func adapter(_ hash: ContentHash) -> String { "\(adapters)/\(hash)" }
    public static func adminAdapter(_ hash: ContentHash) -> String { "\(adminAdapters)/\(hash)" }
    public static func adminGrant(token: String) -> String { "\(adminEnrolments)/\(token)/grant" }
}

/// The body of every answer that is not a success.
public struct ErrorReply: Codable, Sendable, Equatable {
    public var code: FederationError.Code
    public var message: String

    public init(code: FederationError.Code, message: String) {
        self.code = code
        self.message = message
    }

    public init(_ error: FederationError) { self.init(code: error.code, message: error.message) }

    public var error: FederationError { FederationError(code, message) }
}
