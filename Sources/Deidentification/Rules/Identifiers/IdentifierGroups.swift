/// Numbers written in groups belong together: `9 4 1 7 7 0 2 8 1 W`, `VYX 44 090 117`. Half of one is a leak.
enum IdentifierGroups {
    /// The candidate with the groups beside it.
    static func completed(_ candidate: Candidate, in text: ScalarText) -> Candidate {
        let tokens = text.tokenRange(candidate.start, candidate.end)
        guard labels.contains(candidate.label) || isMistaken(candidate.label, tokens, text) else { return candidate }
        guard let start = tokens.first, text.tokens[start].start == candidate.start, !tokens.isEmpty else {
            return candidate
        }
        var first = start
        var last = tokens.upperBound
        let isGrouped = isGrouped(tokens, text)
        if isGrouped {
            for _ in 0..<8 where last < text.tokens.count && joinsBehind(last, text) { last += 1 }
            if last < text.tokens.count, isLastLetter(last, text) { last += 1 }
            for _ in 0..<8 where first > 0 && joinsBefore(first - 1, text) { first -= 1 }
        }
        if !unprefixed.contains(candidate.label), first > 0, isPrefix(first - 1, text) { first -= 1 }
        var candidate = candidate
        if first < start { candidate.start = text.tokens[first].start }
        if last > tokens.upperBound { candidate.end = text.tokens[last - 1].end }
        return candidate
    }

    private static let labels: Set<IdentifierLabel> = [.healthPlan, .medicalRecordNumber, .account, .other]
    private static let unprefixed: Set<IdentifierLabel> = [.account, .other]

    /// Groups that were called a telephone or social security number, and are none by their lengths.
    private static func isMistaken(_ label: IdentifierLabel, _ tokens: Range<Int>, _ text: ScalarText) -> Bool {
        let usual: [Int]
        switch label {
        case .phone, .fax: usual = [3, 4]
        case .socialSecurityNumber: usual = [3, 2, 4]
        default: return false
        }
        // Only digits and blanks: brackets, hyphens and an extension are a telephone number's.
        guard tokens.count > 1, tokens.allSatisfy({ text.tokens[$0].kind == .number }) else { return false }
        return tokens.suffix(usual.count).map { text.tokens[$0].count } != usual
    }

    /// Two groups with digits and one blank between them.
    private static func isGrouped(_ tokens: Range<Int>, _ text: ScalarText) -> Bool {
        tokens.dropFirst().contains { index in
            let token = text.tokens[index]
            return token.kind == .number && isBesides(index - 1, index, text) && text.tokens[index - 1].kind != .mark
        }
    }

    /// One blank lies between two tokens.
    private static func isBesides(_ left: Int, _ right: Int, _ text: ScalarText) -> Bool {
        text.tokens[right].breaks == 0 && text.tokens[right].start - text.tokens[left].end == 1
            && text.tokens[right].spaced
    }

    private static func joinsBehind(_ index: Int, _ text: ScalarText) -> Bool {
        guard text.tokens[index].kind == .number, text.tokens[index].count <= 6, isBesides(index - 1, index, text),
            text.tokens[index - 1].kind != .mark
        else { return false }
        return isFree(behind: index, text) && DateParser(text: text).date(at: index) == nil
    }

    private static func joinsBefore(_ index: Int, _ text: ScalarText) -> Bool {
        guard text.tokens[index].kind == .number, text.tokens[index].count <= 4, isBesides(index, index + 1, text),
            text.tokens[index + 1].kind == .number
        else { return false }
        // `7/12 0044 718`, `4.5 0044 718`
        return text.tokens[index].spaced
    }

    /// Nothing makes a number a measurement, a time, a date or an age.
    private static func isFree(behind index: Int, _ text: ScalarText) -> Bool {
        guard index + 1 < text.tokens.count, text.tokens[index + 1].breaks == 0 else { return true }
        let next = text.tokens[index + 1]
        if next.kind == .word {
            return next.spaced && !next.flags.has(.unit) && !ages.contains(next.hash)
        }
        if next.kind == .number { return true }
        if next.isMark("/") || next.isMark(":") || next.isMark("%") { return false }
        guard next.isMark(".") || next.isMark("-"), index + 2 < text.tokens.count else { return true }
        return text.tokens[index + 2].spaced
    }

    /// `… 8834 W` before a mark or the end of the line.
    private static func isLastLetter(_ index: Int, _ text: ScalarText) -> Bool {
        guard text.tokens[index].shape == .initial, isBesides(index - 1, index, text),
            text.tokens[index - 1].kind == .number
        else { return false }
        guard index + 1 < text.tokens.count, text.tokens[index + 1].breaks == 0 else { return true }
        return [0x2c, 0x3b, 0x29, 0x22].contains(text.tokens[index + 1].hash) && text.tokens[index + 1].kind == .mark
            || text.tokens[index + 1].isMark(".")
    }

    /// `VYX` before `44 090 117`: capitals that are no word and announce nothing.
    private static func isPrefix(_ index: Int, _ text: ScalarText) -> Bool {
        let token = text.tokens[index]
        guard token.shape == .upper, (2...6).contains(token.count), isBesides(index, index + 1, text),
            text.tokens[index + 1].kind == .number, !token.flags.has(.ordinary), !token.flags.has(.anyName)
        else { return false }
        return !announcing.contains(token.hash) && IdentifierCues.table[token.hash] == nil
    }

    private static let ages = RuleScanner.words("yo y yr yrs year years m f male female am pm")
    private static let announcing = RuleScanner.words(
        """
        id ids mrn mr mbi mcr mcd mcare medicare medicaid grp group aarp uhc sn lot ref npi dl dea clia acct acc rtn fin csn ebt
        pin job no num nbr tel ph fx fax ext rx bin pcn auth reg case badge dob ssn ss vin tag plate unit med hic ins bcbs bx bc
        bs hmo ppo va cin dbn hcn vsp pmi ur hrn ehr chart visit enc acn dcn icn tcn plan policy member mbr sub group aetna cigna
        humana anthem kaiser tricare pt rec card claim clm cell home work pager pgr is was at on by for per and or the
        """)
}
