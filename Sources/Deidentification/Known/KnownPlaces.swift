/// The addresses of a record, in the forms in which a note writes them: streets by number and name with any street
/// word, by name with a street word, dwellings by their word and number, ZIP codes, cities.
struct KnownPlaces: Sendable {
    /// A sequence that identifies by itself.
    private struct Pattern {
        var items: [UInt64]
        /// An ordinary word that needs a capital.
        var isAmbiguous = false
        /// A street word has to follow.
        var needsStreet = false
    }

    private var patterns: [UInt64: [Pattern]] = [:]
    private var zips: Set<UInt64> = []

    var isEmpty: Bool { patterns.isEmpty && zips.isEmpty }

    /// One key for a word in every abbreviation, and one for a number whatever its leading zeros.
    private static func key(_ token: Token, _ text: ScalarText) -> UInt64? {
        switch token.kind {
        case .mark: nil
        case .number:
            text.folded[token.start..<token.end].drop { $0 == 0x30 }.reduce(into: WordHash.seed ^ 1) {
                WordHash.add($1, to: &$0)
            }
        case .word: canonical[token.hash] ?? token.hash
        }
    }

    /// What may stand between the parts of an address without being one: compass points, `th`, `No.`
    private static let skipped = RuleScanner.words("n s e w ne nw se sw north south east west st nd rd th no")

    private static let canonical: [UInt64: UInt64] = {
        var table: [UInt64: UInt64] = [:]
        for line in """
        street st str|avenue ave av|road rd|lane ln la|drive dr drv|court ct|circle cir|place pl|terrace ter terr|
        boulevard blvd bld|parkway pkwy pky|highway hwy|square sq|trail trl|turnpike tpke|route rte rt|
        apartment apt ap|suite ste|unit un|building bldg|floor fl|room rm|lot lt|space sp spc|north n|south s|east e|
        west w|mount mt|fort ft|saint st|first 1st|heights hts|springs spgs|crossing xing|center ctr centre|
        mountain mtn|junction jct|point pt|ridge rdg|creek crk|valley vly|hollow holw|village vlg|county co|box bx
        """.split(whereSeparator: { $0 == "|" }) {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { WordHash.of($0) }
            guard let first = words.first else { continue }
            for word in words where table[word] == nil { table[word] = first }
        }
        return table
    }()

    mutating func add(_ value: ScalarText) {
        var component: [Token] = []
        for token in value.tokens {
            if token.isMark("^") || token.isMark(",") || token.isMark(";") || token.breaks > 0 {
                addComponent(component, value)
                component = []
            }
            if token.kind != .mark { component.append(token) }
        }
        addComponent(component, value)
    }

    private mutating func addComponent(_ tokens: [Token], _ value: ScalarText) {
        var tokens = tokens
        func isZip(_ token: Token?) -> Bool { token?.kind == .number && token?.count == 5 }
        if tokens.count > 1, let last = tokens.last, last.count == 4, isZip(tokens[tokens.count - 2]) {
            tokens.removeLast()
        }
        if let last = tokens.last, isZip(last), let zip = Self.key(last, value) {
            zips.insert(zip)
            tokens.removeLast()
        }
        while let last = tokens.last, last.flags.has([.stateCode, .country]), tokens.count > 1, last.kind == .word,
            last.shape == .upper
        {
            tokens.removeLast()
        }
        // `Apt 12`, `#4`: a part of its own.
        if let dwelling = tokens.indices.last(where: { tokens[$0].flags.has(.dwelling) && tokens[$0].kind == .word }),
            dwelling > 0, dwelling + 1 < tokens.count, tokens.count - dwelling <= 3
        {
            add(Array(tokens[dwelling...]), value)
            tokens = Array(tokens[..<dwelling])
        }
        add(tokens, value)
    }

    private mutating func add(_ tokens: [Token], _ value: ScalarText) {
        let parts = tokens.filter { $0.kind != .mark && !Self.isSkipped($0) }
        let words = parts.filter { $0.kind == .word && $0.count > 1 }
        guard let first = parts.first, parts.count <= 12 else { return }
        let keys = parts.compactMap { Self.key($0, value) }
        if words.isEmpty {
            if parts.count == 1, first.count >= 5 { insert(Pattern(items: keys)) }
            return
        }
        if parts.count == 1 {
            guard !(first.flags.has([.state, .stateCode, .country]) || first.count < 3) else { return }
            insert(Pattern(items: keys, isAmbiguous: first.flags.has([.common, .function, .month, .medical])))
            return
        }
        if first.kind == .number {
            // The street word may be abbreviated or missing in the text: number and name are enough.
            insert(Pattern(items: Array(keys.prefix(2))))
            let isStreet = parts.last?.flags.has(.street) ?? false
            if isStreet, parts.count > 2 {
                insert(Pattern(items: Array(keys[1..<(keys.count - 1)]), needsStreet: true))
            }
        } else {
            insert(Pattern(items: keys))
        }
    }

