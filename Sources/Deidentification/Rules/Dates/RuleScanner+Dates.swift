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
                let start = weekday(before: index) ?? date.start
                let end = timeBehind(date)
                add(
                    start, end, .date, date.score,
                    date.day != nil && date.year != nil ? .fullDate : .partialDate, take: true)
                if end > date.end, tokens[index].breaks > 0 { auditUser(behind: end) }
                index = max(date.next, index + 1)
                continue
            }
            if let (end, rule) = looseDate(at: index) {
                let start = rule == .namedDay ? tokens[index].start : weekday(before: index) ?? tokens[index].start
                add(start, tokens[end - 1].end, .date, 0.7, rule, take: true)
                index = end
                continue
            }
            index += 1
        }
    }

    /// Dates without a year or in unusual forms: the index behind, and which rule it was.
    private func looseDate(at index: Int) -> (Int, RuleKind)? {
        if let end = compactBirthday(at: index) { return (end, .fullDate) }
        if let end = monthAndDay(at: index) ?? dottedDayAndMonth(at: index) { return (end, .monthAndDay) }
        if let end = spokenDate(at: index) ?? dayOfMonth(at: index) { return (end, .partialDate) }
        if let end = bareMonth(at: index) { return (end, .bareMonth) }
        return (seasonOfYear(at: index) ?? namedDay(at: index)).map { ($0, .namedDay) }
    }

    /// `in March`, `since early June`, `last October`
    private func bareMonth(at index: Int) -> Int? {
        let word = tokens[index]
        guard word.kind == .word, word.flags.has(.month),
            word.shape == .capital || word.shape == .upper
                || caseless[index] && word.count > 3 && !MonthNames.verbs.contains(word.hash)
        else {
            return nil
        }
        // A number in front has been read by the parser; a name like “April Smith” is not led by a preposition.
        guard isWord(index - 1, Self.monthCues) else { return nil }
        if let after = token(index + 1), after.breaks == 0, after.isCapitalised, after.kind == .word { return nil }
        return index + 1
    }

    private static let monthCues = words(
        "in since last next this until till early late mid by through during of from and to rtc fu due seen until f")

    /// Weekdays and holidays.
    private func namedDay(at index: Int) -> Int? {
        let word = tokens[index]
        guard word.kind == .word else { return nil }
        if word.flags.has(.weekday) { return index + 1 }
        if let next = token(index + 1), next.kind == .word, next.breaks == 0,
            Self.named.contains([word.hash, next.hash])
        {
            let end =
                isWord(index + 2, Self.dayWords) || token(index + 2)?.flags.has(.weekday) == true
                ? index + 3 : index + 2
            if next.hash != WordHash.of("year") || end > index + 2 { return withYear(end) }
        }
        if isWord(index, Self.ownHolidays) || isWord(index, Self.easter) && isWord(index - 1, Self.monthCues) {
            if isWord(index + 1, Self.pattern) || flags(index + 1).has(.eponymNoun) { return nil }
            return withYear(isWord(index + 1, Self.dayWords) ? index + 2 : index + 1)
        }
        // `New Year's Day`
        if isWord(index, Self.new), isWord(index + 1, Self.yearWords) {
            let behind = token(index + 2)?.hash == 0x27 ? index + 4 : index + 2
            if isWord(behind, Self.dayWords) { return withYear(behind + 1) }
        }
        guard isWrittenAsName(index) else { return nil }
        if Self.holidays.contains(word.hash) {
            if let noun = token(index + 1), noun.kind == .word,
                noun.flags.has(.eponymNoun) || Self.pattern.contains(noun.hash)
            {
                return nil
            }
            return withYear(isWord(index + 1, Self.dayWords) ? index + 2 : index + 1)
        }
        guard isWord(index, Self.holidayFirst) else { return nil }
        // `Father's Day`, `St. Patrick's Day`
        var next = index + 1
        if token(next)?.hash == 0x27, isWord(next + 1, Self.genitive) { next += 2 }
        guard isWord(next, Self.dayWords), token(next)?.isCapitalised == true || caseless[next] else { return nil }
        return withYear(next + 1)
    }

    private static let new = words("new")
    private static let yearWords = words("year years")
    private static let pattern = words("tree factor deformity")
    private static let genitive = words("s")

    /// The year behind a holiday goes with it.
    private func withYear(_ end: Int) -> Int {
        guard let year = token(end), year.kind == .number, year.breaks == 0, year.count == 4,
            let value = text.number(year),
            (1900...2099).contains(value)
        else { return end }
        return end + 1
    }

    private static let holidays = words(
        "christmas thanksgiving halloween hanukkah kwanzaa ramadan passover diwali juneteenth xmas")
    /// Words with no other meaning, also in lower case.
    private static let ownHolidays = words("christmas thanksgiving halloween hanukkah diwali juneteenth xmas ramadan")
    private static let easter = words("easter")
    private static let holidayFirst = words(
        """
        labor memorial independence veterans valentine valentines mothers fathers columbus presidents mother father
        patricks patrick year years groundhog mlk easter good ash palm boxing earth new cinco fourth super
        """)
    private static let dayWords = words("day eve")
    private static let named: Set<[UInt64]> = Set(
        [
            "ash wednesday", "good friday", "palm sunday", "easter sunday", "easter monday", "super bowl", "new years",
            "new year",
        ].map {
            $0.split(separator: " ").map { WordHash.of($0) }
        })

    /// The start of a weekday, or of `the`, that belongs to the date behind it: `Sat., June 20`, `the 3rd of May`.
    private func weekday(before index: Int) -> Int? {
        var next = index - 1
        if isWord(next, Self.article), tokens[index].breaks <= 1 {
            next -= 1
            return flags(next).has(.weekday) || isWord(next, Self.shortWeekdays) ? tokens[next].start : nil
        }
        while isMark(next, ",") || isMark(next, "."), token(next)?.spaced == false { next -= 1 }
        guard let day = token(next), day.kind == .word, tokens[index].breaks <= 1,
            day.flags.has(.weekday) || Self.shortWeekdays.contains(day.hash)
        else { return nil }
        return day.start
    }

    private static let article = words("the")

    /// A time of day with seconds, or behind a `T`, is one stamp with its date.
    private func timeBehind(_ date: WrittenDate) -> Int {
        var index = date.next
        guard let first = token(index), first.breaks == 0 else { return date.end }
        let isJoined = !first.spaced
        if isJoined {
            guard first.kind == .word, first.count == 1, first.hash == WordHash.of("t") else { return date.end }
            index += 1
        }
        guard let hour = token(index), hour.kind == .number, hour.count == 2, isMark(index + 1, ":"),
            token(index + 2)?.count == 2,
            token(index + 1)?.spaced == false
        else { return date.end }
        var end = index + 3
        var hasSeconds = false
        if isMark(end, ":"), token(end + 1)?.count == 2 {
            hasSeconds = true
            end += 2
            if isMark(end, "."), token(end + 1)?.kind == .number, token(end + 1)?.spaced == false { end += 2 }
        }
        guard isJoined || hasSeconds else { return date.end }
        if let zone = token(end), !zone.spaced {
            if zone.kind == .word, zone.count == 1 { end += 1 }
            if zone.isMark("-") || zone.isMark("+"), token(end + 1)?.count == 2, isMark(end + 2, ":"),
                token(end + 3)?.count == 2
            {
                end += 4
            }
        }
        return tokens[end - 1].end
    }

    /// `DOB 061799`
    private func compactBirthday(at index: Int) -> Int? {
        let before = isMark(index - 1, ":") ? index - 2 : index - 1
        guard tokens[index].kind == .number, tokens[index].count == 6, isWord(before, Self.births),
            let value = text.number(tokens[index]),
            (1...12).contains(value / 10_000) && (1...31).contains(value / 100 % 100)
                || (1...12).contains(value / 100 % 100) && (1...31).contains(value % 100)
        else { return nil }
        return index + 1
    }

    private static let births = words("dob born birthdate bday dos dod dated")

    /// `the 20th`, `Ultrasound on the 1st`
    private func dayOfMonth(at index: Int) -> Int? {
        guard tokens[index].kind == .number, let day = text.number(tokens[index]), (1...31).contains(day),
            let suffix = token(index + 1),
            !suffix.spaced, MonthNames.ordinals.contains(suffix.hash), isWord(index - 1, Self.article),
            isWord(index - 2, Self.dayLeads) || flags(index - 2).has(.weekday) || isWord(index - 2, Self.shortWeekdays)
        else { return nil }
        if let next = token(index + 2), next.breaks == 0, next.kind == .word, Self.counted.contains(next.hash) {
            return nil
        }
        return index + 2
    }

    private static let dayLeads = words("on by until till since from before after")
    private static let counted = words(
        "day week month floor toe digit finger rib time dose trimester visit grade percentile metatarsal metacarpal degree ray mtp mcp"
    )

    /// `nov fifth twenty four`, `five slash nine slash ninety seven`, `5 slash 9 slash 97`, `ten slash two`
    private func spokenDate(at index: Int) -> Int? {
        if let (_, first) = spoken(at: index), isWord(first, Self.slash), let (_, second) = spoken(at: first + 1) {
            if isWord(second, Self.slash), let (_, third) = spoken(at: second + 1) { return third }
            return second
        }
        guard tokens[index].kind == .word, tokens[index].flags.has(.month),
            !MonthNames.verbs.contains(tokens[index].hash)
                || tokens[index].shape == .lower && caseless[index] && MonthNames.number(of: tokens[index].hash) != 5,
            MonthNames.number(of: tokens[index].hash) != nil
        else { return nil }
        var end: Int
        if let (_, next) = OrdinalWords.day(in: tokens, at: index + 1) {
            end = next
        } else if let (value, next) = spoken(at: index + 1), value <= 31 {
            end = next
        } else {
            return nil
        }
        while let (_, next) = spoken(at: end), next - index < 9 { end = next }
        return end
    }

    private static let slash = words("slash dash")

    /// A number in digits or in words below a hundred.
    private func spoken(at index: Int) -> (Int, Int)? {
        guard let token = token(index), token.breaks <= 1 else { return nil }
        if token.kind == .number, token.count <= 4 { return text.number(token).map { ($0, index + 1) } }
        guard token.kind == .word, let value = Self.numberWords[token.hash] else { return nil }
        if value >= 20, value < 100, let next = self.token(index + 1), let ones = Self.numberWords[next.hash],
            ones < 10, ones > 0
        {
            return (value + ones, index + 2)
        }
        return (value, index + 1)
    }

    private static let numberWords: [UInt64: Int] = {
        var table: [UInt64: Int] = [:]
        let ones =
            "oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        for (value, word) in ones.split(separator: " ").enumerated() { table[WordHash.of(word)] = value }
        for (value, word) in "twenty thirty forty fifty sixty seventy eighty ninety".split(separator: " ").enumerated()
        {
            table[WordHash.of(word)] = 20 + value * 10
        }
        return table
    }()
}
