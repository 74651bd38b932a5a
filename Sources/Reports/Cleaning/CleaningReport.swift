/// What the cleaning of one text did, in numbers. It holds nothing of the text.
public struct CleaningReport: Sendable, Hashable, Codable {
    public enum Change: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
        /// Sequences such as `Ã©` that became one character.
        case repairedSequences
        /// Tags, comments and control words that were taken out.
        case removedMarkup
        /// `&amp;` and the like that became their character.
        case decodedEntities
        case removedControlCharacters
        /// Spaces of other kinds that became plain spaces, and line separators that became line breaks.
        case normalizedSpaces
        /// Lines that held nothing but a page number, and form feeds.
        case removedPageMarks
        /// Repetitions of headers and footers. Their first occurrence stays.
        case removedRepeatedLines
        /// Characters inside numbers and units that text recognition had confused.
        case repairedNumbers
        case expandedLigatures
        /// Headings written with a space after every letter.
        case joinedSpacedWords
        case joinedLines
        /// Words that were cut at a line's end and are whole again.
        case joinedHyphens
    }

    /// Kinds that did not occur are absent.
    public internal(set) var counts: [Change: Int] = [:]
    /// Steps that were undone because a known identifier could not be found in the text after them.
    public internal(set) var undone: Set<CleaningStep> = []

    public init() {}

    public var isUnchanged: Bool { counts.isEmpty }

    /// Adds up the reports of many texts.
    public mutating func add(_ other: CleaningReport) {
        counts.merge(other.counts, uniquingKeysWith: +)
        undone.formUnion(other.undone)
    }

    mutating func count(_ change: Change, _ number: Int = 1) {
        if number > 0 { counts[change, default: 0] += number }
    }
}

/// A text after cleaning, with what was done.
public struct CleanedText: Sendable, Hashable {
    public let text: String
    public let report: CleaningReport
}
