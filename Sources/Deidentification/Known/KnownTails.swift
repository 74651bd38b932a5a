/// Parts of numbers that identify only beside a word that says so: the last four digits, an extension.
struct KnownTails: Sendable {
    private var lastFour: [[UInt32]: IdentifierLabel] = [:]
    private var extensions: Set<[UInt32]> = []

    var isEmpty: Bool { lastFour.isEmpty && extensions.isEmpty }

    mutating func addNumber(_ digits: [UInt32], _ label: IdentifierLabel) {
        guard digits.count >= 6 else { return }
        let tail = Array(digits.suffix(4))
        // A Social Security number is the one that is asked for in this form.
        if lastFour[tail] == nil || label == .socialSecurityNumber { lastFour[tail] = label }
    }

    mutating func addExtension(_ digits: [UInt32]) {
        if (2...6).contains(digits.count) { extensions.insert(digits) }
    }

    func search(_ text: ScalarText, _ found: inout [Candidate]) {
        guard !isEmpty else { return }
        for index in text.tokens.indices where text.tokens[index].kind == .number {
            let token = text.tokens[index]
            guard token.count <= 6 else { continue }
            let digits = Array(text.folded[token.start..<token.end])
            if token.count == 4, let label = lastFour[digits], let start = maskedStart(index, text) {
                add(start, token.end, label, &found)
            } else if extensions.contains(digits), index > 0,
                Self.extensionCues.contains(text.tokens[index - 1].hash)
                    || index > 1 && text.tokens[index - 1].kind == .mark
                        && Self.extensionCues.contains(text.tokens[index - 2].hash)
            {
                add(token.start, token.end, .phone, &found)
            }
        }
        searchSpoken(text, &found)
    }

    private func add(_ start: Int, _ end: Int, _ label: IdentifierLabel, _ found: inout [Candidate]) {
        found.append(Candidate(start: start, end: end, label: label, score: 0.97, known: true, rule: .knownNumber))
    }

    /// `last 4: 1683`, `xxx-xx-1683`, `SSN ends in 1683`: where the identifier begins, or `nil` without a cue.
    private func maskedStart(_ index: Int, _ text: ScalarText) -> Int? {
        let tokens = text.tokens
        var start = tokens[index].start
        var before = index - 1
        var isMasked = false
        // The mask goes with it.
        while before >= 0, index - before < 14, tokens[before + 1].breaks == 0 {
            let token = tokens[before]
            let isMask = token.isMark("*") || token.isMark("#") || token.isMark("\u{2022}") || isCrosses(token, text)
            guard isMask || token.isMark("-") else { break }
            if isMask, !tokens[before + 1].spaced || isMasked || isCrosses(token, text) {
                isMasked = true
                start = token.start
            }
            before -= 1
        }
        if isMasked, tokens[index].start - start >= 3 { return start }
        before = index - 1
        while before >= 0, index - before <= 5, tokens[before + 1].breaks <= 1 {
            let token = tokens[before]
            if token.kind == .word, Self.cues.contains(token.hash) { return start }
            // `L4 1683`
            if token.kind == .number {
                guard token.count == 1, text.folded[token.start] == 0x34 else { return nil }
                if before > 0, !token.spaced, tokens[before - 1].hash == Self.l { return start }
            }
            before -= 1
        }
        return nil
    }

    private func isCrosses(_ token: Token, _ text: ScalarText) -> Bool {
        token.kind == .word && text.folded[token.start..<token.end].allSatisfy { $0 == 0x78 }
    }

    /// The same in words: `last four one six eight three`.
    private func searchSpoken(_ text: ScalarText, _ found: inout [Candidate]) {
        var index = 0
        while index + 3 < text.tokens.count {
            var digits: [UInt32] = []
            var places: [Int] = []
            var next = index
            while next < text.tokens.count, next - index < 48 {
                let token = text.tokens[next]
                if token.kind == .word, let digit = SpokenNumbers.digit(token.hash) {
                    digits.append(digit)
                    places.append(next)
                } else if digits.isEmpty || token.kind != .mark {
                    break
                }
                next += 1
            }
            if digits.count >= 4, let label = lastFour[Array(digits.suffix(4))],
                digits.count > 4 || maskedStart(index, text) != nil
            {
                add(text.tokens[index].start, text.tokens[places[places.count - 1]].end, label, &found)
            }
            index = max(index + 1, next)
        }
    }

    private static let cues = RuleScanner.words(
        "last lst lsat ends end ending endings four ssn ss social soc final terminal terminates")
    private static let extensionCues = RuleScanner.words("x ext extension extn")
    private static let l = WordHash.of("l")
}
