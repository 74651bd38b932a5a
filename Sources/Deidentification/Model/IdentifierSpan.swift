/// Where an identifier stands in the input text.
public struct IdentifierSpan: Codable, Sendable, Hashable {
    /// The offset of the first Unicode scalar.
    public var start: Int
    /// The offset just behind the last Unicode scalar.
    public var end: Int
    /// The kind of identifier.
    public var label: IdentifierLabel
    /// How sure the rule is, 0 to 1. The numbers rank the rules; they are not calibrated probabilities.
    public var score: Double

    public init(start: Int, end: Int, label: IdentifierLabel, score: Double) {
        self.start = start
        self.end = end
        self.label = label
        self.score = score
    }
}
