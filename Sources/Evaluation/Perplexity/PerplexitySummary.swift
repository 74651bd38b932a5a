/// What may be shown of an evaluation: aggregates over enough documents.
public struct PerplexitySummary: Sendable, Equatable, Codable {
    /// exp(Σ nats / Σ tokens), per token of the model's own vocabulary.
    public var perplexity: Estimate
    /// Σ nats / (ln 2 · Σ UTF-8 bytes): comparable between vocabularies.
    public var bitsPerByte: Estimate
    /// Predicted tokens, the end tokens among them.
    public var tokens: Int
    public var utf8Bytes: Int
    public var documents: Int
    /// Patients, or documents where each is its own unit: what the intervals are drawn from.
    public var units: Int
    /// Documents without text.
    public var skippedDocuments: Int
}
