/// Builds the merge table of a file that lists merges in order.
struct NumberedMerges {
    private let parts: TokenizerParts
    private(set) var table: MergeTable
    private(set) var count = 0

    init(parts: TokenizerParts, capacity: Int) {
        self.parts = parts
        table = MergeTable(capacity: capacity)
    }

    /// - Parameter line: two tokens with a blank between them.
    mutating func insert(line: String) throws {
        let halves = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        guard halves.count == 2, let left = String(halves[0]), let right = String(halves[1]) else {
            throw parts.malformed("merge \(count + 1) is no pair of tokens")
        }
        try insert(left, right)
    }

    mutating func insert(_ left: String, _ right: String) throws {
        let names = parts.names
        guard let first = names.id(of: left), let second = names.id(of: right),
            let merged = names.id(of: Array(left.utf8) + Array(right.utf8))
        else { throw parts.malformed("merge \(count + 1) has a token that is not in the vocabulary") }
        table.insert(first, second, rank: UInt32(truncatingIfNeeded: count), merged: merged)
        count += 1
    }
}
