/// Punctuation that a dictation program wrote out as words.
enum SpokenMarks {
    private static let colon = Array(" colon".utf8)
    /// What stands behind “colon” where it is a part of the body.
    private static let anatomy: Set<String> = [
        "cancer", "carcinoma", "polyp", "polyps", "resection", "mass", "surgery", "adenocarcinoma", "tumor", "wall",
        "biopsy",
        "biopsies", "is", "was", "with", "and", "cleansing", "screening", "preparation", "perforation", "obstruction",
    ]

    /// Whether the text has spoken marks at all: two of comma, period, new paragraph, next line.
    static func areIn(_ text: [UInt8]) -> Bool {
        var found = 0
        for word in text.split(whereSeparator: { $0 <= 32 }) {
            let isMark: Bool
            switch word.count {
            case 5: isMark = word.elementsEqual("comma".utf8)
            case 6: isMark = word.elementsEqual("period".utf8)
            case 9: isMark = word.elementsEqual("paragraph".utf8)
            default: isMark = false
            }
            if isMark { found += 1 }
            if found >= 2 { return true }
        }
        return false
    }

    /// Whether ` colon` and the end of the word are here.
    static func isColon(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count >= colon.count else { return false }
        let word = text.prefix(colon.count)
        guard zip(word, colon).allSatisfy({ ASCII.lowercased($0) == $1 }) else { return false }
        return text.dropFirst(colon.count).first.map { !ASCII.isWord($0) } ?? true
    }

    static func end(ofColon place: Int, in line: ArraySlice<UInt8>) -> Int {
        var end = place + colon.count
        while end < line.endIndex, ASCII.isBlank(line[end]) || line[end] == UInt8(ascii: ",") { end += 1 }
        return min(end, line.endIndex)
    }

    static func isAnatomy(_ text: ArraySlice<UInt8>) -> Bool {
        anatomy.contains(String(decoding: text.prefix { ASCII.isLetter($0) }.map(ASCII.lowercased), as: UTF8.self))
    }

    /// What follows the last spoken or written mark: at most four words.
    static func phrase(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let words = text.split(whereSeparator: { $0 <= 32 }).suffix(4)
        var first = words.startIndex
        for place in words.indices {
            let word = words[place].map(ASCII.lowercased)
            let isMark = ["period", "comma", "paragraph", "line"].contains { word.elementsEqual($0.utf8) }
            if isMark || word.last.map({ ".!?;".utf8.contains($0) }) == true { first = place + 1 }
        }
        guard first < words.endIndex, let last = words.last else { return text[text.endIndex...] }
        return text[words[first].startIndex..<last.endIndex]
    }
}
