/// Classes of ASCII bytes. Bytes of other characters are in none of them.
enum ASCII {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
    static func isUpper(_ byte: UInt8) -> Bool { byte &- 65 < 26 }
    static func isLower(_ byte: UInt8) -> Bool { byte &- 97 < 26 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
    static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    static func lowercased(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 32 : byte }
    /// A letter of any script: beyond ASCII every byte counts as one.
    static func isWord(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte >= 0x80 }
}

extension Collection<UInt8> where SubSequence: Collection<UInt8> {
    /// The lines between line feeds; one more than there are line feeds.
    var lines: [SubSequence] { split(separator: 10, maxSplits: .max, omittingEmptySubsequences: false) }
}

extension ArraySlice<UInt8> {
    /// Without blanks at both ends.
    var trimmed: ArraySlice<UInt8> {
        var slice = drop(while: ASCII.isBlank)
        while let last = slice.last, ASCII.isBlank(last) { slice.removeLast() }
        return slice
    }

    func hasASCIIPrefix(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { starts(with: $0) }
    }

    /// The number of Unicode scalars.
    var scalarCount: Int { reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) } }
}
