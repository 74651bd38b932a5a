public import LanguageModels

/// One example in tokens, and whose it is.
public struct TrainingSequence: Sendable, Equatable {
    public var tokens: TokenSequence
    /// The patient key; needed for training with differential privacy, whose unit is the patient.
    public var patient: String?

    public init(tokens: TokenSequence, patient: String? = nil) {
        self.tokens = tokens
        self.patient = patient
    }

    /// - Parameter labels: Hugging Face's convention; see ``TokenSequence/labels``.
    public init(inputIDs: [Int32], labels: [Int32], patient: String? = nil) {
        self.init(tokens: TokenSequence(inputIDs: inputIDs, labels: labels), patient: patient)
    }

    public var inputIDs: [Int32] { tokens.inputIDs }
    public var labels: [Int32] { tokens.labels }
}
