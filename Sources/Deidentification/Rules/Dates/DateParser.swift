/// A date as it is written: which parts there are and where, so that it can be rewritten in the same form.
struct WrittenDate: Sendable, Equatable {
    var year: Int?
    var month: Int?
    var day: Int?
    /// The scalar offsets of each part.
    var yearRange: Range<Int>?
    var monthRange: Range<Int>?
    var dayRange: Range<Int>?
    /// Day and month could be the other way round.
    var isAmbiguous = false
    /// All digits in one run.
    var isCompact = false
    var start: Int
    var end: Int
    /// Behind the last token.
    var next: Int
    var score: Double

    /// The year in full; two digits are read as 1930 to 2029.
    var fullYear: Int? {
        guard let year else { return nil }
        guard let yearRange, yearRange.count == 2, !isCompact else { return year }
        return year < 30 ? 2000 + year : 1900 + year
    }
}

/// Reads dates from tokens. Bare years are no dates, as the Safe Harbor rule has it.
struct DateParser {
    let text: ScalarText
    /// `3/4/2021` is the third of April, as most of the world writes it.
    var isDayFirst = false

    func date(at index: Int) -> WrittenDate? {
        guard index < text.tokens.count else { return nil }
        let token = text.tokens[index]
        switch token.kind {
        case .number: return numeric(at: index) ?? dayFirst(at: index) ?? compact(at: index)
        case .word:
            if token.flags.has(.month) { return ordinalMonthFirst(at: index) ?? monthFirst(at: index) }
            return ordinalDayFirst(at: index)
        case .mark: return nil
        }
    }

    func token(_ index: Int) -> Token? { index >= 0 && index < text.tokens.count ? text.tokens[index] : nil }

    func number(_ index: Int, in range: ClosedRange<Int>, digits: ClosedRange<Int>) -> Int? {
        guard let token = token(index), digits.contains(token.count), let value = text.number(token),
            range.contains(value)
        else { return nil }
        return value
    }

    private func isYear(_ token: Token) -> Bool {
        guard token.count == 4, let value = text.number(token) else { return false }
        return (1880...2099).contains(value)
    }

    /// `3/4/2021`, `2021-03-04`, `04.03.21`, `03/2021`, `2021-03`
    private func numeric(at index: Int) -> WrittenDate? {
        guard let first = token(index), let mark = token(index + 1), let second = token(index + 2), mark.kind == .mark,
            second.kind == .number, !mark.spaced || mark.isMark("/"), !second.spaced || mark.isMark("/"),
            mark.isMark("/") || mark.isMark("-") || mark.isMark("."), first.count <= 4, second.count <= 4
        else { return nil }
        if let before = token(index - 1), !first.spaced, before.kind == .mark,
            before.isMark("/") || before.isMark("-") || before.isMark(".") || before.isMark("$")
        {
            if let digit = token(index - 2), digit.kind == .number, !before.spaced { return nil }
        }
        let third: Token? = {
            guard let again = token(index + 3), again.hash == mark.hash, again.kind == .mark,
                !again.spaced || mark.isMark("/"),
                let third = token(index + 4), !third.spaced || mark.isMark("/")
            else { return nil }
            if third.kind == .number { return third }
            // `5/28/'25`
            guard third.hash == 0x27, third.kind == .mark, let year = token(index + 5), year.kind == .number,
                year.count == 2, !year.spaced
            else { return nil }
            return year
        }()
        guard let a = text.number(first), let b = text.number(second) else { return nil }
        if let third, let c = text.number(third) {
            let behind = isQuoted(index + 4) ? index + 6 : index + 5
            // A fourth group makes it an address or a version.
            if let after = token(behind), !after.spaced, after.hash == mark.hash, after.kind == .mark,
                let digit = token(behind + 1), digit.kind == .number, !digit.spaced
            {
                return nil
            }
            if isYear(first) {
                guard second.count <= 2, third.count <= 2, (1...12).contains(b), (1...31).contains(c) else {
                    return nil
                }
                return written(first, second, third, a, b, c, false, behind, 0.97)
            }
            guard first.count <= 2, second.count <= 2, isYear(third) || third.count == 2 else { return nil }
            if mark.isMark("."), third.count == 2, first.count != 2 || second.count != 2, isVersion(before: index) {
                return nil
            }
            let score = third.count == 4 ? 0.97 : 0.85
            if (1...12).contains(a), (1...31).contains(b) {
                if isDayFirst || mark.isMark(".") && (third.count == 4 || first.count == 2), (1...12).contains(b) {
                    return written(third, second, first, c, b, a, true, behind, score)
                }
                return written(third, first, second, c, a, b, b <= 12, behind, score)
            }
            if (1...12).contains(b), (1...31).contains(a) {
                return written(third, second, first, c, b, a, false, behind, score)
            }
            return nil
        }
        if !mark.isMark("."), isYear(second), first.count <= 2, (1...12).contains(a) {
            return partial(second, first, nil, b, a, nil, index + 3, 0.9)
        }
        if mark.isMark("-"), isYear(first), second.count == 2, (1...12).contains(b) {
            return partial(first, second, nil, a, b, nil, index + 3, 0.8)
        }
        return nil
    }

