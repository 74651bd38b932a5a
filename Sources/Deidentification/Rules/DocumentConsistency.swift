/// A name found once in a text is a name everywhere in it.
enum DocumentConsistency {
    static func candidates(_ found: [Candidate], in text: ScalarText) -> [Candidate] {
        var words: Set<UInt64> = []
        var inside: Set<UInt64> = []
        for candidate in found where candidate.label == .name && candidate.score >= 0.6 {
            for token in text.tokens[text.tokenRange(candidate.start, candidate.end)]
            where token.kind == .word && token.count >= 3 {
                // “Mr. Silver”: behind a title an ordinary word is a name elsewhere too, with a capital in a sentence.
                if token.flags.has(.ordinary), candidate.score >= 0.9, token.shape == .capital, token.count >= 4,
                    token.flags.isDisjoint(with: [.function, .medical, .facility, .month, .generic])
                {
                    inside.insert(token.hash)
                }
                if token.flags.has(.ordinary)
                    || !token.flags.has(.anyName) && Lexicon.looksOrdinary(text.folded[token.start..<token.end])
                {
                    continue
                }
                words.insert(token.hash)
            }
        }
        guard !words.isEmpty || !inside.isEmpty else { return [] }
        let scanner = RuleScanner(text)
        return text.tokens.indices.compactMap { index in
            let token = text.tokens[index]
            if token.shape == .capital, inside.contains(token.hash), !scanner.startsSentence(index),
                !scanner.hasEponymNoun(index)
            {
                return Candidate(
                    start: token.start, end: token.end, label: .name, score: 0.55, rule: .repeatedName)
            }
            guard token.kind == .word, words.contains(token.hash),
                scanner.isWrittenAsName(index) || token.flags.has(.anyName) && !token.flags.has(.city),
                !scanner.isEponym(index) || token.flags.has(.givenName)
            else { return nil }
            return Candidate(start: token.start, end: token.end, label: .name, score: 0.65, rule: .repeatedName)
        }
    }
}
