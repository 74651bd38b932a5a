internal import ConsiliumCore

/// How much of the marked identifiers was found, counted in letters and digits. Neutral ones count nowhere.
public struct DetectionScore: Codable, Sendable, Equatable {
    /// Marked identifiers of one kind.
    public struct Kind: Codable, Sendable, Equatable {
        public var spans = 0
        /// Identifiers of which a letter or digit was left.
        public var leaked = 0
        public var characters = 0
        public var found = 0
        /// The share of letters and digits that was found; 1 if there are none.
        public var recall: Double { characters > 0 ? Double(found) / Double(characters) : 1 }
    }

    public var notes = 0
    /// Letters and digits of identifiers that were found, of others that were replaced, of identifiers that were left.
    public var found = 0
    public var wrong = 0
    public var missed = 0
    public var kinds: [IdentifierLabel: Kind] = [:]
    /// Texts without identifiers, and those of them in which something was replaced.
    public var negatives = 0
    public var touchedNegatives = 0

    public init() {}

    public var recall: Double { found + missed > 0 ? Double(found) / Double(found + missed) : 1 }
    public var precision: Double { found + wrong > 0 ? Double(found) / Double(found + wrong) : 1 }
    public var spans: Int { kinds.values.reduce(0) { $0 + $1.spans } }
    public var leaked: Int { kinds.values.reduce(0) { $0 + $1.leaked } }

    /// Counts one text.
    public mutating func add(_ note: TrainingNote, found predicted: [IdentifierSpan]) {
        let count = note.scalars.count
        var covered = [Bool](repeating: false, count: count)
        for span in predicted {
            for index in max(0, span.start)..<max(0, span.start, min(span.end, count)) { covered[index] = true }
        }
        var gold = [IdentifierLabel?](repeating: nil, count: count)
        var neutral = [Bool](repeating: false, count: count)
        for mark in note.neutral { for index in mark.start..<mark.end { neutral[index] = true } }
        for span in note.spans {
            for index in span.start..<span.end {
                gold[index] = span.label
                neutral[index] = false
            }
        }
        notes += 1
        var wrongHere = 0
        let counts = note.scalars.map(Self.isSignificant)
        for index in 0..<count where counts[index] {
            if let label = gold[index] {
                kinds[label, default: Kind()].characters += 1
                if covered[index] {
                    found += 1
                    kinds[label, default: Kind()].found += 1
                } else {
                    missed += 1
                }
            } else if covered[index], !neutral[index] {
                wrongHere += 1
            }
        }
        wrong += wrongHere
        for span in note.spans {
            guard let label = span.label else { continue }
            kinds[label, default: Kind()].spans += 1
            if (span.start..<span.end).contains(where: { counts[$0] && !covered[$0] }) {
                kinds[label, default: Kind()].leaked += 1
            }
        }
        if note.spans.isEmpty {
            negatives += 1
            touchedNegatives += wrongHere > 0 ? 1 : 0
        }
    }

    /// Letters and numbers of any script; combining marks are none.
    static func isSignificant(_ value: UInt32) -> Bool {
        if value < 0x80 { return value >= 0x30 && value <= 0x39 || value | 0x20 >= 0x61 && value | 0x20 <= 0x7a }
        switch Unicode.Scalar(value)?.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
