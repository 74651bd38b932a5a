public import ConsiliumCore

/// Faults in what clinics, coordinator and admin say to each other.
public struct FederationError: ConsiliumError, Equatable {
    public enum Code: String, Sendable, Codable {
        case malformedMessage = "federation.malformed-message"
        case invalidJob = "federation.invalid-job"
        case notBuiltYet = "federation.not-built-yet"
        case jobUnknown = "federation.job-unknown"
        case jobExpired = "federation.job-expired"
        case consentMissing = "federation.consent-missing"
        case notOnRoster = "federation.not-on-roster"
        case wrongRole = "federation.wrong-role"
        case adapterMismatch = "federation.adapter-mismatch"
        case updateMalformed = "federation.update-malformed"
        case updateTooLarge = "federation.update-too-large"
        case chunkCorrupt = "federation.chunk-corrupt"
        case roundClosed = "federation.round-closed"
        case notFound = "federation.not-found"
        case conflict = "federation.conflict"
        case overloaded = "federation.overloaded"
        case enrolmentRefused = "federation.enrolment-refused"
        case enrolmentPending = "federation.enrolment-pending"
        case unavailable = "federation.unavailable"
        case coordinatorFault = "federation.coordinator-fault"
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var codeName: String { code.rawValue }

    public var category: ErrorCategory {
        switch code {
        case .malformedMessage, .invalidJob, .adapterMismatch, .updateMalformed, .updateTooLarge, .chunkCorrupt,
            .notFound:
            .badData
        case .notBuiltYet: .usage
        case .jobUnknown, .jobExpired, .consentMissing, .notOnRoster, .wrongRole, .conflict, .enrolmentRefused: .refused
        case .roundClosed, .overloaded, .enrolmentPending: .tryAgain
        case .unavailable: .unavailable
        case .coordinatorFault: .internalFault
        }
    }

    public static func == (left: FederationError, right: FederationError) -> Bool { left.code == right.code }
}
