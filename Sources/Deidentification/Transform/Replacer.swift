/// What takes the place of each span under a policy.
struct Replacer {
    let policy: DeidentificationPolicy
    let keyed: KeyedHash
    /// Names the patient whose surrogates and shift are used; a text without a patient is its own.
    let scope: String
    let currentYear: Int
    /// Of the text: whether day or month comes first in a date.
    var language = NoteLanguage.english

    /// The text with every span replaced, and the same text with a barrier in place of what was put in, for the re-
    /// scan.
    func apply(_ spans: [IdentifierSpan], to text: ScalarText) -> (text: String, kept: String) {
        let surrogates = policy.replacement == .surrogates ? surrogates(for: spans, in: text) : nil
        var output = ""
        var kept = ""
        var position = 0
        for span in spans {
            let before = text.string(position, span.start)
            output += before + replacement(of: span, in: text, surrogates)
            kept += before + "\u{1}"
            position = span.end
        }
        let rest = text.string(position, text.count)
        return (output + rest, kept + rest)
    }

    private func surrogates(for spans: [IdentifierSpan], in text: ScalarText) -> Surrogates {
        var replaced: Set<UInt64> = []
        for span in spans where span.label == .name || span.label == .location {
            for token in ScalarText(scalars: Array(text.scalars[span.start..<span.end])).tokens where token.count > 2 {
                replaced.insert(token.hash)
            }
        }
        return Surrogates(keyed: keyed, scope: scope, language: language, replaced: replaced)
    }

    private func replacement(of span: IdentifierSpan, in text: ScalarText, _ surrogates: Surrogates?) -> String {
        switch span.label {
        case .date: return date(span, text)
        case .ageOver89: return age(span, text)
        default:
            if span.label == .location, let first = postalDigits(span, text) { return postalCode(first, text) }
            guard let surrogates else { return "[\(span.label.rawValue)]" }
            return surrogates.surrogate(for: text.string(span.start, span.end), label: span.label)
        }
    }

    /// The unit stays: `91 años` becomes `90+ años`.
    private func age(_ span: IdentifierSpan, _ text: ScalarText) -> String {
        let number = policy.ages == .aggregate ? "90+" : "[AGE]"
        let written = ScalarText(scalars: Array(text.scalars[span.start..<span.end]))
        guard let unit = written.tokens.last, written.tokens.count > 1, Self.years.contains(unit.hash) else {
            return number
        }
        return number + " " + written.string(unit.start, unit.end)
    }

    private static let years = RuleScanner.words("años año")

    // MARK: Dates

    private func date(_ span: IdentifierSpan, _ text: ScalarText) -> String {
        let tag = "[DATE]"
        guard policy.dates != .tag else { return tag }
        let written = ScalarText(
            scalars: Array(text.scalars[span.start..<span.end]), lexicon: language == .spanish ? .spanish : .shared)
        guard let date = DateParser(text: written, isDayFirst: language == .spanish).date(at: 0),
            date.end == written.count
        else {
            return policy.dates == .shift ? weekday(written) ?? tag : tag
        }
        if policy.dates == .year {
            // A year that tells an age over 89 is no permitted year.
            guard let year = date.year, let range = date.yearRange, range.count == 4, year > currentYear - 90,
                year <= currentYear + 1
            else { return tag }
            return written.string(range.lowerBound, range.upperBound)
        }
        return shifted(date, written) ?? tag
    }

    /// Days by which all dates of the patient move; never 0.
    var shift: Int {
        let limit = UInt64(max(1, policy.maximumShiftDays))
        let draw = keyed.bytes("date-shift", scope).leadingNumber % (2 * limit)
        return draw < limit ? Int(draw) - Int(limit) : Int(draw - limit) + 1
    }

