internal import CKernels

extension FrozenMatrix {
    /// Writes `rows` as dense float32 rows: for checks, merging and changing the format. Products have paths of their own.
    public func read(rows range: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        let first = max(range.lowerBound, 0)
        let last = min(range.upperBound, rows)
        guard first < last else { return }
        withKernelView { consilium_unpack_rows(target, columns, $0, first, last - first, 1) }
    }

    /// All elements, row-major.
    public func floats() -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { read(rows: 0..<rows, into: base) }
            initialized = count
        }
    }

    /// The matrix as the kernels take it.
    func withKernelView<Result>(_ body: (UnsafePointer<consilium_frozen>) throws -> Result) rethrows -> Result {
        let kind =
            switch format {
            case .float32: CONSILIUM_FLOAT32
            case .float16: CONSILIUM_FLOAT16
            case .bfloat16: CONSILIUM_BFLOAT16
            case .int8: CONSILIUM_INT8
            case .nf4: CONSILIUM_NF4
            }
        var view = consilium_frozen(
            data: data, scales: scales, codebook: codebook, rows: rows, columns: columns, format: Int32(kind),
            rounding: rounding.rawValue)
        return try withExtendedLifetime(self) { try body(&view) }
    }
}
