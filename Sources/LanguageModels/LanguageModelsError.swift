public import ConsiliumCore

/// Faults of model folders, adapters and of what is given to a model.
public struct LanguageModelsError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case malformedConfiguration = "models.malformed-configuration"
        case notBuiltYet = "models.not-built-yet"
        case malformedCheckpoint = "models.malformed-checkpoint"
        case malformedAdapter = "models.malformed-adapter"
        case adapterMismatch = "models.adapter-mismatch"
        case invalidTokens = "models.invalid-tokens"
        case invalidConfiguration = "models.invalid-configuration"
        case numericalFault = "models.numerical-fault"
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
        case .malformedConfiguration, .notBuiltYet, .malformedCheckpoint, .malformedAdapter, .adapterMismatch,
            .invalidTokens, .numericalFault:
            .badData
        case .invalidConfiguration: .usage
        }
    }

    public static func == (left: LanguageModelsError, right: LanguageModelsError) -> Bool { left.code == right.code }
}