    private static func isSkipped(_ token: Token) -> Bool { token.kind == .word && skipped.contains(token.hash) }

    private mutating func insert(_ pattern: Pattern) {
        guard let first = pattern.items.first else { return }
        patterns[first, default: []].append(pattern)
    }

    func search(_ text: ScalarText, _ found: inout [Candidate]) {
        guard !isEmpty else { return }
        for index in text.tokens.indices where text.tokens[index].kind != .mark {
            guard let key = Self.key(text.tokens[index], text) else { continue }
            if text.tokens[index].count == 5, zips.contains(key) {
                add(index, zipEnd(index, text), text, &found)
            }
            guard let candidates = patterns[key] else { continue }
            let ends = candidates.compactMap { end(of: $0, at: index, text) }
            if let end = ends.max() { add(index, end, text, &found) }
        }
    }

    private func add(_ start: Int, _ end: Int, _ text: ScalarText, _ found: inout [Candidate]) {
        found.append(
            Candidate(
                start: text.tokens[start].start, end: text.tokens[end - 1].end, label: .location, score: 0.99,
                known: true, rule: .knownPlace))
    }

    /// `43001-1234`
    private func zipEnd(_ index: Int, _ text: ScalarText) -> Int {
        guard index + 2 < text.tokens.count, text.tokens[index + 1].isMark("-"), text.tokens[index + 2].kind == .number,
            text.tokens[index + 2].count == 4, !text.tokens[index + 2].spaced
        else { return index + 1 }
        return index + 3
    }

    private func end(of pattern: Pattern, at index: Int, _ text: ScalarText) -> Int? {
        let first = text.tokens[index]
        if pattern.isAmbiguous, !first.isCapitalised { return nil }
        if index > 0, !first.spaced, text.tokens[index - 1].kind != .mark { return nil }
        var next = index + 1
        for item in pattern.items.dropFirst() {
            guard let place = self.next(next, text), Self.key(text.tokens[place], text) == item else { return nil }
            next = place + 1
        }
        if let ordinal = behind(next, text), !text.tokens[ordinal].spaced, Self.isSkipped(text.tokens[ordinal]) {
            next = ordinal + 1
        }
        if pattern.items.count == 1 && !pattern.needsStreet { return next }
        let behind = streetEnd(next, text)
        if pattern.needsStreet {
            guard behind > next, first.kind == .number || first.isCapitalised || first.flags.isEmpty else { return nil }
        }
        return behind
    }

    private func behind(_ index: Int, _ text: ScalarText) -> Int? {
        index < text.tokens.count && text.tokens[index].kind == .word ? index : nil
    }

    /// The next token of an address: over marks, compass points and one line break.
    private func next(_ index: Int, _ text: ScalarText) -> Int? {
        var next = index
        var breaks = 0
        while next < text.tokens.count, next - index < 5 {
            let token = text.tokens[next]
            breaks += token.breaks
            guard breaks <= 1 else { return nil }
            if token.hash == 1, token.kind == .mark { return nil }
            if token.kind != .mark, !Self.isSkipped(token) { return next }
            next += 1
        }
        return nil
    }

    /// Behind the street word of an address and its dwelling, if they follow: ` Old Depot St, Apt 4B`.
    private func streetEnd(_ index: Int, _ text: ScalarText) -> Int {
        var end = index
        var next = index
        // One more word of the name at most.
        for _ in 0..<3 {
            guard next < text.tokens.count, text.tokens[next].kind == .word, text.tokens[next].breaks <= 1 else {
                break
            }
            let token = text.tokens[next]
            if token.flags.has(.street) || Self.isSkipped(token) && token.count > 1 {
                end = next + 1
                if end < text.tokens.count, text.tokens[end].isMark("."), !text.tokens[end].spaced { end += 1 }
                break
            }
            guard token.isCapitalised || token.flags.isEmpty, token.breaks == 0 else { break }
            next += 1
        }
        return dwellingEnd(end, text)
    }

    private func dwellingEnd(_ index: Int, _ text: ScalarText) -> Int {
        var next = index
        if next < text.tokens.count, text.tokens[next].isMark(",") { next += 1 }
        guard next < text.tokens.count, text.tokens[next].breaks <= 1 else { return index }
        let isNumber = text.tokens[next].isMark("#")
        guard isNumber || text.tokens[next].kind == .word && text.tokens[next].flags.has(.dwelling) else {
            return index
        }
        next += 1
        if next < text.tokens.count, text.tokens[next].isMark("#") || text.tokens[next].isMark(".") { next += 1 }
        guard next < text.tokens.count, text.tokens[next].breaks == 0,
            text.tokens[next].kind == .number || text.tokens[next].shape == .initial
        else { return index }
        next += 1
        if next < text.tokens.count, !text.tokens[next].spaced, text.tokens[next].shape == .initial { next += 1 }
        return next
    }
}
