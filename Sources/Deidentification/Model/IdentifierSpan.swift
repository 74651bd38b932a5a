/// Where an identifier stands in the input text.
public struct IdentifierSpan: Codable, Sendable {
    /// The offset of the first Unicode scalar.
    public var start: Int
    /// The offset just behind the last Unicode scalar.
    public var end: Int
    /// The kind of identifier.
    public var label: IdentifierLabel
    /// How sure the de-identifier is, 0 to 1. Where a tagger read the text, the probability that this identifies, calibrated
    /// on texts like those it was trained on; else a rank of the rules.
    public var score: Double
    /// The stage that found it; `nil` if it was read from JSON.
    public var stage: DetectionStage?
    /// The rule that found it, if a rule did: a short name for reviewers, such as `titledName`.
    public var rule: String?

    /// JSON has where, what and how sure. Which stage found it stays in the program.
    private enum CodingKeys: String, CodingKey {
        case start, end, label, score
    }

    public init(
        start: Int, end: Int, label: IdentifierLabel, score: Double, stage: DetectionStage? = nil, rule: String? = nil
    ) {
        self.start = start
        self.end = end
        self.label = label
        self.score = score
        self.stage = stage
        self.rule = rule
    }
}

/// Two spans are the same if they say the same of the text, whoever found them.
extension IdentifierSpan: Hashable {
    public static func == (left: IdentifierSpan, right: IdentifierSpan) -> Bool {
        left.start == right.start && left.end == right.end && left.label == right.label && left.score == right.score
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(start)
        hasher.combine(end)
        hasher.combine(label)
        hasher.combine(score)
    }
}
