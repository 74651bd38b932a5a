/// What a line is, judged by itself: only prose may be joined to the line before it.
enum LineShape {
    case blank, prose, structure

    init(_ line: ArraySlice<UInt8>) {
        let content = line.trimmed
        guard let first = content.first, let last = content.last else {
            self = .blank
            return
        }
        let isStructure =
            Self.isListItem(content) || Self.hasColumns(content) || Self.isLabelled(content) || Self.isCapitals(content)
            || first == UInt8(ascii: "|") || first == UInt8(ascii: ">") || first == UInt8(ascii: "#")
            || first == UInt8(ascii: "[") || first == UInt8(ascii: "_") || last == UInt8(ascii: "|")
            || Self.isRule(content)
        self = isStructure ? .structure : .prose
    }

    /// `- `, `* `, `• `, `1. `, `2) `, `(a) `, `a. `
    static func isListItem(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first else { return false }
        let rest = line.dropFirst()
        if "-*+~".utf8.contains(first) || first == 0xB7 { return true }
        if line.hasASCIIPrefix("•") || line.hasASCIIPrefix("·") || line.hasASCIIPrefix("–") || line.hasASCIIPrefix("▪")
        {
            return true
        }
        var content = line
        if first == UInt8(ascii: "(") { content = rest }
        let mark = content.prefix { ASCII.isAlphanumeric($0) }
        guard (1...3).contains(mark.count), mark.allSatisfy(ASCII.isDigit) || mark.count == 1 else { return false }
        let behind = content.dropFirst(mark.count)
        guard let sign = behind.first, ".)".utf8.contains(sign) else { return false }
        return behind.dropFirst().first.map { ASCII.isBlank($0) } ?? true
    }

    /// Tabs, or three blanks and more between words.
    static func hasColumns(_ line: ArraySlice<UInt8>) -> Bool {
        var blanks = 0
        for byte in line {
            if byte == 9 { return true }
            blanks = byte == 32 ? blanks + 1 : 0
            if blanks == 3 { return true }
        }
        return false
    }

    /// A short title before a colon: `Plan: …`, `Blood pressure: 120/80`.
    private static func isLabelled(_ line: ArraySlice<UInt8>) -> Bool {
        guard let colon = line.prefix(51).firstIndex(of: UInt8(ascii: ":")), let first = line.first,
            ASCII.isUpper(first) || first >= 0x80
        else { return false }
        let behind = line[(colon + 1)...]
        guard behind.first.map({ ASCII.isBlank($0) }) ?? true else { return false }
        return line[..<colon].count(where: { $0 == 32 }) <= 5
    }

    /// A heading in capitals. A long line in capitals is prose of someone who writes so.
    private static func isCapitals(_ line: ArraySlice<UInt8>) -> Bool {
        line.count <= 50 && line.contains(where: ASCII.isUpper) && !line.contains(where: ASCII.isLower)
    }

    private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        line.count >= 3 && !line.contains(where: ASCII.isWord)
    }
}
