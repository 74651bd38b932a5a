public import ConsiliumCore

/// Faults of training: data, settings, numbers.
public struct FineTuningError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case invalidSettings = "training.invalid-settings"
        case noSupervisedTokens = "training.no-supervised-tokens"
        case missingPatient = "training.missing-patient"
        case numericalFault = "training.numerical-fault"
        case stateMismatch = "training.state-mismatch"
        case outputExists = "training.output-exists"
        case outputUnwritable = "training.output-unwritable"
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
        case .invalidSettings, .outputExists: .usage
        case .noSupervisedTokens, .missingPatient, .stateMismatch: .badData
        case .numericalFault: .internalFault
        case .outputUnwritable: .inputOutput
        }
    }

    public static func == (left: FineTuningError, right: FineTuningError) -> Bool { left.code == right.code }
}
