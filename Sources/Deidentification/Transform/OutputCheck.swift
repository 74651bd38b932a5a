internal import Foundation

/// The last look at what is to leave the module, written apart from the rules so that one fault doesn't hide in both.
struct OutputCheck {
    let known: [KnownIdentifier]

    /// Sentences that name the kind of what was found, never the value. `kept` is the output without what was put in.
    func reasons(_ kept: String) -> [String] {
        let output = Output(Self.cleaned(kept))
        let text = output.text
        var kinds: Set<IdentifierLabel> = []
        for identifier in known where !kinds.contains(identifier.label) {
            if remains(identifier, in: output) { kinds.insert(identifier.label) }
        }
        if kinds.isDisjoint(with: [.date]), datesRemain(in: text) { kinds.insert(.date) }
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

    /// The output with its letters and digits in order. The barrier stays in, so that nothing is found across a
    /// replacement.
    private struct Output {
        let text: ScalarText
        var given: [UInt32] = []
        /// With letters and digits that scanners take for each other made one.
        var readable: [UInt32] = []
        /// Whether a character touches the one before.
        var touches: [Bool] = []
        /// The words of the output.
        var words: Set<UInt64> = []

        init(_ text: ScalarText) {
            self.text = text
            var last = -2
            for index in 0..<text.count {
                let folded = text.scalars[index] == 1 ? 1 : text.folded[index]
                guard text.kinds[index].isAlphanumeric || folded == 1, folded != 0 else { continue }
                given.append(folded)
                readable.append(KnownMatcher.readable(folded))
                touches.append(index == last + 1)
                last = index
            }
            for token in text.tokens where token.kind == .word { words.insert(token.hash) }
        }
    }

    private func remains(_ identifier: KnownIdentifier, in output: Output) -> Bool {
        let value = ScalarText(identifier.value)
        switch identifier.label {
        case .name:
            let parts = value.tokens.filter {
                $0.kind == .word && $0.count >= 3 && !$0.flags.has(.ordinary) && !$0.flags.has(.particle)
                    && !($0.flags.has(.city) && $0.count < 5)
            }.map(\.hash)
            return parts.contains { output.words.contains($0) && hasName($0, in: output.text) }
                || hasFullName(KnownMatcher.nameParts(of: value), in: output)
        case .date, .location, .ageOver89:
            // Places are compared whole: their parts are ordinary words and numbers.
            return contains(stream(value), in: output, atLeast: 6)
        case .phone, .fax:
            let digits = KnownMatcher.phoneDigits(of: value)
            return contains(digits.count > 10 ? Array(digits.suffix(10)) : digits, in: output, atLeast: 5)
        case .email:
            return contains(stream(value), in: output, atLeast: 6, needsDigit: false)
        default:
            return contains(stream(value), in: output, atLeast: 5)
        }
    }

    /// All dates of the record at once, in every form.
    private func datesRemain(in text: ScalarText) -> Bool {
        let dates = KnownMatcher(known.filter { $0.label == .date }).dates
        guard !dates.isEmpty else { return false }
        let loose = KnownDates(dates: dates, text: text)
        return text.tokens.indices.contains { loose.mayBegin(at: $0) && loose.end(at: $0) != nil }
    }

    /// A word of a name that doesn't call a disease: `Barrett's esophagus` stays.
    private func hasName(_ hash: UInt64, in text: ScalarText) -> Bool {
        text.tokens.indices.contains { index in
            guard text.tokens[index].hash == hash, text.tokens[index].kind == .word else { return false }
            var next = index + 1
            if next < text.tokens.count, text.tokens[next].hash == 0x27 { next += 2 }
            return !(next < text.tokens.count && KnownMatcher.diseases.contains(text.tokens[next].hash))
        }
    }

    /// Two different words of the name, with nothing but separators and single letters between them.
    private func hasFullName(_ parts: [[UInt32]], in output: Output) -> Bool {
        let text = output.text
        let forms = parts.map { Set(KnownMatcher.inflected($0).map(KnownMatcher.hash)) }
        guard forms.count > 1, forms.count(where: { !$0.isDisjoint(with: output.words) }) > 1 else { return false }
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

    private func stream(_ text: ScalarText) -> [UInt32] {
        (0..<text.count).filter { text.kinds[$0].isAlphanumeric }.map { text.folded[$0] }.filter { $0 != 0 }
    }

    /// Whatever stands between the characters, and with `O` for `0` and `l` for `1`. A short number inside a longer one
    /// is another number.
    private func contains(
        _ wanted: [UInt32], in output: Output, atLeast length: Int, needsDigit: Bool = true
    ) -> Bool {
        func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }
        guard wanted.count >= length, !needsDigit || wanted.contains(where: isDigit) else { return false }
        let value = wanted.map(KnownMatcher.readable)
        let (given, readable) = (output.given, output.readable)
        guard let head = value.first, readable.count >= value.count else { return false }
        let enough = (wanted.count(where: isDigit) + 1) / 2
        for start in 0...(readable.count - value.count) where readable[start] == head {
            let end = start + value.count
            guard readable[start..<end].elementsEqual(value), given[start..<end].count(where: isDigit) >= enough
            else { continue }
            let continues =
                start > 0 && output.touches[start] && isDigit(given[start - 1]) && isDigit(given[start])
                || end < given.count && output.touches[end] && isDigit(given[end]) && isDigit(given[end - 1])
            if !continues || value.count >= 9 { return true }
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
