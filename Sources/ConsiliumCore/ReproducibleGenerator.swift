/// A small seeded generator (SplitMix64; Steele, Lea, Flood 2014) for what must be repeatable and need not be secret:
/// shuffles, LoRA initialization, synthetic reports.
///
/// It is deliberately no ``SecureRandom``: noise, masks and keys cannot be drawn from it.
public struct ReproducibleGenerator: RandomNumberGenerator, Sendable, Codable, Equatable {
    /// The whole state: store it to resume the sequence exactly.
    public private(set) var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// A generator of its own for each labelled use of one seed, so that adding a use never shifts the others.
    public init(seed: UInt64, label: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in label.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var mixer = ReproducibleGenerator(seed: seed ^ hash)
        state = mixer.next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Uniform in [0, 1) with 53 bits.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
