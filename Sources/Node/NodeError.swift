public import ConsiliumCore

/// Faults of a clinic's node that belong to no other module.
public struct NodeError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case configurationInvalid = "node.configuration-invalid"
        case notInitialized = "node.not-initialized"
        case alreadyInitialized = "node.already-initialized"
        case notEnrolled = "node.not-enrolled"
        case enrolmentPending = "node.enrolment-pending"
        case stateUnreadable = "node.state-unreadable"
        case stateUnwritable = "node.state-unwritable"
        case jobUnknown = "node.job-unknown"
        case jobChanged = "node.job-changed"
        case jobNotApproved = "node.job-not-approved"
        case baseModelMissing = "node.base-model-missing"
        case baseModelMismatch = "node.base-model-mismatch"
        case adapterMismatch = "node.adapter-mismatch"
        case resultInvalid = "node.result-invalid"
        case tooFewPatients = "node.too-few-patients"
        case privacyStateMissing = "node.privacy-state-missing"
        case egressRefused = "node.egress-refused"
        case badInput = "node.bad-input"
        case busy = "node.busy"
        case cannotListen = "node.cannot-listen"
        case nothingToDecide = "node.nothing-to-decide"
        case stillIdentifying = "node.still-identifying"
        case tooFewDecisions = "node.too-few-decisions"
        case checkFailed = "node.check-failed"
        case notBuiltYet = "node.not-built-yet"
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
        case .configurationInvalid, .stateUnreadable, .badInput, .resultInvalid: .badData
        case .notInitialized, .alreadyInitialized, .notBuiltYet: .usage
        case .notEnrolled, .jobUnknown, .jobChanged, .jobNotApproved, .baseModelMissing, .baseModelMismatch,
            .adapterMismatch,
            .tooFewPatients, .privacyStateMissing, .egressRefused, .nothingToDecide, .stillIdentifying,
            .tooFewDecisions:
            .refused
        case .enrolmentPending, .busy: .tryAgain
        case .stateUnwritable, .cannotListen: .inputOutput
        case .checkFailed: .violation
        }
    }

    public static func == (left: NodeError, right: NodeError) -> Bool { left.code == right.code }
}
