/// Byte-pair encoding (Sennrich, Haddow and Birch 2016) of one piece of text.
///
/// Of all neighboring pairs the one of lowest rank merges first, the leftmost of equals; that is what the reference
/// implementations do, both those that number merges and those that score pieces.
struct BytePairEncoder: Sendable {
    /// What a piece is cut into before anything merges.
    enum Unit: Sendable {
        /// Bytes: their 256 tokens, -1 where the vocabulary has none.
        case bytes([Int32])
        /// Unicode scalars. One without a token becomes its UTF-8 bytes' tokens if `fallback` has them all.
        case scalars(fallback: [Int32]?)
        /// Unicode scalars, the last of a piece with these bytes behind it.
        case endings([UInt8])
    }

    let unit: Unit
    /// Contents as they are in the text. For ``Unit/bytes(_:)`` these are raw bytes.
    let vocabulary: Vocabulary
    let merges: MergeTable
    let unknown: Int32?
    /// Whether neighboring unknown characters share one unknown token.
    let fusesUnknown: Bool
    /// Whether a piece that is a token as a whole stays whole, whatever the merges say.
    let prefersWholePieces: Bool
    /// Ids that text must never reach, because they steer the model.
    let special: Set<Int32>

    /// Pieces up to this many symbols are merged by scanning, which is faster than a heap for words.
    private static let longestScan = 48
    private static let rankBits: UInt64 = 0xffff_ffff_0000_0000

    /// Working memory that a caller keeps from piece to piece.
    struct Scratch {
        fileprivate var ids: [Int32] = []
        fileprivate var candidates: [UInt64] = []
        fileprivate var heap = MinimumHeap()
    }

    /// - Parameter piece: whole UTF-8 sequences.
    func encode(_ piece: UnsafeBufferPointer<UInt8>, into result: inout [Int32], scratch: inout Scratch) throws {
        guard !piece.isEmpty else { return }
        if prefersWholePieces, let id = vocabulary.id(of: piece), !special.contains(id) {
            result.append(id)
            return
        }
        scratch.ids.removeAll(keepingCapacity: true)
        try cut(piece, into: &scratch.ids)
        if scratch.ids.count <= Self.longestScan {
            mergeByScanning(&scratch)
            result.append(contentsOf: scratch.ids)
        } else {
            mergeByHeap(&scratch, into: &result)
        }
    }

    /// How many bytes of a piece a token of it stands for.
    func length(of id: Int32) -> Int {
        if case .scalars(let fallback) = unit, fallback?.contains(id) == true { return 1 }
        return vocabulary.bytes(of: id).count
    }

    private func cut(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]) throws {
        switch unit {
        case .bytes(let tokens):
            for byte in piece {
                let id = tokens[Int(byte)]
                if id >= 0 { ids.append(id) } else { try appendUnknown(to: &ids) }
            }
        case .scalars(let fallback):
            var start = 0
            while start < piece.count {
                let end = min(piece.count, start + UTF8Form.length(leading: piece[start]))
                let character = UnsafeBufferPointer(rebasing: piece[start..<end])
                if let id = vocabulary.id(of: character), !special.contains(id) {
                    ids.append(id)
                } else if let fallback, character.allSatisfy({ fallback[Int($0)] >= 0 }) {
                    for byte in character { ids.append(fallback[Int(byte)]) }
                } else {
                    try appendUnknown(to: &ids)
                }
                start = end
            }
        case .endings(let ending):
            var start = 0
            while start < piece.count {
                let end = min(piece.count, start + UTF8Form.length(leading: piece[start]))
                let symbol = Array(piece[start..<end]) + (end == piece.count ? ending : [])
                if let id = vocabulary.id(of: symbol), !special.contains(id) {
                    ids.append(id)
                } else {
                    try appendUnknown(to: &ids)
                }
                start = end
            }
        }
    }

    private func appendUnknown(to ids: inout [Int32]) throws {
        guard let unknown else {
            throw TokenizersError(
                .unencodable,
                "The text has a character that this vocabulary can't express, and there is no token for unknown ones. Use a tokenizer with byte fallback."
            )
        }
        if !(fusesUnknown && ids.last == unknown) { ids.append(unknown) }
    }

    private func mergeByScanning(_ scratch: inout Scratch) {
        var count = scratch.ids.count
        guard count > 1 else { return }
        scratch.candidates.removeAll(keepingCapacity: true)
        for index in 1..<count { scratch.candidates.append(merges.find(scratch.ids[index - 1], scratch.ids[index])) }
        scratch.ids.withUnsafeMutableBufferPointer { ids in
            scratch.candidates.withUnsafeMutableBufferPointer { candidates in
                while count > 1 {
                    var best = MergeTable.none
                    var at = 0
                    for index in 0..<count - 1 where candidates[index] >> 32 < best >> 32 {
                        best = candidates[index]
                        at = index
                    }
                    guard best != MergeTable.none else { break }
                    ids[at] = Int32(truncatingIfNeeded: best)
                    count -= 1
                    var index = at + 1
                    while index < count {
                        ids[index] = ids[index + 1]
                        candidates[index - 1] = candidates[index]
                        index += 1
                    }
                    if at > 0 { candidates[at - 1] = merges.find(ids[at - 1], ids[at]) }
                    if at + 1 < count { candidates[at] = merges.find(ids[at], ids[at + 1]) }
                }
            }
        }
        scratch.ids.removeLast(scratch.ids.count - count)
    }

    /// The same by a linked list and a heap, O(n log n): a SentencePiece vocabulary sees a whole report as one piece.
    private func mergeByHeap(_ scratch: inout Scratch, into result: inout [Int32]) {
        let count = scratch.ids.count
        var ids = scratch.ids
        var candidates = [UInt64](repeating: MergeTable.none, count: count)
        var previous = (0..<count).map { Int32($0 - 1) }
        var next = (0..<count).map { Int32($0 + 1 < count ? $0 + 1 : -1) }
        var heap = scratch.heap
        heap.removeAll()
        for index in 0..<count - 1 {
            candidates[index] = merges.find(ids[index], ids[index + 1])
            if candidates[index] != MergeTable.none { heap.insert((candidates[index] & Self.rankBits) | UInt64(index)) }
        }
        while let entry = heap.removeFirst() {
            let at = Int(truncatingIfNeeded: entry & 0xffff_ffff)
            let candidate = candidates[at]
            // An entry is out of date when its pair has meanwhile merged with something else.
            guard candidate != MergeTable.none, candidate >> 32 == entry >> 32 else { continue }
            ids[at] = Int32(truncatingIfNeeded: candidate)
            let gone = Int(next[at])
            next[at] = next[gone]
            candidates[gone] = MergeTable.none
            if next[at] >= 0 { previous[Int(next[at])] = Int32(at) }
            for left in [Int(previous[at]), at] where left >= 0 {
                let right = next[left]
                candidates[left] = right >= 0 ? merges.find(ids[left], ids[Int(right)]) : MergeTable.none
                if candidates[left] != MergeTable.none {
                    heap.insert((candidates[left] & Self.rankBits) | UInt64(left))
                }
            }
        }
        scratch.heap = heap
        var index = 0
        while index >= 0 {
            result.append(ids[index])
            index = Int(next[index])
        }
    }
}
