/// Dates in forms that only their surroundings tell from other numbers: `11.06. 21:14`, `spring 2021`.
extension RuleScanner {
    /// `Case 5.2. 0730`, `old 3.12 @ 0730`, `Admit 11.18 d/c 11.21`
    func dottedDayAndMonth(at index: Int) -> Int? {
        guard let first = token(index), first.kind == .number, first.count <= 2, let dot = token(index + 1),
            dot.isMark("."), !dot.spaced, let second = token(index + 2), second.kind == .number, second.count <= 2,
            !second.spaced, let left = text.number(first), let right = text.number(second), (1...31).contains(left),
            (1...31).contains(right), left <= 12 || right <= 12, first.spaced || isMark(index - 1, "(")
        else { return nil }
        var end = index + 3
        let hasDot = isMark(end, ".") && token(end)?.spaced == false
        if hasDot {
            if let digit = token(end + 1), digit.kind == .number, !digit.spaced { return nil }
            end += 1
        }
        if let glued = token(index + 3), !glued.spaced, glued.kind == .word || glued.isMark("%") || glued.isMark("/") {
            return nil
        }
        let hasAt = isMark(end, "@")
        let isClock = isClock(hasAt ? end + 1 : end)
        let isCued = isWord(index - 1, Self.dottedCues) && second.count == 2 && !hasUnit(end)
        guard isClock && (hasDot || hasAt || second.count == 2) || isCued else { return nil }
        return index + 3
    }

    private func isClock(_ index: Int) -> Bool {
        guard let hour = token(index), hour.kind == .number, hour.breaks == 0 else { return false }
        if hour.count == 2, isMark(index + 1, ":") { return true }
        return hour.count == 4 && (text.number(hour) ?? 9999) < 2400 && !hasUnit(index + 1)
    }

    private func hasUnit(_ index: Int) -> Bool { flags(index).has(.unit) && token(index)?.breaks == 0 }

    private static let dottedCues = words(
        "admit admitted c adm dob seen visit case old dos dod rtc until appt discharged")

    /// `spring 2021`, `the summer of 2019`
    func seasonOfYear(at index: Int) -> Int? {
        guard isWord(index, Self.seasons) else { return nil }
        let next = isWord(index + 1, Self.of) ? index + 2 : index + 1
        guard let year = token(next), year.kind == .number, year.count == 4, year.breaks == 0,
            let value = text.number(year), (1900...2099).contains(value)
        else { return nil }
        return next + 1
    }

    private static let seasons = words("spring summer fall autumn winter easter")
    private static let of = words("of")
}
