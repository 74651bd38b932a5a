public import ConsiliumCore

/// Faults of training: data, settings, numbers.
public struct FineTuningError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case invalidSettings = "training.invalid-settings"
        case noSupervisedTokens = "training.no-supervised-tokens"
        case missingPatient = "training.missing-patient"
        case numericalFault = "training.numerical-fault"
        case stateMismatch = "training.state-mismatch"
        /// A checkpoint that can't be read, or of another base, adapter, data or settings.
        case checkpointMismatch = "training.checkpoint-mismatch"
        /// An interrupted run is in the way.
        case runUnfinished = "training.run-unfinished"
        /// Another process works on it.
        case runLocked = "training.run-locked"
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
        case .invalidSettings, .outputExists, .runUnfinished: .usage
        case .noSupervisedTokens, .missingPatient, .stateMismatch, .checkpointMismatch, .numericalFault: .badData
        case .runLocked: .tryAgain
        case .outputUnwritable: .inputOutput
        }
    }

    public static func == (left: FineTuningError, right: FineTuningError) -> Bool { left.code == right.code }
}
