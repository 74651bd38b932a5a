/// The known identifiers of one record, compiled for the search in its texts.
struct KnownMatcher: Sendable {
    struct NamePart: Sendable {
        /// Also an ordinary word, or very short: needs a capital or a context.
        var isAmbiguous: Bool
        var folded: [UInt32]
    }

    struct CalendarDate: Sendable, Hashable {
        var year: Int
        var month: Int
        var day: Int
    }

    private(set) var names: [UInt64: NamePart] = [:]
    /// Which part of which person a word is, with nicknames and genitives.
    private(set) var persons: [UInt64: [(person: Int, index: Int)]] = [:]
    /// Of each person, the first letters of the parts, folded.
    private(set) var firstLetters: [[UInt32]] = []
    /// First letters of given name and surname, folded.
    private(set) var initials: [(UInt32, UInt32)] = []
    /// Letters and digits alone; separators in the text are ignored.
    private(set) var compact = CompactIndex()
    private(set) var places = KnownPlaces()
    private(set) var tails = KnownTails()
    /// Names of five letters or more that are no ordinary words: what a misspelled word is compared with.
    private(set) var spellings: [[UInt32]] = []
    private(set) var dates: Set<CalendarDate> = []

    init(_ known: [KnownIdentifier]) {
        var singles: [[UInt32]] = []
        for identifier in known {
            let value = ScalarText(identifier.value)
            guard value.count > 0, value.count <= 1024 else { continue }
            switch identifier.label {
            case .name:
                addName(value)
                let parts = Self.nameParts(of: value)
                if parts.count > 1 { addPerson(parts) } else { singles += parts }
            case .date: addDate(value)
            case .location: places.add(value)
            case .ageOver89: continue
            case .phone, .fax: addPhone(value, identifier.label)
            case .email:
                for (dot, at) in [("", ""), ("dot", "at"), ("", "at"), ("dot", "")] {
                    addCompact(spelled(value, dot: dot, at: at), .email)
                }
                if let at = value.folded.firstIndex(of: 0x40) {
                    let local = alphanumerics(value.folded[..<at], value)
                    if local.count >= 6 { addCompact(local, .email) }
                }
            default: addNumber(value, identifier.label)
            }
        }
        // A record that lists given name and surname apart.
        if singles.count > 1 { addPerson(singles) }
    }

    /// `grace dot long at example dot org`
    private func spelled(_ value: ScalarText, dot: String, at: String) -> [UInt32] {
        value.folded.indices.flatMap { index -> [UInt32] in
            switch value.folded[index] {
            case 0x2e: dot.unicodeScalars.map(\.value)
            case 0x40: at.unicodeScalars.map(\.value)
            default: value.kinds[index].isAlphanumeric && value.folded[index] != 0 ? [value.folded[index]] : []
            }
        }
    }

    /// The words of a name without titles, degrees, initials and particles; with the particles if nothing else is left.
    static func nameParts(of value: ScalarText) -> [[UInt32]] {
        func letters(_ token: Token) -> [UInt32] {
            value.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
        }
        let words = value.tokens.enumerated().filter { index, token in
            guard token.kind == .word, token.count > 1 else { return false }
            let isTitle = token.flags.has([.title, .credential]) && !token.flags.has(.anyName) && token.count <= 5
            return !(isTitle && (index > 0 || token.flags.has(.title)))
        }.map(\.element)
        let names = words.filter { !$0.flags.has(.particle) || $0.flags.has(.surname) }
        return (names.count > 1 ? names : words).map(letters)
    }

    private mutating func addPerson(_ parts: [[UInt32]]) {
        guard parts.count <= 16 else { return }
        let person = firstLetters.count
        firstLetters.append(parts.compactMap(\.first))
        for (index, part) in parts.enumerated() {
            var hashes = Set(Self.inflected(part).map(Self.hash))
            hashes.formUnion(Lexicon.nicknames(of: Self.hash(part)))
            for hash in hashes { persons[hash, default: []].append((person, index)) }
        }
        // Written as one word: `gracelong`, `LongGrace`.
        for left in parts.indices {
            for right in parts.indices where left != right {
                let joined = parts[left] + parts[right]
                guard joined.count >= 6, !Lexicon.shared.flags(of: Self.hash(joined)).has(.ordinary) else { continue }
                addCompact(joined, .name)
            }
        }
    }

    static func hash(_ folded: [UInt32]) -> UInt64 {
        folded.reduce(into: WordHash.seed) { WordHash.add($1, to: &$0) }
    }

    /// A name, its genitive without an apostrophe, and its plural.
    static func inflected(_ part: [UInt32]) -> [[UInt32]] {
        guard part.count >= 3, let last = part.last else { return [part] }
        let isSibilant = [0x73, 0x78, 0x7a, 0x68].contains(last)
        return [part, part + [0x73]] + (isSibilant ? [part + [0x65, 0x73]] : [])
    }

    private func alphanumerics(_ slice: ArraySlice<UInt32>, _ text: ScalarText) -> [UInt32] {
        slice.indices.filter { text.kinds[$0].isAlphanumeric && text.folded[$0] != 0 }.map { text.folded[$0] }
    }

    private mutating func addCompact(_ value: [UInt32], _ label: IdentifierLabel) { compact.add(value, label) }

