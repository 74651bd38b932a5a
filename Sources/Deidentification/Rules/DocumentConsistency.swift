/// A name found once in a text is a name everywhere in it.
enum DocumentConsistency {
    static func candidates(_ found: [Candidate], in text: ScalarText) -> [Candidate] {
        var words: Set<UInt64> = []
        for candidate in found where candidate.label == .name && candidate.score >= 0.6 {
            for token in text.tokens[range(of: candidate, in: text)] where token.kind == .word && token.count >= 3 {
                if token.flags.has(.ordinary)
                    || !token.flags.has(.anyName) && Lexicon.looksOrdinary(text.folded[token.start..<token.end])
                {
                    continue
                }
                words.insert(token.hash)
            }
        }
        guard !words.isEmpty else { return [] }
        let scanner = RuleScanner(text)
        return text.tokens.indices.compactMap { index in
            let token = text.tokens[index]
            guard token.kind == .word, words.contains(token.hash), token.isCapitalised,
                !scanner.isEponym(index) || token.flags.has(.givenName)
            else { return nil }
            return Candidate(start: token.start, end: token.end, label: .name, score: 0.65, rule: .repeatedName)
        }
    }

    private static func range(of candidate: Candidate, in text: ScalarText) -> Range<Int> {
        func index(_ offset: Int) -> Int {
            var low = 0
            var high = text.tokens.count
            while low < high {
                let middle = (low + high) / 2
                if text.tokens[middle].start < offset { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let start = index(candidate.start)
        return start..<max(start, index(candidate.end))
    }
}
