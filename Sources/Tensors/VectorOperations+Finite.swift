internal import CKernels

extension VectorOperations {
    /// Whether no value is NaN or infinite.
    public static func isFinite(_ values: UnsafeBufferPointer<Float>) -> Bool {
        guard let base = values.baseAddress else { return true }
        return consilium_finite_float32(base, values.count)
    }

    /// target += values, as many as both have.
    public static func add(_ values: UnsafeBufferPointer<Float>, to target: UnsafeMutableBufferPointer<Float>) {
        guard let source = values.baseAddress, let base = target.baseAddress else { return }
        consilium_add(base, source, min(values.count, target.count))
    }
}
