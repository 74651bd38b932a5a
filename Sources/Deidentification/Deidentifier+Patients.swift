extension Deidentifier {
    /// Names of a text that are sure enough, and unlike any ordinary word, to be searched in the patient's other texts.
    ///
    /// Dictionary words, medical terms and places are left out, because a wrong one would be removed from every text.
    public func distinctiveNames(in text: String, spans: [IdentifierSpan]) -> [KnownIdentifier] {
        let sure = spans.filter { $0.label == .name && $0.score >= 0.9 }
        guard !sure.isEmpty else { return [] }
        let scanned = ScalarText(text)
        var names: Set<String> = []
        for span in sure where span.start >= 0 && span.start < span.end && span.end <= scanned.count {
            let name = ScalarText(scalars: Array(scanned.scalars[span.start..<span.end]))
            for token in name.tokens where token.kind == .word && token.count >= 4 && token.isCapitalised {
                let isListed = token.flags.has(.anyName)
                if token.flags.has(.ordinary) || token.flags.has([.city, .institution, .particle]) { continue }
                if !isListed, Lexicon.looksOrdinary(name.folded[token.start..<token.end]) { continue }
                names.insert(name.string(token.start, token.end))
            }
        }
        return names.sorted().map { KnownIdentifier(value: $0, label: .name) }
    }

    /// Whether one of the values occurs in a text at a place that the spans don't cover. Much cheaper than de-identifying
    /// the text again.
    public func occurs(_ known: [KnownIdentifier], in text: String, outside spans: [IdentifierSpan]) -> Bool {
        let scanned = ScalarText(text)
        return KnownMatcher(known).candidates(in: scanned).contains { candidate in
            !spans.contains { $0.start <= candidate.start && candidate.end <= $0.end }
        }
    }
}
