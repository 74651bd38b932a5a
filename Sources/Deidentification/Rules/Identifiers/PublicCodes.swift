/// Codes that name the same thing for everybody: a trial's registration, a reference sequence, a LOINC code in a message.
enum PublicCodes {
    /// Whether these tokens, found for the number of somebody or something, are such a code or a part of one.
    static func isOne(_ tokens: Range<Int>, in text: ScalarText) -> Bool {
        guard !tokens.isEmpty, tokens.lowerBound >= 0, tokens.upperBound <= text.tokens.count else { return false }
        return isRegistered(tokens, text) || isObservation(tokens, text)
    }

    /// `NCT04412998`, `NM_000059.4`, `rs1800562`, `chr13:32340301`
    private static func isRegistered(_ tokens: Range<Int>, _ text: ScalarText) -> Bool {
        let all = text.tokens
        var start = tokens.lowerBound
        while start > 0, tokens.lowerBound - start < 4, !all[start].spaced, isInside(all[start - 1]) { start -= 1 }
        guard all[start].kind == .word, start + 1 < all.count, !all[start + 1].spaced else { return false }
        let hash = all[start].hash
        // Nothing else is glued to the code.
        guard tokens.allSatisfy({ $0 == start || !all[$0].spaced }) else { return false }
        if hash == trial { return all[start + 1].kind == .number && all[start + 1].count == 8 }
        if sequences.contains(hash) {
            return all[start + 1].isMark("_") && start + 2 < all.count && all[start + 2].kind == .number
        }
        return places.contains(hash) && all[start + 1].kind == .number
    }

    private static func isInside(_ token: Token) -> Bool {
        token.kind != .mark || token.isMark("_") || token.isMark(".") || token.isMark(":")
    }

    /// `2951-2^SODIUM^LN`, as HL7 writes what was measured.
    private static func isObservation(_ tokens: Range<Int>, _ text: ScalarText) -> Bool {
        let all = text.tokens
        let first = tokens.lowerBound
        guard first + 3 < all.count, all[first].kind == .number, (3...5).contains(all[first].count) else {
            return false
        }
        return all[first + 1].isMark("-") && all[first + 2].kind == .number && all[first + 2].count == 1
            && all[first + 3].isMark("^") && tokens.upperBound <= first + 3
    }

    private static let trial = WordHash.of("nct")
    private static let sequences = RuleScanner.words("nm np nc ng nr xm xp")
    private static let places = RuleScanner.words("rs chr grch cosm")
}
