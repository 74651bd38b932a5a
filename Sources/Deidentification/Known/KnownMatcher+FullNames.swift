extension KnownMatcher {
    /// Two or more parts of one person side by side are that person's name in any case and order, also where each of
    /// them is an ordinary word: `grace long`, `Long,Grace`, `LONG GRACE M`.
    func searchFullNames(_ text: ScalarText) -> [Range<Int>] {
        guard !persons.isEmpty else { return [] }
        var found: [Range<Int>] = []
        var index = 0
        while index < text.tokens.count {
            guard let end = fullNameEnd(at: index, text) else {
                index += 1
                continue
            }
            found.append(index..<end + 1)
            index = end + 1
        }
        return found
    }

    /// The last token of a name of two parts or more that begins at a token.
    private func fullNameEnd(at index: Int, _ text: ScalarText) -> Int? {
        guard text.tokens[index].kind == .word else { return nil }
        var end: Int?
        for part in persons[text.tokens[index].hash] ?? [] {
            var seen: Set<Int> = [part.index]
            var last = index
            while let next = nextPart(after: last, of: part.person, seen, text) {
                // “May will stop”: a verb in small letters is no part of a name with a capital.
                let word = text.tokens[next.token]
                if word.shape == .lower, word.flags.has(.function), text.tokens[index].isCapitalised { break }
                seen.insert(next.part)
                last = next.token
            }
            if seen.count > 1 { end = max(end ?? last, last) }
        }
        return end ?? initialAndName(at: index, text)
    }

    private func nextPart(
        after index: Int, of person: Int, _ seen: Set<Int>, _ text: ScalarText
    ) -> (token: Int, part: Int)? {
        var next = index + 1
        var breaks = 0
        var hasMiddleName = false
        while next < text.tokens.count, next - index <= 6 {
            let token = text.tokens[next]
            breaks += token.breaks
            guard breaks <= 1 else { return nil }
            if token.kind == .word {
                let parts = persons[token.hash] ?? []
                if let part = parts.first(where: { $0.person == person && !seen.contains($0.index) }) {
                    return (next, part.index)
                }
                let isQuoted =
                    text.tokens[next - 1].isMark("\"") || text.tokens[next - 1].isMark("(")
                    || text.tokens[next - 1].isMark("\u{201c}") || text.tokens[next - 1].isMark("'")
                let isSkipped = token.count == 1 || token.flags.has(.particle) || isQuoted && next - index <= 3
                if !isSkipped {
                    // A middle name that the record does not have.
                    guard !hasMiddleName, token.flags.has(.givenName), !token.flags.has(.function) else { return nil }
                    hasMiddleName = true
                }
            } else if token.kind == .number {
                return nil
            }
            next += 1
        }
        return nil
    }

    /// `G. Long` and `Long, G.`: the surname with the first letter of another part of the same name.
    private func initialAndName(at index: Int, _ text: ScalarText) -> Int? {
        let tokens = text.tokens
        func other(_ letter: Token, _ name: Token) -> Bool {
            guard letter.count == 1, letter.kind == .word else { return false }
            return (persons[name.hash] ?? []).contains { part in
                firstLetters[part.person].enumerated().contains { $0 != part.index && $1 == text.folded[letter.start] }
            }
        }
        if tokens[index].count == 1 {
            let hasDot = index + 1 < tokens.count && tokens[index + 1].isMark(".")
            let next = hasDot ? index + 2 : index + 1
            guard next < tokens.count, tokens[next].breaks == 0, tokens[next].kind == .word,
                other(tokens[index], tokens[next]),
                hasDot
                    || tokens[index].shape == .initial && tokens[next].shape == .capital
                        && text.folded[tokens[index].start] != 0x61 && text.folded[tokens[index].start] != 0x69
            else { return nil }
            return next
        }
        var next = index + 1
        let hasComma = next < tokens.count && (tokens[next].isMark(",") || tokens[next].isMark("^"))
        if hasComma { next += 1 }
        guard next < tokens.count, tokens[next].breaks == 0, tokens[next].shape == .initial,
            tokens[index].isCapitalised, other(tokens[next], tokens[index]),
            hasComma || next + 1 < tokens.count && tokens[next + 1].isMark(".")
        else { return nil }
        return next
    }
}
