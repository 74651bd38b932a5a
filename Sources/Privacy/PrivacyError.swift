public import ConsiliumCore

/// Faults of privacy parameters, accounting and noise. Every one of them means: nothing was released.
public struct PrivacyError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        /// A parameter is missing, not finite or outside its range.
        case invalidParameter = "privacy.invalid-parameter"
        /// A mechanism, sampling scheme or relation that this accountant has no proof for.
        case unsupported = "privacy.unsupported"
        /// The target can't be reached with any noise multiplier in the range that makes sense.
        case unreachableTarget = "privacy.unreachable-target"
        /// The steps that were reserved have all been taken.
        case stepsUsedUp = "privacy.steps-used-up"
        /// A gradient has another length than the sum it is added to.
        case wrongLength = "privacy.wrong-length"
        /// The random source repeats itself or failed.
        case untrustworthyRandomness = "privacy.untrustworthy-randomness"
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
        case .invalidParameter, .unsupported: .badData
        case .unreachableTarget, .stepsUsedUp: .refused
        case .wrongLength: .badData
        case .untrustworthyRandomness: .internalFault
        }
    }

    public static func == (left: PrivacyError, right: PrivacyError) -> Bool { left.code == right.code }
}
