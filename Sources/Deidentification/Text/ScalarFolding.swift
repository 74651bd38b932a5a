internal import Foundation

/// What a Unicode scalar is to the scanner.
enum ScalarKind: UInt8, Sendable {
    case space, newline, digit, lower, upper
    /// A letter of a script without case.
    case letter
    /// Combining and invisible scalars: parts of a word that don't count when words are compared.
    case ignorable
    case mark

    var isLetter: Bool { self == .lower || self == .upper || self == .letter || self == .ignorable }
    var isAlphanumeric: Bool { isLetter || self == .digit }
    var isBlank: Bool { self == .space || self == .newline }
}

/// Kind and folded form (lower case, no diacritics, ASCII digits) of each Unicode scalar, one to one.
enum ScalarFolding {
    static func kind(_ scalar: UInt32) -> ScalarKind {
        scalar < limit ? table[Int(scalar)].kind : compute(scalar).kind
    }

    /// 0 for an ignorable scalar.
    static func fold(_ scalar: UInt32) -> UInt32 {
        scalar < limit ? table[Int(scalar)].folded : compute(scalar).folded
    }

    /// All scalars of a text at once.
    static func classify(_ scalars: [UInt32]) -> (folded: [UInt32], kinds: [ScalarKind]) {
        let table = table
        var folded: [UInt32] = []
        var kinds: [ScalarKind] = []
        folded.reserveCapacity(scalars.count)
        kinds.reserveCapacity(scalars.count)
        for scalar in scalars {
            let entry = scalar < limit ? table[Int(scalar)] : compute(scalar)
            folded.append(entry.folded)
            kinds.append(entry.kind)
        }
        return (folded, kinds)
    }

    private static let limit: UInt32 = 0x2100
    private static let table: [(kind: ScalarKind, folded: UInt32)] = (0..<limit).map(compute)

    private static let special: [UInt32: UInt32] = [
        0xdf: 0x73, 0xf8: 0x6f, 0xd8: 0x6f, 0x111: 0x64, 0x110: 0x64, 0x142: 0x6c, 0x141: 0x6c, 0xe6: 0x61, 0xc6: 0x61,
        0x153: 0x6f, 0x152: 0x6f, 0xfe: 0x74, 0xde: 0x74, 0xf0: 0x64, 0xd0: 0x64, 0x131: 0x69,
        0x2018: 0x27, 0x2019: 0x27, 0x2bc: 0x27, 0x60: 0x27, 0xb4: 0x27,
        0x2b9: 0x27, 0x2bb: 0x27, 0x201b: 0x27, 0x2032: 0x27, 0xff07: 0x27,
        0x2010: 0x2d, 0x2011: 0x2d, 0x2012: 0x2d, 0x2013: 0x2d, 0x2014: 0x2d, 0x2212: 0x2d,
        0x2015: 0x2d, 0x2043: 0x2d, 0xfe58: 0x2d, 0xfe63: 0x2d, 0xff0d: 0x2d,
        0xff0c: 0x2c, 0xff0e: 0x2e, 0xff0f: 0x2f, 0x2044: 0x2f, 0x2215: 0x2f, 0xff08: 0x28, 0xff09: 0x29, 0xff20: 0x40,
        // Cyrillic letters that look like Latin ones.
        0x430: 0x61, 0x432: 0x62, 0x435: 0x65, 0x43a: 0x6b, 0x43c: 0x6d, 0x43d: 0x68, 0x43e: 0x6f, 0x440: 0x70,
        0x441: 0x63, 0x442: 0x74, 0x443: 0x79, 0x445: 0x78, 0x455: 0x73, 0x456: 0x69, 0x458: 0x6a,
    ]

    private static func compute(_ value: UInt32) -> (kind: ScalarKind, folded: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return (.mark, value) }
        let properties = scalar.properties
        if value == 10 || value == 13 || value == 0x85 || value == 0x2028 || value == 0x2029 { return (.newline, 10) }
        if properties.isWhitespace { return (.space, 32) }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return (.ignorable, 0)
        case .decimalNumber: return (.digit, 48 + UInt32(properties.numericValue ?? 0))
        case .uppercaseLetter, .titlecaseLetter: return (.upper, lowerBase(scalar))
        case .lowercaseLetter: return (.lower, lowerBase(scalar))
        case .otherLetter: return (.letter, value)
        case .modifierLetter where special[value] == nil: return (.letter, value)
        default: return (.mark, special[value] ?? value)
        }
    }

    private static func lowerBase(_ scalar: Unicode.Scalar) -> UInt32 {
        if let folded = special[scalar.value] { return folded }
        let base =
            String(scalar).lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars.first?.value
            ?? scalar.value
        return special[base] ?? base
    }
}

/// FNV-1a over the folded letters of a word; apostrophes and ignorable scalars don't count.
enum WordHash {
    static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    static func of(_ word: some StringProtocol) -> UInt64 {
        var hash = seed
        for scalar in word.unicodeScalars { add(ScalarFolding.fold(scalar.value), to: &hash) }
        return hash
    }

    static func add(_ folded: UInt32, to hash: inout UInt64) {
        guard folded != 0, folded != 0x27 else { return }
        hash = (hash ^ UInt64(folded)) &* 0x100_0000_01b3
    }
}
