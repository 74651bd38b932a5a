extension SpanishScanner {
    /// Telephone and fax numbers: behind a word for them, or nine digits as Spain has them.
    mutating func scanPhones() {
        var index = 0
        while index < count {
            let token = tokens[index]
            if token.kind == .word, token.flags.has(.phoneCue), let end = cuedPhones(at: index) {
                index = max(end, index + 1)
                continue
            }
            if token.kind == .number || isMark(index, "+") || isMark(index, "("), !isTaken(index),
                let (end, digits) = phone(at: index, minimum: 9), isSpanish(digits, at: index, end)
            {
                add(tokens: index..<end, .phone, token.kind == .number ? 0.8 : 0.9, .shapedPhone, take: true)
                index = end
                continue
            }
            index += 1
        }
    }

    /// All numbers behind the word, with “y”, “/” or “,” between them.
    private mutating func cuedPhones(at cue: Int) -> Int? {
        let isFax = isWord(cue, Self.faxWords)
        let isWeak = isWord(cue, Self.weakCues)
        var index = cue + 1
        var end: Int?
        var found = 0
        while index < count, index - cue < 60, tokens[index].breaks <= 1 {
            let token = tokens[index]
            if token.kind == .number || isMark(index, "+") || isMark(index, "("),
                let (next, digits) = phone(at: index, minimum: isWeak ? 4 : 6), !isTaken(index)
            {
                guard digits.count <= 15 else { break }
                add(tokens: index..<next, isFax ? .fax : .phone, 0.93, .cuedPhone, take: true)
                index = next
                end = next
                found += 1
                continue
            }
            if token.kind == .word {
                let joins = isWord(index, Self.joins) || found == 0 && isWord(index, Self.fillers)
                guard joins, !token.flags.has(.phoneCue) else { break }
            } else if token.kind == .mark {
                guard [":", ".", ",", "/", "(", ")", "-", "\u{b0}", ";"].contains(where: { token.isMark($0) }) else {
                    break
                }
            } else if found > 0 {
                break
            } else {
                // `Tel: 4210`: short numbers of the house.
                guard !isTaken(index), token.count >= 3, !isWeak, !flags(index + 1).has(.unit) else { break }
                add(tokens: index..<index + 1, isFax ? .fax : .phone, 0.8, .cuedPhone, take: true)
                found += 1
                end = index + 1
            }
            index += 1
        }
        return end
    }

    private static let faxWords = SpanishWords.hashes("fax telefax")
    private static let weakCues = SpanishWords.hashes(
        "contacto fijo busca llamar llamando interno whatsapp ext extension")
    private static let joins = SpanishWords.hashes("y o e ext extension")
    private static let fillers = SpanishWords.hashes(
        "de del la el al numero num no nº nro contacto hospital servicio padre madre paciente fijo movil domicilio su trabajo"
    )

    /// Digits in groups, with `+34`, brackets, points, hyphens or single blanks.
    func phone(at index: Int, minimum: Int) -> (end: Int, digits: [UInt8])? {
        var digits: [UInt8] = []
        var position = index
        var end = index
        if let before = token(index - 1), let first = token(index), !first.spaced, before.kind != .mark { return nil }
        while let token = token(position), position - index < 16 {
            if position > index, token.breaks > 0 { break }
            if token.kind == .number {
                if position > index, token.spaced, digits.count >= 9, digits.count < 11, digits.first != 0 {
                    // A second number begins.
                    if token.count >= 9 { break }
                    if hasSpanishStart(digits) { break }
                }
                digits += text.folded[token.start..<token.end].map { UInt8($0 & 15) }
                end = position + 1
            } else if token.kind == .mark {
                let isInner = ["-", ".", ")", "("].contains { token.isMark($0) }
                guard token.isMark("+") && position == index || isInner, let next = self.token(position + 1),
                    next.kind == .number || token.isMark(")") || token.isMark("+")
                        || next.isMark("(") && !token.isMark("."),
                    !(token.isMark("-") && token.spaced && digits.count >= 9), !(token.isMark(".") && next.spaced)
                else { break }
            } else {
                break
            }
            position += 1
        }
        return digits.count >= minimum && digits.count <= 15 ? (end, digits) : nil
    }

    /// Nine digits that begin with 6 to 9, with or without the country's code.
    private func hasSpanishStart(_ digits: [UInt8]) -> Bool {
        var number = digits[...]
        if number.count == 13, number.starts(with: [0, 0, 3, 4]) { number = number.dropFirst(4) }
        if number.count == 11, number.starts(with: [3, 4]) { number = number.dropFirst(2) }
        guard number.count == 9, let first = number.first else { return false }
        return first >= 6
    }

    private func isSpanish(_ digits: [UInt8], at index: Int, _ end: Int) -> Bool {
        if isMark(index, "+"), (9...15).contains(digits.count) { return true }
        guard hasSpanishStart(digits) else { return false }
        if flags(end).has(.unit), continuesLine(end) { return false }
        if isMark(end, "%") || isMark(end, "/") { return false }
        // Thousands: 600.000.000
        let hasPoints = (index..<end).contains { isMark($0, ".") }
        return !(hasPoints && digits.suffix(6).allSatisfy { $0 == 0 })
    }
}
