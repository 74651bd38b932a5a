/// What the splitters need to know of a character.
enum CharacterClass: UInt8, Sendable {
    /// Symbols, marks, control characters and all the rest.
    case other
    /// `\p{L}`
    case letter
    /// `\p{N}`
    case number
    /// White space but the two below.
    case space
    /// Carriage return or line feed.
    case lineBreak
    /// `\p{P}`, and the ASCII symbols that BERT counts as punctuation.
    case punctuation

    var isSpace: Bool { self == .space || self == .lineBreak }
    /// `[^\s\p{L}\p{N}]`
    var isSymbol: Bool { self == .other || self == .punctuation }

    static func of(_ scalar: Unicode.Scalar) -> CharacterClass {
        scalar.value < 0x10000 ? basicPlane[Int(scalar.value)] : classify(scalar)
    }

    /// The whole basic plane once, because the standard library's lookup takes tens of nanoseconds.
    private static let basicPlane: [CharacterClass] = (UInt32(0)..<0x10000).map { value in
        Unicode.Scalar(value).map(classify) ?? .other
    }

    private static func classify(_ scalar: Unicode.Scalar) -> CharacterClass {
        if scalar == "\n" || scalar == "\r" { return .lineBreak }
        if scalar.properties.isWhitespace { return .space }
        if isASCIIPunctuation(scalar) { return .punctuation }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
        case .decimalNumber, .letterNumber, .otherNumber: return .number
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return .punctuation
        default: return .other
        }
    }

    private static func isASCIIPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 33...47, 58...64, 91...96, 123...126: true
        default: false
        }
    }
}
