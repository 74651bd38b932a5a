extension KnownMatcher {
    var isEmpty: Bool { names.isEmpty && compact.isEmpty && places.isEmpty && dates.isEmpty }

    /// Every place where one of the identifiers stands, in whatever form.
    func candidates(in text: ScalarText) -> [Candidate] {
        guard !isEmpty else { return [] }
        var found: [Candidate] = []
        searchNames(text, &found)
        searchCompact(text, &found)
        places.search(text, &found)
        tails.search(text, &found)
        searchDates(text, &found)
        return found
    }

    // MARK: Numbers, places, dates

    private func searchCompact(_ text: ScalarText, _ found: inout [Candidate]) {
        guard !compact.isEmpty else { return }
        var stream: [UInt32] = []
        var readable: [UInt32] = []
        var positions: [Int] = []
        stream.reserveCapacity(text.count)
        readable.reserveCapacity(text.count)
        positions.reserveCapacity(text.count)
        for index in 0..<text.count where text.kinds[index].isAlphanumeric && text.folded[index] != 0 {
            stream.append(text.folded[index])
            readable.append(Self.readable(text.folded[index]))
            positions.append(index)
        }
        for offset in stream.indices {
            guard let entries = compact.candidates(readable, offset) else { continue }
            for index in entries {
                let entry = compact.entries[index]
                guard offset + entry.value.count <= stream.count, isEqual(readable, offset, entry.readable),
                    isReadAs(entry, stream[offset..<offset + entry.value.count]),
                    let end = wholeEnd(positions, offset, entry.value.count, entry.label, text),
                    entry.label != .name || !isWords(positions[offset], end, text)
                else { continue }
                found.append(
                    Candidate(
                        start: positions[offset],
                        end: entry.label == .phone ? extensionEnd(end, text) : end, label: entry.label,
                        score: 0.99, known: true,
                        rule: entry.label == .name ? .knownName : entry.label == .date ? .knownDate : .knownNumber))
            }
        }
    }

    /// `312-555-0142 x31`, `555 0100 #88`
    private func extensionEnd(_ end: Int, _ text: ScalarText) -> Int {
        let range = text.tokenRange(end, min(text.count, end + 16))
        guard range.count >= 2 else { return end }
        var next = range.lowerBound
        if text.tokens[next].isMark(",") || text.tokens[next].isMark(";") { next += 1 }
        guard next < text.tokens.count, text.tokens[next].breaks == 0, text.tokens[next].start >= end else {
            return end
        }
        if text.tokens[next].isMark("#") {
            next += 1
        } else if text.tokens[next].kind == .word, Self.extensions.contains(text.tokens[next].hash) {
            next += 1
            if next < text.tokens.count, text.tokens[next].isMark(".") || text.tokens[next].isMark("#") { next += 1 }
        } else {
            return end
        }
        guard next < text.tokens.count, text.tokens[next].kind == .number, text.tokens[next].breaks == 0,
            text.tokens[next].count <= 6
        else { return end }
        return text.tokens[next].end
    }

    private static let extensions = RuleScanner.words("x ext extension extn")

    /// A name that two or more ordinary words spell: `as her` is not Asher.
    private func isWords(_ start: Int, _ end: Int, _ text: ScalarText) -> Bool {
        let range = text.tokenRange(start, end)
        guard range.count > 1 else { return false }
        return text.tokens[range].allSatisfy { $0.kind == .word && $0.count > 1 && $0.flags.has(.ordinary) }
    }

    /// Letters and digits that scanners take for each other become one: `O` and `0`, `l`, `I` and `1`.
    static func readable(_ folded: UInt32) -> UInt32 {
        switch folded {
        case 0x6f: 0x30
        case 0x6c, 0x69: 0x31
        case 0x73: 0x35
        case 0x62: 0x38
        default: folded
        }
    }

    /// What is read as a number must hold digits, at least half as many as the number; what is read as a name, letters.
    private func isReadAs(_ entry: CompactIndex.Entry, _ given: ArraySlice<UInt32>) -> Bool {
        if given.elementsEqual(entry.value) { return true }
        func digits(_ scalars: some Sequence<UInt32>) -> Int { scalars.count { (0x30...0x39).contains($0) } }
        if entry.label == .name { return 2 * digits(given) <= given.count }
        return 2 * digits(given) >= digits(entry.value) && digits(given) > 0
    }

    private func isEqual(_ stream: [UInt32], _ offset: Int, _ value: [UInt32]) -> Bool {
        for index in value.indices where stream[offset + index] != value[index] { return false }
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
            // `DrQuux`, `QuuxDOB`: two words that were joined.
            if label == .name, text.kinds[left] == .lower, text.kinds[right] == .upper, isSeam(left, text) {
                return false
            }
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

    /// Not `McDonald`.
    private func isSeam(_ left: Int, _ text: ScalarText) -> Bool {
        var start = left
        while start > 0, text.kinds[start - 1].isLetter { start -= 1 }
        let word = Array(text.folded[start...left])
        return !Self.prefixes.contains(Self.hash(word))
    }

    private static let prefixes = RuleScanner.words("mc mac fitz de di du la le van von del della st o ben bin al el")

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
                            start: dateStart(index, text), end: date.end, label: .date, score: 0.99, known: true,
                            rule: .knownDate))
                }
                if isKnown { continue }
            }
            if let end = loose.end(at: index) {
                found.append(
                    Candidate(
                        start: dateStart(index, text), end: text.tokens[end - 1].end, label: .date, score: 0.99,
                        known: true, rule: .knownDate))
            }
        }
    }

    /// With the article of `the 9th of February`.
    private func dateStart(_ index: Int, _ text: ScalarText) -> Int {
        guard index > 0, text.tokens[index - 1].hash == Self.article, text.tokens[index].breaks == 0 else {
            return text.tokens[index].start
        }
        return text.tokens[index - 1].start
    }

    private static let article = WordHash.of("the")
}
