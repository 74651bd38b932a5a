/// Numbers of records and users by the place where they stand.
extension RuleScanner {
    /// `Ada Quillon (774-310)`, `Villasen, A. (ENDO-771)`
    mutating func recordBehindName(at index: Int) {
        var before = index - 1
        if isMark(before, "\"") || isMark(before, ".") { before -= 1 }
        guard let name = token(before), name.kind == .word, name.isCapitalised, tokens[index].breaks == 0,
            name.flags.has(.anyName) || name.flags.isEmpty && name.shape == .capital || isMark(index - 1, "."),
            !name.flags.has([.medical, .unit, .eponymNoun]), let first = token(index + 1), !first.spaced,
            first.kind != .mark
        else { return }
        var end = first.start
        var digits = 0
        var hyphens = 0
        var letters = 0
        while end < text.count, text.kinds[end].isAlphanumeric || text.folded[end] == 0x2d {
            digits += text.kinds[end] == .digit ? 1 : 0
            letters += text.kinds[end].isLetter ? 1 : 0
            hyphens += text.folded[end] == 0x2d ? 1 : 0
            if text.kinds[end] == .lower { return }
            end += 1
        }
        guard end < text.count, text.folded[end] == 0x29, !taken[first.start],
            (5...10).contains(digits) && hyphens > 0 && first.kind == .number && (first.count >= 3 || hyphens > 1)
                || (5...9).contains(digits) && hyphens == 0 && letters <= 3 && name.flags.has(.anyName)
                || (3...8).contains(digits) && hyphens == 1 && (2...5).contains(letters),
            DateParser(text: text).date(at: index + 1) == nil
        else { return }
        add(first.start, end, .medicalRecordNumber, 0.75, .shapedNumber, take: true)
    }

    /// `2025-02-27 22:41:07 | kblum3 | 10.22.4.187`: the user behind the stamp of an audit line.
    mutating func auditUser(behind end: Int) {
        var index = tokenIndex(atOrAfter: end)
        if isMark(index, "|") || isMark(index, ",") { index += 1 }
        guard let user = token(index), user.kind == .word, user.shape == .lower, user.breaks == 0 else { return }
        var last = user.end
        while last < text.count,
            text.kinds[last].isAlphanumeric
                || [0x2e, 0x5f, 0x2d].contains(text.folded[last]) && last + 1 < text.count
                    && text.kinds[last + 1].isAlphanumeric
        { last += 1 }
        let isAlone = last + 2 >= text.count || text.kinds[last] == .space
        let next = tokenIndex(atOrAfter: last)
        guard last - user.start >= 4, isAlone,
            isMark(next, "|") || isMark(next, ",") || token(next).map({ isColumn(next) && $0.breaks == 0 }) ?? false,
            last > user.end || !user.flags.has(.ordinary)
        else { return }
        add(user.start, last, .other, 0.8, .handle, take: true)
    }
}
