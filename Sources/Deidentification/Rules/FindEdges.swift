/// Finds that begin with the end of what stands before them.
enum FindEdges {
    /// The candidate without the `s` of a possessive before a name or a place (`at Dana's on Elm St`), and without the
    /// decimals before a date (`A1c 6.9 Nov 3`).
    static func mended(_ candidate: Candidate, in text: ScalarText) -> Candidate {
        let tokens = text.tokenRange(candidate.start, candidate.end)
        guard tokens.count > 1, let first = tokens.first, first > 0, text.tokens[first].start == candidate.start else {
            return candidate
        }
        let isRest =
            switch candidate.label {
            case .name, .location: isPossessive(first, text)
            case .date: isDecimals(first, text)
            default: false
            }
        guard isRest,
            let start = tokens.dropFirst().first(where: { text.tokens[$0].kind != .mark })
        else { return candidate }
        var candidate = candidate
        candidate.start = text.tokens[start].start
        return candidate
    }

    private static func isPossessive(_ index: Int, _ text: ScalarText) -> Bool {
        let (token, before) = (text.tokens[index], text.tokens[index - 1])
        return token.kind == .word && token.hash == possessive && !token.spaced && before.isMark("'")
    }

    private static func isDecimals(_ index: Int, _ text: ScalarText) -> Bool {
        guard index > 1, index + 1 < text.tokens.count else { return false }
        let token = text.tokens[index]
        return token.kind == .number && !token.spaced && text.tokens[index + 1].spaced
            && text.tokens[index - 1].isMark(".") && !text.tokens[index - 1].spaced
            && text.tokens[index - 2].kind == .number
    }

    private static let possessive = WordHash.of("s")
}
