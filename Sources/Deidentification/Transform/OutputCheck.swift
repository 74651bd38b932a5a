internal import Foundation

/// The last look at what is to leave the module, written apart from the rules so that one fault doesn't hide in both.
struct OutputCheck {
    let known: [KnownIdentifier]

    /// Sentences that name the kind of what was found, never the value. `kept` is the output without what was put in.
    func reasons(_ kept: String) -> [String] {
        let text = Self.cleaned(kept)
        var kinds: Set<IdentifierLabel> = []
        for identifier in known where remains(identifier, in: text) { kinds.insert(identifier.label) }
        var reasons = kinds.map(\.rawValue).sorted().map {
            "A known identifier of the kind \($0) is still in the output."
        }
        if kept.unicodeScalars.contains("@"), hasAddress(text) {
            reasons.append("Something like an e-mail address is still in the output.")
        }
        let shapes = digitShapes(text)
        if shapes.contains([3, 2, 4]) {
            reasons.append("Something like a Social Security number is still in the output.")
        }
        if shapes.contains([3, 3, 4]) { reasons.append("Something like a telephone number is still in the output.") }
        return reasons
    }

    /// Without invisible characters, and with ligatures and presentation forms as plain letters.
    private static func cleaned(_ text: String) -> ScalarText {
        let scalars = text.precomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value)
        return ScalarText(scalars: scalars.filter { $0 == 1 || ScalarFolding.fold($0) != 0 })
    }

    private func remains(_ identifier: KnownIdentifier, in text: ScalarText) -> Bool {
        let value = ScalarText(identifier.value)
        switch identifier.label {
        case .name:
            let parts = value.tokens.filter {
                $0.kind == .word && $0.count >= 3 && !$0.flags.has(.ordinary) && !$0.flags.has(.particle)
                    && !($0.flags.has(.city) && $0.count < 5)
            }.map(\.hash)
            return text.tokens.contains { $0.kind == .word && parts.contains($0.hash) }
                || hasFullName(KnownMatcher.nameParts(of: value), in: text)
        case .date:
            let loose = KnownDates(dates: KnownMatcher([identifier]).dates, text: text)
            return contains(stream(value), in: text, atLeast: 6)
                || text.tokens.indices.contains { loose.end(at: $0) != nil }
        case .location, .ageOver89:
            // Places are compared whole: their parts are ordinary words and numbers.
            return contains(stream(value), in: text, atLeast: 6)
        case .phone, .fax:
            let digits = KnownMatcher.phoneDigits(of: value)
            return contains(digits.count > 10 ? Array(digits.suffix(10)) : digits, in: text, atLeast: 5)
        case .email:
            return contains(stream(value), in: text, atLeast: 6, needsDigit: false)
        default:
            return contains(stream(value), in: text, atLeast: 5)
        }
    }

    /// Two different words of the name, with nothing but separators and single letters between them.
    private func hasFullName(_ parts: [[UInt32]], in text: ScalarText) -> Bool {
        let forms = parts.map { Set(KnownMatcher.inflected($0).map(KnownMatcher.hash)) }
        guard forms.count > 1 else { return false }
        var last: (part: Set<Int>, token: Int)?
        for (index, token) in text.tokens.enumerated() {
            if token.hash == 1 || token.breaks > 1 { last = nil }
            switch token.kind {
            case .number: last = nil
            case .mark: continue
            case .word:
                let here = Set(forms.indices.filter { forms[$0].contains(token.hash) })
                if here.isEmpty {
                    if token.count > 1 { last = nil }
                    continue
                }
                if let last, index - last.token <= 6, last.part.union(here).count > 1,
                    last.part != here || here.count > 1
                {
                    return true
                }
                last = (here, index)
            }
        }
        return false
    }

    /// The letters and digits, in order. The barrier stays in, so that nothing is found across a replacement.
    private func stream(_ text: ScalarText) -> [UInt32] {
        (0..<text.count).filter { text.kinds[$0].isAlphanumeric || text.scalars[$0] == 1 }.map { text.folded[$0] }
            .filter { $0 != 0 }
    }

    /// Whatever stands between the characters, and with `O` for `0` and `l` for `1`.
    private func contains(
        _ wanted: [UInt32], in text: ScalarText, atLeast length: Int, needsDigit: Bool = true
    ) -> Bool {
        func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }
        guard wanted.count >= length, !needsDigit || wanted.contains(where: isDigit) else { return false }
        let value = wanted.map(KnownMatcher.readable)
        let given = stream(text)
        let readable = given.map(KnownMatcher.readable)
        guard readable.count >= value.count else { return false }
        let enough = (wanted.count(where: isDigit) + 1) / 2
        for start in 0...(readable.count - value.count) where readable[start] == value[0] {
            if readable[start..<start + value.count].elementsEqual(value),
                given[start..<start + value.count].count(where: isDigit) >= enough
            {
                return true
            }
        }
        return false
    }

    private func hasAddress(_ text: ScalarText) -> Bool {
        for index in 1..<max(1, text.count - 3) where text.folded[index] == 0x40 {
            guard text.kinds[index - 1].isAlphanumeric, text.kinds[index + 1].isAlphanumeric else { continue }
            var end = index + 1
            var hasDot = false
            while end < text.count, !text.kinds[end].isBlank {
                hasDot = hasDot || (text.folded[end] == 0x2e && end + 1 < text.count && text.kinds[end + 1].isLetter)
                end += 1
            }
            if hasDot { return true }
        }
        return false
    }

    /// The lengths of three groups of digits joined by hyphens, full stops or a closing parenthesis, also over a line
    /// break behind the separator.
    private func digitShapes(_ text: ScalarText) -> Set<[Int]> {
        var shapes: Set<[Int]> = []
        let tokens = text.tokens
        for index in tokens.indices where tokens[index].kind == .number && index + 4 < tokens.count {
            // A blank is allowed behind the parenthesis, and where the line ends.
            let isJoined = (1...4).allSatisfy { step in
                let token = tokens[index + step]
                return !token.spaced || token.breaks == 1
                    || token.breaks == 0 && step == 2 && tokens[index + 1].isMark(")")
            }
            guard isJoined, tokens[index + 2].kind == .number, tokens[index + 4].kind == .number,
                [0x2d, 0x2e].contains(tokens[index + 3].hash),
                tokens[index + 1].isMark(")") || tokens[index + 3].hash == tokens[index + 1].hash
            else { continue }
            if index > 0, !tokens[index].spaced, tokens[index - 1].kind != .mark { continue }
            shapes.insert([tokens[index].count, tokens[index + 2].count, tokens[index + 4].count])
        }
        return shapes
    }
}