    private func shifted(_ date: WrittenDate, _ text: ScalarText) -> String? {
        guard let month = date.month, date.yearRange != nil || date.dayRange != nil else { return nil }
        // An invalid day (31 April) has no shifted form.
        let year = date.fullYear ?? 2001
        let day = date.day ?? 15
        let number = CivilDay.number(year: year, month: month, day: day)
        guard CivilDay.date(number) == (year, month, day) else { return nil }
        let moved = CivilDay.date(number + shift)
        if date.year != nil, moved.year <= currentYear - 90 { return nil }
        var parts: [(Range<Int>, String)] = []
        if let range = date.yearRange {
            parts.append((range, range.count == 2 ? padded(moved.year % 100, 2) : padded(moved.year, 4)))
        }
        if let range = date.dayRange {
            parts.append((range, padded(moved.day, text.folded[range.lowerBound] == 0x30 || date.isCompact ? 2 : 1)))
        }
        if let range = date.monthRange {
            parts.append((range, monthText(moved.month, in: range, text, compact: date.isCompact)))
        }
        var output = ""
        var position = 0
        for (range, value) in parts.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
            output += text.string(position, range.lowerBound) + value
            position = range.upperBound
            if range == date.dayRange { position = ordinal(behind: position, text, day: moved.day, &output) }
        }
        let rest = text.string(position, text.count)
        // What is left must be white space, the time of a compact timestamp, or nothing: no second day of a range.
        if !date.isCompact, rest.unicodeScalars.contains(where: { $0.properties.numericType != nil }) { return nil }
        return output + (date.isCompact ? "" : rest)
    }

    /// `4th` becomes `5th`, `1st` becomes `2nd`.
    private func ordinal(behind position: Int, _ text: ScalarText, day: Int, _ output: inout String) -> Int {
        guard position + 2 <= text.count, MonthNames.ordinals.contains(WordHash.of(text.string(position, position + 2)))
        else { return position }
        switch day {
        case 1, 21, 31: output += "st"
        case 2, 22: output += "nd"
        case 3, 23: output += "rd"
        default: output += "th"
        }
        return position + 2
    }

    private func monthText(_ month: Int, in range: Range<Int>, _ text: ScalarText, compact: Bool) -> String {
        guard text.kinds[range.lowerBound].isLetter else {
            return padded(month, compact || text.folded[range.lowerBound] == 0x30 || range.count == 2 ? 2 : 1)
        }
        let isSpanish =
            range.count > 3
            ? MonthNames.spanish.contains {
                WordHash.of($0) == WordHash.of(text.string(range.lowerBound, range.upperBound))
            }
            : language == .spanish
        let name = isSpanish ? Self.capitalized(MonthNames.spanish[month - 1]) : MonthNames.long[month - 1]
        let form = range.count <= 3 ? String(name.prefix(3)) : name
        if text.kinds[range].allSatisfy({ $0 == .upper }) { return form.uppercased() }
        return text.kinds[range.lowerBound] == .upper ? form : form.lowercased()
    }

    private func weekday(_ text: ScalarText) -> String? {
        guard text.tokens.count == 1, let token = text.tokens.first, token.flags.has(.weekday) else { return nil }
        let names =
            language == .spanish
            ? ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
            : ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        guard let index = names.firstIndex(where: { WordHash.of($0) == token.hash }) else { return nil }
        let moved = names[((index + shift) % 7 + 7) % 7]
        return token.isCapitalised ? Self.capitalized(moved) : moved
    }

    private static func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    // MARK: Postal codes

    /// Where the five digits of a postal code stand, if the span is one: `02139`, `02139-4307`, `E-28046`.
    private func postalDigits(_ span: IdentifierSpan, _ text: ScalarText) -> Int? {
        let range = span.start..<span.end
        guard let first = range.first(where: { text.kinds[$0] == .digit }), first + 5 <= span.end,
            (first..<first + 5).allSatisfy({ text.kinds[$0] == .digit }),
            // The letters of a country before it.
            (span.start..<first).allSatisfy({ text.kinds[$0] != .digit }),
            (span.start..<first).count(where: { text.kinds[$0].isLetter }) <= 2, first - span.start <= 3
        else { return nil }
        let rest = first + 5..<span.end
        let isExtension =
            rest.count == 5 && text.folded[first + 5] == 0x2d
            && rest.dropFirst().allSatisfy { text.kinds[$0] == .digit }
        return rest.isEmpty || isExtension ? first : nil
    }

    /// Of a Spanish code two digits are kept at most: they are the province, while three can be a single small area.
    private func postalCode(_ first: Int, _ text: ScalarText) -> String {
        guard policy.postalCodes != .tag else { return "[LOCATION]" }
        func digits(_ count: Int) -> String {
            String(String.UnicodeScalarView(text.folded[first..<first + count].compactMap(Unicode.Scalar.init)))
        }
        if policy.postalCodes == .province || language == .spanish { return digits(2) }
        return policy.restrictedPrefixes.contains(digits(3)) ? "000" : digits(3)
    }
}
