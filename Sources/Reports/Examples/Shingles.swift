/// The runs of five words of a text, as 32-bit hashes, sorted, each once. Case and punctuation do not count.
struct Shingles {
    /// Words of a run.
    static let length = 5
    /// Longer texts are compared on their smallest hashes, which is a fair sample of their runs.
    static let maximum = 16_384

    let runs: [UInt32]
    /// Of all words: equal for texts that differ in white space, case and punctuation only.
    let whole: UInt64

    init(_ text: String) {
        var words: [UInt64] = []
        var whole: UInt64 = 0xcbf2_9ce4_8422_2325
        var word: UInt64 = Self.start
        var isInside = false
        for byte in text.utf8 {
            if ASCII.isWord(byte) {
                word = (word ^ UInt64(ASCII.lowercased(byte))) &* Self.prime
                isInside = true
            } else if isInside {
                words.append(Self.mixed(word))
                word = Self.start
                isInside = false
            }
        }
        if isInside { words.append(Self.mixed(word)) }
        for word in words { whole = Self.mixed(whole ^ word) }
        self.whole = whole
        guard !words.isEmpty else {
            runs = []
            return
        }
        var runs: [UInt32] = []
        runs.reserveCapacity(words.count)
        if words.count < Self.length {
            runs.append(UInt32(truncatingIfNeeded: whole))
        } else {
            for end in Self.length...words.count {
                var hash: UInt64 = 0
                for word in words[(end - Self.length)..<end] { hash = (hash ^ word) &* Self.prime }
                runs.append(UInt32(truncatingIfNeeded: Self.mixed(hash) >> 32))
            }
        }
        runs.sort()
        var unique: [UInt32] = []
        unique.reserveCapacity(runs.count)
        for run in runs where unique.last != run { unique.append(run) }
        self.runs = unique.count > Self.maximum ? Array(unique.prefix(Self.maximum)) : unique
    }

    private static let start: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01b3

    /// The finalizer of SplitMix64: every bit of the input moves every bit of the output.
    static func mixed(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    static func hash(_ bytes: some Sequence<UInt8>, seed: UInt64) -> UInt64 {
        var hash = start ^ seed
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* prime }
        return mixed(hash)
    }

    /// Whether at least this share of all runs of both is in both. Both sorted.
    static func areSimilar(_ left: [UInt32], _ right: [UInt32], threshold: Double) -> Bool {
        let smaller = min(left.count, right.count), larger = max(left.count, right.count)
        guard larger > 0, Double(smaller) >= threshold * Double(larger) else { return false }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                var common = 0, first = 0, second = 0
                while first < left.count, second < right.count {
                    let a = left[first], b = right[second]
                    if a == b { common += 1 }
                    if a <= b { first += 1 }
                    if b <= a { second += 1 }
                }
                return Double(common) >= threshold * Double(left.count + right.count - common)
            }
        }
    }
}
