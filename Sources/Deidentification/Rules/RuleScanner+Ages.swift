extension RuleScanner {
    /// Ages over 89, in digits and in words. Younger ages are permitted.
    mutating func scanAges() {
        for index in tokens.indices where !taken[tokens[index].start] {
            if tokens[index].kind == .number {
                guard let age = text.number(tokens[index]), (90...125).contains(age), tokens[index].count <= 3,
                    isAge(from: index, to: index + 1)
                else { continue }
                add(tokens[index].start, tokens[index].end, .ageOver89, 0.95, .age, take: true)
            } else if tokens[index].kind == .word {
                if isWord(index, Self.bareAges) {
                    add(tokens[index].start, tokens[index].end, .ageOver89, 0.9, .age)
                } else if let end = spelledAge(at: index), isAge(from: index, to: end) {
                    add(tokens[index].start, tokens[end - 1].end, .ageOver89, 0.95, .age)
                }
            }
        }
    }

    private static let bareAges = words("nonagenarian centenarian supercentenarian nineties")
    private static let units = words("one two three four five six seven eight nine ten eleven twelve")
    private static let ninety = words("ninety")
    private static let hundred = words("hundred")
    private static let ageNouns = words("year years yr yrs yo y")
    private static let oldWords = words("old age of")
    private static let ageCues = words("age aged turned ages")
    private static let fillers = words("is was of at the")

    /// `ninety`, `ninety-two`, `one hundred and one`
    private func spelledAge(at index: Int) -> Int? {
        if isWord(index, Self.ninety) {
            if isWord(index + 1, Self.units) { return index + 2 }
            if isMark(index + 1, "-"), isWord(index + 2, Self.units) { return index + 3 }
            return index + 1
        }
        guard isWord(index, Self.hundred) || (isWord(index, Self.units) && isWord(index + 1, Self.hundred)) else {
            return nil
        }
        var end = isWord(index, Self.hundred) ? index + 1 : index + 2
        if let and = token(end), and.kind == .word, and.hash == WordHash.of("and"), isWord(end + 1, Self.units) {
            end += 2
        } else if isWord(end, Self.units) {
            end += 1
        }
        return end
    }

    /// Whether what stands around makes a number an age.
    private func isAge(from start: Int, to end: Int) -> Bool {
        var next = end
        if isMark(next, "-") { next += 1 }
        if isWord(next, Self.ageNouns) {
            // `92 yo`, `92yo`, `92 y/o`, `92 y.o.`
            if isWord(next, Self.soleNouns) { return true }
            if isMark(next + 1, "/") || isMark(next + 1, "."), let old = token(next + 2), old.kind == .word,
                old.hash == WordHash.of("o")
            {
                return true
            }
            var old = next + 1
            if isMark(old, "-") || isMark(old, ".") { old += 1 }
            if isWord(old, Self.oldWords), !isWord(old, Self.ofWord) || isWord(old + 1, Self.ageCues) { return true }
        }
        var before = start - 1
        if isMark(before, ":") || isMark(before, "=") { before -= 1 }
        while isWord(before, Self.fillers), start - before < 4 { before -= 1 }
        if isWord(before, Self.ageCues) { return !flags(end).has(.unit) || isWord(end, Self.ageNouns) }
        return false
    }

    private static let soleNouns = words("yo")
    private static let ofWord = words("of")
}
