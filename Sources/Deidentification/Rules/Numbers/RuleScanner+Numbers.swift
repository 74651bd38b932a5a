extension RuleScanner {
    /// Telephone and fax numbers, Social Security numbers, cards, and other long numbers that need no announcement.
    mutating func scanNumbers() {
        var index = 0
        while index < text.count {
            let kind = text.kinds[index]
            let opens = text.folded[index] == 0x28 || text.folded[index] == 0x2b
            guard kind == .digit || opens, !taken[index], index == 0 || !isBound(index - 1) else {
                index += 1
                continue
            }
            if let end = numberRun(at: index) {
                index = max(end, index + 1)
            } else {
                index += 1
                while index < text.count, text.kinds[index] == .digit, text.kinds[index - 1] == .digit { index += 1 }
            }
        }
        scanMixedIdentifiers()
    }

    /// A scalar that binds the next digit to something else: a letter, a digit, a decimal point behind a digit, a
    /// currency sign.
    private func isBound(_ index: Int) -> Bool {
        if text.kinds[index].isAlphanumeric { return true }
        let scalar = text.folded[index]
        if scalar == 0x24 || scalar == 0x5f { return true }
        if scalar == 0x2e || scalar == 0x2c || scalar == 0x2d { return index > 0 && text.kinds[index - 1] == .digit }
        return false
    }

    private struct Groups {
        var ranges: [Range<Int>] = []
        var separators: [UInt32] = []
        /// Whether a line ends before each range but the first.
        var breaks: [Bool] = []
        var sizes: [Int] { ranges.map(\.count) }
        var digits: Int { ranges.reduce(0) { $0 + $1.count } }
    }

    private func groups(at start: Int) -> (Groups, Int) {
        var groups = Groups()
        var index = start
        var end = start
        var separator: UInt32 = 0
        var breaks = 0
        var blanks = 0
        while index < text.count, end - start < 40 {
            if text.kinds[index] == .digit {
                if taken[index] { break }
                let begin = index
                while index < text.count, text.kinds[index] == .digit { index += 1 }
                groups.ranges.append(begin..<index)
                if groups.ranges.count > 1 {
                    groups.separators.append(separator)
                    groups.breaks.append(breaks > 0)
                }
                separator = 0
                breaks = 0
                blanks = 0
                end = index
                if groups.ranges.count == 8 { break }
            } else {
                if text.kinds[index] == .newline {
                    // A line may end inside a number, with blanks around.
                    if !(text.scalars[index] == 10 && index > 0 && text.scalars[index - 1] == 13) { breaks += 1 }
                    guard breaks == 1, !groups.ranges.isEmpty else { break }
                    blanks += 1
                    index += 1
                    continue
                }
                let scalar = text.folded[index]
                let free = breaks > 0 || lineEnds(at: index) ? blanks : 0
                guard [0x20, 0x2d, 0x2e, 0x28, 0x29, 0x2f, 0x2b].contains(scalar), index - end - free < 3 else { break }
                if scalar == 0x20, breaks > 0 || lineEnds(at: index) { blanks += 1 }
                // A hyphen outranks the blanks around it.
                if separator == 0 || separator == 0x20 { separator = scalar }
                index += 1
            }
        }
        return (groups, end)
    }

    /// Whether only blanks stand between a scalar and the end of its line.
    private func lineEnds(at index: Int) -> Bool {
        var next = index
        while next < text.count, next - index < 20, text.kinds[next] == .space { next += 1 }
        return next < text.count && text.kinds[next] == .newline
    }

    /// Over a line break only the forms of telephone and Social Security numbers are read as one number, and a mark
    /// must show that they go on.
    private func isBroken(_ runs: Groups) -> Bool {
        guard runs.breaks.contains(true) else { return false }
        let sizes = runs.sizes
        guard [[3, 3, 4], [1, 3, 3, 4], [3, 2, 4]].contains(sizes), runs.breaks.count(where: { $0 }) == 1 else {
            return true
        }
        return !runs.separators.contains { [0x2d, 0x2e, 0x29].contains($0) }
    }

    private mutating func numberRun(at start: Int) -> Int? {
        let (all, last) = groups(at: start)
        guard !all.ranges.isEmpty, all.ranges[0].lowerBound - start <= 2 else { return nil }
        // A decimal, a measurement or a letter glued behind: not an identifier by itself.
        var runs = all
        var end = last
        if end < text.count, text.kinds[end].isLetter, runs.ranges.count > 1 || !isExtension(end) {
            if runs.ranges.count <= 1 { return nil }
        }
        while !runs.ranges.isEmpty {
            if !isBroken(runs), let label = classify(runs, start: start, end: end) {
                let from = label.0 == .phone || label.0 == .fax ? start : runs.ranges[0].lowerBound
                let to = label.0 == .phone || label.0 == .fax ? extensionEnd(end) : end
                add(from, to, label.0, label.1, rule(label.0, label.1), take: true)
                return to
            }
            runs.ranges.removeLast()
            if !runs.separators.isEmpty {
                runs.separators.removeLast()
                runs.breaks.removeLast()
            }
            end = runs.ranges.last?.upperBound ?? start
        }
        return nil
    }

    private func rule(_ label: IdentifierLabel, _ score: Double) -> RuleKind {
        if label == .account, score >= 0.9 { return .checkedNumber }
        guard label == .phone || label == .fax else { return .shapedNumber }
        return score >= 0.9 ? .cuedPhone : .shapedPhone
    }

    private func classify(_ runs: Groups, start: Int, end: Int) -> (IdentifierLabel, Double)? {
        let sizes = runs.sizes
        let digits = runs.digits
        let index = tokenIndex(atOrAfter: runs.ranges[0].lowerBound)
        let cue = phoneCue(before: index)
        func digit(_ offset: Int) -> UInt32 { text.folded[offset] & 15 }
        let next = flags(tokenIndex(atOrAfter: end))
        if next.has(.unit), token(tokenIndex(atOrAfter: end))?.breaks == 0, cue == nil { return nil }
        if isWord(index - 1, IdentifierCues.publicCodes) || isWord(index - 2, IdentifierCues.publicCodes) { return nil }
        let isPlus = text.folded[start] == 0x2b
        let isTelephone = [[3, 3, 4], [1, 3, 3, 4]].contains(sizes) && digit(runs.ranges[0].lowerBound) > 0
        if isWord(index - 1, Self.measures) || isWord(index - 2, Self.measures), !isTelephone { return nil }
        let dashed = runs.separators.allSatisfy { $0 == 0x2d || $0 == 0x2e || $0 == 0x29 || $0 == 0x2f }
        if sizes == [3, 2, 4], Set(runs.separators).count == 1, runs.separators[0] == 0x2d || runs.separators[0] == 0x20
        {
            return (.socialSecurityNumber, runs.separators[0] == 0x2d ? 0.95 : 0.6)
        }
        if isPlus, (8...15).contains(digits) { return (cue ?? .phone, 0.95) }
        if sizes == [3, 3, 4] || sizes == [1, 3, 3, 4] || sizes == [2, 3, 3, 4] || sizes == [3, 3, 3, 4] {
            return (cue ?? .phone, cue != nil ? 0.97 : 0.85)
        }
        if sizes.count == 1 { return plain(runs.ranges[0], cue: cue) }
        if digits >= 13, digits <= 19, sizes.allSatisfy({ $0 >= 3 && $0 <= 6 }) {
            return (.account, isLuhn(runs) ? 0.95 : 0.6)
        }
        if sizes == [4, 4], runs.ranges.allSatisfy(isClockTime) { return nil }
        if let cue, (7...15).contains(digits), sizes.allSatisfy({ $0 <= 8 }),
            !runs.separators.contains(0x2f) || sizes[0] >= 3
        {
            return (cue, 0.9)
        }
        if sizes == [3, 4], runs.separators == [0x2d] || runs.separators == [0x2e] {
            let isRound = digit(runs.ranges[1].upperBound - 1) == 0 && digit(runs.ranges[1].upperBound - 2) == 0
            return isRound || digit(runs.ranges[0].lowerBound) < 2 || runs.separators == [0x2e] ? nil : (.phone, 0.6)
        }
        // Numbers of other countries: three groups or more with one kind of separator.
        if (9...13).contains(digits), sizes.count >= 3, sizes.allSatisfy({ (2...5).contains($0) }) {
            if runs.separators.contains(0x2f) || sizes == [3, 3, 3] && cue == nil && runs.separators[0] == 0x2d {
                return nil
            }
            // Columns of a table stand further apart than the groups of a number.
            if zip(runs.ranges, runs.ranges.dropFirst()).contains(where: { $1.lowerBound - $0.upperBound > 1 }) {
                return nil
            }
            if dashed, Set(runs.separators).count == 1 { return (.phone, 0.6) }
            if digit(runs.ranges[0].lowerBound) == 0 || sizes == [3, 3, 3] { return (.phone, 0.55) }
        }
        if digits >= 8, sizes.count <= 3, sizes.count == 2 || dashed, Set(runs.separators) == [0x2d],
            sizes.contains(where: { $0 >= 4 }),
            sizes.reduce(0, max) <= 10, !(sizes.count == 2 && sizes[1] == 1)
        {
            return (.other, 0.55)
        }
        return nil
    }

    private func plain(_ range: Range<Int>, cue: IdentifierLabel?) -> (IdentifierLabel, Double)? {
        if range.upperBound < text.count, text.kinds[range.upperBound].isLetter { return nil }
        var runs = Groups()
        runs.ranges = [range]
        switch range.count {
        case 5...6: return cue != nil && text.folded[max(0, range.lowerBound - 1)] == 0x23 ? (cue ?? .phone, 0.6) : nil
        case 7...8: return cue != nil ? (cue ?? .phone, 0.8) : (.other, 0.55)
        case 9: return cue != nil ? (cue ?? .phone, 0.8) : (.socialSecurityNumber, 0.55)
        case 10...11: return (cue ?? .phone, cue != nil ? 0.9 : 0.6)
        case 12...19: return (.account, isLuhn(runs) ? 0.9 : 0.6)
        case 20...: return (.other, 0.6)
        default: return nil
        }
    }

    /// `0915`
    private func isClockTime(_ range: Range<Int>) -> Bool {
        guard range.count == 4 else { return false }
        let value = text.folded[range].reduce(0) { $0 * 10 + Int($1 & 15) }
        return value < 2400 && value % 100 < 60
    }

    private func isLuhn(_ runs: Groups) -> Bool {
        let digits = runs.ranges.flatMap { text.folded[$0].map { Int($0 & 15) } }
        var sum = 0
        for (position, digit) in digits.reversed().enumerated() {
            let value = position.isMultiple(of: 2) ? digit : digit * 2
            sum += value > 9 ? value - 9 : value
        }
        return sum.isMultiple(of: 10)
    }

    /// A word in the five tokens before, on the same line, that announces a telephone or fax number.
    private func phoneCue(before index: Int) -> IdentifierLabel? {
        var before = index - 1
        var steps = 0
        while steps < 6, let token = token(before) {
            if token.kind == .word, token.flags.has(.phoneCue) {
                if token.hash == Self.fax || token.hash == Self.facsimile { return .fax }
                if Self.strongPhone.contains(token.hash) { return .phone }
            }
            if token.breaks > 0 { break }
            before -= 1
            steps += 1
        }
        return nil
    }

    private static let measures = words(
        "flow flows fsbs ph abg vbg bp fingersticks fingerstick accuchecks glucoses glucose sugars peak insulin vent")
    private static let fax = WordHash.of("fax")
    private static let facsimile = WordHash.of("facsimile")
    private static let strongPhone = words(
        """
        phone telephone tel cell cellphone mobile pager pgr beeper call calling contact reach reached ph dial
        hotline extension ext voicemail answering
        """
    )

    private func isExtension(_ index: Int) -> Bool { text.folded[index] == 0x78 || text.folded[index] == 0x65 }

    /// `x123`, `ext. 123` behind a telephone number.
    private func extensionEnd(_ end: Int) -> Int {
        var index = tokenIndex(atOrAfter: end)
        guard let word = token(index), word.kind == .word, word.breaks == 0, Self.extensions.contains(word.hash) else {
            return end
        }
        index += 1
        if isMark(index, ".") || isMark(index, ":") { index += 1 }
        guard let number = token(index), number.kind == .number, number.breaks == 0, number.count <= 6 else {
            return end
        }
        return number.end
    }

    private static let extensions = words("x ext extension")

    /// Letters and digits in one word: five digits or more, or the forms of known registers (VIN, IBAN, DEA, Medicare).
    private mutating func scanMixedIdentifiers() {
        var index = 0
        while index < text.count {
            guard text.kinds[index].isAlphanumeric, index == 0 || !text.kinds[index - 1].isAlphanumeric else {
                index += 1
                continue
            }
            var end = index
            var digits = 0
            var letters = 0
            var isTaken = false
            while end < text.count,
                text.kinds[end].isAlphanumeric
                    || ((text.folded[end] == 0x2d || text.folded[end] == 0x5f) && end + 1 < text.count
                        && text.kinds[end + 1].isAlphanumeric)
            {
                digits += text.kinds[end] == .digit ? 1 : 0
                letters += text.kinds[end].isLetter ? 1 : 0
                isTaken = isTaken || taken[end]
                end += 1
            }
            if !isTaken, digits >= 4, letters >= 1, end - index <= 40 {
                mixed(index, end, digits: digits, letters: letters)
            }
            index = max(end, index + 1)
        }
    }

    private mutating func mixed(_ start: Int, _ end: Int, digits: Int, letters: Int) {
        let length = end - start
        let before = tokenIndex(atOrAfter: start) - 1
        if isWord(before, IdentifierCues.publicCodes) || isWord(before - 1, IdentifierCues.publicCodes) { return }
        let body = text.folded[start..<end]
        // `100x20x20` is a size, `M-80703` a code of pathology.
        if body.allSatisfy({ $0 == 0x78 || (0x30...0x39).contains($0) }) { return }
        if length == 7, text.kinds[start] == .upper, body[start + 1] == 0x2d, digits == 5,
            [0x74, 0x6d, 0x70, 0x64, 0x66].contains(body[start])
        {
            return
        }
        // `G3P2012` counts pregnancies.
        if body.first == 0x67, body.dropFirst().first.map({ (0x30...0x39).contains($0) }) == true, body.contains(0x70),
            letters <= 3
        {
            return
        }
        if length == 17, digits >= 4, letters >= 3, !body.contains(where: { [0x69, 0x6f, 0x71, 0x2d].contains($0) }) {
            add(start, end, .vehicle, 0.8, .mixedIdentifier, take: true)
        } else if (15...34).contains(length), text.kinds[start].isLetter, text.kinds[start + 1].isLetter,
            text.kinds[start + 2] == .digit, text.kinds[start + 3] == .digit, !body.contains(0x2d)
        {
            add(start, end, .account, 0.9, .mixedIdentifier, take: true)
        } else if length == 9, digits == 7, text.kinds[start].isLetter, text.kinds[start + 1].isLetter {
            add(start, end, .license, 0.7, .mixedIdentifier, take: true)
        } else if digits >= 5, text.kinds[start...].prefix(length).contains(.upper) || digits >= 7 {
            // `1,000mg` and `5000units` have their letters behind and in lower case.
            add(start, end, .other, 0.6, .mixedIdentifier, take: true)
        } else if digits >= 4,
            body.split(separator: 0x2d).last.map({ $0.count >= 4 && $0.allSatisfy { (0x30...0x39).contains($0) } })
                == true,
            text.kinds[start] == .upper, letters <= 4, body.contains(0x2d)
        {
            add(start, end, .other, 0.5, .mixedIdentifier, take: true)
        }
    }
}
