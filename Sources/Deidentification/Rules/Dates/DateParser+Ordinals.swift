extension DateParser {
    private static let article = WordHash.of("the")

    /// `March the fourth 1961`, `March fourth`, `March the 4th, 1961`
    func ordinalMonthFirst(at index: Int) -> WrittenDate? {
        guard let name = token(index), let month = MonthNames.number(of: name.hash) else { return nil }
        var next = index + 1
        if let mark = token(next), mark.isMark(".") || mark.isMark(","), !mark.spaced { next += 1 }
        let hasArticle = token(next).map { $0.kind == .word && $0.hash == Self.article } ?? false
        if hasArticle { next += 1 }
        guard let first = token(next), first.breaks <= 1, let (day, behind) = ordinalDay(at: next, bare: !hasArticle),
            let last = token(behind - 1)
        else { return nil }
        var date = WrittenDate(
            month: month, day: day, monthRange: name.start..<name.end, dayRange: dayRange(from: first, to: last),
            start: name.start, end: last.end, next: behind, score: 0.85)
        if let (year, range, after) = yearBehind(behind, comma: true) {
            date.year = year
            date.yearRange = range
            date.end = range.upperBound
            date.next = after
            date.score = 0.95
            return date
        }
        // “May first be repeated”, “he may second that”.
        let isVerb = MonthNames.verbs.contains(name.hash)
        return isVerb && !(hasArticle && name.isCapitalised) ? nil : date
    }

    /// `fourth of March 1961`, `fourth March 1961`
    func ordinalDayFirst(at index: Int) -> WrittenDate? {
        guard let first = token(index), let (day, behind) = OrdinalWords.day(in: text.tokens, at: index),
            let last = token(behind - 1)
        else { return nil }
        var next = behind
        let hasFiller = token(next).map { $0.kind == .word && MonthNames.fillers.contains($0.hash) } ?? false
        if hasFiller { next += 1 }
        guard let name = token(next), name.kind == .word, name.breaks <= 1,
            let month = MonthNames.number(of: name.hash)
        else { return nil }
        var date = WrittenDate(
            month: month, day: day, monthRange: name.start..<name.end, dayRange: first.start..<last.end,
            start: first.start, end: name.end, next: next + 1, score: 0.85)
        if let (year, range, after) = yearBehind(next + 1, comma: true) {
            date.year = year
            date.yearRange = range
            date.end = range.upperBound
            date.next = after
            date.score = 0.95
            return date
        }
        // “her second March visit”, “the first of may”
        return hasFiller && (name.isCapitalised || !MonthNames.verbs.contains(name.hash)) ? date : nil
    }

    /// A day in words; behind an article also in digits.
    private func ordinalDay(at index: Int, bare: Bool) -> (Int, Int)? {
        if let (day, next) = OrdinalWords.day(in: text.tokens, at: index) { return (day, next) }
        guard !bare, let day = number(index, in: 1...31, digits: 1...2) else { return nil }
        if let suffix = token(index + 1), !suffix.spaced, MonthNames.ordinals.contains(suffix.hash) {
            return (day, index + 2)
        }
        return (day, index + 1)
    }

    /// Of a number without its `th`, which is rewritten with it.
    private func dayRange(from first: Token, to last: Token) -> Range<Int> {
        first.kind == .number ? first.start..<first.end : first.start..<last.end
    }
}
