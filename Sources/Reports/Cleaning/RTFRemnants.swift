/// Turns RTF into plain text, and takes control words out of texts where an export left some of them.
enum RTFRemnants {
    private static let backslash = UInt8(ascii: "\\")
    private static let maximumDepth = 200

    /// Destinations whose content is no text of the document.
    private static let silent: Set<String> = [
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "themedata", "datastore", "listtable", "listoverridetable",
        "rsidtbl", "generator", "xmlnstbl", "latentstyles", "object",
    ]

    /// Control words that an export may forget in plain text.
    private static let remnants: Set<String> = [
        "par", "pard", "plain", "fs", "f", "b", "i", "ul", "ulnone", "cf", "tab", "line", "lang", "viewkind", "uc",
        "qc",
        "ql", "qj", "sb", "sa", "sl", "slmult", "li", "ri", "fi", "ltrpar", "highlight", "cell", "row", "intbl",
    ]

    static func removed(from text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        let start = text.prefix(64).drop { $0 <= 32 }
        if start.hasASCIIPrefix("{\\rtf") { return converted(text[start.startIndex...], &report) }
        return withoutRemnants(text, &report)
    }

    private static func converted(_ text: ArraySlice<UInt8>, _ report: inout CleaningReport) -> [UInt8] {
        var result: [UInt8] = []
        // For every open group: whether it is silent, and how many characters follow a `\u` as its replacement.
        var groups: [(isSilent: Bool, fallback: Int)] = [(false, 1)]
        var place = text.startIndex
        var skipped = 0
        var found = 0
        func isSilent() -> Bool { groups.last?.isSilent ?? false }
        func put(_ bytes: some Sequence<UInt8>) {
            if skipped > 0 { skipped -= 1 } else if !isSilent() { result.append(contentsOf: bytes) }
        }
        while place < text.endIndex {
            switch text[place] {
            case UInt8(ascii: "{"):
                if groups.count < maximumDepth, let last = groups.last { groups.append(last) }
                place += 1
            case UInt8(ascii: "}"):
                if groups.count > 1 { groups.removeLast() }
                place += 1
            case 10, 13: place += 1
            case backslash:
                found += 1
                guard let word = RTFControl(text, at: place) else {
                    place += 1
                    continue
                }
                place = word.end
                switch word.name {
                case "par", "line", "row", "page", "sect": put([10])
                case "tab", "cell": put([9])
                case "'": put((word.value.flatMap { windowsCharacter($0) }).map { Array($0.utf8) } ?? [])
                case "u":
                    let value = word.value ?? 0
                    let scalar = Unicode.Scalar(UInt32(clamping: value < 0 ? value + 65_536 : value))
                    put(scalar.map { Array(String($0).utf8) } ?? [])
                    skipped = groups.last?.fallback ?? 1
                case "uc": if !groups.isEmpty { groups[groups.count - 1].fallback = min(max(word.value ?? 1, 0), 8) }
                case "*": if !groups.isEmpty { groups[groups.count - 1].isSilent = true }
                case "\\", "{", "}": put(word.name.utf8)
                case "~": put([32])
                case "_", "endash": put("-".utf8)
                case "emdash": put("—".utf8)
                case "bullet": put("•".utf8)
                case "lquote", "rquote": put("'".utf8)
                case "ldblquote", "rdblquote": put("\"".utf8)
                default: if silent.contains(word.name), !groups.isEmpty { groups[groups.count - 1].isSilent = true }
                }
            default:
                put(CollectionOfOne(text[place]))
                place += 1
            }
        }
        report.count(.removedMarkup, found)
        return result
    }

    private static func windowsCharacter(_ value: Int) -> String? {
        guard (0...255).contains(value) else { return nil }
        var report = CleaningReport()
        let latin = Array(String(Unicode.Scalar(UInt8(value))).utf8)
        return String(decoding: MojibakeRepair.repaired(latin, &report), as: UTF8.self)
    }

    /// One control word alone may be a path or a slip of a typist: at least two are needed.
    private static func withoutRemnants(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var words: [RTFControl] = []
        var place = text.startIndex
        while place < text.endIndex {
            guard text[place] == backslash else {
                place += 1
                continue
            }
            let isFree = place == 0 || !(ASCII.isAlphanumeric(text[place - 1]) || text[place - 1] == backslash)
            guard isFree || words.last?.end == place, let word = RTFControl(text[...], at: place),
                remnants.contains(word.name)
            else {
                place += 1
                continue
            }
            words.append(word)
            place = word.end
        }
        guard words.count >= 2 else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var end = 0
        for word in words {
            result.append(contentsOf: text[end..<word.start])
            if ["par", "line", "row"].contains(word.name) { result.append(10) }
            if ["tab", "cell"].contains(word.name) { result.append(9) }
            end = word.end
        }
        result.append(contentsOf: text[end...])
        report.count(.removedMarkup, words.count)
        return result
    }
}

/// A backslash with a word and a number, or with one sign.
struct RTFControl {
    let name: String
    let value: Int?
    let start: Int
    /// Behind the space that ends the word.
    let end: Int

    init?(_ text: ArraySlice<UInt8>, at place: Int) {
        start = place
        var next = place + 1
        guard next < text.endIndex else { return nil }
        if text[next] == UInt8(ascii: "'") {
            let digits = text[(next + 1)..<min(next + 3, text.endIndex)]
            name = "'"
            value = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            end = next + 1 + digits.count
            return
        }
        guard ASCII.isLetter(text[next]) else {
            // A multi-byte character stays whole.
            guard text[next] < 0x80 else { return nil }
            name = String(decoding: [text[next]], as: UTF8.self)
            value = nil
            end = next + 1
            return
        }
        let word = next
        while next < text.endIndex, next - word < 32, ASCII.isLower(text[next]) { next += 1 }
        guard next > word else { return nil }
        name = String(decoding: text[word..<next], as: UTF8.self)
        let number = next
        if next < text.endIndex, text[next] == UInt8(ascii: "-") { next += 1 }
        while next < text.endIndex, next - number < 9, ASCII.isDigit(text[next]) { next += 1 }
        let digits = String(decoding: text[number..<next], as: UTF8.self)
        value = Int(digits)
        if value == nil { next = number }
        // Without a separator this is another word, such as a path.
        if next < text.endIndex, ASCII.isAlphanumeric(text[next]) { return nil }
        if next < text.endIndex, text[next] == 32 { next += 1 }
        end = next
    }
}
