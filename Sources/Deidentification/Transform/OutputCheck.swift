/// The last look at what is to leave the module, written apart from the rules so that one fault doesn't hide in both.
struct OutputCheck {
    let known: [KnownIdentifier]

    /// Sentences that name the kind of what was found, never the value. `kept` is the output without what was put in.
    func reasons(_ kept: String) -> [String] {
        let text = ScalarText(kept)
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

    private func remains(_ identifier: KnownIdentifier, in text: ScalarText) -> Bool {
        let value = ScalarText(identifier.value)
        switch identifier.label {
        case .name:
            let parts = value.tokens.filter {
                $0.kind == .word && $0.count >= 3 && !$0.flags.has(.ordinary) && !$0.flags.has(.particle)
                    && !($0.flags.has(.city) && $0.count < 5)
            }.map(\.hash)
            return text.tokens.contains { $0.kind == .word && parts.contains($0.hash) }
        case .location, .ageOver89, .date:
            // Places and dates are compared whole: their parts are ordinary words and numbers.
            return contains(value, in: text, atLeast: 6)
        default:
            return contains(value, in: text, atLeast: 5)
        }
    }

    /// The letters and digits of the value, in order, whatever stands between them.
    private func contains(_ value: ScalarText, in text: ScalarText, atLeast length: Int) -> Bool {
        func stream(_ text: ScalarText) -> [UInt32] {
            // The barrier stays in, so that nothing is found across a replacement.
            (0..<text.count).filter { text.kinds[$0].isAlphanumeric || text.scalars[$0] == 1 }.map { text.folded[$0] }
                .filter { $0 != 0 }
        }
        let wanted = stream(value)
        guard wanted.count >= length, wanted.contains(where: { (0x30...0x39).contains($0) }) else { return false }
        let given = stream(text)
        guard given.count >= wanted.count else { return false }
        for start in 0...(given.count - wanted.count) where given[start] == wanted[0] {
            if given[start..<start + wanted.count].elementsEqual(wanted) { return true }
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

    /// The lengths of three groups of digits joined by hyphens or full stops.
    private func digitShapes(_ text: ScalarText) -> Set<[Int]> {
        var shapes: Set<[Int]> = []
        let tokens = text.tokens
        for index in tokens.indices where tokens[index].kind == .number && index + 4 < tokens.count {
            let isJoined = (1...4).allSatisfy { !tokens[index + $0].spaced }
            guard isJoined, tokens[index + 2].kind == .number, tokens[index + 4].kind == .number,
                [0x2d, 0x2e].contains(tokens[index + 1].hash), tokens[index + 3].hash == tokens[index + 1].hash
            else { continue }
            if index > 0, !tokens[index].spaced, tokens[index - 1].kind != .mark { continue }
            shapes.insert([tokens[index].count, tokens[index + 2].count, tokens[index + 4].count])
        }
        return shapes
    }
}
