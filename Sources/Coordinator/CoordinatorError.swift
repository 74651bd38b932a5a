public import ConsiliumCore

/// Faults of the coordinator's own machine. What it answers to others is a ``FederationError``.
public struct CoordinatorError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case notGranted = "coordinator.not-granted"
        case alreadyInitialized = "coordinator.already-initialized"
        case invalidHost = "coordinator.invalid-host"
        case invalidConfiguration = "coordinator.invalid-configuration"
        case alreadyRunning = "coordinator.already-running"
        case cannotListen = "coordinator.cannot-listen"
        case storeFailed = "coordinator.store-failed"
        case storeFull = "coordinator.store-full"
        case updateDamaged = "coordinator.update-damaged"
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
        case .notGranted: .refused
        case .alreadyInitialized, .invalidHost: .usage
        case .invalidConfiguration, .updateDamaged: .badData
        case .alreadyRunning: .tryAgain
        case .cannotListen, .storeFailed, .storeFull: .inputOutput
        }
    }

    public static func == (left: CoordinatorError, right: CoordinatorError) -> Bool { left.code == right.code }
}
