public import Foundation

/// Classes of words by the company they keep in medical text: what a tagger knows of words that its training texts never had
/// (Brown et al. 1992; Miller, Guinness, Zamanian 2004). They hold ordinary words only, for a name must not be known by heart.
public struct WordClasses: Sendable, Equatable {
    /// What is known of a word.
    struct Entry: Sendable, Equatable {
        /// The coarse and the fine class.
        var group: UInt8
        var fine: UInt16
        /// How it is written, and how often it occurs.
        var use: UInt8
    }

    /// The low half of each word's hash, ascending.
    let hashes: [UInt32]
    /// As many as hashes.
    let entries: [Entry]

    /// Open addressing: the index of an entry and 1; 0 is a free slot.
    private let slots: [UInt32]

    /// None at all.
    public static let none = WordClasses(hashes: [], entries: [])

    /// - Parameters:
    ///   - hashes: ascending, none twice.
    ///   - entries: as many.
    init(hashes: [UInt32], entries: [Entry]) {
        self.hashes = hashes
        self.entries = entries
        var size = 2
        while size < hashes.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: index + 1)
        }
        self.slots = slots
    }

    /// Reads lines of `WORD GROUP CLASS USE`, as `scripts/deid/word_classes.py` writes them.
    ///
    /// - Throws: ``DeidentificationError`` `.invalidTagger`.
    public init(lines data: Data) throws {
        var found: [UInt32: Entry] = [:]
        for line in data.split(separator: 10) {
            let parts = line.split(separator: 32)
            guard parts.count == 4, let word = String(validating: parts[0], as: UTF8.self),
                let group = Self.number(parts[1], below: 256), let fine = Self.number(parts[2], below: 65_536),
                let use = Self.number(parts[3], below: 16)
            else {
                throw DeidentificationError(
                    .invalidTagger,
                    "Every line of the word classes needs a word, a group, a class and its use: three numbers with blanks."
                )
            }
            let hash = UInt32(truncatingIfNeeded: WordHash.of(word))
            // Two words of one hash: nothing is known of either.
            found[hash] =
                found[hash] == nil ? Entry(group: UInt8(group), fine: UInt16(fine), use: UInt8(use)) : .unclear
        }
        let kept = found.filter { $0.value != .unclear }.sorted { $0.key < $1.key }
        guard kept.count <= Self.most else {
            throw DeidentificationError(.invalidTagger, "There are more than \(Self.most) words with classes.")
        }
        self.init(hashes: kept.map(\.key), entries: kept.map(\.value))
    }

    /// More than any language needs.
    static let most = 1 << 20

    private static func number(_ digits: Data, below bound: Int) -> Int? {
        guard let text = String(validating: digits, as: UTF8.self), let value = Int(text), 0..<bound ~= value else {
            return nil
        }
        return value
    }

    var isEmpty: Bool { hashes.isEmpty }

    /// - Parameter hash: the ``WordHash``.
    func entry(of hash: UInt64) -> Entry? {
        let wanted = UInt32(truncatingIfNeeded: hash)
        var slot = Int(wanted) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == wanted { return entries[index] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}

extension WordClasses.Entry {
    fileprivate static let unclear = Self(group: .max, fine: .max, use: .max)
}
