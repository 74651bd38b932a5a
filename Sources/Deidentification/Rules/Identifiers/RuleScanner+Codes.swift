/// Identifiers by their form or by a weak word beside them: plates, device codes, image files, user names, extensions,
/// the last four digits.
extension RuleScanner {
    mutating func scanCodes() {
        for index in tokens.indices where !taken[tokens[index].start] {
            let token = tokens[index]
            switch token.kind {
            case .word:
                if Self.vehicles.contains(token.hash) { plate(behind: index) }
                if token.shape == .initial, token.hash == Self.n { tailNumber(at: index) }
                if Self.userWords.contains(token.hash) { userName(behind: index) }
                if Self.printWords.contains(token.hash), isWord(index + 1, Self.byWord) { printedBy(index + 2) }
                if Self.extensionWords.contains(token.hash) { phoneExtension(at: index) }
                if token.hash == Self.last { lastFour(at: index) }
                if Self.atWord.contains(token.hash) { spokenEmail(at: index) }
            case .mark:
                if token.isMark("("), isDeviceIdentifier(index) { deviceIdentifier(at: index) }
                if token.isMark("(") { recordBehindName(at: index) }
                if token.isMark("+") { barcode(at: index) }
                if token.isMark("@") { handle(at: index) }
                if token.isMark("*") || token.isMark(".") { masked(at: index) }
            case .number: recordNumber(at: index)
            }
        }
    }

    // MARK: Vehicles

    private static let vehicles = words(
        """
        car van truck sedan suv pickup minivan vehicle veh bus motorcycle snowmobile trailer rental coupe convertible
        hatchback wagon rv jeep honda toyota ford chevy chevrolet nissan subaru hyundai kia dodge buick mazda volkswagen vw
        volvo bmw audi lexus acura cadillac chrysler gmc tesla camry corolla civic accord prius altima sentra impala
        silverado tacoma escape outback forester ram fit soul rover tahoe caravan econoline tundra wrangler explorer scooter plate plates lp tag tags placard reg registration jetta
        parked driving drove
        """)

    /// A plate a few words behind a vehicle: `gray Honda Civic (000-JVK)`, `plate: yhu 376`, `VEH 2 NC HDA 5518`.
    private mutating func plate(behind index: Int) {
        let isStrong = Self.plates.contains(tokens[index].hash)
        var next = index + 1
        var steps = 0
        while steps < 8, let token = token(next), token.breaks == 0, !token.isMark("."),
            !token.isMark(",") || steps < 2 || flags(next + 1).has(.stateCode) && self.token(next + 1)?.shape == .upper
        {
            if token.flags.has(.stateCode), token.shape == .upper, token.count == 2, !taken[token.start],
                let plate = self.token(next + 1), plate.breaks == 0, plate.spaced,
                let end = plateEnd(at: next + 1, isStrong: true)
            {
                add(plate.start, tokens[end - 1].end, .vehicle, isStrong ? 0.93 : 0.8, .mixedIdentifier, take: true)
                return
            }
            if !taken[token.start], let end = plateEnd(at: next, isStrong: isStrong) {
                add(token.start, tokens[end - 1].end, .vehicle, isStrong ? 0.92 : 0.7, .mixedIdentifier, take: true)
                return
            }
            next += 1
            steps += 1
        }
    }

    private static let n = WordHash.of("n")

    /// `N771TK`, the registration of an aircraft
    private mutating func tailNumber(at index: Int) {
        guard tokens[index].spaced || isMark(index - 1, "(") || isMark(index - 1, "/"), let number = token(index + 1),
            number.kind == .number, !number.spaced, (2...4).contains(number.count),
            let letters = token(index + 2), !letters.spaced, letters.kind == .word, letters.count <= 2,
            letters.shape == .upper || letters.shape == .initial && number.count >= 3,
            token(index + 3).map({ $0.spaced || $0.kind == .mark && !$0.isMark("-") }) ?? true
        else { return }
        add(tokens[index].start, letters.end, .vehicle, 0.8, .mixedIdentifier, take: true)
    }

    private static let plates = words("plate plates tag tags placard reg registration lp")

