/// Which stage found an identifier.
public enum DetectionStage: String, Codable, Sendable, CaseIterable {
    /// The record's own identifiers.
    case known
    case rules
    case tagger
    /// The same word identifies elsewhere in the text.
    case consistency
}
