extension SpanishScanner {
    /// All elements of dates smaller than a year.
    mutating func scanDates() {
        let parser = DateParser(text: text, isDayFirst: true)
        var index = 0
        while index < count {
            if isTaken(index) {
                index += 1
                continue
            }
            if let date = parser.date(at: index), !isMeasure(date, at: index) {
                var start = date.start
                // `12 y 15 de marzo`, `del 3 al 5 de mayo`
                if date.dayRange != nil, tokens[index].kind == .number, let first = listedDay(before: index) {
                    start = tokens[first].start
                }
                add(start, date.end, .date, date.score, date.day == nil ? .partialDate : .fullDate, take: true)
                index = max(date.next, index + 1)
                continue
            }
            if let end = bareMonth(at: index) {
                add(tokens: index..<end, .date, 0.7, .bareMonth, take: true)
                index = end
                continue
            }
            if tokens[index].kind == .word, tokens[index].flags.has(.weekday), tokens[index].count > 5 || isDay(index) {
                add(tokens: index..<index + 1, .date, 0.7, .namedDay, take: true)
            }
            index += 1
        }
    }

    /// `el lunes`, `este jueves`: three of the names are other words, too.
    private func isDay(_ index: Int) -> Bool { flags(index - 1).has([.function, .dateCue]) }

    /// `2-3-04` in a range of values, `1/12/16` in a series of results: no date has a unit behind it.
    private func isMeasure(_ date: WrittenDate, at index: Int) -> Bool {
        guard date.yearRange == nil || date.score < 0.9 else { return false }
        guard let after = token(date.next), after.breaks == 0 else { return false }
        if after.isMark("%") { return true }
        return tokens[index].kind == .number && after.kind == .word && after.flags.has(.unit)
            && !after.flags.has(.month) && date.monthRange.map { text.kinds[$0.lowerBound] == .digit } ?? false
    }

    private func listedDay(before index: Int) -> Int? {
        guard isWord(index - 1, Self.dayJoins) || isMark(index - 1, ",") || isMark(index - 1, "-"),
            continuesLine(index), continuesLine(index - 1), let day = token(index - 2), day.kind == .number,
            day.count <= 2,
            let value = text.number(day), (1...31).contains(value)
        else { return nil }
        // A measure before the date is none of its days: “de 8, 12 de marzo” is rare, “Hb 12, 3 de mayo” is not.
        if isMark(index - 1, ","), !isWord(index - 3, Self.dayLeads) { return nil }
        return index - 2
    }

    private static let dayJoins = SpanishWords.hashes("y al a e hasta")
    private static let dayLeads = SpanishWords.hashes("dia dias el los del")

    /// `en marzo`, `desde principios de abril`
    private func bareMonth(at index: Int) -> Int? {
        let word = tokens[index]
        guard word.kind == .word, word.flags.has(.month), word.count > 3 else { return nil }
        guard isWord(index - 1, Self.monthCues), continuesLine(index) else { return nil }
        if word.isCapitalised, looksLikeName(index + 1), continuesLine(index + 1) { return nil }
        return index + 1
    }

    private static let monthCues = SpanishWords.hashes(
        "en desde hasta de del a y entre mes pasado proximo este finales principios mediados durante para por")

    // MARK: Ages

    /// Ages over 89, in digits and words.
    mutating func scanAges() {
        for index in tokens.indices {
            let token = tokens[index]
            if token.kind == .number, (2...3).contains(token.count), let age = text.number(token),
                (90...125).contains(age),
                !base.taken[token.start]
            {
                let isAge = isWord(index + 1, Self.years) && continuesLine(index + 1) && !isSpan(index)
                let isCued = isMark(index - 1, ":") && isWord(index - 2, Self.ageWords)
                let end = isWord(index + 1, Self.years) && continuesLine(index + 1) ? index + 2 : index + 1
                if isAge || isCued { add(tokens: index..<end, .ageOver89, 0.92, .age, take: true) }
            } else if token.kind == .word, Self.oldWords.contains(token.hash) {
                add(tokens: index..<index + 1, .ageOver89, 0.8, .age, take: true)
            } else if token.kind == .word, Self.ninety.contains(token.hash) {
                var end = index + 1
                if isWord(end, Self.and), isWord(end + 1, Self.ones) { end += 2 }
                if isWord(end, Self.years), !isSpan(index) {
                    add(tokens: index..<end + 1, .ageOver89, 0.85, .age, take: true)
                }
            }
        }
    }

    /// `hace 95 años`, `durante 100 años`
    private func isSpan(_ index: Int) -> Bool { isWord(index - 1, Self.spans) }

    private static let years = SpanishWords.hashes("años año")
    private static let ageWords = SpanishWords.hashes("edad")
    private static let oldWords = SpanishWords.hashes(
        "nonagenario nonagenaria nonagenarios centenario centenaria supercentenaria supercentenario")
    private static let ninety = SpanishWords.hashes(
        "noventa noventaiuno noventaidos noventaitres noventaicinco cien ciento")
    private static let and = SpanishWords.hashes("y")
    private static let ones = SpanishWords.hashes("uno una un dos tres cuatro cinco seis siete ocho nueve")
    private static let spans = SpanishWords.hashes("hace durante tras a los")
}