    private func isQuoted(_ index: Int) -> Bool { token(index)?.hash == 0x27 && token(index)?.kind == .mark }

    /// `version 1.2.10`
    private func isVersion(before index: Int) -> Bool {
        guard let word = token(index - 1) else { return false }
        return word.kind == .word && Self.versions.contains(word.hash) || word.kind == .number && word.breaks == 0
    }

    private static let versions = RuleScanner.words("version v ver rev release build firmware software section figure")

    /// `20210304`, with the time behind it too: `202103041530`.
    private func compact(at index: Int) -> WrittenDate? {
        guard let token = token(index), [8, 12, 14].contains(token.count) else { return nil }
        func value(_ range: Range<Int>) -> Int { text.folded[range].reduce(0) { $0 * 10 + Int($1 & 15) } }
        let start = token.start
        let year = value(start..<start + 4)
        let month = value(start + 4..<start + 6)
        let day = value(start + 6..<start + 8)
        guard (1900...2099).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        if let before = self.token(index - 1), !token.spaced, before.kind != .mark { return nil }
        if token.count > 8, value(start + 8..<start + 10) > 23 || value(start + 10..<start + 12) > 59 { return nil }
        return WrittenDate(
            year: year, month: month, day: day, yearRange: start..<start + 4, monthRange: start + 4..<start + 6,
            dayRange: start + 6..<start + 8, isCompact: true, start: start, end: token.end, next: index + 1, score: 0.7)
    }

    /// `March 4, 2021`, `Mar. 4th`, `March 2021`, `Mar-04-2021`
    private func monthFirst(at index: Int) -> WrittenDate? {
        guard let name = token(index), let month = MonthNames.number(of: name.hash) else { return nil }
        let isVerb = name.shape == .lower && MonthNames.verbs.contains(name.hash)
        var next = index + 1
        if let dot = token(next), dot.isMark("."), !dot.spaced { next += 1 }
        next = skip(next, ["-", "/", ","])
        if let digits = token(next), digits.breaks == 0, digits.kind == .number, digits.count <= 2,
            let day = number(next, in: 1...31, digits: 1...2), !isMeasured(next)
        {
            var after = next + 1
            var end = digits.end
            if let ordinal = token(after), !ordinal.spaced, MonthNames.ordinals.contains(ordinal.hash) {
                end = ordinal.end
                after += 1
            }
            // `May 5-8, 2021`
            if let dash = token(after), dash.isMark("-"), number(after + 1, in: 1...31, digits: 1...2) != nil {
                var last = after + 1
                end = token(last)?.end ?? end
                if let ordinal = token(last + 1), !ordinal.spaced, MonthNames.ordinals.contains(ordinal.hash) {
                    end = ordinal.end
                    last += 1
                }
                after = last + 1
            }
            if let (year, range, behind) = yearBehind(after, comma: true) {
                return WrittenDate(
                    year: year, month: month, day: day, yearRange: range, monthRange: name.start..<name.end,
                    dayRange: digits.start..<digits.end, start: name.start, end: range.upperBound, next: behind,
                    score: 0.97)
            }
            if isVerb && end == digits.end { return nil }
            return WrittenDate(
                year: nil, month: month, day: day, monthRange: name.start..<name.end,
                dayRange: digits.start..<digits.end,
                start: name.start, end: end, next: after, score: 0.85)
        }
        if let (year, range, behind) = yearBehind(next, comma: true) {
            return WrittenDate(
                year: year, month: month, day: nil, yearRange: range, monthRange: name.start..<name.end,
                start: name.start,
                end: range.upperBound, next: behind, score: 0.9)
        }
        return nil
    }