    /// `Garcia^Maria^L`, `Garcia, Maria L.`, `Maria L. Garcia, MD`, with hyphens and particles.
    private mutating func addName(_ value: ScalarText) {
        var parts: [Token] = []
        var firstIsSurname = false
        for (index, token) in value.tokens.enumerated() {
            if token.isMark("^") || token.isMark(",") {
                firstIsSurname = firstIsSurname || index > 0 && parts.count <= 3
            }
            guard token.kind == .word else { continue }
            if token.flags.has([.title, .credential]), !token.flags.has(.anyName), token.count <= 5,
                index > 0 || token.flags.has(.title)
            {
                continue
            }
            if token.flags.has(.particle), !token.flags.has(.surname), value.tokens.count > 1 { continue }
            parts.append(token)
        }
        // `Van-der-Berg`: the particles between hyphens too, which are no names by themselves.
        var joined: [UInt32] = []
        for (index, token) in value.tokens.enumerated() {
            if token.kind == .word, !token.spaced || joined.isEmpty {
                joined += value.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
            }
            let continues =
                index + 1 < value.tokens.count && !value.tokens[index + 1].spaced
                && (value.tokens[index + 1].isMark("-") || token.isMark("-"))
            if !continues {
                if joined.count >= 6, index >= 2, value.tokens[index - 1].isMark("-") { addCompact(joined, .name) }
                joined = []
            }
        }
        addParticles(value)
        let whole = parts.filter { $0.count > 1 }
        for token in whole {
            let folded = value.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
            let isAmbiguous = token.flags.has(.ordinary) || token.flags.has(.city) && token.count < 5 || token.count < 3
            names[token.hash] = NamePart(isAmbiguous: isAmbiguous, folded: folded)
            for form in Self.inflected(folded).dropFirst() where names[Self.hash(form)] == nil {
                let isWord = Lexicon.shared.flags(of: Self.hash(form)).has(.ordinary)
                names[Self.hash(form)] = NamePart(isAmbiguous: isAmbiguous || isWord, folded: [])
            }
            // Also with a separator inside or a digit for a letter.
            if !isAmbiguous, folded.count >= 5 {
                addCompact(folded, .name)
                spellings.append(folded)
            }
            for nickname in Lexicon.nicknames(of: token.hash) where names[nickname] == nil {
                let flags = Lexicon.shared.flags(of: nickname)
                names[nickname] = NamePart(isAmbiguous: flags.has(.ordinary), folded: [])
            }
        }
        if let first = whole.first, let last = whole.last, whole.count >= 2 {
            let a = value.folded[first.start]
            let b = value.folded[last.start]
            initials.append(firstIsSurname ? (b, a) : (a, b))
            if firstIsSurname, whole.count > 1 { initials.append((value.folded[whole[1].start], a)) }
        }
    }

    /// `van der Berg` is also written `vanderberg`.
    private mutating func addParticles(_ value: ScalarText) {
        var joined: [UInt32] = []
        for token in value.tokens {
            guard token.kind == .word else {
                if !token.isMark("-") { joined = [] }
                continue
            }
            joined += value.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
            if token.flags.has(.particle), !token.flags.has(.surname) || joined.count <= 3 { continue }
            let isWord = Lexicon.shared.flags(of: Self.hash(joined)).has(.ordinary)
            if joined.count > token.count, joined.count >= 5, !isWord { addCompact(joined, .name) }
            joined = []
        }
    }

    private mutating func addDate(_ value: ScalarText) {
        for index in value.tokens.indices {
            guard let date = DateParser(text: value).date(at: index), let year = date.fullYear, let month = date.month,
                let day = date.day
            else { continue }
            dates.insert(CalendarDate(year: year, month: month, day: day))
            addCompactDate(year, month, day)
            if date.isAmbiguous, date.score > 0.9, value.tokens[index].count <= 2 {
                dates.insert(CalendarDate(year: year, month: day, day: month))
            }
            return
        }
    }

    /// In digits alone, for separators and misread digits of every kind.
    private mutating func addCompactDate(_ year: Int, _ month: Int, _ day: Int) {
        func digits(_ number: Int, _ count: Int) -> [UInt32] {
            let plain = String(number).unicodeScalars.map(\.value)
            return [UInt32](repeating: 0x30, count: max(0, count - plain.count)) + plain
        }
        for width in [2, 1] {
            let (year, month, day) = (digits(year, 4), digits(month, width), digits(day, width))
            for form in [month + day + year, day + month + year, year + month + day] where form.count >= 7 {
                addCompact(form, .date)
            }
        }
    }

    private mutating func addPhone(_ value: ScalarText, _ label: IdentifierLabel) {
        let digits = Self.phoneDigits(of: value)
        guard digits.count >= 7 else { return }
        addCompact(digits, label)
        tails.addNumber(Array(digits.prefix(11)), label)
        let all = value.folded.indices.filter { value.kinds[$0] == .digit }.map { value.folded[$0] }
        tails.addExtension(Array(all.dropFirst(digits.count)))
        if digits.count == 11, digits.first == 0x31 { addCompact(Array(digits.dropFirst()), label) }
        if digits.count >= 10 {
            addCompact([0x31] + digits.suffix(10), label)
            addCompact(Array(digits.suffix(7)), label)
        }
    }

    /// Without an extension, which stands behind a letter.
    static func phoneDigits(of value: ScalarText) -> [UInt32] {
        var digits: [UInt32] = []
        for index in value.folded.indices {
            if value.kinds[index] == .digit { digits.append(value.folded[index]) }
            if digits.count >= 7, value.kinds[index].isLetter, value.folded[index] != 0 { break }
        }
        return digits
    }

    private mutating func addNumber(_ value: ScalarText, _ label: IdentifierLabel) {
        let characters = alphanumerics(value.folded[...], value)
        guard characters.contains(where: { (0x30...0x39).contains($0) }) || characters.count >= 6 else { return }
        addCompact(characters, label)
        let digits = characters.filter { (0x30...0x39).contains($0) }
        if digits.count >= 6 { addCompact(digits, label) }
        tails.addNumber(digits, label)
        for form in [characters, digits] {
            let significant = Array(form.drop { $0 == 0x30 })
            if significant.count >= 5 { addCompact(significant, label) }
        }
    }
}
