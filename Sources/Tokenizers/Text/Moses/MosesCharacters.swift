/// The classes of characters that the rules of Moses speak of. They were fixed when Unicode was at version 7 to 9, for
/// the basic plane and without Han and Hangul, and BioGPT was trained with them as they are.
enum MosesCharacters {
    struct Kinds: OptionSet {
        let rawValue: UInt8
        static let letter = Kinds(rawValue: 1)
        static let letterOrDigit = Kinds(rawValue: 2)
        static let number = Kinds(rawValue: 4)
        static let lowercase = Kinds(rawValue: 8)
        static let space = Kinds(rawValue: 16)
    }

    static func kinds(_ scalar: Unicode.Scalar) -> Kinds {
        scalar.value < 0x80 ? ascii[Int(scalar.value)] : classify(scalar)
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool { kinds(scalar).contains(.space) }
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool { kinds(scalar).contains(.letter) }
    static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool { kinds(scalar).contains(.letterOrDigit) }
    static func isNumber(_ scalar: Unicode.Scalar) -> Bool { kinds(scalar).contains(.number) }

    /// The way back from words to text knows the letters without the Indic signs.
    static func isLetterInContraction(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) && (scalar.properties.isAlphabetic || scalar.value == 0x135f || scalar.value == 0x25cc)
    }

    private static let ascii: [Kinds] = (UInt8(0)..<128).map { classify(Unicode.Scalar($0)) }

    private static func classify(_ scalar: Unicode.Scalar) -> Kinds {
        let properties = scalar.properties
        var kinds: Kinds = []
        if properties.isWhitespace || (0x1c...0x1f).contains(scalar.value) { kinds.insert(.space) }
        let age = properties.age?.major ?? .max
        let isBasic = scalar.value < 0x10000
        let isDigit = properties.generalCategory == .decimalNumber
        let isLetter =
            (isBasic && age <= 7 && properties.isAlphabetic && !isLater(scalar.value)) || isExtra(scalar.value)
        if isLetter { kinds.insert(.letter) }
        if isLetter || (isDigit && isBasic && age <= 7) { kinds.insert(.letterOrDigit) }
        switch properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber:
            if isBasic, age <= 8, !isHan(scalar.value) { kinds.insert(.number) }
        default: break
        }
        let isGeorgian = (0x10d0...0x10ff).contains(scalar.value)
        if (age <= 9 && properties.isLowercase && !isGeorgian) || scalar.value == 0x295 || scalar.value == 0x25cc {
            kinds.insert(.lowercase)
        }
        return kinds
    }

    private static func isHan(_ value: UInt32) -> Bool {
        switch value {
        case 0x3005, 0x3007, 0x3021...0x3029, 0x3038...0x303b, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff: true
        default: false
        }
    }

    /// Han, Hangul, and marks that became alphabetic only after the classes were fixed.
    private static func isLater(_ value: UInt32) -> Bool {
        switch value {
        case 0x363...0x36f, 0xf82...0xf83, 0x1063...0x1064, 0x1069...0x106d, 0x1087...0x108d, 0x108f, 0x109a...0x109b,
            0x1c36, 0x1dd3...0x1de6, 0xa802, 0xa80b, 0xa9e5, 0xaa7b...0xaa7d, 0xac00...0xd7a3:
            true
        default: isHan(value)
        }
    }

    /// Signs of Indic scripts that join consonants (virama) or change them (nukta) count as letters, and two more.
    private static func isExtra(_ value: UInt32) -> Bool {
        switch value {
        case 0x93c, 0x94d, 0x9bc, 0x9cd, 0xa3c, 0xa4d, 0xabc, 0xacd, 0xafd...0xaff, 0xb3c, 0xb4d, 0xbcd, 0xc4d, 0xcbc,
            0xccd, 0xd3b...0xd3c, 0xd4d, 0xdca, 0xeba, 0x1039, 0x135f, 0x1714, 0x1bab, 0x1c37, 0x25cc, 0xa8c4,
            0xa8f3...0xa8f4, 0xa953, 0xaaf6, 0x10a3f, 0x11046, 0x110b9...0x110ba, 0x11133, 0x11173, 0x111c0, 0x111ca,
            0x11235...0x11236, 0x112e9...0x112ea, 0x1133c, 0x1134d, 0x11442, 0x11446, 0x114c2...0x114c3,
            0x115bf...0x115c0, 0x1163f, 0x116b6...0x116b7, 0x11839...0x1183a, 0x119e0, 0x11a34, 0x11c3f, 0x11d42,
            0x11d45, 0x11d97, 0x1e94a:
            true
        default: false
        }
    }

    /// Scripts that are written without blanks between words.
    static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x11ff, 0x2e80...0xa4cf, 0xa840...0xa87f, 0xac00...0xd7af, 0xf900...0xfaff, 0xfe30...0xfe4f,
            0xff65...0xffdc, 0x17000...0x18aff, 0x1b000...0x1b12f, 0x1b170...0x1b2ff, 0x20000...0x2ffff:
            true
        default: false
        }
    }

    /// Currency signs of Unicode 7 and what opens a bracket or a Spanish sentence.
    static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        if ["(", "[", "{", "¿", "¡"].contains(scalar) { return true }
        return scalar.properties.generalCategory == .currencySymbol && scalar.value < 0x10000
            && scalar.properties.age?.major ?? .max <= 7
    }
}
