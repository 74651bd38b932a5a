public import ConsiliumCore

/// Why an evaluation gave no figure.
public struct EvaluationError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        /// Settings or documents that no evaluation can be made of.
        case invalidInput = "evaluation.invalid-input"
        /// Too few documents for an aggregate that may leave the place where the texts are.
        case tooFewDocuments = "evaluation.too-few-documents"
        /// The model gave a loss that is not a number, or not one for every window.
        case invalidLoss = "evaluation.invalid-loss"
        /// Two results that are to be compared are not of the same documents.
        case differentDocuments = "evaluation.different-documents"
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
        case .invalidInput, .differentDocuments: .badData
        case .tooFewDocuments: .refused
        case .invalidLoss: .internalFault
        }
    }

    public static func == (left: EvaluationError, right: EvaluationError) -> Bool { left.code == right.code }
}
