extension RuleScanner {
    /// Street addresses, post boxes, apartment lines, ZIP codes behind a state.
    mutating func scanAddresses() {
        for index in tokens.indices where !taken[tokens[index].start] {
            let token = tokens[index]
            if token.kind == .number, token.count <= 6, let end = street(at: index) {
                let last = addressTail(from: end)
                let first = doubledNumber(before: index)
                add(tokens[first].start, tokens[last - 1].end, .location, 0.9, .street, take: true)
                zip(at: last)
                cityWithZip(from: last)
            } else if token.kind == .word, let end = foreignStreet(at: index) {
                let start =
                    tokens[index - 1].kind == .number && tokens[index - 1].count >= 2 && token.breaks == 0
                    ? index - 1 : index
                add(tokens[start].start, tokens[end - 1].end, .location, 0.6, .foreignStreet, take: true)
            } else if token.kind == .word, token.flags.has(.country), token.isCapitalised,
                let code = self.token(index + 1), code.breaks == 0,
                code.kind == .number, code.count == 5, self.token(index + 2)?.flags.has(.unit) != true
            {
                add(code.start, code.end, .location, 0.7, .postalCode, take: true)
            } else if token.kind == .word, Self.military.contains(token.hash),
                token.shape == .upper || token.shape == .lower,
                let end = militaryPost(at: index)
            {
                add(tokens[end.0].start, tokens[end.1 - 1].end, .location, 0.9, .dwelling, take: true)
            } else if token.kind == .word, token.flags.has(.dwelling), let end = dwelling(at: index) {
                block(around: index, end: end)
            } else if token.kind == .word, token.flags.has(.stateCode) || token.flags.has(.state), token.isCapitalised {
                zip(at: isMark(index + 1, ",") ? index + 2 : index + 1)
            } else if token.kind == .word, isWord(index, Self.zipCues) {
                cuedZip(behind: index)
            } else if token.kind == .word, isWord(index, Self.addressWords), isMark(index + 1, ":") {
                cuedAddress(from: index + 2)
            }
        }
    }

    /// `935 69 Gordon Terrace`: the number of the lot before that of the house.
    private func doubledNumber(before index: Int) -> Int {
        guard let number = token(index - 1), number.kind == .number, (2...6).contains(number.count),
            tokens[index].breaks == 0,
            tokens[index].spaced, !taken[number.start],
            number.breaks > 0 || flags(index - 2).has([.placeCue, .function]) || token(index - 2)?.kind == .mark
        else { return index }
        return index - 1
    }

    private static let military = words("apo fpo dpo")
    private static let militaryStarts = words("psc unit cmr box")
    private static let militaryStates = words("aa ae ap")
    private static let addressLeads = words("at on in address to")

    /// `PSC 3294, Box 9168, APO AA 61487`
    private func militaryPost(at index: Int) -> (Int, Int)? {
        guard isWord(index + 1, Self.militaryStates) else { return nil }
        let end = token(index + 2)?.kind == .number ? index + 3 : index + 2
        var start = index
        for before in stride(from: index - 1, to: max(-1, index - 8), by: -1) where isWord(before, Self.militaryStarts)
        { start = before }
        return (start, end)
    }

    /// `83393 Pärna 33`, `on Vesterskovvej 79`: the number behind the street, as in most of Europe and Latin America.
    private func foreignStreet(at index: Int) -> Int? {
        let first = tokens[index]
        guard first.shape == .capital, first.count > 3 else { return nil }
        let hasNumber =
            token(index - 1).map { number in
                let isYear = number.count == 4 && (1900...2099).contains(text.number(number) ?? 0)
                return number.kind == .number && (3...6).contains(number.count) && !isYear && first.spaced
                    && first.breaks == 0
            } ?? false
        guard hasNumber || (isWord(index - 1, Self.addressLeads) && isPlaceCue(before: index - 1)) else { return nil }
        var next = index
        while next - index < 4, let word = token(next), word.kind == .word, next == index || word.breaks == 0,
            word.isCapitalised || (next > index && word.flags.has(.particle))
        {
            if word.flags.has([.function, .medical, .unit, .month, .weekday, .common, .eponymNoun, .generic]),
                !word.flags.has(.particle)
            {
                return nil
            }
            if !word.flags.has([.street, .particle]), Lexicon.looksOrdinary(text.folded[word.start..<word.end]) {
                return nil
            }
            next += 1
        }
        if isMark(next, "."), token(next)?.spaced == false { next += 1 }
        guard let number = token(next), number.kind == .number, number.breaks == 0, number.spaced, number.count <= 4,
            next > index,
            !flags(next + 1).has(.unit), !isMark(next + 1, "%"), !isMark(next + 1, "/")
        else { return nil }
        if isMark(next + 1, "."), token(next + 1)?.spaced == false, token(next + 2)?.kind == .number,
            token(next + 2)?.spaced == false
        {
            return nil
        }
        return next + 1
    }

