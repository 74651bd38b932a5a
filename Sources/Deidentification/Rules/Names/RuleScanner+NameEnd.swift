/// How far a name reaches.
extension RuleScanner {
    /// The index behind a name that begins at a token: words, initials, particles, hyphens, and `Last, First M.`.
    func nameEnd(from index: Int, isLed: Bool, commaForm: Bool = false) -> Int {
        var end = index
        var next = index
        var words = 0
        let firstIsLower = token(index)?.shape == .lower
        while words < 5, let token = token(next), next == index || token.breaks == 0 {
            if next > index, isColumn(next) { break }
            // `Bronislava "Bronnie" Hayes`
            if token.isMark("\""), words > 0, self.token(next + 1)?.isCapitalised == true, isMark(next + 2, "\""),
                self.token(next + 3)?.isCapitalised == true
            {
                next += 3
                continue
            }
            // `Hye-jin`
            if token.isMark("-"), !token.spaced, words > 0, let more = self.token(next + 1), !more.spaced,
                more.shape == .lower,
                (2...7).contains(more.count), !more.flags.has(.ordinary), tokens[next - 1].isCapitalised,
                more.flags.isEmpty || more.flags.has(.anyName)
            {
                next += 2
                end = next
                continue
            }
            if token.isMark("-") || token.hash == 0x27, !token.spaced, words > 0, let more = self.token(next + 1),
                !more.spaced,
                more.kind == .word, more.isCapitalised || more.flags.has(.particle),
                more.count > 1 || more.shape == .initial
            {
                next += 1
                continue
            }
            if token.isMark("^"), words > 0 {
                next += 1
                continue
            }
            if token.isMark(","), words > 0, words < 3, commaForm || isLastFirst(next) {
                guard let first = self.token(next + 1), first.isCapitalised, first.breaks == 0,
                    isNameWord(next + 1, isFirst: false),
                    !first.flags.has(.credential), first.count > 1 || self.token(next + 2)?.isMark(".") == true
                else { break }
                next += 1
                continue
            }
            guard token.kind == .word else { break }
            if token.shape == .initial {
                // A single letter: with its full stop if that is not the end of a sentence.
                guard words > 0 || isMark(next + 1, ".") || isLed else { break }
                if flags(next).has(.function), words > 0, !isMark(next + 1, ".") { break }
                next += 1
                if isMark(next, "."), self.token(next)?.spaced == false { next += 1 }
                end = next
                words += 1
                continue
            }
            if token.flags.has(.particle), words > 0, isMark(next + 1, "-"), self.token(next + 2)?.isCapitalised == true
            {
                next += 1
                continue
            }
            if token.flags.has(.particle), words > 0 || isLed, let more = self.token(next + 1), more.breaks == 0,
                more.isCapitalised,
                more.kind == .word, token.shape == .lower || token.isCapitalised, words > 0 || token.isCapitalised,
                !more.flags.has(.function)
            {
                next += 1
                continue
            }
            guard
                token.isCapitalised || (firstIsLower && words == 0)
                    || (firstIsLower && token.shape == .lower && isLowerNamePart(next, isLed: isLed && words == 1)),
                isNameWord(next, isFirst: words == 0 && isLed)
                    || (words == 1 && isPlainSurname(next, behind: index, isLed: isLed))
            else { break }
            next += 1
            end = next
            words += 1
        }
        return end
    }

    /// In lower case: a listed name, or where all is in lower case, a word in no list at all.
    private func isLowerNamePart(_ index: Int, isLed: Bool) -> Bool {
        let token = tokens[index]
        if token.flags.has(.ordinary) {
            return isLed && token.flags.has(.surname)
                && token.flags.isDisjoint(with: [
                    .function, .medical, .unit, .personVerb, .dateCue, .relative, .generic,
                ])
        }
        if token.flags.has(.anyName) { return true }
        return caseless[index] && token.flags.isEmpty && token.count >= 4
            && !Lexicon.looksOrdinary(text.folded[token.start..<token.end])
    }

    /// An everyday word behind an unmistakable given name: `Victoria Clerk`, `Mr. Femi Sugar`.
    private func isPlainSurname(_ index: Int, behind first: Int, isLed: Bool) -> Bool {
        let token = tokens[index]
        let given = tokens[first]
        guard token.shape == .capital || (token.shape == .upper && given.shape == .upper && isLed),
            !caseless[index] || isLed,
            token.flags.has(.common),
            !token.flags.has([
                .function, .medical, .title, .credential, .month, .weekday, .facility, .generic, .eponymNoun,
                .personVerb, .relative, .street, .dwelling, .unit, .country,
            ]), given.flags.has(.givenName), !given.flags.has(.ordinary), isLed || !given.flags.has(.city)
        else { return false }
        if isMark(index + 1, ":") || isMark(index + 1, "-") { return false }
        guard let next = self.token(index + 1), next.breaks == 0 else { return true }
        return next.kind != .word || next.shape == .lower || next.flags.has([.credential, .stateCode])
            || next.flags.has(.anyName)
    }

    /// Whether a comma stands between a surname and a given name.
    private func isLastFirst(_ comma: Int) -> Bool {
        guard flags(comma - 1).has(.surname), flags(comma + 1).has(.givenName), !flags(comma + 1).has(.ordinary) else {
            return false
        }
        // “saw Smith, James and Lee”: in a list of people each is a name anyway.
        return true
    }

    private func isNameWord(_ index: Int, isFirst: Bool) -> Bool {
        let token = tokens[index]
        if token.flags.has([.function, .month, .weekday]), !token.flags.has(.anyName) { return false }
        if isFirst { return !token.flags.has(.function) || token.flags.has(.anyName) }
        if token.flags.has(.anyName) {
            // `Mr. Brown May return`: an ordinary word continues a name only with a capital, and “May”, “Will” not
            // before a verb.
            if token.flags.has(.function), token.shape != .capital,
                Lexicon.shared.flags(of: self.token(index + 1)?.hash ?? 0).has([.function, .common])
            {
                return false
            }
            return !(token.flags.has([.facility, .dwelling]))
        }
        if token.flags.has(.ordinary) { return false }
        return !Lexicon.looksOrdinary(text.folded[token.start..<token.end])
    }
}
