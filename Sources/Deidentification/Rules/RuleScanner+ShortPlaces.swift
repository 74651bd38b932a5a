/// Places of one word: `at Larkmoor`.
extension RuleScanner {
    mutating func scanShortPlaces() {
        for index in tokens.indices where !taken[tokens[index].start] {
            if isWord(index, Self.at) || isMark(index, "@") && tokens[index].spaced { single(at: index + 1) }
        }
    }

    private static let at = words("at")
    /// One capitalised word behind “at” that names a place or a person's house: unlisted, a town or a surname.
    private mutating func single(at index: Int) {
        guard let name = token(index), name.shape == .capital, name.breaks == 0, name.count >= 4, !taken[name.start],
            !name.flags.has(.ordinary), name.flags.isEmpty || name.flags.has([.city, .surname]),
            !name.flags.has(.givenName) || name.flags.has(.city),
            !Lexicon.looksOrdinary(text.folded[name.start..<name.end]), !hasEponymNoun(index), !isFinding(index)
        else { return }
        // A second capitalised word is read by the rule for names of several words; a genitive is somebody's.
        if let next = token(index + 1), next.breaks == 0, next.isCapitalised && next.kind == .word || next.hash == 0x27
        {
            return
        }
        add(name.start, name.end, .location, 0.6, .cuedPlace)
    }
}