    /// Letters and digits in one or two groups, as number plates have them: returns the index behind.
    private func plateEnd(at index: Int, isStrong: Bool) -> Int? {
        var end = index
        var letters = 0
        var digits = 0
        var groups = 1
        while let token = token(end), token.kind != .mark || token.isMark("-") {
            if end > index, token.breaks > 0 { break }
            if token.kind == .mark {
                guard end > index, !token.spaced, let next = self.token(end + 1), !next.spaced else { break }
                groups += 1
                end += 1
                continue
            }
            if end > index, token.spaced {
                guard
                    groups == 1 && (letters == 0 || digits == 0)
                        || isStrong && (groups == 1 && letters + digits <= 4 || groups == 2 && token.kind == .number),
                    token.count <= 4, letters + digits + token.count <= 8,
                    !token.flags.has([.function, .relative, .common])
                else { break }
                groups += 1
            }
            if token.kind == .word {
                guard
                    token.shape != .lower && token.shape != .capital || caseless[end] || isStrong && token.count <= 3
                        || token.count == 1,
                    token.count <= 4, !token.flags.has(.unit) || token.count == 1
                else { break }
                if end == index, token.flags.has(.function), token.count > 1 { return nil }
                letters += token.count
            } else {
                guard token.count <= 4 else { break }
                digits += token.count
            }
            end += 1
        }
        guard end > index, letters >= 1, digits >= 2, (5...8).contains(letters + digits), groups <= 3,
            letters >= 2 || groups == 1 || isStrong
        else { return nil }
        if let after = token(end), after.breaks == 0, !after.spaced, after.kind != .mark { return nil }
        // “Ram 1500”, “Route 66”
        guard tokens[index].kind == .number || tokens[index].shape != .capital else { return nil }
        return end
    }

    // MARK: Devices and files

    private func isDeviceIdentifier(_ index: Int) -> Bool {
        guard let code = token(index + 1), code.kind == .number, code.count == 2, !code.spaced, isMark(index + 2, ")"),
            let value = token(index + 3), !value.spaced, value.kind != .mark,
            [1, 10, 11, 17, 21].contains(text.number(code) ?? 0)
        else { return false }
        return true
    }

    /// `(01)00884838048386(17)251231(10)A1B2(21)77X`
    private mutating func deviceIdentifier(at index: Int) {
        var end = tokens[index].start
        while end < text.count, !text.kinds[end].isBlank,
            text.kinds[end].isAlphanumeric || [0x28, 0x29, 0x2d].contains(text.folded[end])
        {
            end += 1
        }
        guard end - tokens[index].start >= 10 else { return }
        add(tokens[index].start, end, .device, 0.95, .checkedNumber, take: true)
    }

    /// `+H479VWQ7/$$2197719635/S36650`
    private mutating func barcode(at index: Int) {
        guard let letter = token(index + 1), !letter.spaced, letter.kind == .word,
            letter.shape != .lower || caseless[index + 1]
        else { return }
        var end = letter.start
        var digits = 0
        while end < text.count, !text.kinds[end].isBlank,
            text.kinds[end].isAlphanumeric || [0x2f, 0x24, 0x2d, 0x2e].contains(text.folded[end])
        {
            digits += text.kinds[end] == .digit ? 1 : 0
            end += 1
        }
        guard end - letter.start >= 8, digits >= 3 else { return }
        add(tokens[index].start, end, .device, 0.9, .mixedIdentifier, take: true)
    }

    // MARK: Users

    private static let userWords = words(
        "user username userid login logon usr operator uid instagram facebook twitter tiktok snapchat handle venmo")
    private static let printWords = words(
        "printed entered generated accessed updated exported modified created scanned filed")
    private static let byWord = words("by")

    private mutating func userName(behind index: Int) {
        var next = index + 1
        while let mark = token(next), mark.breaks == 0,
            mark.isMark(":") || mark.isMark("=") || mark.isMark(";") || mark.isMark("@") || isWord(next, Self.userGlue),
            next - index < 4
        { next += 1 }
        user(at: next, needsDigit: next == index + 1)
    }

    private static let userGlue = words("name id is")

    private mutating func printedBy(_ index: Int) { user(at: index, needsDigit: false) }

