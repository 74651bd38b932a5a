/// Finds given calendar dates in loose forms that are dates only because these very dates are known: any order, any
/// separators, over a line break, with the day in words.
struct KnownDates {
    let dates: Set<KnownMatcher.CalendarDate>
    let text: ScalarText

    private enum Part {
        case number(Int, digits: Int)
        case month(Int, isVerb: Bool)
    }

    /// The index behind a known date that begins at a token.
    func end(at index: Int) -> Int? {
        guard !dates.isEmpty, let (first, behind) = part(at: index) else { return nil }
        if case .number(_, let digits) = first, digits == 8 || digits == 6 { return compact(at: index) }
        var parts = [first]
        var ends = [behind]
        var hasFiller = false
        while parts.count < 3, let next = gap(from: ends[ends.count - 1], &hasFiller),
            let (part, behind) = part(at: next)
        {
            parts.append(part)
            ends.append(behind)
        }
        if parts.count == 3, matches(parts, hasFiller: hasFiller) { return ends[2] }
        if parts.count >= 2, matches(Array(parts[..<2]), hasFiller: hasFiller) { return ends[1] }
        return nil
    }

    private func part(at index: Int) -> (Part, Int)? {
        guard index < text.tokens.count else { return nil }
        let token = text.tokens[index]
        switch token.kind {
        case .mark: return nil
        case .number: return text.number(token).map { (.number($0, digits: token.count), index + 1) }
        case .word:
            if let (day, next) = OrdinalWords.day(in: text.tokens, at: index) {
                return (.number(day, digits: 2), next)
            }
            if let (number, next) = SpokenNumbers.value(text.tokens, at: index) {
                return (.number(number, digits: number > 99 ? 4 : 2), next)
            }
            guard let month = MonthNames.number(of: token.hash) else { return nil }
            let isVerb = token.shape == .lower && MonthNames.verbs.contains(token.hash)
            return (.month(month, isVerb: isVerb), index + 1)
        }
    }

    /// The next token that is neither a separator nor a filler word; `nil` if too much stands between.
    private func gap(from index: Int, _ hasFiller: inout Bool) -> Int? {
        var next = index
        while next < text.tokens.count, next - index < 5, text.tokens[next].breaks <= 1 {
            let token = text.tokens[next]
            switch token.kind {
            case .number: return next
            case .mark: if token.hash == 1 { return nil }
            case .word:
                if !token.spaced, MonthNames.ordinals.contains(token.hash) { break }
                if Self.separators.contains(token.hash) { break }
                guard Self.fillers.contains(token.hash) else { return next }
                hasFiller = true
            }
            next += 1
        }
        return nil
    }

    private static let separators = RuleScanner.words("slash dash hyphen comma the")
    private static let fillers = RuleScanner.words("of the de del day in year")

    private func matches(_ parts: [Part], hasFiller: Bool) -> Bool {
        var months: [(number: Int, isVerb: Bool)] = []
        var numbers: [Int] = []
        for part in parts {
            switch part {
            case .month(let number, let isVerb): months.append((number, isVerb))
            case .number(let number, _): numbers.append(number)
            }
        }
        return dates.contains { date in
            let years = [date.year, date.year % 100]
            if let month = months.first {
                guard months.count == 1, month.number == date.month else { return false }
                switch numbers.count {
                case 1: return numbers[0] == date.day && !month.isVerb
                case 2:
                    return numbers[0] == date.day && years.contains(numbers[1])
                        || numbers[1] == date.day && years.contains(numbers[0])
                default: return false
                }
            }
            guard numbers.count == 3, !hasFiller else { return false }
            let monthDay = [[date.month, date.day], [date.day, date.month]]
            return years.contains(numbers[2]) && monthDay.contains([numbers[0], numbers[1]])
                || numbers[0] == date.year && monthDay.contains([numbers[1], numbers[2]])
                || numbers[0] == date.year % 100 && numbers[1] == date.month && numbers[2] == date.day
        }
    }

    /// `03041961`, `610304`
    private func compact(at index: Int) -> Int? {
        let token = text.tokens[index]
        let digits = text.folded[token.start..<token.end].map { Int($0 & 15) }
        let year = token.count == 8 ? 4 : 2
        func part(_ from: Int, _ count: Int) -> Int { digits[from..<from + count].reduce(0) { $0 * 10 + $1 } }
        let isKnown = dates.contains { date in
            let wanted = year == 4 ? date.year : date.year % 100
            let isYearFirst = part(0, year) == wanted && part(year, 2) == date.month && part(year + 2, 2) == date.day
            let isYearLast =
                part(4, year) == wanted
                && (part(0, 2) == date.month && part(2, 2) == date.day
                    || part(0, 2) == date.day && part(2, 2) == date.month)
            return isYearFirst || isYearLast
        }
        return isKnown ? index + 1 : nil
    }
}
