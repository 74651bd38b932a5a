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
        while steps < 12, let token = token(next), token.breaks == 0 || (hasMark && token.breaks == 1) {
            if token.kind == .mark {
                guard
                    [0x2e, 0x3a, 0x23, 0x3d, 0x28, 0x29, 0x27, 0x22, 0x2d, 0x2a, 0x40, 0x2f, 0x7c, 0x3b].contains(
                        token.hash)
                else {
                    break
                }
                if token.isMark("("), isDeviceNumber(next) { break }
                if token.isMark("/"), !isWord(next + 1, IdentifierCues.fillers) { break }
                hasMark = hasMark || token.isMark(":") || token.isMark("#") || token.isMark("=") || token.isMark("@")
            } else if !(token.kind == .word && IdentifierCues.fillers.contains(token.hash))
                || (token.kind == .word && startsValue(next))
            {
                break
            }
            next += 1
            steps += 1
        }
        guard let end = value(at: next, for: cue, hasMark: hasMark) else { return nil }
        if cue.isWeak, !isCode(tokens[next].start, end, index: next, hasMark: hasMark) { return nil }
        // `MRN572704` is one word with its announcement.
        let isGlued = next == index && !tokens[next].spaced && tokens[index - 1].kind == .word
        add(
            isGlued ? tokens[index - 1].start : tokens[next].start, end, cue.label, cue.isWeak ? 0.75 : 0.95,
            .cuedIdentifier,
            take: true)
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

    /// Behind a word with other meanings only what can be no measurement is read: letters with digits, or many digits.
    private func isCode(_ start: Int, _ end: Int, index: Int, hasMark: Bool) -> Bool {
        var digits = 0
        var letters = 0
        var lower = 0
        var groups = 1
        for position in start..<end {
            switch text.kinds[position] {
            case .digit: digits += 1
            case .upper: letters += 1
            case .lower:
                letters += 1
                lower += 1
            default: groups += 1
            }
        }
        let next = tokenIndex(atOrAfter: end)
        if flags(next).has(.unit), token(next)?.breaks == 0, letters == 0 { return false }
        if let date = DateParser(text: text).date(at: index), date.end >= end { return false }
        if let pair = token(index + 1), pair.isMark("/"), letters == 0 { return false }
        if text.folded[start..<end].contains(0x2e) || text.folded[start..<end].contains(0x2f), letters == 0 {
            return false
        }
        if lower > 0, !caseless[index] { return digits >= 4 && letters <= digits }
        if letters > 0 {
            return digits >= 2 && digits + letters >= 5
                || digits >= 1 && digits + letters >= 5 && (hasMark || lower == 0 && letters >= 2)
        }
        if digits >= 4, IdentifierCues.shortNumbers.contains(tokens[max(0, start == 0 ? 0 : index - 1)].hash) {
            return true
        }
        return digits >= 6 || hasMark && (digits >= 5 || digits >= 4 && groups > 1)
    }

    private func isDeviceNumber(_ index: Int) -> Bool {
        guard let code = token(index + 1), code.kind == .number, code.count == 2, !code.spaced, isMark(index + 2, ")")
        else { return false }
        return token(index + 3)?.spaced == false && token(index + 3)?.kind != .mark
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

    /// Whether a group behind a blank belongs to the value before it.
    private func joinsValue(_ index: Int, hasDigits: Bool, isStart: Bool, cue: IdentifierCues.Cue) -> Bool {
        let group = tokens[index]
        if group.breaks > 0 || taken[group.start] { return false }
        if group.kind == .word {
            // `6FR3 MK1 PV88`, `2LMPJ6LP 5KBL 11870`: groups of letters and digits.
            if [.healthPlan, .vehicle, .license].contains(cue.label), hasDigits,
                group.shape == .upper || group.shape == .initial,
                group.count <= 4, let digits = token(index + 1), digits.kind == .number, !digits.spaced
            {
                return true
            }
            // `… 8834 W`: one letter at the end.
            guard hasDigits, group.shape == .initial, cue.label != .medicalRecordNumber else { return false }
            guard let after = token(index + 1), after.breaks == 0 else { return true }
            return after.kind == .mark && !after.isMark("/") && !after.isMark(".")
        }
        guard group.kind == .number, (1...6).contains(group.count),
            !flags(index + 1).has(.unit) || token(index + 1)?.breaks != 0,
            !isMark(index + 1, "/"), !isMark(index + 1, ":"), !isMark(index + 1, "%")
        else { return false }
        if isWord(index + 1, Self.ages) || DateParser(text: text).date(at: index) != nil { return false }
        if isMark(index + 1, "."), token(index + 1)?.spaced == false, token(index + 2)?.kind == .number { return false }
        if hasDigits {
            let before = tokens[index - 1]
            if before.kind == .word, [.healthPlan, .vehicle, .license].contains(cue.label), group.count >= 2,
                !before.spaced
            {
                return true
            }
            guard before.kind == .number else { return false }
            if [.other, .device, .biometric].contains(cue.label), before.count > 4 || group.count < 3 { return false }
            return before.count <= 5 && !(group.count < 2 && before.count > 3)
        }
        return isStart && group.count >= 2 && tokens[index - 1].shape != .lower && tokens[index - 1].shape != .capital
    }

    private static let ages = words("yo y yr yrs year years m f male female")

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
        // Groups separated by blanks: `4111 1111 1111 1111`, `123 45 6789`, `UM 417 40 22`, `SLF 0093 1182 07`.
        var groups = 1
        let isLoose = cue.label != .biometric && cue.label != .device || first.count <= 4
        while isLoose, groups < 6, end + 1 < text.count, text.kinds[end] == .space, text.kinds[end + 1].isAlphanumeric {
            let next = tokenIndex(atOrAfter: end + 1)
            guard let group = token(next),
                joinsValue(
                    next, hasDigits: digits > 0, isStart: groups == 1 && end - first.start <= 5, cue: cue
                )
            else { break }
            _ = group
            groups += 1
            end += 1
            extend()
        }
        let isUpper = first.kind == .number || first.shape != .lower && first.shape != .capital
        let isCode =
            cue.label == .device && digits >= 1 && isUpper && end - first.start >= 5
            || cue.label == .biometric && isUpper && end - first.start >= 6
                && text.folded[first.start..<end].contains(0x2d)
        guard
            digits >= cue.digits || (digits >= 1 && end - first.start >= 5 && hasMark) || (digits >= 3 && hasMark)
                || isCode
        else { return nil }
        if end == first.end, first.kind == .word, digits == 0, !isCode { return nil }
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