    /// `4 March 2021`, `4th of March`, `04-Mar-2021`, `04MAR2021`
    private func dayFirst(at index: Int) -> WrittenDate? {
        guard let digits = token(index), let day = number(index, in: 1...31, digits: 1...2) else { return nil }
        if let before = token(index - 1), !digits.spaced, before.kind != .mark || before.isMark(".") { return nil }
        var next = index + 1
        var isOrdinal = false
        if let ordinal = token(next), !ordinal.spaced, MonthNames.ordinals.contains(ordinal.hash) {
            isOrdinal = true
            next += 1
        }
        next = skip(next, ["-", "/", "."])
        if let of = token(next), MonthNames.fillers.contains(of.hash), of.kind == .word { next += 1 }
        guard let name = token(next), name.breaks == 0, name.kind == .word, let month = MonthNames.number(of: name.hash)
        else { return nil }
        if name.shape == .lower, MonthNames.verbs.contains(name.hash), !isOrdinal,
            yearBehind(skip(next + 1, ["-", "/", "."]), comma: false) == nil
        {
            return nil
        }
        var after = next + 1
        if let dot = token(after), dot.isMark("."), !dot.spaced { after += 1 }
        if let of = token(after), MonthNames.fillers.contains(of.hash), of.kind == .word { after += 1 }
        after = skip(after, ["-", "/"])
        if let (year, range, behind) = yearBehind(after, comma: true) {
            return WrittenDate(
                year: year, month: month, day: day, yearRange: range, monthRange: name.start..<name.end,
                dayRange: digits.start..<digits.end, start: digits.start, end: range.upperBound, next: behind,
                score: 0.97)
        }
        guard name.shape != .lower || isOrdinal || name.count > 3 else { return nil }
        // `1 Feb 19`
        if let year = token(after), year.kind == .number, year.count == 2, year.breaks == 0, after == next + 1,
            !isOrdinal, name.count == 3,
            !isMeasured(after), !(token(after + 1)?.isMark(":") == true && token(after + 2)?.kind == .number),
            let value = text.number(year)
        {
            return WrittenDate(
                year: value, month: month, day: day, yearRange: year.start..<year.end,
                monthRange: name.start..<name.end,
                dayRange: digits.start..<digits.end, start: digits.start, end: year.end, next: after + 1, score: 0.85)
        }
        return WrittenDate(
            year: nil, month: month, day: day, monthRange: name.start..<name.end, dayRange: digits.start..<digits.end,
            start: digits.start, end: name.end, next: next + 1, score: 0.8)
    }

    func yearBehind(_ index: Int, comma: Bool) -> (Int, Range<Int>, Int)? {
        var index = index
        if comma { index = skip(index, [","]) }
        if let mark = token(index), mark.isMark("-") || mark.isMark("/"), !mark.spaced, let year = token(index + 1),
            !year.spaced,
            year.kind == .number, year.count == 4
        {
            index += 1
        }
        if let of = token(index), of.kind == .word, MonthNames.fillers.contains(of.hash) { index += 1 }
        if let word = token(index), word.kind == .word, word.breaks == 0, MonthNames.yearWords.contains(word.hash) {
            index += 1
        }
        if let year = token(index), year.breaks == 0, isYear(year), let value = text.number(year) {
            return (value, year.start..<year.end, index + 1)
        }
        if let quote = token(index), quote.isMark("'") || quote.hash == 0x27, let year = token(index + 1),
            year.kind == .number,
            year.count == 2, !year.spaced, let value = text.number(year)
        {
            return (value, year.start..<year.end, index + 2)
        }
        if let year = token(index), !year.spaced, year.kind == .number, year.count == 2, let before = token(index - 1),
            before.isMark("-") || before.isMark("/") || before.kind == .word, let value = text.number(year)
        {
            return (value, year.start..<year.end, index + 1)
        }
        return nil
    }

    private func skip(_ index: Int, _ marks: [Unicode.Scalar]) -> Int {
        guard let token = token(index), token.breaks == 0, marks.contains(where: token.isMark) else { return index }
        return index + 1
    }

    /// A unit, a percent sign or a decimal behind a number.
    func isMeasured(_ index: Int) -> Bool {
        guard let after = token(index + 1), after.breaks == 0 else { return false }
        if after.isMark("%") { return true }
        if after.isMark("."), !after.spaced, let digit = token(index + 2), digit.kind == .number, !digit.spaced {
            return true
        }
        return after.kind == .word && after.flags.has(.unit) && !after.flags.has(.month)
    }

    private func written(
        _ yearToken: Token, _ monthToken: Token, _ dayToken: Token, _ year: Int, _ month: Int, _ day: Int,
        _ ambiguous: Bool,
        _ next: Int, _ score: Double
    ) -> WrittenDate {
        WrittenDate(
            year: year, month: month, day: day, yearRange: yearToken.start..<yearToken.end,
            monthRange: monthToken.start..<monthToken.end, dayRange: dayToken.start..<dayToken.end,
            isAmbiguous: ambiguous,
            start: min(yearToken.start, monthToken.start, dayToken.start),
            end: max(yearToken.end, monthToken.end, dayToken.end), next: next, score: score)
    }

    private func partial(
        _ yearToken: Token, _ monthToken: Token, _ dayToken: Token?, _ year: Int, _ month: Int, _ day: Int?,
        _ next: Int,
        _ score: Double
    ) -> WrittenDate {
        WrittenDate(
            year: year, month: month, day: day, yearRange: yearToken.start..<yearToken.end,
            monthRange: monthToken.start..<monthToken.end, start: min(yearToken.start, monthToken.start),
            end: max(yearToken.end, monthToken.end), next: next, score: score)
    }
}
