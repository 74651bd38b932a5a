/// What may be done with a report after de-identification.
public enum DeidentificationStatus: String, Codable, Sendable, CaseIterable {
    /// Every check passed: the text may become a training example.
    case clean
    /// An identifier may have been overlooked: a person should look at it first.
    case review
    /// It could not be read, or an identifier is still in it: never to be used.
    case quarantine
}
