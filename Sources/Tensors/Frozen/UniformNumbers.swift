internal import CKernels

/// Quick pseudo-random numbers that depend on a key and their position alone; of no statistical quality.
public enum UniformNumbers {
    /// `count` numbers in [-bound, bound), the first of them at position `first`.
    public static func fill(
        _ target: UnsafeMutablePointer<Float>, count: Int, key: UInt64, first: Int = 0, bound: Float
    ) {
        consilium_uniform(target, key, UInt64(max(first, 0)), bound, count)
    }
}
