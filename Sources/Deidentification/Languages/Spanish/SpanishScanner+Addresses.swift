/// Streets, dwellings and postal codes.
extension SpanishScanner {
    mutating func scanAddresses() {
        for index in tokens.indices where !isTaken(index) {
            let token = tokens[index]
            if token.kind == .word, let behind = streetWord(at: index) {
                street(from: index, name: behind)
            } else if token.kind == .number, token.count == 5 {
                postalCode(at: index)
            } else if isWord(index, Self.postalWords), isMark(index + 1, ":"), continuesLine(index + 2) {
                // Of another country: `C1031`, `110431`.
                let end = valueEnd(from: index + 2)
                if end > index + 2, end <= index + 5,
                    tokens[index + 2..<end].contains(where: { $0.kind == .number && $0.count > 2 })
                {
                    add(tokens: index + 2..<end, .location, 0.93, .postalCode, take: true)
                }
            }
        }
    }

    /// The index behind `Calle`, `C/`, `Avda.`, or `nil`.
    private func streetWord(at index: Int) -> Int? {
        let token = tokens[index]
        if token.count == 1, text.folded[token.start] == 0x63, let slash = self.token(index + 1), !slash.spaced,
            slash.isMark("/") || slash.isMark("\\")
        {
            // `c/8 h` means “each”, `c/ contraste` “with”.
            var next = index + 2
            if isMark(next, ".") { next += 1 }
            while isWord(next, Self.particles) || flags(next).has(.title) || isMark(next, "."), continuesLine(next) {
                next += 1
            }
            if let name = self.token(next), name.shape == .lower, hasNumber(behind: next) { return index + 2 }
            // `C/ 12 de Octubre`
            if self.token(next)?.kind == .number, isWord(next + 1, Self.particles) { next += 2 }
            guard let name = self.token(next), name.kind == .word, name.isCapitalised, name.breaks == 0 else {
                return nil
            }
            return index + 2
        }
        if Self.great.contains(token.hash), isWord(index + 1, Self.way), token.isCapitalised { return index + 2 }
        guard token.flags.has(.street) else { return nil }
        // `AV 0,8` is visual acuity.
        if token.shape == .upper, token.count == 2, self.token(index + 1)?.shape != .capital, !isMark(index + 1, ".") {
            return nil
        }
        if token.shape == .lower, !Self.sureInLowerCase.contains(token.hash) { return nil }
        var next = index + 1
        if isMark(next, "."), token.count > 4 { return nil }
        if isMark(next, ".") || isMark(next, ","), !(self.token(next)?.spaced ?? true) { next += 1 }
        if isMark(next, "/") { next += 1 }
        guard continuesLine(next) else { return nil }
        return next
    }

    private static let sureInLowerCase = SpanishWords.hashes(
        "calle avda avenida plaza paseo carretera ctra carrer urbanizacion av pza")
    private static let great = SpanishWords.hashes("gran")
    private static let way = SpanishWords.hashes("via")
    private static let particles = SpanishWords.hashes("de del la las los el d l els les i y")

    private mutating func street(from start: Int, name: Int) {
        var index = name
        var capitals = 0
        var numberAt: Int?
        while let token = token(index), index - name < 12, token.breaks == 0 {
            if token.kind == .word {
                if isNoNumber(index) {
                    numberAt = index
                    break
                }
                if token.isCapitalised {
                    if token.flags.has(.dwelling), capitals > 0, !token.flags.has(.anyName) { break }
                    if token.flags.has([.phoneCue, .credential]) || isPostalWord(index) { break }
                    if token.flags.has(.facility), !isWord(index - 1, Self.particles) { break }
                    capitals += 1
                } else if !Self.particles.contains(token.hash), !token.flags.has([.dwelling, .title]) {
                    guard !token.flags.has(.ordinary) || token.flags.has(.anyName), hasNumber(behind: index) else {
                        break
                    }
                }
            } else if token.kind == .number {
                // `Calle 12 de Octubre`
                if isWord(index + 1, Self.particles), let next = self.token(index + 2), next.isCapitalised,
                    capitals == 0 || !next.flags.has([.city, .state])
                {
                    index += 2
                    continue
                }
                numberAt = index
                break
            } else if token.isMark("#") {
                numberAt = index
                break
            } else {
                guard
                    [",", ".", "-", "'", "\"", "(", ")", "\u{201c}", "\u{201d}", "\u{b0}"].contains(where: {
                        token.isMark($0)
                    })
                else { break }
                // Only a number or a sign for one goes on behind a comma.
                if token.isMark(",") || token.isMark("."), capitals > 0, let next = self.token(index + 1) {
                    let goesOn =
                        next.kind == .number && next.count < 5 || next.flags.has(.dwelling) || isNoNumber(index + 1)
                        || token.isMark(".") && (self.token(index - 1)?.count ?? 9) <= 3
                    guard goesOn else { break }
                }
            }
            index += 1
        }
        guard capitals > 0 || numberAt != nil && tokens[start].isCapitalised || isWord(start, Self.great) else {
            return
        }
        var end = index
        if let numberAt { end = dwellingEnd(from: numberAt) }
        while end > name,
            tokens[end - 1].kind == .mark || tokens[end - 1].shape == .lower && isWord(end - 1, Self.particles)
        {
            end -= 1
        }
        guard end > name else { return }
        // A capital alone may begin a sentence: “Camino de Santiago” needs its number or a sure word.
        let isSure = numberAt != nil || Self.sureInLowerCase.contains(tokens[start].hash) || tokens[start].count == 1
        add(tokens: start..<end, .location, isSure ? 0.9 : 0.65, .street, take: isSure)
    }

