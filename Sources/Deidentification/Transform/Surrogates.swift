/// Invented values in place of identifiers. They depend on the clinic's key, the patient and the value alone, so the
/// same person keeps the same invented name in every report, and no list of pairs has to be stored.
///
/// Names are replaced word by word: the family name alone, the given name alone and a nickname stay those of the same
/// person. Two different words can get the same invented one. A word that would come out as another one that is being
/// replaced in this very text gets the next of its list, here only: nothing that was taken out comes back.
struct Surrogates: Sendable {
    let keyed: KeyedHash
    let scope: String
    /// Of the text; it decides only where the value itself tells no language.
    let language: NoteLanguage
    /// The words that are replaced in this text.
    let replaced: Set<UInt64>

    /// - Returns: the tag where nothing can be invented that differs from the value.
    func surrogate(for value: String, label: IdentifierLabel) -> String {
        let surrogate = invented(value, label)
        return surrogate == value ? "[\(label.rawValue)]" : surrogate
    }

    private func invented(_ value: String, _ label: IdentifierLabel) -> String {
        switch label {
        case .name: return name(value)
        case .location: return place(value)
        case .email: return "user\(draw("email", Self.folded(value)) % 100_000)@example.org"
        case .url: return "https://example.org/\(draw("url", Self.folded(value)) % 100_000)"
        case .ipAddress: return "192.0.2.\(draw("ip", Self.folded(value)) % 254 + 1)"
        case .biometric: return "[BIOMETRIC]"
        case .phone, .fax: return telephone(value)
        default: return identifier(value, label)
        }
    }

    func draw(_ kind: String, _ value: String) -> UInt64 {
        keyed.bytes("surrogate", scope, kind, value).leadingNumber
    }

    /// Letters and digits alone, folded: the same value in another notation is the same value.
    static func folded(_ value: String) -> String {
        let text = ScalarText(value)
        return String(
            String.UnicodeScalarView(
                text.folded.indices.lazy.filter { text.kinds[$0].isAlphanumeric && text.folded[$0] != 0 }
                    .compactMap { Unicode.Scalar(text.folded[$0]) }))
    }

    // MARK: Names

    /// Word by word, with the same capitals and punctuation. `Garcia, Maria L.` and `Maria Garcia` stay one person.
    private func name(_ value: String) -> String {
        let text = ScalarText(value)
        var output = ""
        var position = 0
        for token in text.tokens where token.kind != .mark {
            output += text.string(position, token.start) + word(token, text)
            position = token.end
        }
        return output + text.string(position, text.count)
    }

    private func word(_ token: Token, _ text: ScalarText) -> String {
        if token.kind == .number { return filledDigits(text.string(token.start, token.end)) }
        let folded = text.folded[token.start..<token.end].filter { $0 != 0 && $0 != 0x27 }
        let key = String(String.UnicodeScalarView(folded.compactMap(Unicode.Scalar.init)))
        if token.count == 1 || token.shape == .initial {
            return cased(pick(Self.letters, "initial", key, length: 1), as: token.shape)
        }
        let (hash, english, spanish) = canonical(token.hash)
        // Particles stay: the name would not read as one without them.
        if token.shape == .lower, english.has(.particle) || spanish.has(.particle) {
            return text.string(token.start, token.end)
        }
        let pool = SurrogateNames.pool(english: english, spanish: spanish)
        // A nickname is drawn as the full name, and by the same length, so that both are one person.
        let length = (Lexicon.shared.length(of: hash) ?? Lexicon.spanish.length(of: hash)) ?? folded.count
        return cased(pick(pool, "name", "\(hash)", length: length), as: token.shape)
    }

    /// The full name that a nickname stands for, with its flags in both languages. Of several full names the first one
    /// is taken: the text alone doesn't tell which.
    private func canonical(_ hash: UInt64) -> (hash: UInt64, english: WordFlags, spanish: WordFlags) {
        var hash = hash
        for lexicon in [Lexicon.shared, Lexicon.spanish] {
            if let full = lexicon.fullName(of: hash) {
                hash = full
                break
            }
        }
        return (hash, Lexicon.shared.flags(of: hash), Lexicon.spanish.flags(of: hash))
    }

    private func cased(_ word: String, as shape: Token.Shape) -> String {
        switch shape {
        case .upper: word.uppercased()
        case .lower: word.lowercased()
        default: word
        }
    }

    /// An element of the list of nearly the same length, other than the value itself and than what else is replaced.
    private func pick(_ list: [String], _ kind: String, _ value: String, length: Int) -> String {
        let near = list.filter { abs($0.utf8.count - length) <= 2 }
        let list = near.count >= 8 ? near : list
        let start = Int(draw(kind, value) % UInt64(list.count))
        for step in list.indices {
            let word = list[(start + step) % list.count]
            if word.lowercased() != value, !replaced.contains(WordHash.of(word)) { return word }
        }
        return list[start]
    }

    private static let letters = "ABCDEFGHJKLMNPRSTW".map(String.init)

    // MARK: Places

