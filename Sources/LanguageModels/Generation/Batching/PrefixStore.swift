/// Keys and values of texts that are done, for later ones that begin alike: the next turn of a conversation, or the same
/// instructions before another report.
///
/// The least recently used go first. Whatever is kept counts against ``limit``.
struct PrefixStore {
    struct Entry {
        let tokens: [Int32]
        let cache: KeyValueCache
        let bytes: Int
        fileprivate var used: Int
    }

    /// In bytes.
    let limit: Int
    private(set) var bytes = 0
    private(set) var entries: [Entry] = []
    private var clock = 0

    /// Shorter ones are computed again faster than they are looked after.
    static let shortest = 8

    init(limit: Int) { self.limit = max(0, limit) }

    /// - Parameter tokens: those whose keys the cache holds.
    mutating func keep(_ tokens: [Int32], _ cache: KeyValueCache, bytes size: Int) {
        let tokens = Array(tokens.prefix(cache.count))
        guard tokens.count >= Self.shortest, size <= limit else { return }
        // One that the newcomer contains as a whole is of no more use.
        entries.removeAll { entry in
            guard tokens.starts(with: entry.tokens) else { return false }
            bytes -= entry.bytes
            return true
        }
        makeRoom(for: size)
        clock += 1
        entries.append(Entry(tokens: tokens, cache: cache, bytes: size, used: clock))
        bytes += size
    }

    /// The kept text that shares most of its beginning with `tokens`, and how many tokens that is.
    mutating func best(for tokens: ArraySlice<Int32>) -> (cache: KeyValueCache, count: Int)? {
        var best: (index: Int, count: Int)?
        for (index, entry) in entries.enumerated() {
            let count = Self.common(tokens, entry.tokens[...])
            if count >= Self.shortest, count > best?.count ?? 0 { best = (index, count) }
        }
        guard let best else { return nil }
        clock += 1
        entries[best.index].used = clock
        return (entries[best.index].cache, best.count)
    }

    /// Drops entries until `size` more bytes fit below the limit.
    mutating func makeRoom(for size: Int) {
        while bytes + size > limit, let oldest = entries.indices.min(by: { entries[$0].used < entries[$1].used }) {
            bytes -= entries[oldest].bytes
            entries.remove(at: oldest)
        }
    }

    static func common(_ left: ArraySlice<Int32>, _ right: ArraySlice<Int32>) -> Int {
        var count = 0
        for (a, b) in zip(left, right) {
            guard a == b else { break }
            count += 1
        }
        return count
    }
}
