extension RuleScanner {
    /// Identifiers that a word in front of them announces.
    mutating func scanCuedIdentifiers() {
        var index = 0
        while index < tokens.count {
            guard tokens[index].kind == .word, let cues = IdentifierCues.table[tokens[index].hash],
                let (cue, behind) = match(cues, at: index)
            else {
                index += 1
                continue
            }
            index = cued(cue, from: behind) ?? index + 1
        }
    }

    private func match(_ cues: [IdentifierCues.Cue], at index: Int) -> (IdentifierCues.Cue, Int)? {
        for cue in cues {
            var next = index
            var isMatch = true
            for (position, word) in cue.words.enumerated() {
                if position > 0 {
                    if isMark(next, ".") || isMark(next, "'") || isMark(next, "/") || isMark(next, "-") { next += 1 }
                    guard let token = token(next), token.breaks == 0 else {
                        isMatch = false
                        break
                    }
                }
                guard let token = token(next), token.kind == .word, token.hash == word else {
                    isMatch = false
                    break
                }
                next += 1
            }
            if isMatch { return (cue, next) }
        }
        return nil
    }

    /// Reads the value behind a cue; returns the index behind it.
    private mutating func cued(_ cue: IdentifierCues.Cue, from index: Int) -> Int? {
        var next = index
        var steps = 0
        var hasMark = false
        while steps < 7, let token = token(next), token.breaks == 0 || (hasMark && token.breaks == 1) {
            if token.kind == .mark {
                guard [0x2e, 0x3a, 0x23, 0x3d, 0x28, 0x29, 0x27, 0x22, 0x2d, 0x2a].contains(token.hash) else { break }
                hasMark = hasMark || token.isMark(":") || token.isMark("#")
            } else if !(token.kind == .word && IdentifierCues.fillers.contains(token.hash))
                || (token.kind == .word && startsValue(next))
            {
                break
            }
            next += 1
            steps += 1
        }
        guard let end = value(at: next, for: cue, hasMark: hasMark) else { return nil }
        add(tokens[next].start, end, cue.label, 0.95, .cuedIdentifier, take: true)
        var after = tokenIndex(atOrAfter: end)
        // `MRNs 12345 and 67890`
        if let joint = token(after), joint.isMark(",") || joint.isMark("/") || joint.hash == WordHash.of("and"),
            joint.breaks == 0,
            token(after + 1)?.kind == .number, let more = value(at: after + 1, for: cue, hasMark: false),
            more - tokens[after + 1].start >= 5
        {
            add(tokens[after + 1].start, more, cue.label, 0.85, .cuedIdentifier, take: true)
            after = tokenIndex(atOrAfter: more)
        }
        return after
    }

    /// Whether a word is glued to digits: the start of a value such as `ID-2231` or `no123`.
    private func startsValue(_ index: Int) -> Bool {
        guard let next = token(index + 1), !next.spaced else { return false }
        if next.kind == .number { return true }
        guard next.isMark("-") || next.isMark("_"), let digits = token(index + 2), !digits.spaced else { return false }
        return digits.kind == .number
    }

    /// Where a number goes on if a hyphen behind a digit ends the line: `987-65-` and `4321`.
    private func digitOnNextLine(behind end: Int) -> Int? {
        guard end > 0, text.kinds[end - 1] == .digit, text.folded[end] == 0x2d else { return nil }
        var next = end + 1
        var breaks = 0
        while next < text.count, text.kinds[next].isBlank, next - end < 20 {
            if text.kinds[next] == .newline, text.scalars[next] != 13 { breaks += 1 }
            next += 1
        }
        return breaks == 1 && next < text.count && text.kinds[next] == .digit ? next : nil
    }

    private func value(at index: Int, for cue: IdentifierCues.Cue, hasMark: Bool) -> Int? {
        guard let first = token(index), first.kind != .mark, !taken[first.start] else { return nil }
        var end = first.start
        var digits = 0
        func extend() {
            while end < text.count {
                if text.kinds[end].isAlphanumeric || text.folded[end] == 0x2a {
                    digits += text.kinds[end] == .digit ? 1 : 0
                    end += 1
                } else if [0x2d, 0x2e, 0x2f, 0x5f, 0x2a].contains(text.folded[end]), end + 1 < text.count,
                    text.kinds[end + 1].isAlphanumeric || text.folded[end + 1] == 0x2a
                {
                    end += 1
                } else if let next = digitOnNextLine(behind: end) {
                    end = next
                } else {
                    break
                }
            }
        }
        extend()
        // Groups separated by blanks: `4111 1111 1111 1111`, `123 45 6789`, `ABC 1234`.
        let joins: Set<IdentifierLabel> = [
            .account, .socialSecurityNumber, .healthPlan, .vehicle, .license, .medicalRecordNumber,
        ]
        var isOnlyLetters = digits == 0
        while joins.contains(cue.label), end + 1 < text.count, text.kinds[end] == .space,
            text.kinds[end + 1].isAlphanumeric
        {
            guard let group = token(tokenIndex(atOrAfter: end + 1)) else { break }
            let isNumber = group.kind == .number && (2...6).contains(group.count)
            if isOnlyLetters {
                guard end - first.start <= 4, first.shape == .upper || first.shape == .initial, isNumber else { break }
            } else {
                guard isNumber, !flags(tokenIndex(atOrAfter: end + 1) + 1).has(.unit), text.kinds[end - 1] == .digit
                else { break }
            }
            isOnlyLetters = false
            end += 1
            extend()
        }
        guard digits >= cue.digits || (digits >= 1 && end - first.start >= 5 && hasMark) || (digits >= 3 && hasMark)
        else { return nil }
        if first.kind == .word, first.shape == .lower, digits < 3, !hasMark { return nil }
        // A date or an amount is none of these, unless the cue is a strong one.
        if cue.label == .other || cue.label == .account || cue.label == .healthPlan || cue.label == .license {
            if let date = DateParser(text: text).date(at: index), date.end >= end, !date.isCompact { return nil }
            if !hasMark, first.kind == .number, first.count == 4, end == first.end, let year = text.number(first),
                (1900...2099).contains(year)
            {
                return nil
            }
            if flags(tokenIndex(atOrAfter: end)).has(.unit), digits < 5 { return nil }
        }
        return end
    }
}