    private func place(_ value: String) -> String {
        let text = ScalarText(value)
        let key = Self.folded(value)
        let words = text.tokens.filter { $0.kind == .word && $0.count > 2 }
        // `3B`, `Room 12`: a part of an address that names nothing.
        guard words.contains(where: { $0.isCapitalised && !$0.flags.has(.dwelling) || $0.count > 4 }) else {
            return filled(text, digits: digits(key, count: text.count), letters: keyed.bytes("letters", scope, key))
        }
        let isSpanish = isSpanish(words)
        let spanish = words.reduce(into: WordFlags()) { $0.formUnion(Lexicon.spanish.flags(of: $1.hash)) }
        let english = words.reduce(into: WordFlags()) { $0.formUnion($1.flags) }
        let towns = isSpanish ? SurrogateNames.spanishTowns : SurrogateNames.englishTowns
        if (isSpanish ? spanish : english).has(.facility) {
            let town = pick(towns, "facility", key, length: 8)
            return isSpanish ? "Hospital de \(town)" : "\(town) Medical Center"
        }
        let hasNumber = text.tokens.contains { $0.kind == .number }
        let isStreet = isSpanish ? spanish.has(.street) || hasNumber : text.tokens.first?.kind == .number
        guard isStreet else { return pick(towns, "town", key, length: text.count) }
        let house = draw("house", key) % 900 + 100
        let names = isSpanish ? SurrogateNames.spanishFamily : SurrogateNames.englishFamily
        let street = pick(names, "street", key, length: 8)
        return isSpanish ? "Calle \(street), \(house)" : "\(house) \(street) Street"
    }

    /// By the words that only one of the two languages has in its lists.
    private func isSpanish(_ words: [Token]) -> Bool {
        var balance = 0
        for word in words {
            let spanish = !Lexicon.spanish.flags(of: word.hash).isEmpty
            if spanish != !word.flags.isEmpty { balance += spanish ? 1 : -1 }
        }
        return balance == 0 ? language == .spanish : balance > 0
    }

    // MARK: Numbers

    /// Digits are changed, the form stays. Numbers of ten digits come from the range 555-01xx, which is kept free in
    /// North America; Spanish ones begin with 555, which is no area and no mobile network of Spain.
    private func telephone(_ value: String) -> String {
        let text = ScalarText(value)
        let given = text.folded.indices.filter { text.kinds[$0] == .digit }.map { UInt8(text.folded[$0] & 15) }
        guard !given.isEmpty else { return identifier(value, .phone) }
        var digits = digits(Self.folded(value), count: given.count)
        let code = given.starts(with: [0, 0, 3, 4]) ? 4 : given.starts(with: [3, 4]) ? 2 : 0
        if given.count == 9 || code > 0 && given.count == code + 9 {
            let code = given.count == 9 ? 0 : code
            digits.replaceSubrange(0..<code + 3, with: given[..<code] + [5, 5, 5])
        } else if given.count >= 10 {
            let fiction: [UInt8] = [5, 5, 5, 0, 1]
            digits.replaceSubrange(given.count - 7..<given.count - 2, with: fiction)
        }
        return filled(text, digits: changed(digits, from: given), letters: nil)
    }

    private func identifier(_ value: String, _ label: IdentifierLabel) -> String {
        let text = ScalarText(value)
        let key = Self.folded(value)
        let given = text.folded.indices.filter { text.kinds[$0] == .digit }.map { UInt8(text.folded[$0] & 15) }
        var digits = digits(key, count: given.count)
        // No Social Security number begins with 000.
        if label == .socialSecurityNumber, given.count == 9 {
            digits.replaceSubrange(0..<3, with: [0, 0, 0])
        }
        return filled(text, digits: changed(digits, from: given), letters: keyed.bytes("letters", scope, key))
    }

    private func filledDigits(_ value: String) -> String {
        let text = ScalarText(value)
        let given = text.folded.map { UInt8($0 & 15) }
        return filled(text, digits: changed(digits(Self.folded(value), count: given.count), from: given), letters: nil)
    }

    /// Never the number itself, which a short one could be by chance.
    private func changed(_ digits: [UInt8], from given: [UInt8]) -> [UInt8] {
        guard digits == given, let last = digits.last else { return digits }
        return digits.dropLast() + [(last + 1) % 10]
    }

    private func digits(_ value: String, count: Int) -> [UInt8] {
        var digits: [UInt8] = []
        var block = 0
        while digits.count < count {
            digits += keyed.bytes("digits", scope, value, String(block)).map { $0 % 10 }
            block += 1
        }
        return Array(digits.prefix(count))
    }

    private func filled(_ text: ScalarText, digits: [UInt8], letters: [UInt8]?) -> String {
        var output = String.UnicodeScalarView()
        var next = 0
        var letter = 0
        for index in 0..<text.count {
            guard let scalar = Unicode.Scalar(text.scalars[index]) else { continue }
            if text.kinds[index] == .digit {
                output.append(Unicode.Scalar(48 + (next < digits.count ? digits[next] : 0)))
                next += 1
            } else if let letters, text.kinds[index].isLetter {
                if text.kinds[index] == .ignorable { continue }
                let base: UInt8 = text.kinds[index] == .lower ? 97 : 65
                output.append(Unicode.Scalar(base + letters[letter % letters.count] % 26))
                letter += 1
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }
}