    private mutating func user(at index: Int, needsDigit: Bool) {
        guard let first = token(index), first.kind == .word, first.breaks == 0, !taken[first.start],
            !first.flags.has([.function, .title, .relative])
        else { return }
        var end = first.end
        var digits = 0
        while end < text.count,
            text.kinds[end].isAlphanumeric
                || [0x2e, 0x5f, 0x2d].contains(text.folded[end]) && end + 1 < text.count
                    && text.kinds[end + 1].isAlphanumeric
        {
            digits += text.kinds[end] == .digit ? 1 : 0
            end += 1
        }
        guard end - first.start >= 4,
            digits > 0
                || first.shape == .lower && !first.flags.has(.ordinary) && !(needsDigit && first.flags.isEmpty == false)
        else { return }
        if digits == 0, needsDigit, Lexicon.looksOrdinary(text.folded[first.start..<first.end]) { return }
        add(first.start, end, .other, 0.75, .handle, take: true)
    }

    /// `@hudsoe` behind a blank; not `@NAME@` and not `@ 14:30`.
    private mutating func handle(at index: Int) {
        guard let name = token(index + 1), !name.spaced, name.kind == .word, name.shape == .lower, name.count >= 4,
            tokens[index].spaced || isMark(index - 1, "(") || isMark(index - 1, ":") || isMark(index - 1, "/"),
            !isMark(index + 2, "@"), !name.flags.has(.function)
        else { return }
        var end = name.end
        while end < text.count,
            text.kinds[end].isAlphanumeric
                || [0x2e, 0x5f, 0x2d].contains(text.folded[end]) && end + 1 < text.count
                    && text.kinds[end + 1].isAlphanumeric
        { end += 1 }
        add(name.start, end, .other, 0.7, .handle, take: true)
    }

    private static let atWord = words("at")
    private static let domains = words("com net org edu gov mil us io co uk")
    private static let dot = words("dot period")

    /// `grammy6 at sbcglobal dot net`
    private mutating func spokenEmail(at index: Int) {
        guard let host = token(index + 1), host.kind == .word, host.breaks == 0 else { return }
        var next = index + 2
        var last: Int?
        while next - index < 9, isWord(next, Self.dot) || isMark(next, "."), token(next + 1)?.kind == .word {
            if isWord(next + 1, Self.domains) { last = next + 1 }
            next += 2
        }
        guard let last, isWord(last - 1, Self.dot) || isWord(index - 2, Self.dot) else { return }
        var start = index - 1
        while start > 1, token(start)?.spaced == false, tokens[start].breaks == 0 { start -= 1 }
        while start > 2, isWord(start - 1, Self.dot) { start -= 2 }
        guard start >= 0, tokens[start].kind != .mark else { return }
        add(tokens[start].start, tokens[last].end, .email, 0.9, .email, take: true)
    }

    // MARK: Telephones and last digits

    private static let extensionWords = words(
        "x xt ext extension extn pager pgr beeper bpr pg p desk voalte vocera spectralink ascom")
    private static let shortExtensions = words("x p")

    /// `pager 6-3107`, `pgr #3217`, `ext.: 757`, `x4691`, `p42481`
    private mutating func phoneExtension(at index: Int) {
        let isShort = Self.shortExtensions.contains(tokens[index].hash)
        var next = index + 1
        while let token = token(next), next - index < 4, token.breaks == 0,
            token.kind == .mark && [0x2e, 0x3a, 0x23, 0x2d, 0x3d].contains(token.hash)
                || !isShort && (Self.shortExtensions.contains(token.hash) || Self.extensionFillers.contains(token.hash))
        { next += 1 }
        guard let first = token(next), first.kind == .number, first.breaks == 0, !taken[first.start] else { return }
        var end = next + 1
        var digits = first.count
        if isMark(end, "-"), token(end)?.spaced == false, let more = token(end + 1), more.kind == .number, !more.spaced,
            first.count <= 2
        {
            digits += more.count
            end += 2
        }
        guard (3...7).contains(digits),
            !(isMark(end, "-") && token(end)?.spaced == false && token(end + 1)?.kind == .number)
        else { return }
        if let after = token(end), !after.spaced, after.kind != .mark || after.isMark("/") || after.isMark("%") {
            return
        }
        if isMark(end, "."), token(end + 1)?.kind == .number, token(end + 1)?.spaced == false { return }
        if flags(end).has(.unit), token(end)?.breaks == 0 { return }
        if isShort {
            // “3 x 1000”, “x 500 mL”: only where it is glued to its number.
            guard next == index + 1, !first.spaced,
                token(index - 1)?.kind != .number || token(index)?.breaks ?? 0 > 0 || tokens[index - 1].count >= 4,
                tokens[index].spaced || isMark(index - 1, "(") || isMark(index - 1, "/"), digits <= 5,
                tokens[index].hash != Self.p || digits >= 5
            else { return }
        }
        let start = isShort ? tokens[index].start : first.start
        add(start, tokens[end - 1].end, .phone, 0.85, .cuedPhone, take: true)
        // A second part: `pager 216 555 0100 #8842` is read by the rules for telephones.
    }

