/// Names by the lists of given names and surnames, and by their form.
extension RuleScanner {
    mutating func scanListedNames() {
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            guard token.kind == .word, !taken[token.start], token.shape != .lower || token.flags.has(.givenName) else {
                index += 1
                continue
            }
            index = listed(at: index) ?? index + 1
        }
    }

    private mutating func listed(at index: Int) -> Int? {
        let token = tokens[index]
        if token.shape == .lower { return lowerCasePair(at: index) }
        if let end = eponymPairEnd(at: index) { return end }
        guard token.shape == .capital || token.shape == .upper else { return nil }
        let isOrdinary = token.flags.has(.ordinary) || token.flags.has(.city)
        if token.flags.has(.givenName) {
            let end = nameEnd(from: index, isLed: false)
            if end > index + 1, isPerson(index, end) {
                addName(index, end, isOrdinary ? 0.7 : 0.85, .listedPair)
                return end
            }
            if end > index + 1, isEponym(end - 1) { return end }
            if !isOrdinary, token.shape == .capital || token.count > 3, !isEponym(index), !isPlaceName(index),
                !isFinding(index) || !token.flags.has(.surname)
            {
                if let end = wrappedSurname(behind: index) {
                    addName(index, end, 0.75, .partlyListedName)
                    return end
                }
                addName(index, index + 1, 0.6, .listedGivenName)
                return index + 1
            }
            if isOrdinary, isSubject(index) {
                addName(index, index + 1, 0.5, .listedGivenName)
                return index + 1
            }
            return nil
        }
        if token.flags.has(.surname) {
            let end = nameEnd(from: index, isLed: false)
            if end > index + 1,
                tokens[end - 1].flags.has(.givenName) || (index + 1..<end).contains(where: { isMark($0, ",") }),
                isPerson(index, end)
            {
                addName(index, end, 0.8, .listedPair)
                return end
            }
            if end > index + 1, !isOrdinary, isPerson(index, end) {
                addName(index, end, 0.65, .partlyListedName)
                return end
            }
            if !isOrdinary, token.shape == .capital || token.count > 3, !isEponym(index), !isPlaceName(index),
                !isFinding(index)
            {
                addName(index, index + 1, 0.55, .listedSurname)
                return index + 1
            }
            return nil
        }
        guard token.shape == .capital, !isOrdinary, token.count > 1,
            !Lexicon.looksOrdinary(text.folded[token.start..<token.end])
        else { return nil }
        return unlisted(at: index)
    }

    /// Words in no list: with a listed surname or an initial behind them, or as a pair that is the subject of a
    /// sentence.
    private mutating func unlisted(at index: Int) -> Int? {
        let end = nameEnd(from: index, isLed: false)
        guard end > index + 1, isPerson(index, end), !isEponym(end - 1) else {
            let isTold = isWord(index - 1, Self.speech) || flags(index - 1).has(.relative)
            guard
                isTold
                    || (isSubject(index)
                        && (startsSentence(index) || isMark(index - 1, ",") || isMark(index - 1, "\"")))
            else { return nil }
            if isTold, isEponym(index) { return nil }
            addName(index, index + 1, 0.45, .unlistedName)
            return index + 1
        }
        let hasSurname = (index + 1..<end).contains {
            tokens[$0].flags.has(.anyName) && !tokens[$0].flags.has(.ordinary)
        }
        let lastInitial = tokens[end - 1].isMark(".") && tokens[end - 2].shape == .initial
        if hasSurname {
            addName(index, end, 0.65, .partlyListedName)
            return end
        }
        if lastInitial, end == index + 3 {
            addName(index, end, 0.6, .unlistedName)
            return end
        }
        // `Nikolaj N. Møller`: an initial between two capitalised words.
        if tokens[index + 1].shape == .initial, tokens[end - 1].shape == .capital, tokens[index].count > 2,
            tokens[end - 1].count > 2
        {
            addName(index, end, 0.6, .unlistedName)
            return end
        }
        let words = (index..<end).filter { tokens[$0].kind == .word && tokens[$0].shape == .capital }.count
        guard words >= 2, words <= 3, (index..<end).allSatisfy({ tokens[$0].shape != .upper }) else { return nil }
        if isWord(index - 1, Self.prepositions) { return nil }
        let isLine = tokens[index].breaks > 0 && (token(end).map { $0.breaks > 0 } ?? true)
        if isSubject(end - 1) || isMark(index - 1, ",") || isLine {
            addName(index, end, 0.5, .unlistedName)
            return end
        }
        // A pair of unknown words inside a sentence, by its form alone.
        let isUnknown = (index..<end).allSatisfy {
            tokens[$0].kind == .word && tokens[$0].flags.isEmpty && tokens[$0].count >= 3
        }
        guard isUnknown, token(end)?.kind != .number, !isMark(end, ":"), !isMark(end, "-"), !isMark(end, "(")
        else { return nil }
        addName(index, end, 0.42, .unlistedName)
        return end
    }

    private static let speech = words("said says told asked met")
    private static let prepositions = words("of on using via the a an his her and or with")

    /// `john smith`: both words in the lists, neither an ordinary word.
    private mutating func lowerCasePair(at index: Int) -> Int? {
        guard !tokens[index].flags.has(.ordinary), let next = token(index + 1), next.kind == .word, next.breaks == 0,
            next.shape == .lower, next.flags.has(.surname), !next.flags.has(.ordinary), !isEponym(index + 1)
        else { return nil }
        let end = max(index + 2, nameEnd(from: index, isLed: false))
        addName(index, end, 0.6, .lowerCaseName)
        return end
    }

    /// A verb with a person as its subject behind a word.
    private func isSubject(_ index: Int) -> Bool {
        guard let next = token(index + 1), next.breaks == 0, next.kind == .word, next.shape == .lower else {
            return false
        }
        return next.flags.has(.personVerb) && !next.flags.has([.unit, .function])
    }

    /// Not the name of a facility, a street, an eponym or a heading.
    private func isPerson(_ start: Int, _ end: Int) -> Bool {
        // “Hassan Jackson” is a person although “Jackson” is also a drain.
        let isGiven = flags(start).has(.givenName) && !flags(start).has([.ordinary, .city])
        if isGiven, end - start >= 2, tokens[end - 1].flags.has(.anyName) {
            if hasEponymNoun(end - 1) { return false }
        } else if isEponym(end - 1) {
            return false
        }
        if let next = token(end), next.breaks == 0, next.kind == .word, next.isCapitalised,
            next.flags.has([.facility, .street]), !next.flags.has(.credential)
        {
            return false
        }
        return true
    }

    /// `Parkinson's disease`, `Foley catheter`: the noun behind an eponym, or a word that is known as one.
    func isEponym(_ index: Int) -> Bool {
        guard let token = token(index) else { return false }
        return token.flags.has(.medical) || hasEponymNoun(index)
    }

    /// The noun behind an eponym, also over a second name: `Epstein-Barr virus`.
    func hasEponymNoun(_ index: Int) -> Bool {
        guard index < tokens.count else { return false }
        var next = index + 1
        if self.token(next)?.hash == 0x27 {
            next += 1
            if let s = self.token(next), s.kind == .word, s.count == 1, !s.spaced { next += 1 }
        } else if isMark(next, "-"), self.token(next)?.spaced == false {
            if flags(next + 1).has(.medical) { return true }
            next += 2
        } else if isMark(next, "'"), self.token(next)?.spaced == false {
            next += 1
        }
        if let noun = self.token(next), noun.kind == .word, noun.breaks == 0, noun.flags.has(.eponymNoun),
            noun.shape != .none
        {
            return true
        }
        return false
    }

    /// A surname that stands where a place does: `in Jackson`, `Lincoln, NE`.
    private func isPlaceName(_ index: Int) -> Bool {
        guard let next = token(index + 1), next.breaks == 0, next.kind == .word, next.isCapitalised else {
            return false
        }
        return next.flags.has([.facility, .street])
    }
}
