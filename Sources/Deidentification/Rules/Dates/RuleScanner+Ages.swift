extension RuleScanner {
    /// Ages over 89, in digits and in words. Younger ages are permitted.
    mutating func scanAges() {
        for index in tokens.indices where !taken[tokens[index].start] {
            if tokens[index].kind == .number {
                guard let age = text.number(tokens[index]), (90...125).contains(age), tokens[index].count <= 3 else {
                    continue
                }
                // `in her early 90s`
                if age == 90, let plural = token(index + 1), !plural.spaced, plural.hash == WordHash.of("s"),
                    isWord(index - 1, Self.decades)
                {
                    let start = isWord(index - 1, Self.parts) ? index - 1 : index
                    add(tokens[start].start, plural.end, .ageOver89, 0.9, .age, take: true)
                    continue
                }
                guard isAge(from: index, to: index + 1) else { continue }
                add(tokens[index].start, tokens[index].end, .ageOver89, 0.95, .age, take: true)
            } else if tokens[index].kind == .word {
                if isWord(index, Self.bareAges)
                    || isWord(index, Self.century) && isWord(index - 1, Self.toBe) && isWord(index - 2, Self.toBe)
                {
                    add(tokens[index].start, tokens[index].end, .ageOver89, 0.9, .age)
                } else if let end = spelledAge(at: index), isAge(from: index, to: end) {
                    add(tokens[index].start, tokens[end - 1].end, .ageOver89, 0.95, .age)
                }
            }
        }
    }

    private static let bareAges = words("nonagenarian centenarian supercentenarian nineties")
    private static let century = words("hundred")
    private static let toBe = words("to be a an the is")
    private static let units = words(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
    private static let ninety = words("ninety")
    private static let hundred = words("hundred")
    private static let ageNouns = words("year years yr yrs yo y")
    private static let oldWords = words("old age of")
    private static let ageCues = words("age aged turned ages")
    private static let fillers = words("is was of at the to be will now almost nearly just")
    /// Behind these a number over 89 is an age where a person stands before it.
    private static let lifeWords = words(
        "turned turns turning died dies passed lived living aged age is was be d deceased")
    private static let people = words(
        """
        mother father sister brother wife husband grandmother grandfather aunt uncle mom dad she he patient pt mgm mgf pgm
        pgf gf gm spouse man woman male female resident veteran twin cousin son daughter parent parents sibling sib
        neighbor nonagenarian both brothers sisters grandparents gma grandma grandpa gran granny nana abuela abuelo abuelita
        oma opa client resident he's she's hes shes mggm mggf pggm pggf inlaw
        """)
    private static let sexes = words("m f male female")
    private static let decades = words("early mid late her his their")
    private static let parts = words("early mid late")
    private static let notYears = words("percent points bpm beats days hours minutes weeks months mg ml kg lbs mmhg")

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
        // `93F`, `(91)`, `94M`, `97/F`
        var sex = end
        if isMark(sex, "/") || isMark(sex, "-") { sex += 1 }
        if isWord(sex, Self.sexes), let letter = token(sex), letter.breaks == 0,
            letter.count > 1 || !letter.spaced || isMark(end, "/"),
            tokens[start].kind == .number, tokens[start].spaced || !isMark(start - 1, "/") && !isMark(start - 1, ".")
        {
            return true
        }
        if flags(end).has(.unit) && !isWord(end, Self.ageNouns) || isWord(end, Self.notYears) || isMark(end, "%")
            || isMark(end, "/")
            || isMark(end, ".") && token(end + 1)?.kind == .number && token(end + 1)?.spaced == false
            || isMark(end, "-") && token(end + 1)?.kind == .number
        {
            return false
        }
        if isMark(start - 1, "("), isMark(end, ")"), isPersonBefore(start - 1) || isDatedBefore(start - 1) {
            return true
        }
        if isAgeOfPerson(from: start, to: end) { return true }
        var before = start - 1
        if isMark(before, ":") || isMark(before, "=") { before -= 1 }
        if isLife(before) { return true }
        while isWord(before, Self.fillers), start - before < 4 { before -= 1 }
        if isWord(before, Self.ageCues) { return !flags(end).has(.unit) || isWord(end, Self.ageNouns) }
        return false
    }

    /// `mother d. 96`, `grandmother lived to 97`, `sister is 105`, `grandmother 102`, `turns 90`
    private func isLife(_ index: Int) -> Bool {
        var before = index
        var steps = 0
        var hasLife = false
        while steps < 5, let token = token(before) {
            if token.kind == .word {
                if Self.people.contains(token.hash) || token.flags.has([.relative]) { return true }
                if token.flags.has(.givenName), !token.flags.has(.ordinary), hasLife { return true }
                if Self.strongLife.contains(token.hash) { return true }
                hasLife = hasLife || Self.lifeWords.contains(token.hash)
                guard Self.lifeWords.contains(token.hash) || Self.fillers.contains(token.hash) || token.count == 1
                else { return false }
            } else if !(token.isMark(".") && steps < 2 || token.isMark("(")) {
                return false
            }
            if token.breaks > 0 { return false }
            before -= 1
            steps += 1
        }
        return false
    }

    private static let strongLife = words("turned turns turning lived")

    private func isPersonBefore(_ index: Int) -> Bool {
        for step in 1...4 {
            guard let token = token(index - step) else { return false }
            if token.kind == .word,
                Self.people.contains(token.hash) || token.flags.has(.relative) || token.hash == Self.age
            {
                return true
            }
            if token.flags.has(.anyName), token.isCapitalised, !token.flags.has(.medical) { return true }
            if token.kind != .word { return false }
        }
        return false
    }

    private static let age = WordHash.of("age")
    private static let soleNouns = words("yo y yof yom")
    private static let ofWord = words("of")
}
