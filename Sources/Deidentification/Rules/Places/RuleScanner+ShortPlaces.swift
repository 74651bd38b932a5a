/// Places of one word: `at Larkmoor`.
extension RuleScanner {
    mutating func scanShortPlaces() {
        for index in tokens.indices where !taken[tokens[index].start] {
            if isWord(index, Self.at) || isMark(index, "@") && tokens[index].spaced {
                single(at: index + 1)
            } else if isWord(index, Self.ways), isMove(before: index) {
                single(at: index + 1, isWay: true)
            }
        }
    }

    private static let at = words("at")
    private static let ways = words("to from near via in")
    /// Words of coming and going.
    private static let moves = words(
        """
        transfer transferred transf txfr xfer flying flew flies fly back going goes go bringing brought moved moving discharged dc
        released sent admitted return returning returned driving drove rides travel trip dispo discharge wants lives stays stayed
        staying lodging came coming born raised relocated deployed visiting visit vacation hails originally resides living home
        referred accepted bed arrived arrives snf rehab placement
        """)

    /// A word of coming or going in the three words before.
    private func isMove(before index: Int) -> Bool {
        for step in 1...3 {
            guard let token = token(index - step), token.kind == .word else { return false }
            if Self.moves.contains(token.hash) { return true }
            if token.breaks > 0 { return false }
        }
        return false
    }
    /// One capitalised word behind “at” that names a place or a person's house: unlisted, a town or a surname.
    private mutating func single(at index: Int, isWay: Bool = false) {
        guard let name = token(index), name.shape == .capital, name.breaks == 0, name.count >= 4, !taken[name.start],
            !name.flags.has(.ordinary),
            name.flags.isEmpty && name.count >= 5 || name.flags.has(isWay ? .city : [.city, .surname]),
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

    /// `301 Quay St, Port Delamere 98222`: one to three words and a ZIP code, without a state.
    mutating func cityWithZip(from index: Int) {
        let start = isMark(index, ",") || isMark(index, "^") ? index + 1 : index
        var next = start
        while next - start < 3, let word = token(next), word.kind == .word, word.breaks <= 1, isWrittenAsName(next),
            !word.flags.has([.function, .medical, .unit]), !taken[word.start]
        { next += 1 }
        guard next > start, let code = token(next), code.kind == .number, code.count == 5, code.breaks == 0,
            !taken[code.start], !flags(next + 1).has(.unit)
        else { return }
        add(tokens[start].start, code.end, .location, 0.85, .postalCode, take: true)
    }
}
