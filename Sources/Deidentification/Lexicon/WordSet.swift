/// A set of word hashes. The hashes are spread evenly already, so a look-up is one masked index instead of another hash.
struct WordSet: Sendable {
    private let table: [UInt64]
    private let mask: Int

    init(_ hashes: some Collection<UInt64>) {
        var size = 8
        while size < hashes.count * 3 { size *= 2 }
        var table = [UInt64](repeating: 0, count: size)
        let mask = size - 1
        for hash in hashes where hash != 0 {
            var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
            while table[slot] != 0, table[slot] != hash { slot = (slot + 1) & mask }
            table[slot] = hash
        }
        self.table = table
        self.mask = mask
    }

    func contains(_ hash: UInt64) -> Bool {
        guard hash != 0 else { return false }
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
        while table[slot] != 0 {
            if table[slot] == hash { return true }
            slot = (slot + 1) & mask
        }
        return false
    }
}
