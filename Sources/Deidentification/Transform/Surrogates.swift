/// Invented values in place of identifiers. They depend on the clinic's key, the patient and the value alone, so the
/// same
/// person keeps the same invented name in every report, and no list of pairs has to be stored.
struct Surrogates {
    let keyed: KeyedHash
    let scope: String

    func surrogate(for value: String, label: IdentifierLabel) -> String {
        switch label {
        case .name: return name(value)
        case .location: return place(value)
        case .email: return "user\(draw("email", value) % 100_000)@example.org"
        case .url: return "https://example.org/\(draw("url", value) % 100_000)"
        case .ipAddress: return "192.0.2.\(draw("ip", value) % 254 + 1)"
        case .biometric: return "[BIOMETRIC]"
        case .phone, .fax: return telephone(value)
        default: return identifier(value, label)
        }
    }

    private func draw(_ kind: String, _ value: String) -> UInt64 {
        keyed.bytes("surrogate", scope, kind, value).leadingNumber
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
        let folded = String(
            String.UnicodeScalarView(
                text.folded[token.start..<token.end].compactMap { $0 == 0 ? nil : Unicode.Scalar($0) }))
        if token.shape == .initial { return pick(Self.letters, "initial", folded) }
        let list: [String]
        if token.flags.has(.feminineName) {
            list = Self.feminine
        } else if token.flags.has(.masculineName) {
            list = Self.masculine
        } else {
            list = Self.family
        }
        let chosen = pick(list, "name", folded)
        switch token.shape {
        case .upper: return chosen.uppercased()
        case .lower: return chosen.lowercased()
        default: return chosen
        }
    }

    /// An element of the list other than the value itself.
    private func pick(_ list: [String], _ kind: String, _ value: String) -> String {
        let index = Int(draw(kind, value) % UInt64(list.count))
        return list[index].lowercased() == value ? list[(index + 1) % list.count] : list[index]
    }

    // MARK: Places and numbers

    private func place(_ value: String) -> String {
        let text = ScalarText(value)
        let key = value.lowercased()
        if text.tokens.first?.kind == .number {
            return "\(draw("house", key) % 900 + 100) \(pick(Self.family, "street", key)) Street"
        }
        if text.tokens.contains(where: { $0.flags.has(.facility) }) {
            return "\(pick(Self.towns, "facility", key)) Medical Center"
        }
        return pick(Self.towns, "town", key)
    }

    /// Digits are changed, the form stays. Ten digits become a number of the 555-01xx range, which no one has.
    private func telephone(_ value: String) -> String {
        let text = ScalarText(value)
        let count = text.kinds.filter { $0 == .digit }.count
        var digits = digits(value, count: count)
        let fiction: [UInt8] = [5, 5, 5, 0, 1]
        if count >= 10 { for (index, digit) in fiction.enumerated() { digits[count - 7 + index] = digit } }
        return filled(text, digits: digits, letters: nil)
    }

    private func identifier(_ value: String, _ label: IdentifierLabel) -> String {
        let text = ScalarText(value)
        var digits = digits(value, count: text.count)
        // No Social Security number begins with 000.
        if label == .socialSecurityNumber {
            digits.replaceSubrange(0..<min(3, digits.count), with: repeatElement(0, count: min(3, digits.count)))
        }
        return filled(text, digits: digits, letters: keyed.bytes("letters", scope, value))
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
        for index in 0..<text.count {
            guard let scalar = Unicode.Scalar(text.scalars[index]) else { continue }
            if text.kinds[index] == .digit, next < digits.count {
                output.append(Unicode.Scalar(48 + digits[next]))
                next += 1
            } else if let letters, text.kinds[index] == .upper || text.kinds[index] == .lower {
                let base: UInt8 = text.kinds[index] == .upper ? 65 : 97
                output.append(Unicode.Scalar(base + letters[index % letters.count] % 26))
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }

    private static let letters = "ABCDEFGHJKLMNPRSTW".map(String.init)
    private static let feminine = [
        "Alda", "Brenna", "Calla", "Delphine", "Elowen", "Fenella", "Ginevra", "Hester", "Isolde", "Junia", "Kerensa",
        "Linnea",
        "Maren", "Nerys", "Odile", "Philippa", "Rowena", "Sunniva", "Tamsin", "Ulrika", "Verena", "Winona", "Ysolde",
        "Zinnia",
    ]
    private static let masculine = [
        "Alaric", "Bastian", "Caspian", "Dorian", "Evander", "Florian", "Gawain", "Hollis", "Ivor", "Jasper", "Kelvin",
        "Leander",
        "Magnus", "Niall", "Orson", "Phineas", "Quillan", "Rufford", "Silas", "Tobias", "Ulric", "Valentin", "Wystan",
        "Zeno",
    ]
    private static let family = [
        "Ashcombe", "Birchall", "Coldwell", "Dunmere", "Elmswood", "Farrowby", "Greystoke", "Hawthorne", "Inglewood",
        "Jessamine",
        "Kingsmere", "Larkfield", "Marlowe", "Netherby", "Oakhurst", "Pemberly", "Quarrington", "Ravenscroft",
        "Silverton",
        "Thistledown", "Underhill", "Vexley", "Wainwright", "Yarborough",
    ]
    private static let towns = [
        "Alderbrook", "Brightwater", "Cedarholm", "Dunhaven", "Eastmere", "Foxhollow", "Glenrowan", "Highmoor",
        "Ironbridge",
        "Kestrelton", "Lindenfield", "Millbrook", "Northwold", "Oakvale", "Pinecrest", "Redcliffe", "Stonebury",
        "Thornwick",
        "Westbourne", "Wrenfield",
    ]
}
