/// Terms of drugs, findings and procedures, found in texts by the longest match.
public struct ClinicalTerms: Sendable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
        case drug, finding, procedure, anatomy, other
    }

    public struct Match: Sendable, Hashable {
        public let kind: Kind
        /// The concept: a SNOMED CT or RxNorm number; 0 for a term of the built-in list.
        public let concept: UInt64
        /// Unicode scalars of the text, the end not included.
        public let range: Range<Int>
    }

    /// What loading a file brought.
    public struct Loaded: Sendable, Hashable, Codable {
        public var terms = 0
        /// Lines that are no entry: too few columns, numbers that are none, no UTF-8, too long.
        public var badLines = 0
        /// Terms that were left out because the limit was reached.
        public var beyondLimit = 0

        public init() {}
    }

    /// More terms are left out and counted. SNOMED CT has 1.3 million active English descriptions; most are single concepts'
    /// synonyms of up to six words.
    public static let maximumTerms = 2_000_000
    /// Longer terms are sentences, which no report writes word for word.
    static let maximumWords = 8

    private struct Entry {
        let kind: Kind
        let concept: UInt64
    }

    /// From a node and the hash of a word to the next node. The root is 0.
    private var edges: [UInt64: UInt32] = [:]
    private var entries: [UInt32: Entry] = [:]
    private var nodes: UInt32 = 0

    public init() {}

    /// A small list of common drugs, findings and procedures, for clinics that load no terminology.
    public static let standard: ClinicalTerms = {
        var terminology = ClinicalTerms()
        for (kind, terms) in CommonTerms.all { for term in terms { terminology.add(term, kind, concept: 0) } }
        return terminology
    }()

    public var count: Int { entries.count }

    /// - Returns: whether it is in now; a term that is too long, or beyond the limit, is not.
    @discardableResult
    public mutating func add(_ term: String, _ kind: Kind, concept: UInt64) -> Bool {
        let words = Self.words(Array(term.utf8))
        guard (1...Self.maximumWords).contains(words.count), entries.count < Self.maximumTerms,
            // One or two letters are abbreviations and mean anything.
            words.count > 1 || words[0].end - words[0].start >= 3
        else { return false }
        var node: UInt32 = 0
        for word in words {
            let edge = Self.edge(node, word.hash)
            if let next = edges[edge] {
                node = next
            } else {
                nodes += 1
                node = nodes
                edges[edge] = node
            }
        }
        // The first one stays, so that what a clinic's own files say of a word does not depend on their order.
        if entries[node] == nil { entries[node] = Entry(kind: kind, concept: concept) }
        return true
    }

    /// The longest terms from left to right, none inside another. Case does not count; a plural “s” may follow.
    public func matches(in text: String) -> [Match] {
        let bytes = Array(text.utf8)
        let words = Self.words(bytes)
        var matches: [Match] = []
        var scalars = 0
        var counted = 0
        func offset(_ place: Int) -> Int {
            while counted < place {
                if bytes[counted] & 0xC0 != 0x80 { scalars += 1 }
                counted += 1
            }
            return scalars
        }
        var place = 0
        while place < words.count {
            guard let (entry, length) = longest(words, place) else {
                place += 1
                continue
            }
            let start = offset(words[place].start)
            let end = offset(words[place + length - 1].end)
            matches.append(Match(kind: entry.kind, concept: entry.concept, range: start..<end))
            place += length
        }
        return matches
    }

    private func longest(_ words: [Word], _ start: Int) -> (Entry, length: Int)? {
        var node: UInt32 = 0
        var best: (Entry, Int)?
        for place in start..<min(start + Self.maximumWords, words.count) {
            if let singular = words[place].singular, let next = edges[Self.edge(node, singular)],
                let entry = entries[next],
                edges[Self.edge(node, words[place].hash)] == nil
            {
                return (entry, place - start + 1)
            }
            guard let next = edges[Self.edge(node, words[place].hash)] else { break }
            node = next
            if let entry = entries[node] { best = (entry, place - start + 1) }
            // A term never crosses the end of a sentence.
            if words[place].endsSentence { break }
        }
        return best
    }

    struct Word {
        let hash: UInt64
        /// The hash without the last letter, where that is an “s”.
        let singular: UInt64?
        let start: Int
        let end: Int
        let endsSentence: Bool
    }

    private static func edge(_ node: UInt32, _ word: UInt64) -> UInt64 {
        Shingles.mixed(word &+ UInt64(node) &* 0x9e37_79b9_7f4a_7c15)
    }

    static func words(_ text: [UInt8]) -> [Word] {
        var words: [Word] = []
        var place = 0
        while place < text.count {
            guard ASCII.isWord(text[place]) else {
                place += 1
                continue
            }
            let start = place
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            var before = hash
            while place < text.count, ASCII.isWord(text[place]) {
                before = hash
                hash = (hash ^ UInt64(ASCII.lowercased(text[place]))) &* 0x100_0000_01b3
                place += 1
            }
            let isPlural = place - start > 3 && text[place - 1] | 32 == UInt8(ascii: "s")
            let next = place < text.count ? text[place] : 10
            words.append(
                Word(
                    hash: Shingles.mixed(hash), singular: isPlural ? Shingles.mixed(before) : nil, start: start,
                    end: place,
                    endsSentence: ".;:!?\n,()".utf8.contains(next)))
        }
        return words
    }
}
