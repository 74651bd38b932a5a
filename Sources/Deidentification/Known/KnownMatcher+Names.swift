extension KnownMatcher {
    /// Names by their parts, in any order, case and spelling.
    func searchNames(_ text: ScalarText, _ found: inout [Candidate]) {
        guard !names.isEmpty else { return }
        let tokens = text.tokens
        var isMatch = [Bool](repeating: false, count: tokens.count)
        var pending: [Int] = []
        let full = searchFullNames(text)
        for range in full { for index in range where names[tokens[index].hash] != nil { isMatch[index] = true } }
        for (index, token) in tokens.enumerated() where token.kind == .word && !isMatch[index] {
            if let part = names[token.hash] {
                if part.isAmbiguous {
                    pending.append(index)
                } else if !isDisease(index, text) {
                    isMatch[index] = true
                }
            } else if isMisspelled(token, text) {
                isMatch[index] = true
            }
        }
        if !pending.isEmpty {
            let context = AmbiguousNames(text: text, caseless: RuleScanner.caseless(tokens), pending: Set(pending))
            // What is a name once makes the same word a name in weaker places.
            var proven: Set<UInt64> = Set(full.flatMap { $0.map { tokens[$0].hash } })
            for isSecondPass in [false, true] {
                for index in pending where !isMatch[index] {
                    guard
                        context.isName(
                            index, isMatch, isProven: isSecondPass && proven.contains(tokens[index].hash))
                    else { continue }
                    isMatch[index] = true
                    proven.insert(tokens[index].hash)
                }
            }
        }
        // A neighbour of a name may be spelled more loosely.
        for index in tokens.indices where tokens[index].kind == .word && !isMatch[index] {
            if isBesideName(index, isMatch, text), isMisspelledNeighbour(tokens[index], text) { isMatch[index] = true }
        }
        for index in tokens.indices where isMatch[index] { found.append(name(index, index, text)) }
        for range in full { found.append(name(range.lowerBound, range.upperBound - 1, text)) }
        for index in tokens.indices { initials(at: index, text, &found) }
    }

    private func isBesideName(_ index: Int, _ isMatch: [Bool], _ text: ScalarText) -> Bool {
        let tokens = text.tokens
        if index > 0, tokens[index].breaks == 0 {
            if isMatch[index - 1] { return true }
            if index > 1, isMatch[index - 2], tokens[index - 1].isMark(",") || tokens[index - 1].isMark("^") {
                return true
            }
        }
        guard index + 1 < tokens.count, tokens[index + 1].breaks == 0 else { return false }
        if isMatch[index + 1] { return true }
        return index + 2 < tokens.count && isMatch[index + 2]
            && (tokens[index + 1].isMark(",") || tokens[index + 1].isMark("^"))
    }

    // MARK: What belongs to a name

    /// A name with the initials, the unlisted given name and the generation that stand with it.
    private func name(_ first: Int, _ last: Int, _ text: ScalarText) -> Candidate {
        let tokens = text.tokens
        var first = first
        var last = last
        if let initial = initialBefore(first, text) { first = initial }
        if first > 0, tokens[first].breaks == 0, tokens[first - 1].flags.has(.givenName),
            !tokens[first - 1].flags.has(.ordinary), tokens[first - 1].shape == tokens[first].shape,
            tokens[first].spaced, tokens[first].shape != .lower
        {
            first -= 1
        }
        last = initialsBehind(last, text)
        last = generationBehind(last, text)
        return Candidate(
            start: tokens[first].start, end: tokens[last].end, label: .name, score: 0.99, known: true, rule: .knownName)
    }

    private func initialBefore(_ index: Int, _ text: ScalarText) -> Int? {
        let tokens = text.tokens
        var before = index - 1
        guard before >= 0, tokens[index].breaks == 0 else { return nil }
        if tokens[before].isMark("."), !tokens[before].spaced { before -= 1 }
        guard before >= 0, tokens[before].shape == .initial, tokens[before + 1].breaks == 0 else { return nil }
        let hasDot = before + 1 < index
        // `A.K.A.`, `10yo F Quux`, `I Quux`
        if before > 0, !tokens[before].spaced { return nil }
        if !hasDot, tokens[before].flags.has(.function) || before > 0 && tokens[before - 1].kind == .number {
            return nil
        }
        return before
    }

    private func initialsBehind(_ index: Int, _ text: ScalarText) -> Int {
        let tokens = text.tokens
        var next = index + 1
        guard next < tokens.count, tokens[next].breaks == 0 else { return index }
        let hasComma = tokens[next].isMark(",") || tokens[next].isMark("^")
        if hasComma { next += 1 }
        guard next < tokens.count, tokens[next].breaks == 0, tokens[next].kind == .word else { return index }
        let token = tokens[next]
        let after = next + 1 < tokens.count ? tokens[next + 1] : nil
        func ends() -> Bool {
            guard let after, after.breaks == 0 else { return true }
            if after.isMark("/") || after.isMark("-"), !after.spaced { return false }
            if after.isMark("."), !after.spaced, next + 2 < tokens.count, !tokens[next + 2].spaced,
                tokens[next + 2].kind == .word
            {
                // `M.D.`, `D.O.`
                return false
            }
            return after.kind == .mark || after.spaced
        }
        if token.shape == .initial {
            // `Beau C-W`
            if let after, after.isMark("-"), !after.spaced, next + 2 < tokens.count, !tokens[next + 2].spaced,
                tokens[next + 2].shape == .initial, !hasComma
            {
                return next + 2
            }
            let letter = text.folded[token.start]
            let isSex = letter == 0x6d || letter == 0x66
            if isSex, hasComma { return index }
            if isSex, let after, after.kind == .number || after.isMark(",") || after.isMark("/") { return index }
            return ends() && !token.flags.has(.function) ? next : index
        }
        // `quux, ada r  e8123`
        if token.count == 1, token.shape == .lower, tokens[index].shape == .lower, !hasComma, ends(),
            after == nil || after?.kind != .word
        {
            return next
        }
        return index
    }

    private func generationBehind(_ index: Int, _ text: ScalarText) -> Int {
        var next = index + 1
        let tokens = text.tokens
        if next < tokens.count, tokens[next].isMark("."), !tokens[next].spaced { next += 1 }
        if next < tokens.count, tokens[next].isMark(",") { next += 1 }
        guard next < tokens.count, tokens[next].breaks == 0, tokens[next].kind == .word,
            Self.generations.contains(tokens[next].hash)
        else { return index }
        // A roman number is written in capitals; a surname before `II` stands alone.
        return next
    }

    private static let generations = RuleScanner.words("jr sr ii iii")

    // MARK: Spelling

    /// A disease that is called as the person is: `Barrett's esophagus`.
    private func isDisease(_ index: Int, _ text: ScalarText) -> Bool {
        let tokens = text.tokens
        if index > 0, tokens[index].breaks == 0, tokens[index - 1].kind == .word || tokens[index - 1].isMark("."),
            tokens[max(0, tokens[index - 1].isMark(".") ? index - 2 : index - 1)].flags.has([.title, .givenName])
        {
            return false
        }
        var next = index + 1
        guard next < tokens.count else { return false }
        if tokens[next].hash == 0x27 {
            next += 1
            if next < tokens.count, tokens[next].hash == AmbiguousNames.genitive { next += 1 }
        }
        return next < tokens.count && tokens[next].kind == .word && tokens[next].breaks == 0
            && Self.diseases.contains(tokens[next].hash)
    }

    private static let diseases = RuleScanner.words(
        """
        disease syndrome palsy esophagus oesophagus lymphoma thyroiditis tumor tumour chorea tetralogy anomaly sarcoma
        contracture neuroma encephalopathy paralysis dementia ataxia dystrophy anemia catheter reflex criteria
        """)

    /// One letter more, less or other, in a word of five letters or more that is in no list.
    private func isMisspelled(_ token: Token, _ text: ScalarText) -> Bool {
        guard token.count >= 5, token.flags.isEmpty, !spellings.isEmpty else { return false }
        let word = text.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
        guard word.count >= 5 else { return false }
        if !token.isCapitalised, word.count < 6 || Lexicon.looksOrdinary(word[...]) { return false }
        for part in spellings where abs(part.count - word.count) <= 2 {
            if token.isCapitalised {
                let allowed = min(part.count, word.count) >= 9 ? 2 : 1
                if Self.isWithin(allowed, word, part) { return true }
            } else if part.count >= 6, part[0] == word[0], Self.isWithin(1, word, part) {
                return true
            }
            if part.count >= 5, word.count >= 5, Self.outline(word) == Self.outline(part) { return true }
        }
        return false
    }

    /// Beside another part of the name also two letters off, and as another name: `Clarke` for `Clark`.
    private func isMisspelledNeighbour(_ token: Token, _ text: ScalarText) -> Bool {
        guard token.count >= 4, !spellings.isEmpty, !token.flags.has(.ordinary) || token.flags.has(.anyName),
            !token.flags.has(.function)
        else { return false }
        let word = text.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
        return spellings.contains { part in
            abs(part.count - word.count) <= 2
                && Self.isWithin(min(part.count, word.count) >= 6 && token.flags.isEmpty ? 2 : 1, word, part)
        }
    }

    /// What stays of a word when letters that scanners take for each other are made one: `rn` and `m`, `vv` and `w`.
    private static func outline(_ word: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        for letter in word {
            switch (result.last, letter) {
            case (0x72, 0x6e): result[result.count - 1] = 0x6d
            case (0x76, 0x76): result[result.count - 1] = 0x77
            case (0x63, 0x6c): result[result.count - 1] = 0x64
            default: result.append(letter)
            }
        }
        return result
    }

    /// Whether so many letters added, dropped, replaced or exchanged with their neighbour make one word the other.
    static func isWithin(_ limit: Int, _ left: [UInt32], _ right: [UInt32]) -> Bool {
        guard abs(left.count - right.count) <= limit, left.count <= 40, right.count <= 40 else { return false }
        var older: [Int] = []
        var row = Array(0...right.count)
        for i in left.indices {
            var next = [i + 1]
            next.reserveCapacity(right.count + 1)
            var least = i + 1
            for j in right.indices {
                var cost = min(row[j + 1] + 1, next[j] + 1, row[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, older[j - 1] + 1) }
                next.append(cost)
                least = min(least, cost)
            }
            if least > limit { return false }
            older = row
            row = next
        }
        return row[right.count] <= limit
    }

    // MARK: Initials

    /// `M.G.`, `M. G.` and `M.L.G.`, but not the abbreviations of medicine.
    private func initials(at index: Int, _ text: ScalarText, _ found: inout [Candidate]) {
        let tokens = text.tokens
        guard tokens[index].shape == .initial, index + 3 < tokens.count, tokens[index + 1].isMark(".") else { return }
        if index > 0, tokens[index - 1].isMark(".") || tokens[index - 1].kind != .mark, !tokens[index].spaced { return }
        var letters = [text.folded[tokens[index].start]]
        var last = index
        while last + 3 < tokens.count, tokens[last + 1].isMark("."), tokens[last + 2].shape == .initial,
            tokens[last + 3].isMark("."), tokens[last + 2].breaks == 0, letters.count < 4
        {
            last += 2
            letters.append(text.folded[tokens[last].start])
        }
        guard letters.count >= 2, let first = letters.first, let final = letters.last,
            initials.contains(where: { $0.0 == first && $0.1 == final }), !Self.abbreviations.contains(letters)
        else { return }
        found.append(
            Candidate(
                start: tokens[index].start, end: tokens[last].end, label: .name, score: 0.8, known: true,
                rule: .knownName))
    }

    private static let abbreviations: Set<[UInt32]> = Set(
        [
            "iv", "po", "im", "pr", "md", "rn", "do", "am", "pm", "us", "ed", "or", "er", "pt", "ot", "bm", "hr", "bp",
            "pa", "ra", "la", "aka", "qid", "bid", "tid", "prn", "npo", "usa", "dob",
        ]
        .map { $0.unicodeScalars.map(\.value) })
}
