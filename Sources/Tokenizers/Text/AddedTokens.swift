/// Tokens that are found in the text before the model sees it.
struct AddedTokens: Sendable {
    struct Entry: Sendable, Equatable {
        var content: [UInt8]
        var id: Int32
        /// Steers the model, and is recognized in a text only when the caller says that the text may do so.
        var isSpecial: Bool
        /// White space before or after belongs to the token.
        var takesSpaceBefore = false
        var takesSpaceAfter = false
        /// Only where no letter, number or underscore is next to it.
        var isWholeWord = false
        /// Looked for in the normalized text, in its own normalized form.
        var isNormalized = false
    }

    enum Segment: Equatable {
        case text(Range<Int>)
        /// With the bytes that it takes up, white space that belongs to it included.
        case token(Int32, Range<Int>)
    }

    /// Where the name of a special token means that token.
    enum Recognition {
        case all
        /// Only tokens that don't steer the model.
        case ordinary
        /// Everywhere but where a byte of these ranges, in order, belongs to the name.
        case outside([Range<Int>])
    }

    let entries: [Entry]
    /// Indices of entries by first byte, the longest first.
    private let byFirstByte: [[Int]]
    private let hasOrdinary: Bool

    init(_ entries: [Entry]) {
        self.entries = entries
        hasOrdinary = entries.contains { !$0.isSpecial && !$0.content.isEmpty }
        var table = [[Int]](repeating: [], count: 256)
        for (index, entry) in entries.enumerated() {
            if let first = entry.content.first { table[Int(first)].append(index) }
        }
        byFirstByte = table.map { $0.sorted { entries[$0].content.count > entries[$1].content.count } }
    }

    /// The parts of a text, in order; parts of text are never empty.
    func split(_ bytes: [UInt8], recognizing recognition: Recognition) -> [Segment] {
        guard !bytes.isEmpty else { return [] }
        var parseSpecial = true
        var foreign: [Range<Int>] = []
        switch recognition {
        case .all: break
        case .ordinary: parseSpecial = false
        case .outside(let ranges): foreign = ranges
        }
        guard hasOrdinary || (parseSpecial && !entries.isEmpty) else { return [.text(0..<bytes.count)] }
        var segments: [Segment] = []
        var start = 0
        var index = 0
        var next = 0
        while index < bytes.count {
            while next < foreign.count, foreign[next].upperBound <= index { next += 1 }
            let ownEnd = next < foreign.count ? foreign[next].lowerBound : bytes.count
            guard let entry = match(bytes, at: index, parseSpecial, ownEnd) else {
                index += 1
                continue
            }
            let end = index + entry.content.count
            // Where its neighbors forbid it, the whole text of a name counts as read: so the reference does.
            guard !entry.isWholeWord || Self.isAlone(bytes, index..<end) else {
                index = end
                continue
            }
            var (from, to) = (index, end)
            if entry.takesSpaceBefore {
                while from > start, let before = Self.scalar(bytes, endingAt: from),
                    before.value.properties.isWhitespace
                {
                    from = max(before.start, start)
                }
            }
            if entry.takesSpaceAfter {
                while let after = Self.scalar(bytes, at: to), after.value.properties.isWhitespace { to = after.end }
            }
            if start < from { segments.append(.text(start..<from)) }
            segments.append(.token(entry.id, from..<to))
            start = to
            index = to
        }
        if start < bytes.count { segments.append(.text(start..<bytes.count)) }
        return segments
    }

    /// - Parameter ownEnd: a special token must end here or before.
    private func match(_ bytes: [UInt8], at index: Int, _ parseSpecial: Bool, _ ownEnd: Int) -> Entry? {
        for candidate in byFirstByte[Int(bytes[index])] {
            let entry = entries[candidate]
            let end = index + entry.content.count
            guard !entry.isSpecial || (parseSpecial && end <= ownEnd), end <= bytes.count,
                bytes[index..<end].elementsEqual(entry.content)
            else { continue }
            return entry
        }
        return nil
    }

    /// Whether no part of a word stands beside the bytes.
    private static func isAlone(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        if let before = scalar(bytes, endingAt: range.lowerBound), isWordPart(before.value) { return false }
        if let after = scalar(bytes, at: range.upperBound), isWordPart(after.value) { return false }
        return true
    }

    private static func scalar(_ bytes: [UInt8], at index: Int) -> (value: Unicode.Scalar, end: Int)? {
        guard index < bytes.count else { return nil }
        let end = min(index + UTF8Form.length(leading: bytes[index]), bytes.count)
        return String(decoding: bytes[index..<end], as: UTF8.self).unicodeScalars.first.map { ($0, end) }
    }

    private static func scalar(_ bytes: [UInt8], endingAt end: Int) -> (value: Unicode.Scalar, start: Int)? {
        var start = end - 1
        while start > 0, UTF8Form.isContinuation(bytes[start]) { start -= 1 }
        return start < 0 ? nil : scalar(bytes, at: start).map { ($0.value, start) }
    }

    /// `\w` of a regular expression.
    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
        default: scalar.properties.isAlphabetic || scalar.properties.isJoinControl
        }
    }
}
