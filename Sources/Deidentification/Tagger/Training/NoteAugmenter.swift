internal import ConsiliumCore

/// Makes another text of a training text: other capitals, invented names, other digits. What a tagger is to learn then does
/// not hang on the words of a list or on tidy typing.
struct NoteAugmenter {
    /// The shares of texts that are changed in each way.
    struct Shares: Sendable, Equatable {
        var inventedNames = 0.3
        var upperCase = 0.07
        var lowerCase = 0.07
        var mixedCase = 0.05
        var digits = 0.5

        static let none = Shares(inventedNames: 0, upperCase: 0, lowerCase: 0, mixedCase: 0, digits: 0)
    }

    var shares = Shares()
    /// Syllables of names, from which others are made.
    let syllables: NameSyllables
    /// Whose word lists tell the names of a place from its other words.
    let language: String

    func augment(_ note: TrainingNote, _ generator: inout ReproducibleGenerator) -> TrainingNote {
        var note = note
        if generator.unit() < shares.digits { redrawDigits(&note, &generator) }
        if generator.unit() < shares.inventedNames { inventNames(&note, &generator) }
        let draw = generator.unit()
        if draw < shares.upperCase {
            for index in note.scalars.indices { note.scalars[index] = Self.upper(note.scalars[index]) }
        } else if draw < shares.upperCase + shares.lowerCase {
            for index in note.scalars.indices { note.scalars[index] = Self.lower(note.scalars[index]) }
        } else if draw < shares.upperCase + shares.lowerCase + shares.mixedCase {
            mixCase(&note, &generator)
        }
        return note
    }

