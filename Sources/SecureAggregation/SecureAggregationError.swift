public import ConsiliumCore

/// Faults of encoding and adding updates. Nothing was sent or added then.
public struct SecureAggregationError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        /// A clip norm, count or number of clinics that the ring can't hold.
        case invalidParameter = "aggregation.invalid-parameter"
        /// The update holds NaN or infinity.
        case notFinite = "aggregation.not-finite"
        case wrongLength = "aggregation.wrong-length"
        /// The sum is larger than its clinics could have made it by the rules.
        case implausibleSum = "aggregation.implausible-sum"
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
        case .invalidParameter, .notFinite, .wrongLength: .badData
        case .implausibleSum: .refused
        }
    }

    public static func == (left: SecureAggregationError, right: SecureAggregationError) -> Bool {
        left.code == right.code
    }
}
