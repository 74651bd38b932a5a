/// Which two neighbouring tokens may become one, how soon, and which.
struct MergeTable: Sendable {
    /// What ``find(_:_:)`` answers for a pair that doesn't merge. Larger than every real answer.
    static let none = UInt64.max

    private var keys: [UInt64]
    private var values: [UInt64]
    private var shift: UInt64
    private(set) var count = 0

    init(capacity: Int) {
        var bits: UInt64 = 4
        while (1 << bits) < capacity * 2 { bits += 1 }
        keys = [UInt64](repeating: Self.none, count: 1 << bits)
        values = [UInt64](repeating: Self.none, count: 1 << bits)
        shift = 64 - bits
    }

    /// Of two merges of the same pair the earlier one stays.
    mutating func insert(_ left: Int32, _ right: Int32, rank: UInt32, merged: Int32) {
        if (count + 1) * 2 > keys.count { grow() }
        place(Self.key(left, right), UInt64(rank) << 32 | UInt64(UInt32(bitPattern: merged)))
    }

    /// - Returns: the rank in the upper 32 bits (lower merges first), the merged token's id in the lower; or ``none``.
    func find(_ left: Int32, _ right: Int32) -> UInt64 {
        let wanted = Self.key(left, right)
        var slot = Int(truncatingIfNeeded: (wanted &* 0x9e37_79b9_7f4a_7c15) >> shift)
        return keys.withUnsafeBufferPointer { keys in
            while true {
                let key = keys[slot]
                if key == wanted { return values[slot] }
                if key == Self.none { return Self.none }
                slot = (slot + 1) & (keys.count - 1)
            }
        }
    }

    /// All merges, the ones that come first first; of equal rank in the order of their tokens.
    var ordered: [(left: Int32, right: Int32, rank: UInt32, merged: Int32)] {
        zip(keys, values).filter { $0.0 != Self.none }.sorted { ($0.1 >> 32, $0.0) < ($1.1 >> 32, $1.0) }.map {
            (
                Int32(truncatingIfNeeded: $0 >> 32), Int32(truncatingIfNeeded: $0),
                UInt32(truncatingIfNeeded: $1 >> 32),
                Int32(truncatingIfNeeded: $1)
            )
        }
    }

    private mutating func place(_ key: UInt64, _ value: UInt64) {
        var slot = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> shift)
        while keys[slot] != Self.none {
            if keys[slot] == key { return }
            slot = (slot + 1) & (keys.count - 1)
        }
        keys[slot] = key
        values[slot] = value
        count += 1
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        self = MergeTable(capacity: keys.count)
        for (key, value) in zip(oldKeys, oldValues) where key != Self.none { place(key, value) }
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}
