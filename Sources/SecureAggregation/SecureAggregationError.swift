public import ConsiliumCore

/// Faults of encoding, masking and adding updates, and refusals of the secure sum. Nothing was sent or added then.
public struct SecureAggregationError: ConsiliumError, Equatable {
    public enum Code: String, Sendable, CaseIterable {
        /// A clip norm, count or number of clinics that the ring can't hold.
        case invalidParameter = "aggregation.invalid-parameter"
        /// The update holds NaN or infinity.
        case notFinite = "aggregation.not-finite"
        case wrongLength = "aggregation.wrong-length"
        /// The sum is larger than its clinics could have made it by the rules.
        case implausibleSum = "aggregation.implausible-sum"
        /// A message of the secure sum whose form is wrong: a missing field, a list out of order, a key that is no key.
        case malformedMessage = "aggregation.malformed-message"
        /// The session names a clinic, or a key of a clinic, that the admin-signed roster does not have; or leaves this
        /// clinic out; or another attempt of the round had another roster.
        case wrongRoster = "aggregation.wrong-roster"
        /// The session is about another job, model, layout, or other rules than this clinic's.
        case wrongSession = "aggregation.wrong-session"
        case badSignature = "aggregation.bad-signature"
        /// A round or an attempt that this clinic has seen the end of.
        case replayed = "aggregation.replayed"
        /// A second, different message for a step that was answered.
        case conflict = "aggregation.conflict"
        /// This clinic has helped to open a sum of the round; it never helps to open another.
        case alreadyUnmasked = "aggregation.already-unmasked"
        /// A step that does not follow on this clinic's state.
        case outOfOrder = "aggregation.out-of-order"
        /// Fewer clinics than the threshold.
        case tooFew = "aggregation.too-few"
        /// Too few of the survivors would be honest if the assumed number of clinics colluded.
        case tooFewHonest = "aggregation.too-few-honest"
        /// A share, or what is made of shares, is not what its owner committed to.
        case badShare = "aggregation.bad-share"
        /// libcrypto failed.
        case cryptographyFailed = "aggregation.cryptography-failed"
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
        case .invalidParameter, .notFinite, .wrongLength, .malformedMessage: .badData
        case .implausibleSum, .wrongRoster, .wrongSession, .badSignature, .replayed, .conflict, .alreadyUnmasked,
            .outOfOrder, .tooFew, .tooFewHonest, .badShare:
            .refused
        case .cryptographyFailed: .internalFault
        }
    }

    public static func == (left: SecureAggregationError, right: SecureAggregationError) -> Bool {
        left.code == right.code
    }
}