    private static let p = WordHash.of("p")
    private static let extensionFillers = words("ext number no id is pager")
    private static let last = WordHash.of("last")
    private static let four = words("four digits")

    /// `last 4 5858`, `last four: 8411`
    private mutating func lastFour(at index: Int) {
        guard let second = token(index + 1), second.breaks == 0,
            isWord(index + 1, Self.four) || second.kind == .number && text.number(second) == 4
        else { return }
        var next = index + 2
        while next - index < 7, let token = token(next), token.breaks == 0,
            token.isMark(":") || token.isMark("-") || token.isMark("#") || token.isMark("(")
                || Self.lastGlue.contains(token.hash)
        { next += 1 }
        guard let digits = token(next), digits.kind == .number, digits.count == 4, digits.breaks == 0,
            !flags(next + 1).has(.unit)
        else { return }
        add(digits.start, digits.end, .socialSecurityNumber, 0.85, .cuedIdentifier, take: true)
    }

    private static let lastGlue = words("of ssn ss social is are digits security the his her ending in")

    // MARK: Forms

    /// `***-**-0339`, `XXXX-4471`, `...2207`: masked but for the last digits.
    private mutating func masked(at index: Int) {
        guard
            tokens[index].spaced || isMark(index - 1, "(") || isMark(index - 1, "#") || isMark(index - 1, ":")
                || isMark(index - 1, "|")
        else { return }
        var end = tokens[index].start
        var masks = 0
        while end < text.count,
            [0x2a, 0x2d, 0x2e].contains(text.folded[end])
                || text.kinds[end] == .space && masks >= 3 && end + 1 < text.count && text.folded[end + 1] == 0x2a
        {
            masks += text.folded[end] == 0x2a || text.folded[end] == 0x2e ? 1 : 0
            end += 1
        }
        let first = end
        while end < text.count, text.kinds[end] == .digit { end += 1 }
        guard masks >= 3, (3...6).contains(end - first), end == text.count || !text.kinds[end].isAlphanumeric,
            !taken[first]
        else { return }
        let isSocial = masks == 5
        guard text.folded[tokens[index].start] == 0x2a || masks >= 4 else { return }
        add(first, end, isSocial ? .socialSecurityNumber : .account, 0.85, .shapedNumber, take: true)
    }

    /// `18-19-43`, `490-27-30`, `W0417 24 118223`: groups that are no date, no telephone number and no measurement.
    private mutating func recordNumber(at index: Int) {
        let first = tokens[index]
        if let letter = token(index - 1), !first.spaced, letter.kind == .word, letter.count == 1, first.count == 4,
            letter.spaced,
            let year = token(index + 1), year.kind == .number, year.count == 2, year.breaks == 0,
            let serial = token(index + 2), serial.kind == .number, serial.count == 6
        {
            add(letter.start, serial.end, .other, 0.85, .shapedNumber, take: true)
            return
        }
        guard first.spaced || isMark(index - 1, "(") || isMark(index - 1, "|") || isMark(index - 1, ">"),
            (2...3).contains(first.count), isMark(index + 1, "-"), token(index + 1)?.spaced == false,
            let second = token(index + 2), second.kind == .number, second.count == 2, !second.spaced,
            isMark(index + 3, "-"),
            token(index + 3)?.spaced == false, let third = token(index + 4), third.kind == .number,
            (2...3).contains(third.count), !third.spaced,
            DateParser(text: text).date(at: index) == nil
        else { return }
        if let after = token(index + 5), !after.spaced,
            after.kind != .mark || after.isMark("-") || after.isMark("%") || after.isMark("/")
        {
            return
        }
        if isWord(index - 1, IdentifierCues.publicCodes) || isWord(index - 2, IdentifierCues.publicCodes)
            || flags(index + 5).has(.unit)
        {
            return
        }
        add(first.start, third.end, .medicalRecordNumber, 0.6, .shapedNumber, take: true)
    }
}
