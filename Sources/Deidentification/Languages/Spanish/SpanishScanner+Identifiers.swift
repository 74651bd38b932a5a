/// Numbers behind the words that announce them, and numbers that show by their form what they are.
extension SpanishScanner {
    mutating func scanCuedIdentifiers() {
        for index in tokens.indices where tokens[index].kind == .word {
            guard let cues = SpanishCues.table[tokens[index].hash] else { continue }
            for cue in cues {
                guard let behind = end(of: cue.words, at: index) else { continue }
                if cuedValue(cue, from: behind) { break }
            }
        }
    }

    /// The index behind a phrase; full stops between its words don't count.
    func end(of words: [UInt64], at index: Int) -> Int? {
        var position = index
        for (number, word) in words.enumerated() {
            if number > 0 {
                while isMark(position, "."), continuesLine(position) { position += 1 }
                guard continuesLine(position) else { return nil }
            }
            guard let token = token(position), token.kind == .word, token.hash == word else { return nil }
            position += 1
        }
        return position
    }

    /// Digits with letters and separators between them, up to the first thing that belongs to no number.
    private mutating func cuedValue(_ cue: SpanishCues.Cue, from start: Int) -> Bool {
        var index = start
        var signs = 0
        while let token = token(index), index - start < 8 {
            if token.kind == .mark, isSign(token) {
                signs += token.isMark(":") || token.isMark("#") ? 1 : 0
            } else if token.kind == .word, SpanishCues.fillers.contains(token.hash) {
                signs += isNumberWord(token) ? 1 : 0
            } else {
                break
            }
            if token.breaks > 1 { return false }
            index += 1
        }
        guard signs > 0 || !cue.needsSign, let first = token(index), first.breaks <= (signs > 0 ? 1 : 0) else {
            return false
        }
        let end = valueEnd(from: index, withLetters: cue.label == .vehicle)
        guard end > index else { return false }
        let digits = tokens[index..<end].reduce(0) { $0 + ($1.kind == .number ? $1.count : 0) }
        guard digits >= cue.digits else { return false }
        if first.kind == .number, end == index + 1, flags(end).has(.unit), cue.digits < 5 { return false }
        // A plate has letters: “placa 300” is none.
        if cue.label == .vehicle, !tokens[index..<end].contains(where: { $0.kind == .word }) { return false }
        add(tokens: index..<end, cue.label, 0.95, .cuedIdentifier, take: true)
        return true
    }

    private func isSign(_ token: Token) -> Bool {
        [":", ".", "#", "=", "-", "/", "\u{b0}"].contains { token.isMark($0) }
    }

    private func isNumberWord(_ token: Token) -> Bool { Self.numberWords.contains(token.hash) }
    private static let numberWords = SpanishWords.hashes("numero num no nº n° nro n")

    /// The run of digits and letters without blanks, and more groups of digits behind single blanks.
    ///
    /// - Parameter withLetters: three capitals may follow a blank, as on a number plate.
    func valueEnd(from start: Int, withLetters: Bool = false) -> Int {
        var end = start
        var digits = 0
        while let token = token(end), end - start < 14 {
            if end > start {
                guard token.breaks == 0 else { break }
                if token.spaced {
                    let isGroup = token.kind == .number && digits > 0 && previousIsNumber(end)
                    let isCheckLetter =
                        token.kind == .word && token.shape == .initial && digits >= 7 && previousIsNumber(end)
                        && !(isMark(end + 1, ".")
                            && self.token(end + 2).map { !$0.spaced && $0.kind == .word } ?? false)
                    guard isGroup || isCheckLetter || withLetters && token.shape == .upper && token.count <= 3 else {
                        break
                    }
                }
            }
            switch token.kind {
            case .number: digits += token.count
            case .word:
                if token.count > 8 { return trimmed(start, end) }
                if token.count > 4, !(self.token(end + 1)?.kind == .number || isMark(end + 1, "-")) {
                    return trimmed(start, end)
                }
            case .mark:
                guard ["-", "/", ".", "_", "\\"].contains(where: { token.isMark($0) }), let next = self.token(end + 1),
                    !next.spaced, next.kind != .mark
                else { return trimmed(start, end) }
            }
            end += 1
        }
        return trimmed(start, end)
    }

    private func previousIsNumber(_ index: Int) -> Bool { token(index - 1)?.kind == .number }

    private func trimmed(_ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, tokens[end - 1].kind == .mark { end -= 1 }
        return end
    }

    // MARK: By their form

    mutating func scanShapedIdentifiers() {
        for index in tokens.indices where !isTaken(index) {
            let token = tokens[index]
            switch token.kind {
            case .number: shapedNumber(at: index, token)
            case .word where token.isCapitalised: shapedWord(at: index, token)
            default: continue
            }
        }
    }