    /// Small letters are a street's name only if a house number follows: `calle fermin caballero 18`.
    private func hasNumber(behind index: Int) -> Bool {
        for next in index + 1...index + 3 {
            guard let token = token(next), token.breaks == 0 else { return false }
            if token.kind == .number { return token.count < 5 && !flags(next + 1).has(.unit) }
            if isNoNumber(next) { return true }
            guard token.kind == .word || token.isMark(",") else { return false }
        }
        return false
    }

    /// The E of `E-28046`.
    private func isCountryLetter(_ index: Int) -> Bool {
        guard isWord(index, Self.countryLetters) else { return false }
        let code = isMark(index + 1, "-") ? index + 2 : index + 1
        return token(code)?.kind == .number && token(code)?.count == 5
    }

    /// `CP`, `C.P.`
    private func isPostalWord(_ index: Int) -> Bool {
        isWord(index, Self.postalWords)
            || isWord(index, Self.cpFirst) && isMark(index + 1, ".") && isWord(index + 2, Self.cpLast)
    }

    /// `s/n`
    private func isNoNumber(_ index: Int) -> Bool {
        guard let token = token(index), token.count == 1, text.folded[token.start] == 0x73, isMark(index + 1, "/"),
            let next = self.token(index + 2), next.count == 1, next.kind == .word
        else { return false }
        return text.folded[next.start] == 0x6e
    }

    /// Behind the house number: `5-7, 2º dcha.`, `nº 3, esc. 9, 6A`, `km 12,500`.
    func dwellingEnd(from start: Int) -> Int {
        var index = start
        var end = start
        while let token = token(index), index - start < 20, index == start || token.breaks == 0 {
            switch token.kind {
            case .number:
                guard token.count < 5 else { return end }
                if flags(index + 1).has(.month) || isMark(index + 1, "/") && self.token(index + 3)?.kind == .mark {
                    return end
                }
                end = index + 1
            case .word:
                if isNoNumber(index) {
                    end = index + 3
                    index += 3
                    continue
                }
                if isPostalWord(index) || isCountryLetter(index) { return end }
                // `5ºC`, `1.o F`, `72-A`: one or two letters, not the capital of the next sentence.
                let isLetter =
                    token.count <= 2 && (token.isCapitalised || !token.spaced)
                    && (token.count == 1 && token.isCapitalised || !token.flags.has(.function) || !token.spaced)
                let isWing = token.isCapitalised && isMark(index - 1, "-") && !token.spaced && token.count <= 5
                guard isLetter || isWing || token.flags.has(.dwelling) else { return end }
                end = index + 1
            case .mark:
                guard
                    [",", ".", "-", "/", "#", "\u{b0}", "\"", "\u{201c}", "\u{201d}"].contains(where: {
                        token.isMark($0)
                    })
                else {
                    return end
                }
                if token.isMark("."), let next = self.token(index + 1), next.spaced, next.kind == .word,
                    !next.flags.has(.dwelling), next.count > 1
                {
                    return end
                }
            }
            index += 1
        }
        return end
    }

    // MARK: Postal codes

