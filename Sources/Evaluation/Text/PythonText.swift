/// Text as Python's `str` treats it, where a published score is defined by a Python program.
///
/// All of it works on Unicode scalars: Swift's characters join a letter and its accent, or a carriage return and a line feed,
/// which would give other tokens.
enum PythonText {
    /// `str.isspace`, and what `\s` matches in `re`.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// A word, equal to another one only if it has the same scalars. Swift's strings are equal if they look alike.
    struct Word: Hashable {
        let bytes: [UInt8]

        init(_ text: some StringProtocol) { bytes = Array(text.utf8) }
    }

    /// `str.split()`.
    static func words(_ text: String) -> [Word] {
        text.unicodeScalars.split(whereSeparator: isSpace).map { Word(String(String.UnicodeScalarView($0))) }
    }

    /// How many scalars of white space `text` ends with: what `str.rstrip` removes.
    static func trailingSpaces(_ text: String) -> Int { text.unicodeScalars.reversed().prefix(while: isSpace).count }

    /// `str.rstrip()`.
    static func withoutTrailingSpaces(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.dropLast(trailingSpaces(text))))
    }

    /// `str.strip()`.
    static func stripped(_ text: String) -> String {
        withoutTrailingSpaces(String(String.UnicodeScalarView(text.unicodeScalars.drop(while: isSpace))))
    }

    /// `str.lower`: the full mapping of every scalar, and a capital sigma that ends a word becomes ς.
    static func lowercased(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            if scalar.value < 0x80 {
                result.append(
                    scalar.value >= 0x41 && scalar.value <= 0x5A
                        ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
            } else if scalar.value == 0x3A3 {
                result.append(isFinal(index, scalars) ? "\u{3C2}" : "\u{3C3}")
            } else {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(result)
    }

    /// The condition Final_Sigma of the Unicode standard (table 3-17).
    private static func isFinal(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        func isCased(_ neighbors: some Sequence<Unicode.Scalar>) -> Bool {
            neighbors.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
        }
        return isCased(scalars[..<index].reversed()) && !isCased(scalars[(index + 1)...])
    }

    /// `\w` in `re`: letters, whatever has a numeric value, and the underscore.
    static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) || scalar == "_"
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return scalar.properties.numericType != nil
        }
    }

    /// `string.punctuation`.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