    /// DNI with its check letter, or a Social Security number with its check digits.
    private mutating func shapedNumber(at index: Int, _ token: Token) {
        if let (end, number) = identityNumber(at: index), let letter = self.token(end), letter.kind == .word,
            letter.count == 1, isCheckLetter(letter, of: number)
        {
            add(tokens: index..<end + 1, .socialSecurityNumber, 0.95, .checkedNumber, take: true)
            return
        }
        guard let (end, digits) = groups(at: index, ["-", "/", " "]), digits.count == 12 || digits.count == 11,
            isSocialSecurity(digits)
        else { return }
        add(tokens: index..<end, .healthPlan, 0.9, .checkedNumber, take: true)
    }

    /// Seven or eight digits, with or without points, and the index of the letter behind them.
    private func identityNumber(at index: Int) -> (Int, Int)? {
        guard let (end, digits) = groups(at: index, ["."]), digits.count == 8 || digits.count == 7 else { return nil }
        var next = end
        if isMark(next, "-"), !(token(next)?.spaced ?? true) { next += 1 }
        return (next, digits.reduce(0) { $0 * 10 + Int($1) })
    }

    /// Groups of digits with one of the separators between them.
    private func groups(at index: Int, _ separators: [Unicode.Scalar]) -> (end: Int, digits: [UInt8])? {
        guard let first = token(index), first.kind == .number else { return nil }
        if let before = token(index - 1), !first.spaced, before.kind != .mark || isMark(index - 1, ",") { return nil }
        var digits: [UInt8] = []
        var end = index
        while let group = token(end), group.kind == .number, digits.count <= 20, end == index || group.breaks == 0 {
            if end > index, group.spaced, !separators.contains(" ") { break }
            digits += text.folded[group.start..<group.end].map { UInt8($0 & 15) }
            end += 1
            if let mark = token(end), mark.kind == .mark, !mark.spaced, separators.contains(where: { mark.isMark($0) }),
                let next = token(end + 1), next.kind == .number, !next.spaced
            {
                end += 1
            }
        }
        while end > index, tokens[end - 1].kind != .number { end -= 1 }
        return end > index ? (end, digits) : nil
    }

    private func isCheckLetter(_ token: Token, of number: Int) -> Bool {
        Self.checkLetters[number % 23] == text.folded[token.start]
    }

    private static let checkLetters = "trwagmyfpdxbnjzsqvhlcke".unicodeScalars.map(\.value)

    /// Province, number and two check digits: the number modulo 97.
    private func isSocialSecurity(_ digits: [UInt8]) -> Bool {
        func value(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) } }
        let province = value(0..<2)
        guard (1...53).contains(province) || province == 66 else { return false }
        let number = value(2..<digits.count - 2)
        let combined = number < 10_000_000 ? number + province * 10_000_000 : value(0..<digits.count - 2)
        return combined % 97 == value(digits.count - 2..<digits.count)
    }

    /// NIE, IBAN, CURP, and personal codes of the health services: letters first.
    private mutating func shapedWord(at index: Int, _ token: Token) {
        if token.count == 1, let offset = [0x78, 0x79, 0x7a].firstIndex(of: text.folded[token.start]) {
            var next = index + 1
            if isMark(next, "-"), !(self.token(next)?.spaced ?? true) { next += 1 }
            if let digits = self.token(next), !digits.spaced, digits.count == 7, let number = text.number(digits) {
                var last = next + 1
                if isMark(last, "-") { last += 1 }
                if let letter = self.token(last), letter.count == 1, letter.kind == .word, !letter.spaced,
                    isCheckLetter(letter, of: offset * 10_000_000 + number)
                {
                    add(tokens: index..<last + 1, .socialSecurityNumber, 0.95, .checkedNumber, take: true)
                    return
                }
            }
        }
        guard token.shape == .upper || token.shape == .initial, let next = self.token(index + 1), !next.spaced,
            next.kind == .number
        else { return }
        var end = index + 1
        var digits = 0
        while let part = self.token(end), end - index < 12, part.breaks == 0, part.kind != .mark,
            !part.spaced || text.folded[token.start..<token.end].elementsEqual(Self.ibanCountry) && part.kind == .number
        {
            digits += part.kind == .number ? part.count : 0
            end += 1
        }
        if token.count == 2, text.folded[token.start..<token.end].elementsEqual(Self.ibanCountry), digits == 22 {
            add(tokens: index..<end, .account, 0.97, .checkedNumber, take: true)
        } else if token.count == 4, digits >= 6 {
            // Four letters of the name, the birth date, and more: CIP, CURP, RFC.
            add(tokens: index..<end, .medicalRecordNumber, 0.85, .mixedIdentifier, take: true)
        }
    }

    private static let ibanCountry = "es".unicodeScalars.map(\.value)
}
