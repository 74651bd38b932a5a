/// Writes clinical abbreviations out, or beside them what they mean.
///
/// Only abbreviations with one meaning are touched. Those with several (`MS`, `RA`, `PT`) are expanded where a word near
/// them decides for exactly one meaning, and stay otherwise.
public struct AbbreviationExpander: Sendable {
    public enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
        case none
        /// `HTN (hypertension)` at its first place in a text.
        case annotate
        /// `hypertension`
        case normalize
    }

    public let mode: Mode

    /// Words on either side of an ambiguous abbreviation that may decide.
    private static let window = 8
    private static let longest = 8

    public init(mode: Mode) { self.mode = mode }

    /// - Returns: the text, and how many places were changed. A text that was expanded before comes back unchanged.
    public func expand(_ text: String) -> (text: String, count: Int) {
        guard mode != .none else { return (text, 0) }
        let bytes = Array(text.utf8)
        let words = Self.words(bytes)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 8)
        var copied = 0
        var count = 0
        var explained: Set<String> = []
        for (number, word) in words.enumerated() where word.count <= Self.longest {
            let short = String(decoding: bytes[word], as: UTF8.self)
            guard let long = meaning(of: short, number, words, bytes), !isTag(word, bytes) else { continue }
            result.append(contentsOf: bytes[copied..<word.lowerBound])
            copied = word.upperBound
            switch mode {
            case .none: break
            case .normalize:
                result.append(
                    contentsOf: ASCII.isUpper(bytes[word.lowerBound]) && Self.startsSentence(word.lowerBound, bytes)
                        ? Self.capitalized(long) : Array(long.utf8))
                count += 1
            case .annotate:
                result.append(contentsOf: bytes[word])
                guard explained.insert(short).inserted, !isExplained(word, long, bytes) else { continue }
                result.append(contentsOf: " (\(long))".utf8)
                count += 1
            }
        }
        result.append(contentsOf: bytes[copied...])
        return count == 0 ? (text, 0) : (String(decoding: result, as: UTF8.self), count)
    }

    private func meaning(of short: String, _ number: Int, _ words: [Range<Int>], _ bytes: [UInt8]) -> String? {
        if let long = Abbreviations.plain[short] { return long }
        guard let candidates = Abbreviations.ambiguous[short] else { return nil }
        var near: Set<String> = []
        for place in max(0, number - Self.window)...min(words.count - 1, number + Self.window) where place != number {
            near.insert(String(decoding: bytes[words[place]].map(ASCII.lowercased), as: UTF8.self))
        }
        let fitting = candidates.filter { candidate in candidate.cues.contains { near.contains($0) } }
        return fitting.count == 1 ? fitting.first?.meaning : nil
    }

    /// `[NAME]` and other tags of the de-identification stay.
    private func isTag(_ word: Range<Int>, _ bytes: [UInt8]) -> Bool {
        word.lowerBound > 0 && bytes[word.lowerBound - 1] == UInt8(ascii: "[") && word.upperBound < bytes.count
            && bytes[word.upperBound] == UInt8(ascii: "]")
    }

    /// `HTN (hypertension)` or `hypertension (HTN)`.
    private func isExplained(_ word: Range<Int>, _ long: String, _ bytes: [UInt8]) -> Bool {
        let behind = bytes[word.upperBound..<min(bytes.count, word.upperBound + long.utf8.count + 2)]
        if behind.elementsEqual(" (\(long)".utf8) { return true }
        return word.lowerBound > 0 && bytes[word.lowerBound - 1] == UInt8(ascii: "(")
    }

    /// Runs of letters and digits, with inner dots and slashes (`b.i.d.`, `N/V`).
    private static func words(_ bytes: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var place = 0
        while place < bytes.count {
            guard ASCII.isWord(bytes[place]) else {
                place += 1
                continue
            }
            let start = place
            while place < bytes.count {
                let isInner =
                    "./&".utf8.contains(bytes[place]) && place + 1 < bytes.count && ASCII.isLetter(bytes[place + 1])
                guard ASCII.isWord(bytes[place]) || isInner else { break }
                place += 1
            }
            // The last dot of `b.i.d.` belongs to it.
            let hasDot = bytes[start..<place].contains(UInt8(ascii: "."))
            if hasDot, place < bytes.count, bytes[place] == UInt8(ascii: ".") { place += 1 }
            // A hyphen makes it a part of another word: `MS-DRG`, `T-RA`.
            let isJoined =
                (start > 0 && bytes[start - 1] == UInt8(ascii: "-"))
                || (place + 1 < bytes.count && bytes[place] == UInt8(ascii: "-") && ASCII.isWord(bytes[place + 1]))
            words.append(isJoined ? start..<start : start..<place)
        }
        return words.filter { !$0.isEmpty }
    }

    private static func startsSentence(_ place: Int, _ bytes: [UInt8]) -> Bool {
        var before = place
        while before > 0, ASCII.isBlank(bytes[before - 1]) { before -= 1 }
        return before == 0 || ".!?\n".utf8.contains(bytes[before - 1])
    }

    private static func capitalized(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        if let first = bytes.first, ASCII.isLower(first) { bytes[0] = first & ~32 }
        return bytes
    }
}
