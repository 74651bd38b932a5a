/// A number in a report, with the unit behind it.
struct NumberMention: Sendable, Equatable {
    /// What a unit measures. Numbers of different dimensions are never the same, whatever their digits.
    enum Dimension: Sendable { case length, mass, volume, share }

    /// As written: 1.2 in “1.2 cm”.
    var value: Double
    var dimension: Dimension?
    /// In meters, grams, liters or parts of one; `value` without a unit.
    var inBaseUnits: Double
    /// A name such as “L4” or “T2”, in capital letters; its digits are no quantity.
    var name: String?

    private static let units: [String: (Dimension, Double)] = [
        "mm": (.length, 1e-3), "cm": (.length, 1e-2), "m": (.length, 1),
        "mcg": (.mass, 1e-6), "ug": (.mass, 1e-6), "µg": (.mass, 1e-6), "μg": (.mass, 1e-6), "mg": (.mass, 1e-3),
        "g": (.mass, 1), "kg": (.mass, 1e3),
        "ml": (.volume, 1e-3), "cc": (.volume, 1e-3), "dl": (.volume, 1e-1), "l": (.volume, 1),
        "%": (.share, 1e-2), "percent": (.share, 1e-2),
    ]

    private static let words: [String: Double] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "once": 1, "twice": 2, "single": 1, "both": 2, "double": 2,
        "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
        "nueve": 9, "diez": 10,
    ]

    /// Whether this number, of a text, is the number `other` of its source: equal in the same dimension, where “12 mm” is
    /// “1.2 cm”, or equal as written where one of both has no unit.
    func isSupported(by other: NumberMention) -> Bool {
        guard name == other.name else { return false }
        if let dimension, let theirs = other.dimension {
            return dimension == theirs && Self.areEqual(inBaseUnits, other.inBaseUnits)
        }
        return Self.areEqual(value, other.value)
    }

    private static func areEqual(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    }

    /// Numbers in digits, in order; with `spelledOut` also “two”.
    static func all(in text: String, spelledOut: Bool = false) -> [NumberMention] {
        let scalars = Array(text.unicodeScalars)
        var mentions: [NumberMention] = []
        var index = 0
        while index < scalars.count {
            if isDigit(scalars[index]) {
                let (digits, end) = quantity(scalars, index)
                if let value = value(digits) {
                    let unit = unit(scalars, end)
                    mentions.append(
                        NumberMention(
                            value: value, dimension: unit?.dimension, inBaseUnits: value * (unit?.factor ?? 1)))
                }
                index = end
            } else if PythonText.isWordCharacter(scalars[index]) {
                var end = index
                while end < scalars.count, PythonText.isWordCharacter(scalars[end]) { end += 1 }
                let word = String(String.UnicodeScalarView(scalars[index..<end]))
                if scalars[index..<end].contains(where: isDigit) {
                    mentions.append(NumberMention(value: 0, inBaseUnits: 0, name: word.uppercased()))
                } else if spelledOut, let value = words[word.lowercased()] {
                    mentions.append(NumberMention(value: value, inBaseUnits: value))
                }
                index = end
            } else {
                index += 1
            }
        }
        return mentions
    }

    /// Digits with points and commas between digits, as in “1,200” and “0.5”.
    private static func quantity(_ scalars: [Unicode.Scalar], _ start: Int) -> (digits: String, end: Int) {
        var end = start
        while end < scalars.count {
            let isInside =
                end > start && end + 1 < scalars.count && (scalars[end] == "." || scalars[end] == ",")
                && isDigit(scalars[end + 1])
            guard isDigit(scalars[end]) || isInside else { break }
            end += 1
        }
        return (String(String.UnicodeScalarView(scalars[start..<end])), end)
    }

    /// “1,200” is twelve hundred, “1,5” one and a half; of several points, as in a date, all are separators.
    private static func value(_ digits: String) -> Double? {
        let commas = digits.split(separator: ",", omittingEmptySubsequences: false)
        if commas.count > 1, commas.dropFirst().allSatisfy({ $0.prefix { $0 != "." }.count == 3 }) {
            return value(commas.joined())
        }
        let plain = digits.replacing(",", with: ".")
        if let value = Double(plain) { return value }
        return Double(plain.replacing(".", with: ""))
    }

    private static func unit(_ scalars: [Unicode.Scalar], _ start: Int) -> (dimension: Dimension, factor: Double)? {
        var index = start
        if index < scalars.count, scalars[index] == " " || scalars[index] == "-" { index += 1 }
        guard index < scalars.count else { return nil }
        if scalars[index] == "%" { return units["%"] }
        var end = index
        while end < scalars.count, scalars[end].properties.isAlphabetic { end += 1 }
        return units[String(String.UnicodeScalarView(scalars[index..<end])).lowercased()]
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
}
