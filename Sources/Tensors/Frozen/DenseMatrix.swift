internal import CKernels

/// Rearranging dense float32 matrices on the host.
public enum DenseMatrix {
    /// The rows `range` of the transpose of `source` [rows, columns], dense: [range, rows].
    public static func transpose(
        _ source: UnsafePointer<Float>, rows: Int, columns: Int, range: Range<Int>,
        into target: UnsafeMutablePointer<Float>
    ) {
        guard range.lowerBound >= 0, range.upperBound <= columns, rows > 0, !range.isEmpty else { return }
        consilium_transpose(target, rows, source + range.lowerBound, columns, rows, range.count)
    }
}