    /// `ZIP: 3520`, `zip code is 394 13`, `Zip= 75650`
    private mutating func cuedZip(behind index: Int) {
        var next = index + 1
        while let token = token(next), token.breaks == 0, next - index < 5,
            token.isMark(":") || token.isMark("=") || token.isMark("#") || token.isMark("-") || token.isMark(".")
                || Self.zipFillers.contains(token.hash)
        { next += 1 }
        guard let first = token(next), first.kind == .number, first.breaks == 0, (3...6).contains(first.count),
            !taken[first.start]
        else { return }
        if first.count == 5 {
            zip(at: next)
            return
        }
        let second = token(next + 1).flatMap {
            $0.kind == .number && $0.breaks == 0 && $0.count <= 3 && first.count == 3 ? $0 : nil
        }
        add(first.start, (second ?? first).end, .location, 0.85, .postalCode, take: true)
    }

    private static let zipFillers = words("code is was are of postal")
    private static let zipCues = words("zip zipcode postcode postal")
    private static let addressWords = words("address addr residence")
    private static let boxWords = words("box")

    /// `12 Maple Street`, `1600 N. Main St`, `5 Avenue Road NW`: returns the index behind the street word.
    private func street(at index: Int) -> Int? {
        var next = index + 1
        if let letter = token(next), !letter.spaced, letter.kind == .word, letter.count == 1 { next += 1 }
        // `253 1/2 Elm Court`
        if let half = token(next), half.kind == .number, isMark(next + 1, "/"), token(next + 2)?.kind == .number,
            half.spaced
        {
            next += 3
        }
        var words = 0
        while words < 6, let token = token(next), token.breaks == 0, token.spaced || token.kind == .mark || words > 0 {
            if token.isMark(".") || token.isMark("-") || token.hash == 0x27 && token.kind == .mark {
                guard words > 0 else { return nil }
                next += 1
                // `70 Widow's Walk`
                if token.hash == 0x27, let letter = self.token(next), letter.count == 1, !letter.spaced,
                    letter.kind == .word
                {
                    next += 1
                }
                continue
            }
            let isOrdinal = token.kind == .number && MonthNames.ordinals.contains(self.token(next + 1)?.hash ?? 0)
            if words > 0, token.kind == .number && !isOrdinal || token.isMark(",") { return nil }
            guard token.kind == .word || isOrdinal else { return nil }
            if words > 0, token.flags.has(.street), !isDoctor(next),
                token.isCapitalised || token.count > 3 || Self.lowerStreets.contains(token.hash)
            {
                // `2 Peripancreatic LN`: an abbreviation in capitals ends a street only among capitals.
                if token.shape == .upper, token.count == 2, self.token(next - 1)?.shape == .capital,
                    self.token(next + 1)?.isMark(",") != true
                {
                    return nil
                }
                // `St.` and `Dr.` before a name are no street: `12 St. Mary`; a following street word wins.
                var end = next + 1
                if isMark(end, "."), self.token(end)?.spaced == false { end += 1 }
                if let more = self.token(end), more.breaks == 0, more.flags.has(.street), more.isCapitalised {
                    end += 1
                }
                if let more = self.token(end), more.breaks == 0, more.kind == .word, Self.compass.contains(more.hash),
                    more.shape == .upper || more.shape == .initial || more.shape == .capital
                {
                    end += 1
                }
                return end
            }
            guard
                token.isCapitalised || isOrdinal || token.flags.has([.surname, .city])
                    || caseless[next] && !token.flags.has([.function, .medical, .unit])
            else { return nil }
            if token.flags.has(.unit), token.flags.has(.function) { return nil }
            if token.flags.has(.credential), token.shape == .upper { return nil }
            words += 1
            next += isOrdinal ? 2 : 1
        }
        return nil
    }

