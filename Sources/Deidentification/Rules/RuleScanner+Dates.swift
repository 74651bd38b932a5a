extension RuleScanner {
    /// All elements of dates smaller than a year.
    mutating func scanDates() {
        let parser = DateParser(text: text)
        var index = 0
        while index < tokens.count {
            if taken[tokens[index].start] {
                index += 1
                continue
            }
            if let date = parser.date(at: index) {
                // `24 June`: the number may also belong to a measurement before it; a full date never does.
                add(
                    date.start, date.end, .date, date.score,
                    date.day != nil && date.year != nil ? .fullDate : .partialDate, take: true)
                index = max(date.next, index + 1)
                continue
            }
            let loose =
                monthAndDay(at: index).map { ($0, RuleKind.monthAndDay) }
                ?? bareMonth(at: index).map { ($0, .bareMonth) } ?? namedDay(at: index).map { ($0, .namedDay) }
            if let (end, rule) = loose {
                add(tokens[index].start, tokens[end - 1].end, .date, 0.7, rule, take: true)
                index = end
                continue
            }
            index += 1
        }
    }

    /// `3/4` is a date only behind a word such as “on” and before no measurement: motor strength is 5/5, a murmur 2/6.
    private func monthAndDay(at index: Int) -> Int? {
        guard tokens[index].kind == .number, isMark(index + 1, "/"), let slash = token(index + 1), !slash.spaced,
            let second = token(index + 2), !second.spaced, second.kind == .number, tokens[index].count <= 2,
            second.count <= 2,
            let a = text.number(tokens[index]), let b = text.number(second),
            (1...12).contains(a) && (1...31).contains(b),
            !flags(index + 3).has(.unit), !isMark(index + 3, "%"), !isMark(index + 3, "/")
        else { return nil }
        if isMark(index - 1, "/") || isMark(index - 1, "."), !tokens[index].spaced { return nil }
        var before = index - 1
        if isMark(before, ":") { before -= 1 }
        guard flags(before).has(.dateCue) || (isMark(index - 1, "-") && isMark(index - 3, "/")) else { return nil }
        if let after = token(index + 3), after.kind == .word, after.breaks == 0, Self.notDates.contains(after.hash) {
            return nil
        }
        return index + 3
    }

    private static let notDates = words(
        """
        strength murmur systolic diastolic power motor pulses reflexes grade scale bilaterally throughout pain
        intensity of
        """
    )

    /// `in March`, `since early June`, `last October`
    private func bareMonth(at index: Int) -> Int? {
        let word = tokens[index]
        guard word.kind == .word, word.flags.has(.month), word.shape == .capital || word.shape == .upper else {
            return nil
        }
        // A number in front has been read by the parser; a name like “April Smith” is not led by a preposition.
        guard isWord(index - 1, Self.monthCues) else { return nil }
        if let after = token(index + 1), after.breaks == 0, after.isCapitalised, after.kind == .word { return nil }
        return index + 1
    }

    private static let monthCues = words(
        "in since last next this until till early late mid by through during of from and to")

    /// Weekdays and holidays.
    private func namedDay(at index: Int) -> Int? {
        let word = tokens[index]
        guard word.kind == .word else { return nil }
        if word.flags.has(.weekday) { return index + 1 }
        guard word.isCapitalised else { return nil }
        if Self.holidays.contains(word.hash) { return isWord(index + 1, Self.dayWords) ? index + 2 : index + 1 }
        if isWord(index, Self.holidayFirst), isWord(index + 1, Self.dayWords) { return index + 2 }
        return nil
    }

    private static let holidays = words("christmas thanksgiving halloween hanukkah kwanzaa")
    private static let holidayFirst = words(
        "labor memorial independence veterans valentine valentines mothers fathers columbus presidents")
    private static let dayWords = words("day eve")
}
