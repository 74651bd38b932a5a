/// Byte-pair encoding in its first form (Sennrich, Haddow and Birch 2016), where the last character of each word
/// carries the ending `</w>`: BioGPT.
///
/// A vocabulary of this kind lists what occurred in the training text. Parts that always merged further are missing in
/// it although merges pass through them, so the encoder has symbols of its own beyond the vocabulary; one that is left
/// over in the end becomes the unknown token.
struct WordEndingEncoder: Sendable {
    static let ending: [UInt8] = Array("</w>".utf8)

    private let encoder: BytePairEncoder
    private let vocabularySize: Int
    let unknown: Int32

    /// - Parameters:
    ///   - vocabulary: with the names as in the file.
    ///   - special: ids that text must never reach.
    /// - Returns: `nil` if the merges have too many symbols.
    init?(vocabulary: Vocabulary, merges list: [(left: [UInt8], right: [UInt8])], unknown: Int32, special: Set<Int32>) {
        var symbols = vocabulary
        func symbol(_ bytes: [UInt8]) -> Int32? {
            if let id = symbols.id(of: bytes) { return id }
            let id = symbols.size
            return symbols.insert(bytes, id: id) == .added ? Int32(id) : nil
        }
        var merges = MergeTable(capacity: list.count)
        for (rank, pair) in list.enumerated() {
            guard let left = symbol(pair.left), let right = symbol(pair.right),
                let merged = symbol(pair.left + pair.right)
            else { return nil }
            merges.insert(left, right, rank: UInt32(truncatingIfNeeded: rank), merged: merged)
        }
        encoder = BytePairEncoder(
            unit: .endings(Self.ending), vocabulary: symbols, merges: merges, unknown: -1, fusesUnknown: false,
            prefersWholePieces: false, special: special)
        vocabularySize = vocabulary.size
        self.unknown = unknown
    }

    /// - Parameter word: whole UTF-8 sequences without white space.
    func encode(
        _ word: UnsafeBufferPointer<UInt8>, into result: inout [Int32], scratch: inout BytePairEncoder.Scratch
    ) throws {
        guard !word.isEmpty else { return }
        let first = result.count
        try encoder.encode(word, into: &result, scratch: &scratch)
        for index in first..<result.count where result[index] < 0 || Int(result[index]) >= vocabularySize {
            result[index] = unknown
        }
    }
}
