/// Tokens that are found in the text before anything else happens to it.
struct AddedTokens: Sendable {
    struct Entry: Sendable, Equatable {
        var content: [UInt8]
        var id: Int32
        /// Steers the model, and is recognised in a text only when the caller says that the text may do so.
        var isSpecial: Bool
        /// White space before or after belongs to the token.
        var takesSpaceBefore = false
        var takesSpaceAfter = false
        /// Only where no letter, number or underscore is next to it.
        var isWholeWord = false
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
            var (from, to) = (index, index + entry.content.count)
            if entry.takesSpaceBefore { while from > start, Self.isSpace(bytes[from - 1]) { from -= 1 } }
            if entry.takesSpaceAfter { while to < bytes.count, Self.isSpace(bytes[to]) { to += 1 } }
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
            if entry.isWholeWord {
                if index > 0, Self.isWordByte(bytes[index - 1]) { continue }
                if end < bytes.count, Self.isWordByte(bytes[end]) { continue }
            }
            return entry
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == 0x5f || (48...57).contains(byte) || (65...90).contains(byte)
            || (97...122).contains(byte)
    }
}
