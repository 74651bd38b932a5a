public import ConsiliumCore

/// Faults of what the consortium's admin does: the admin's folder, enrolments, drafts of jobs, exports, audits.
public struct AdminError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case notInitialized = "admin.not-initialized"
        case alreadyInitialized = "admin.already-initialized"
        case malformedFolder = "admin.malformed-folder"
        case coordinatorUnknown = "admin.coordinator-unknown"
        case malformedRequest = "admin.malformed-request"
        case invalidOption = "admin.invalid-option"
        case confirmationNeeded = "admin.confirmation-needed"
        case certificatesUnknown = "admin.certificates-unknown"
        case enrolmentsMissing = "admin.enrolments-missing"
        case clinicUnknown = "admin.clinic-unknown"
        case invalidDraft = "admin.invalid-draft"
        case jobIDTaken = "admin.job-id-taken"
        case adapterMissing = "admin.adapter-missing"
        case recordsDisagree = "admin.records-disagree"
        case jobStopped = "admin.job-stopped"
        case jobNotFinished = "admin.job-not-finished"
        case notBuiltYet = "admin.not-built-yet"
        case fileMissing = "admin.file-missing"
        case violationsFound = "admin.violations-found"
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
        case .notInitialized, .alreadyInitialized, .coordinatorUnknown, .invalidOption, .confirmationNeeded,
            .notBuiltYet:
            .usage
        case .malformedFolder, .malformedRequest, .invalidDraft, .clinicUnknown, .certificatesUnknown: .badData
        case .recordsDisagree, .jobIDTaken: .refused
        case .enrolmentsMissing, .jobNotFinished: .tryAgain
        case .adapterMissing, .fileMissing: .inputOutput
        case .jobStopped, .violationsFound: .violation
        }
    }

    public static func == (left: AdminError, right: AdminError) -> Bool { left.code == right.code }
}
