/// Tokens as byte strings, by id and by content.
///
/// Neither `String` nor `Dictionary` is used: Swift compares strings by canonical equivalence, so “é” in its two
/// Unicode forms would be one key, while vocabularies hold both as different tokens.
struct Vocabulary: Sendable {
    /// More ids than any known vocabulary has; a larger one in a file is taken for an attack on the memory.
    static let largestSize = 4_000_000

    /// All contents, one after the other; the token of id `i` is `arena[starts[i] ..< starts[i] + lengths[i]]`.
    private var arena: [UInt8] = []
    private var starts: [Int32]
    private var lengths: [Int32]
    /// Open addressing with linear probing; -1 is a free slot.
    private var slots: [Int32]
    private var mask: Int
    /// One more than the highest id.
    private(set) var size = 0
    /// How many ids have a token.
    private(set) var count = 0

    /// - Parameter capacity: about how many tokens will come.
    init(capacity: Int) {
        var slotCount = 16
        while slotCount < capacity * 2 { slotCount *= 2 }
        slots = [Int32](repeating: -1, count: slotCount)
        mask = slotCount - 1
        starts = []
        lengths = []
        starts.reserveCapacity(capacity)
        lengths.reserveCapacity(capacity)
    }

    /// What became of an insertion.
    enum Insertion: Equatable {
        case added
        /// The id already has a token, with other bytes.
        case idTaken
        /// The same bytes already have an id; the new id gets the bytes, but looking them up gives the older id.
        case contentTaken
        case idOutOfRange
    }

    mutating func insert(_ bytes: some Collection<UInt8>, id: Int) -> Insertion {
        guard id >= 0, id < Self.largestSize, arena.count + bytes.count < Int(Int32.max) else { return .idOutOfRange }
        if id < size, lengths[id] >= 0 {
            return self.bytes(of: Int32(id)).elementsEqual(bytes) ? .contentTaken : .idTaken
        }
        if (count + 1) * 2 > slots.count { grow() }
        while size <= id {
            starts.append(0)
            lengths.append(-1)
            size += 1
        }
        starts[id] = Int32(arena.count)
        lengths[id] = Int32(bytes.count)
        arena.append(contentsOf: bytes)
        count += 1
        return link(Int32(id)) ? .added : .contentTaken
    }

    /// The token's bytes; nothing for an id without a token.
    func bytes(of id: Int32) -> ArraySlice<UInt8> {
        guard id >= 0, Int(id) < size, lengths[Int(id)] >= 0 else { return [] }
        let start = Int(starts[Int(id)])
        return arena[start..<start + Int(lengths[Int(id)])]
    }

    func contains(id: Int32) -> Bool { id >= 0 && Int(id) < size && lengths[Int(id)] >= 0 }

    func id(of text: String) -> Int32? {
        var text = text
        return text.withUTF8 { id(of: $0) }
    }

    func id(of bytes: [UInt8]) -> Int32? { bytes.withUnsafeBufferPointer { id(of: $0) } }

    func id(of bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
        arena.withUnsafeBufferPointer { arena in
            slots.withUnsafeBufferPointer { slots in
                var slot = Self.hash(bytes) & mask
                while slots[slot] >= 0 {
                    let candidate = Int(slots[slot])
                    if Int(lengths[candidate]) == bytes.count {
                        let start = Int(starts[candidate])
                        var index = 0
                        while index < bytes.count, arena[start + index] == bytes[index] { index += 1 }
                        if index == bytes.count { return Int32(candidate) }
                    }
                    slot = (slot + 1) & mask
                }
                return nil
            }
        }
    }

    /// - Returns: `false` if another id already has the same bytes; then nothing changed.
    private mutating func link(_ id: Int32) -> Bool {
        let start = Int(starts[Int(id)])
        let length = Int(lengths[Int(id)])
        let slot = arena.withUnsafeBufferPointer { arena in
            let wanted = UnsafeBufferPointer(rebasing: arena[start..<start + length])
            var slot = Self.hash(wanted) & mask
            while slots[slot] >= 0 {
                let other = Int(slots[slot])
                let otherStart = Int(starts[other])
                if Int(lengths[other]) == length, arena[otherStart..<otherStart + length].elementsEqual(wanted) {
                    return -1
                }
                slot = (slot + 1) & mask
            }
            return slot
        }
        guard slot >= 0 else { return false }
        slots[slot] = id
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        mask = slots.count - 1
        for id in 0..<size where lengths[id] >= 0 { _ = link(Int32(id)) }
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        // FNV-1a mixes its low bits badly for short words.
        return Int(truncatingIfNeeded: ((hash ^ (hash >> 29)) &* 0x9e37_79b9_7f4a_7c15) >> 20)
    }
}