    private mutating func postalCode(at index: Int) {
        guard let value = text.number(tokens[index]), (1000...99_999).contains(value) else { return }
        let isSpanish = value < 53_000
        var before = index - 1
        let prefix = isMark(before, "-") ? before - 1 : before
        let hasPrefix =
            isWord(prefix, Self.countryLetters) && token(prefix)?.isCapitalised ?? false && continuesLine(index)
        if hasPrefix { before = prefix - 1 }
        while before >= 0, isMark(before, ":") || isMark(before, ".") || isMark(before, "-") { before -= 1 }
        let isCued = isWord(before, Self.postalWords) || isWord(before, Self.cpLast) && isWord(before - 2, Self.cpFirst)
        let next = isMark(index + 1, ",") || isMark(index + 1, ".") || isMark(index + 1, "-") ? index + 2 : index + 1
        // Right behind a street only a postal code has five digits.
        let followsStreet =
            before >= 0 && continuesLine(index) && base.taken[tokens[before].start]
            || isMark(before, ",") && before > 0 && base.taken[tokens[before - 1].start]
        let place = placeEnd(from: next)
        let street = hasPrefix || isSpanish ? streetBefore(hasPrefix ? prefix : index) : nil
        guard
            isCued || hasPrefix
                || isSpanish && (followsStreet || place != nil && (street != nil || isListedPlace(next)))
        else {
            return
        }
        if let after = token(index + 1), after.breaks == 0, after.flags.has(.unit) { return }
        add(tokens: (hasPrefix ? prefix : index)..<index + 1, .location, isCued ? 0.95 : 0.88, .postalCode, take: true)
        if let place, isCued && next == index + 1 || hasPrefix || followsStreet || street != nil || isListedPlace(next)
        {
            add(tokens: next..<place, .location, 0.85, .cityWithState)
        }
        if let street { add(tokens: street, .location, 0.8, .foreignStreet) }
    }

    private static let countryLetters = SpanishWords.hashes("e es")
    private static let postalWords = SpanishWords.hashes("cp postal codigopostal dp zip")
    private static let cpFirst = SpanishWords.hashes("c d")
    private static let cpLast = SpanishWords.hashes("p")

    private func isListedPlace(_ index: Int) -> Bool {
        flags(index).has([.city, .state]) || phraseEnd(at: index) != nil
    }

    /// The capitals behind a postal code.
    private func placeEnd(from start: Int) -> Int? {
        var index = start
        var capitals = 0
        while let token = token(index), token.breaks == 0, index - start < 8 {
            if token.kind == .word, token.isCapitalised, token.count > 1 {
                if token.flags.has([.facility, .phoneCue, .medical, .title, .month, .street]),
                    !token.flags.has([.city, .state])
                {
                    break
                }
                if capitals > 0, isHeading(at: index) { break }
                if token.flags.has([.common, .generic, .function]),
                    !token.flags.has([.city, .state, .particle, .anyName])
                {
                    break
                }
                capitals += 1
            } else if token.kind == .word, token.flags.has(.particle), self.token(index + 1)?.isCapitalised ?? false {
            } else if token.isMark("-"), !token.spaced, capitals > 0, !(self.token(index + 1)?.spaced ?? true) {
            } else {
                break
            }
            index += 1
        }
        return capitals > 0 ? index : nil
    }

    /// A street without a word for it: `Hermanos Falcó, s/n - 02006`.
    private func streetBefore(_ postal: Int) -> Range<Int>? {
        var end = postal
        while end > 0, tokens[end - 1].kind == .mark, !isMark(end - 1, ")") { end -= 1 }
        guard end > 0, continuesLine(postal) else { return nil }
        var start = end
        var hasNumber = false
        while start > 0, end - start < 14, tokens[start].breaks == 0 || start == end {
            let before = tokens[start - 1]
            if isTaken(start - 1) || before.isMark(":") || before.isMark(")") || before.isMark(";") { break }
            if before.isMark("."), let behind = token(start), behind.spaced, behind.kind == .word, behind.count > 1,
                (token(start - 2)?.count ?? 0) > 3
            {
                break
            }
            if before.kind == .number, before.count < 5 { hasNumber = true }
            if start >= 3, isNoNumber(start - 3) { hasNumber = true }
            if before.flags.has([.generic, .facility, .common]), !before.flags.has([.anyName, .dwelling, .particle]) {
                break
            }
            start -= 1
            if tokens[start].breaks > 0 { break }
        }
        while start < end, !tokens[start].isCapitalised || tokens[start].flags.has(.function) { start += 1 }
        guard hasNumber, end - start >= 3, tokens[start].count > 1 else { return nil }
        return start..<end
    }
}
