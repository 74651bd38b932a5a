/// Hashes of features. A feature is a template with the values it saw; only its bucket is ever stored.
enum FeatureHash {
    /// How many bits of a hash name its bucket.
    static let bucketBits = 22

    /// Joins two values; the order counts.
    @inline(__always)
    static func join(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let mixed = (left ^ (right &* 0x9e37_79b9_7f4a_7c15)) &* 0xff51_afd7_ed55_8ccd
        return mixed ^ (mixed >> 29)
    }

    /// The bucket of a template's value: the top bits of a finalizer (MurmurHash3's).
    @inline(__always)
    static func bucket(_ template: UInt64, _ value: UInt64) -> UInt32 {
        var hash = value ^ ((template &+ 1) &* 0xc4ce_b9fe_1a85_ec53)
        hash ^= hash >> 33
        hash = hash &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 33
        hash = hash &* 0xc4ce_b9fe_1a85_ec53
        return UInt32(truncatingIfNeeded: hash >> UInt64(64 - bucketBits))
    }
}
