/// WordPiece (Devlin et al. 2019): the longest token that begins the word, then the longest continuation, and so on.
///
/// Not guaranteed: which characters are marks and punctuation follows the Unicode version of the Swift runtime. Texts with
/// characters that were assigned after Unicode 8 can get other ids than from the reference, which still follows that one.
struct WordPieceEncoder: Sendable {
    let vocabulary: Vocabulary
    let unknown: Int32
    /// What continuations begin with in the vocabulary: `##`.
    let continuationPrefix: [UInt8]
    /// A word with more characters becomes the unknown token.
    let longestWord: Int
    /// Ids that text must never reach.
    let special: Set<Int32>

    /// - Parameter word: whole UTF-8 sequences. A word with any part that is not in the vocabulary is unknown as a whole.
    func encode(_ word: UnsafeBufferPointer<UInt8>, into result: inout [Int32]) {
        guard !word.isEmpty else { return }
        let characters = word.reduce(into: 0) { if !UTF8Form.isContinuation($1) { $0 += 1 } }
        guard characters <= longestWord else {
            result.append(unknown)
            return
        }
        var ids: [Int32] = []
        var start = 0
        while start < word.count {
            guard let (id, end) = longest(in: word, from: start) else {
                result.append(unknown)
                return
            }
            ids.append(id)
            start = end
        }
        result.append(contentsOf: ids)
    }

    private func longest(in word: UnsafeBufferPointer<UInt8>, from start: Int) -> (Int32, Int)? {
        var candidate = start == 0 ? [] : continuationPrefix
        let prefixLength = candidate.count
        candidate.append(contentsOf: word[start...])
        var end = word.count
        while end > start {
            let found = candidate.withUnsafeBufferPointer {
                vocabulary.id(of: UnsafeBufferPointer(rebasing: $0[..<(prefixLength + end - start)]))
            }
            if let found, !special.contains(found) { return (found, end) }
            repeat { end -= 1 } while end > start && UTF8Form.isContinuation(word[end])
        }
        return nil
    }
}