    /// `9-23 OLT Dr Quillon`: a title, not a drive.
    private func isDoctor(_ index: Int) -> Bool {
        guard isWord(index, Self.drive), let next = token(isMark(index + 1, ".") ? index + 2 : index + 1),
            next.breaks == 0, next.kind == .word, next.shape == .capital
        else { return false }
        return !next.flags.has([.city, .state, .dwelling, .street])
    }

    private static let drive = words("dr")
    private static let lowerStreets = words("st ave rd ln dr ct blvd hwy pkwy cir ter pl way")
    private static let compass = words("n s e w ne nw se sw north south east west")

    /// `, Apt 4B`, `, Fairhaven, MA`: returns the index behind what belongs to the address.
    private func addressTail(from index: Int) -> Int {
        var end = index
        var next = index
        var words = 0
        while words < 10, let token = token(next), token.breaks <= 1 {
            if token.breaks == 1, !(isWrittenAsName(next) || token.kind == .number) { break }
            if token.isMark(",") || (token.isMark(".") && token.spaced == false && words > 0) || token.isMark("#")
                || token.isMark("-") || token.isMark("^")
            {
                next += 1
                continue
            }
            if token.kind == .word, token.flags.has(.dwelling), let behind = dwelling(at: next, isTail: true) {
                end = behind
                next = behind
            } else if token.kind == .word, token.flags.has(.stateCode) || token.flags.has(.state),
                token.shape == .upper || token.flags.has(.state) || caseless[next]
            {
                end = next + 1
                break
            } else if token.kind == .number || token.kind == .word && token.count == 1, isMark(next - 1, "#") {
                end = next + 1
                if let letter = self.token(end), !letter.spaced, letter.kind == .word, letter.count == 1 { end += 1 }
                next = end
            } else if token.kind == .word, isWrittenAsName(next),
                isMark(next - 1, ",") || token.breaks == 1 || words > 0,
                let city = cityBeforeState(at: next)
            {
                end = city
                next = city
                if let state = self.token(city - 1), state.flags.has(.stateCode) || state.flags.has(.state) { break }
            } else if token.kind == .word, token.isCapitalised, isMark(next - 1, ",") || isMark(next - 1, "^"),
                !token.flags.has([.common, .function, .medical]) || token.flags.has(.city), token.breaks == 0
            {
                end = next + 1
                next += 1
            } else {
                break
            }
            words += 1
        }
        return end
    }

    /// Up to three capitalised words, a comma, and a state.
    func cityBeforeState(at index: Int) -> Int? {
        var next = index
        var words = 0
        while words < 4, let token = token(next), token.kind == .word, isWrittenAsName(next),
            words == 0 || token.breaks == 0
        {
            words += 1
            next += 1
            if let hyphen = self.token(next), hyphen.isMark("-") || hyphen.isMark("."), !hyphen.spaced,
                let more = self.token(next + 1), more.kind == .word, more.isCapitalised
            {
                next += 1
            }
            if isMark(next, ","), let state = self.token(next + 1), state.breaks <= 1, isState(next + 1) {
                return next + 1 + (state.flags.has(.stateCode) || state.flags.has(.state) ? 1 : 2)
            }
            // `Bangor New Mexico`, `Waco TX 76701`
            if let state = self.token(next), state.breaks == 0, isState(next),
                tokens[next - 1].flags.has(.city) || self.token(next + 1)?.count == 5
            {
                let isCode = state.flags.has(.stateCode) && state.count == 2
                if !isCode || self.token(next + 1)?.count == 5 && self.token(next + 1)?.kind == .number {
                    return next + (state.flags.has(.stateCode) || state.flags.has(.state) ? 1 : 2)
                }
            }
        }
        return nil
    }

    func isState(_ index: Int) -> Bool {
        guard let token = token(index), token.kind == .word else { return false }
        if token.flags.has(.state), token.isCapitalised { return true }
        if token.flags.has(.stateCode), token.shape == .upper || caseless[index] && isMark(index - 1, ",") {
            // `MD` behind a name is a degree, `PA` too.
            return true
        }
        return isWord(index, Self.stateFirst) && isWord(index + 1, Self.stateSecond) && token.isCapitalised
    }

