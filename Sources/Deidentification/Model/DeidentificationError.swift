public import ConsiliumCore

/// Faults of de-identification: its policy, its keys, its receipts, the lines of its filter.
public struct DeidentificationError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case invalidPolicy = "deidentification.invalid-policy"
        case weakKey = "deidentification.weak-key"
        case receiptMismatch = "deidentification.receipt-mismatch"
        case receiptForged = "deidentification.receipt-forged"
        case badCorrection = "deidentification.bad-correction"
        case notClean = "deidentification.not-clean"
        case malformedLine = "deidentification.malformed-line"
        case invalidTagger = "deidentification.invalid-tagger"
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
        case .invalidPolicy, .malformedLine, .receiptMismatch, .invalidTagger: .badData
        case .weakKey, .badCorrection: .usage
        case .notClean, .receiptForged: .refused
        }
    }

    public static func == (left: DeidentificationError, right: DeidentificationError) -> Bool {
        left.code == right.code
    }
}