    /// One scalar to one scalar: offsets must stay.
    static func upper(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return value >= 0x61 && value <= 0x7a ? value - 32 : value }
        guard let scalar = Unicode.Scalar(value) else { return value }
        let mapped = scalar.properties.uppercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first?.value ?? value : value
    }

    static func lower(_ value: UInt32) -> UInt32 {
        if value < 0x80 { return value >= 0x41 && value <= 0x5a ? value + 32 : value }
        guard let scalar = Unicode.Scalar(value) else { return value }
        let mapped = scalar.properties.lowercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first?.value ?? value : value
    }

    /// Some lines in capitals, some words small.
    private func mixCase(_ note: inout TrainingNote, _ generator: inout ReproducibleGenerator) {
        var shouts = generator.unit() < 0.4
        var isWord = false
        var shrinks = false
        for index in note.scalars.indices {
            let value = note.scalars[index]
            if value == 10 { shouts = generator.unit() < 0.4 }
            let kind = ScalarFolding.kind(value)
            if kind.isLetter {
                if !isWord { shrinks = generator.unit() < 0.25 }
                isWord = true
                if shouts {
                    note.scalars[index] = Self.upper(value)
                } else if shrinks {
                    note.scalars[index] = Self.lower(value)
                }
            } else {
                isWord = false
            }
        }
    }

    /// Digits of numbers that identify; dates and ages stay, they have a sense to keep.
    private func redrawDigits(_ note: inout TrainingNote, _ generator: inout ReproducibleGenerator) {
        for span in note.spans where span.label != .date && span.label != .ageOver89 && span.label != .name {
            for index in span.start..<span.end where note.scalars[index] >= 0x30 && note.scalars[index] <= 0x39 {
                let least: UInt32 = note.scalars[index] == 0x30 ? 0 : 1
                note.scalars[index] = 0x30 + least + UInt32(generator.next() % UInt64(10 - least))
            }
        }
    }

    /// Each name gets another one, the same everywhere in the text; words of places that no list knows too.
    private func inventNames(_ note: inout TrainingNote, _ generator: inout ReproducibleGenerator) {
        let text = IdentifierDetector.text(note.scalars, language: language)
        var replacement: [UInt64: [UInt32]] = [:]
        var replaced: [(token: Token, letters: [UInt32])] = []
        for span in note.spans where span.label == .name || span.label == .location {
            for index in text.tokenRange(span.start, span.end) {
                let token = text.tokens[index]
                guard token.kind == .word, token.count >= 3, token.start >= span.start, token.end <= span.end else {
                    continue
                }
                let keeps: WordFlags = [
                    .title, .credential, .particle, .street, .facility, .generic, .state, .stateCode, .country,
                    .dwelling, .function, .month, .relative, .institution,
                ]
                if token.flags.has(keeps), !(span.label == .name && token.flags.has(.anyName)) { continue }
                let letters: [UInt32]
                if let known = replacement[token.hash] {
                    letters = known
                } else {
                    letters = syllables.word(&generator)
                    replacement[token.hash] = letters
                }
                replaced.append((token, Self.dress(letters, token.shape)))
            }
        }
        if !note.isIncomplete { replaced += inventedTerms(note, text, &replacement, &generator) }
        var shifts: [(position: Int, change: Int)] = []
        var scalars: [UInt32] = []
        scalars.reserveCapacity(note.scalars.count + 64)
        var position = 0
        for (token, letters) in replaced.sorted(by: { $0.token.start < $1.token.start })
        where token.start >= position {
            scalars += note.scalars[position..<token.start]
            scalars += letters
            shifts.append((token.end, letters.count - token.count))
            position = token.end
        }
        scalars += note.scalars[position...]
        note.scalars = scalars
        note.spans = Self.shift(note.spans, shifts)
        note.neutral = Self.shift(note.neutral, shifts)
    }

    /// Half of the devices, tests, drugs and eponyms get other words too. Else every capitalized word that no list knows
    /// would be a name, for those of the training texts that are none would be known by heart.
    private func inventedTerms(
        _ note: TrainingNote, _ text: ScalarText, _ replacement: inout [UInt64: [UInt32]],
        _ generator: inout ReproducibleGenerator
    ) -> [(token: Token, letters: [UInt32])] {
        var marked = [Bool](repeating: false, count: text.tokens.count)
        for mark in note.spans + note.neutral {
            for index in text.tokenRange(mark.start, mark.end) { marked[index] = true }
        }
        var kept: Set<UInt64> = []
        var replaced: [(token: Token, letters: [UInt32])] = []
        for index in text.tokens.indices where !marked[index] && isTerm(index, text) {
            let token = text.tokens[index]
            if kept.contains(token.hash) { continue }
            if replacement[token.hash] == nil {
                guard generator.unit() < 0.5 else {
                    kept.insert(token.hash)
                    continue
                }
                replacement[token.hash] = syllables.word(&generator)
            }
            if let letters = replacement[token.hash] { replaced.append((token, Self.dress(letters, token.shape))) }
        }
        return replaced
    }

    /// A capitalized word inside of a sentence that is no ordinary word.
    private func isTerm(_ index: Int, _ text: ScalarText) -> Bool {
        let token = text.tokens[index]
        guard index > 0, token.kind == .word, token.shape == .capital, token.count >= 4, token.breaks == 0 else {
            return false
        }
        let before = text.tokens[index - 1]
        guard before.kind != .mark || before.isMark(",") || before.isMark("-") || before.isMark("(") else {
            return false
        }
        return !token.flags.has(WordFlags.ordinary.subtracting(.medical))
    }

    private static func dress(_ letters: [UInt32], _ shape: Token.Shape) -> [UInt32] {
        switch shape {
        case .upper: letters.map(upper)
        case .capital: letters.enumerated().map { $0.offset == 0 ? upper($0.element) : $0.element }
        default: letters
        }
    }

    private static func shift(_ marks: [TrainingNote.Mark], _ shifts: [(position: Int, change: Int)])
        -> [TrainingNote.Mark]
    {
        func moved(_ offset: Int) -> Int {
            offset + shifts.reduce(0) { $0 + ($1.position <= offset ? $1.change : 0) }
        }
        return marks.map { mark in
            TrainingNote.Mark(
                start: moved(mark.start), end: max(moved(mark.start) + 1, moved(mark.end)), label: mark.label)
        }
    }
}