    static let stateFirst = words("new north south west rhode")
    static let stateSecond = words("york jersey hampshire mexico carolina dakota virginia island")

    private mutating func zip(at index: Int) {
        var index = index
        if isMark(index, ".") || isMark(index, ",") || isMark(index, "^") { index += 1 }
        guard let token = token(index), token.kind == .number, token.count == 5, token.breaks <= 1, !taken[token.start]
        else { return }
        var end = token.end
        if let dash = self.token(index + 1), dash.isMark("-"), !dash.spaced, let four = self.token(index + 2),
            four.count == 4,
            four.kind == .number, !four.spaced
        {
            end = four.end
        }
        add(token.start, end, .location, 0.93, .postalCode, take: true)
    }

    /// `Suite 741`, `Apt. 4B`, `P.O. Box 12`: returns the index behind the number.
    private func dwelling(at index: Int, isTail: Bool = false) -> Int? {
        guard isTail || tokens[index].isCapitalised else { return nil }
        let needsAddress = !isTail && !isWord(index, Self.plainDwellings)
        var next = index + 1
        if isMark(next, ".") || isMark(next, "#") { next += 1 }
        if isMark(next, "#") { next += 1 }
        guard let value = token(next), value.breaks == 0,
            value.kind == .number || value.shape == .initial || isTail && value.count == 1,
            value.count <= 6
        else { return nil }
        if needsAddress {
            // Room, unit, floor and box have other meanings: something before them must look like an address.
            guard
                isWord(index, Self.boxWords)
                    ? isMark(index - 1, ".") || flags(index - 1).has(.dwelling) || isWord(index - 1, Self.postal)
                        || token(index - 1)?.kind == .number
                    : isMark(index - 1, ",") || tokens[index].breaks > 0
            else { return nil }
        }
        next += 1
        if let letter = token(next), !letter.spaced, letter.kind == .word, letter.count == 1 { next += 1 }
        return next
    }

    private static let plainDwellings = words("suite ste apartment apt flat")
    private static let postal = words("po")

    /// The line of an apartment, its line before, and the city line behind it.
    private mutating func block(around index: Int, end: Int) {
        var start = index
        var steps = 0
        while steps < 10, start > 0 {
            let before = tokens[start - 1]
            let breaks = tokens[start].breaks
            if breaks > 1 { break }
            if before.kind == .word, !before.isCapitalised || before.flags.has(.function) { break }
            if before.kind == .mark,
                !(before.isMark(",") || before.isMark(".") || before.isMark("-") || before.isMark("#")
                    || before.hash == 0x27)
            {
                break
            }
            if taken[before.start], before.kind != .number { break }
            start -= 1
            steps += 1
            if before.kind == .number, before.count >= 2, tokens[start].spaced, start > 0,
                tokens[start - 1].kind == .word, !tokens[start - 1].isCapitalised
            {
                break
            }
        }
        while start < index, tokens[start].kind == .mark { start += 1 }
        var last = end
        var words = 0
        while words < 6, let token = token(last), token.breaks <= 1 {
            if token.isMark(",") || token.isMark("-") {
                last += 1
                continue
            }
            guard token.kind == .number || (token.kind == .word && token.isCapitalised && !token.flags.has(.function))
            else { break }
            last += 1
            words += 1
        }
        while last > end, tokens[last - 1].kind == .mark { last -= 1 }
        add(tokens[start].start, tokens[last - 1].end, .location, 0.75, .dwelling, take: true)
    }

    /// `Address:` and what stands behind it to the end of the line.
    private mutating func cuedAddress(from index: Int) {
        guard let first = token(index), first.breaks <= 1, first.kind == .number || first.isCapitalised else { return }
        var next = index
        var count = 0
        while count < 14, let token = token(next), next == index || token.breaks == 0, !token.isMark(";"),
            !token.isMark("|")
        {
            if token.kind == .word, token.shape == .lower, !token.flags.has(.street) { break }
            next += 1
            count += 1
        }
        guard next > index else { return }
        var end = tokens[next - 1]
        while next > index + 1, end.kind == .mark {
            next -= 1
            end = tokens[next - 1]
        }
        add(first.start, end.end, .location, 0.85, .cuedAddress)
    }
}
