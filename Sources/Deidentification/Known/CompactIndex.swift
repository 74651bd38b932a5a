/// Values of which only letters and digits count, whatever separates them in the text.
struct CompactIndex: Sendable {
    struct Entry: Sendable {
        var value: [UInt32]
        /// With letters and digits that scanners take for each other made one.
        var readable: [UInt32]
        var label: IdentifierLabel
    }

    private(set) var entries: [Entry] = []
    private var heads: [UInt32: [Int]] = [:]
    /// One bit for each head that occurs: most places of a text are passed without a look-up.
    private var filter = [UInt64](repeating: 0, count: 64)

    var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ value: [UInt32], _ label: IdentifierLabel) {
        guard value.count >= 4 else { return }
        let readable = value.map(KnownMatcher.readable)
        let head = Self.head(readable, 0)
        if heads[head]?.contains(where: { entries[$0].value == value }) == true { return }
        heads[head, default: []].append(entries.count)
        entries.append(Entry(value: value, readable: readable, label: label))
        let bit = Self.bit(head)
        filter[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
    }

    /// The entries that may begin at a place of a readable stream.
    func candidates(_ stream: [UInt32], _ offset: Int) -> [Int]? {
        guard offset + 4 <= stream.count else { return nil }
        let head = Self.head(stream, offset)
        let bit = Self.bit(head)
        guard filter[Int(bit >> 6)] & (1 << UInt64(bit & 63)) != 0 else { return nil }
        return heads[head]
    }

    private static func head(_ stream: [UInt32], _ offset: Int) -> UInt32 {
        var head: UInt32 = 0
        for index in offset..<offset + 4 { head = head &* 0x9e3b &+ stream[index] }
        return head
    }

    private static func bit(_ head: UInt32) -> UInt32 { (head &* 0x9e37_79b1) >> 20 }
}
