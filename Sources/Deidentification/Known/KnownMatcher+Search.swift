extension KnownMatcher {
    var isEmpty: Bool { names.isEmpty && compact.isEmpty && phrases.isEmpty && dates.isEmpty }

    /// Every place where one of the identifiers stands, in whatever form.
    func candidates(in text: ScalarText) -> [Candidate] {
        guard !isEmpty else { return [] }
        var found: [Candidate] = []
        searchNames(text, &found)
        searchFullNames(text, &found)
        searchCompact(text, &found)
        searchPhrases(text, &found)
        searchDates(text, &found)
        return found
    }

    // MARK: Names

    private func searchNames(_ text: ScalarText, _ found: inout [Candidate]) {
        guard !names.isEmpty else { return }
        var isMatch = [Bool](repeating: false, count: text.tokens.count)
        var pending: [Int] = []
        for (index, token) in text.tokens.enumerated() where token.kind == .word {
            if let part = names[token.hash] {
                if part.isAmbiguous { pending.append(index) } else { isMatch[index] = true }
            } else if isMisspelled(token, text) {
                isMatch[index] = true
            }
        }
        let isCandidate = Set(pending)
        for index in pending where isName(index, text, isMatch, isCandidate) { isMatch[index] = true }
        for index in text.tokens.indices where isMatch[index] {
            var start = text.tokens[index].start
            var end = text.tokens[index].end
            // The middle initial beside a name goes with it.
            if let before = neighbour(index, -1, text), before.shape == .initial { start = before.start }
            if let after = neighbour(index, 1, text), after.shape == .initial, after.flags.isDisjoint(with: .function) {
                end = after.end
            }
            found.append(Candidate(start: start, end: end, label: .name, score: 0.99, known: true, rule: .knownName))
        }
        for index in text.tokens.indices { initials(at: index, text, &found) }
    }

    private func neighbour(_ index: Int, _ step: Int, _ text: ScalarText) -> Token? {
        var next = index + step
        while next >= 0, next < text.tokens.count, next - index < 3, index - next < 3 {
            let token = text.tokens[next]
            if text.tokens[max(next, step > 0 ? next : next + 1)].breaks > 0 { return nil }
            if token.kind == .word { return token }
            guard token.isMark(",") || token.isMark("^") || (token.isMark(".") && step < 0) else { return nil }
            next += step
        }
        return nil
    }

    /// Whether a word that is also an ordinary one is a name here.
    private func isName(_ index: Int, _ text: ScalarText, _ isMatch: [Bool], _ pending: Set<Int>) -> Bool {
        let token = text.tokens[index]
        let next = index + 1 < text.tokens.count && text.tokens[index + 1].breaks == 0 ? text.tokens[index + 1] : nil
        // An adjacent part of the name, also over a comma, a caret, a hyphen or an initial.
        for step in [-1, 1] {
            var other = index + step
            var hops = 0
            while other >= 0, other < text.tokens.count, hops < 4, text.tokens[max(other, other - step)].breaks == 0 {
                let neighbour = text.tokens[other]
                if isMatch[other] || (pending.contains(other) && neighbour.isCapitalised && token.isCapitalised) {
                    return true
                }
                guard
                    neighbour.kind == .mark && !neighbour.isMark(":") && !neighbour.isMark(";")
                        || neighbour.shape == .initial
                else { break }
                if neighbour.isMark("."), hops == 0, text.tokens[max(0, other - 1)].shape != .initial { break }
                other += step
                hops += 1
            }
        }
        if token.count < 3, token.shape == .lower { return false }
        var before = index - 1
        if before >= 0, text.tokens[before].isMark("."), !text.tokens[before].spaced { before -= 1 }
        if before >= 0, text.tokens[before].flags.has(.title),
            text.tokens[before].isCapitalised || text.tokens[before].count <= 3
        {
            return true
        }
        // `long's`, `last name: long`
        let isGenitive = next?.hash == 0x27 && next?.spaced == false && index + 2 < text.tokens.count
        if isGenitive, !text.tokens[index + 2].spaced, text.tokens[index + 2].hash == Self.genitive { return true }
        if before >= 1, text.tokens[before].isMark(":"), Self.fields.contains(text.tokens[before - 1].hash) {
            return true
        }
        guard token.isCapitalised else { return false }
        if let next, next.flags.has(.eponymNoun) { return false }
        if let next, next.flags.has(.personVerb), next.shape == .lower, !token.flags.has([.function]) { return true }
        if let next, next.hash == 0x27, !next.spaced { return true }
        if before >= 0, text.tokens[before].flags.has(.relative) || Self.cues.contains(text.tokens[before].hash) {
            return true
        }
        if before >= 1, text.tokens[before].isMark(":"), Self.cues.contains(text.tokens[before - 1].hash) {
            return true
        }
        if token.flags.has(.month), next?.kind == .number { return false }
        let startsSentence =
            before < 0 || token.breaks > 0 || text.tokens[index - 1].isMark(".") || text.tokens[index - 1].isMark(":")
            || text.tokens[index - 1].isMark("?") || text.tokens[index - 1].isMark("!")
            || text.tokens[before].kind == .number
        if startsSentence {
            // `Violet placed`, `Sand, 40 y/o`: a capital that the start of a sentence explains is a name where the lists
            // have it; a modal verb is one before another verb: `May will stop`.
            guard token.shape == .capital, let next else { return false }
            if token.flags.has(.function) { return Self.finite.contains(next.hash) }
            return token.flags.has(.anyName) && !token.flags.has(.month)
                && (next.isMark(",")
                    || next.shape == .lower && (next.flags.has(.personVerb) || isParticiple(next, text)))
        }
        if token.shape == .upper { return text.tokens[before].shape != .upper && next?.shape != .upper }
        // Inside a heading such as “Long Term Goals” every word has a capital.
        return !(next?.shape == .capital && next?.flags.has(.common) == true)
    }

    /// `placed`, `exhausted`
    private func isParticiple(_ token: Token, _ text: ScalarText) -> Bool {
        token.count >= 5 && text.folded[token.end - 1] == 0x64 && text.folded[token.end - 2] == 0x65
    }

    private static let finite = RuleScanner.words(
        """
        is was has had will would turns turned did does says said went came took told lives denies denied reports reported
        states stated presents presented comes returns returned feels felt wants called asked takes
        """)
    private static let genitive = WordHash.of("s")
    private static let fields = RuleScanner.words("name names surname firstname lastname first last given family")
    private static let cues = RuleScanner.words(
        "patient pt name re named by signed dictated attending dear for with and")

    /// One letter more, less or other, in a capitalised word of five letters or more that is in no list.
    private func isMisspelled(_ token: Token, _ text: ScalarText) -> Bool {
        guard token.count >= 5, token.isCapitalised, token.flags.isEmpty else { return false }
        for part in names.values where !part.isAmbiguous && part.folded.count >= 5 {
            guard abs(part.folded.count - token.count) <= 1 else { continue }
            let word = text.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
            if word.count >= 5, Self.isWithinOneEdit(word, part.folded) { return true }
        }
        return false
    }

    static func isWithinOneEdit(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= 1 else { return false }
        var front = 0
        while front < short.count, short[front] == long[front] { front += 1 }
        var back = 0
        while back < short.count - front, short[short.count - 1 - back] == long[long.count - 1 - back] { back += 1 }
        if short.count == long.count, front + back == short.count - 2 {
            // Two neighbours exchanged.
            return short[front] == long[front + 1] && short[front + 1] == long[front]
        }
        return front + back >= long.count - 1
    }

    /// `M.G.` and `M. G.`, but not the abbreviations of medicine.
    private func initials(at index: Int, _ text: ScalarText, _ found: inout [Candidate]) {
        guard index + 3 < text.tokens.count, text.tokens[index].shape == .initial, text.tokens[index + 1].isMark("."),
            text.tokens[index + 2].shape == .initial, text.tokens[index + 3].isMark("."),
            text.tokens[index + 2].breaks == 0
        else { return }
        if index > 0, text.tokens[index - 1].isMark("."), !text.tokens[index].spaced { return }
        let first = text.folded[text.tokens[index].start]
        let second = text.folded[text.tokens[index + 2].start]
        guard initials.contains(where: { $0.0 == first && $0.1 == second }),
            !Self.abbreviations.contains([first, second])
        else { return }
        found.append(
            Candidate(
                start: text.tokens[index].start, end: text.tokens[index + 2].end, label: .name, score: 0.8, known: true,
                rule: .knownName)
        )
    }

    private static let abbreviations: Set<[UInt32]> = Set(
        [
            "iv", "po", "im", "pr", "md", "rn", "do", "am", "pm", "us", "ed", "or", "er", "pt", "ot", "bm", "hr", "bp",
            "pa", "ra", "la",
        ]
        .map { $0.unicodeScalars.map(\.value) })

    // MARK: Numbers, places, dates

    private func searchCompact(_ text: ScalarText, _ found: inout [Candidate]) {
        guard !compact.isEmpty else { return }
        var stream: [UInt32] = []
        var positions: [Int] = []
        stream.reserveCapacity(text.count)
        positions.reserveCapacity(text.count)
        for index in 0..<text.count where text.kinds[index].isAlphanumeric && text.folded[index] != 0 {
            stream.append(text.folded[index])
            positions.append(index)
        }
        let readable = stream.map(Self.readable)
        for (value, label) in compact {
            let wanted = value.map(Self.readable)
            guard let head = wanted.first, readable.count >= wanted.count else { continue }
            var offset = 0
            while offset <= readable.count - wanted.count {
                guard readable[offset] == head, isEqual(readable, offset, wanted),
                    label == .name || hasDigits(value, stream[offset..<offset + value.count]),
                    let end = wholeEnd(positions, offset, value.count, label, text)
                else {
                    offset += 1
                    continue
                }
                found.append(
                    Candidate(
                        start: positions[offset], end: end, label: label, score: 0.99, known: true,
                        rule: label == .name ? .knownName : label == .location ? .knownPlace : .knownNumber))
                offset += wanted.count
            }
        }
    }

    /// Letters and digits that scanners take for each other become one: `O` and `0`, `l`, `I` and `1`.
    static func readable(_ folded: UInt32) -> UInt32 {
        switch folded {
        case 0x6f: 0x30
        case 0x6c, 0x69: 0x31
        default: folded
        }
    }

    /// What is read as a number of digits must hold digits: at least half as many as the number.
    private func hasDigits(_ value: [UInt32], _ given: ArraySlice<UInt32>) -> Bool {
        func digits(_ scalars: some Sequence<UInt32>) -> Int { scalars.count { (0x30...0x39).contains($0) } }
        return given.elementsEqual(value) || 2 * digits(given) >= digits(value) && digits(given) > 0
    }

    private func isEqual(_ stream: [UInt32], _ offset: Int, _ value: [UInt32]) -> Bool {
        for index in 1..<value.count where stream[offset + index] != value[index] { return false }
        return true
    }

    /// Where the match ends if it begins and ends where a word or a number does, with gaps of at most three separators
    /// besides blanks. The genitive or plural of a name goes with it.
    private func wholeEnd(
        _ positions: [Int], _ offset: Int, _ count: Int, _ label: IdentifierLabel, _ text: ScalarText
    ) -> Int? {
        let start = positions[offset]
        var end = positions[offset + count - 1] + 1
        func joins(_ left: Int, _ right: Int) -> Bool {
            var (left, right) = (left, right)
            while left >= 0, text.kinds[left] == .ignorable { left -= 1 }
            while right < text.count, text.kinds[right] == .ignorable { right += 1 }
            guard left >= 0, right < text.count else { return false }
            return text.kinds[left] == text.kinds[right] && text.kinds[left] == .digit
                || text.kinds[left].isLetter && text.kinds[right].isLetter
        }
        if joins(start - 1, start) { return nil }
        if label == .name, end < text.count, text.folded[end] == 0x73, !joins(end, end + 1) { end += 1 }
        if joins(end - 1, end) { return nil }
        for index in 1..<count {
            let between = positions[offset + index - 1] + 1..<positions[offset + index]
            guard !between.isEmpty else { continue }
            let marks = between.count { !text.kinds[$0].isBlank && text.folded[$0] != 0 }
            let breaks = between.count { text.kinds[$0] == .newline && text.scalars[$0] != 13 }
            if marks > 3 || breaks > 1 || between.count > 24 { return nil }
        }
        return end
    }

    private func searchPhrases(_ text: ScalarText, _ found: inout [Candidate]) {
        for phrase in phrases {
            for index in text.tokens.indices
            where text.tokens[index].hash == phrase.words[0] && text.tokens[index].kind == .word {
                if phrase.isAmbiguous, !text.tokens[index].isCapitalised { continue }
                var next = index
                var isMatch = true
                for (position, word) in phrase.words.enumerated() {
                    if position > 0 {
                        while next < text.tokens.count, text.tokens[next].kind == .mark, next - index < 12 { next += 1 }
                    }
                    guard next < text.tokens.count, text.tokens[next].hash == word else {
                        isMatch = false
                        break
                    }
                    next += 1
                }
                if isMatch {
                    found.append(
                        Candidate(
                            start: text.tokens[index].start, end: text.tokens[next - 1].end, label: phrase.label,
                            score: 0.99, known: true, rule: .knownPlace))
                }
            }
        }
    }

    private func searchDates(_ text: ScalarText, _ found: inout [Candidate]) {
        guard !dates.isEmpty else { return }
        let parser = DateParser(text: text)
        let loose = KnownDates(dates: dates, text: text)
        for index in text.tokens.indices {
            if let date = parser.date(at: index), let month = date.month, let day = date.day {
                let isKnown = dates.contains {
                    ($0.month == month && $0.day == day || date.isAmbiguous && $0.month == day && $0.day == month)
                        && (date.year == nil || date.fullYear == $0.year
                            || date.yearRange?.count == 2 && date.year == $0.year % 100)
                }
                if isKnown {
                    found.append(
                        Candidate(
                            start: date.start, end: date.end, label: .date, score: 0.99, known: true, rule: .knownDate))
                }
                if isKnown { continue }
            }
            if let end = loose.end(at: index) {
                found.append(
                    Candidate(
                        start: text.tokens[index].start, end: text.tokens[end - 1].end, label: .date, score: 0.99,
                        known: true, rule: .knownDate))
            }
        }
    }
}
