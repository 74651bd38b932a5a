internal import CKernels
internal import COpenBLAS

extension CPUBackend {
    /// Floats of a panel of unpacked weights: with the other operands it stays in the second-level cache.
    private static let panelSize = 1 << 17

    public func multiplyTransposed(
        _ y: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool
    ) {
        if let dense = w.dense {
            return product(y, x, CblasNoTrans, dense, CblasTrans, m, w.rows, w.columns, 1, accumulate)
        }
        forEachPanel(of: w) { panel, rows in
            product(
                y.dropping(columns: rows.lowerBound), x, CblasNoTrans, panel, CblasTrans, m, rows.count, w.columns, 1,
                accumulate)
        }
    }

    public func multiply(_ dx: MatrixView, _ dy: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool) {
        if let dense = w.dense {
            return product(dx, dy, CblasNoTrans, dense, CblasNoTrans, m, w.columns, w.rows, 1, accumulate)
        }
        forEachPanel(of: w) { panel, rows in
            product(
                dx, dy.dropping(columns: rows.lowerBound), CblasNoTrans, panel, CblasNoTrans, m, w.columns, rows.count,
                1, accumulate || rows.lowerBound > 0)
        }
    }

    public func gatherRows(_ y: UnsafeMutablePointer<Float>, frozen w: FrozenMatrix, rows: [Int32], factor: Float) {
        w.withDescription { description in
            for (index, row) in rows.enumerated() {
                consilium_unpack_rows(y + index * w.columns, w.columns, description, Int(row), 1, factor)
            }
        }
    }

    private func forEachPanel(of w: FrozenMatrix, _ body: (MatrixView, Range<Int>) -> Void) {
        let height = max(1, min(w.rows, Self.panelSize / max(w.columns, 1)))
        scratch.withMemory(height * w.columns) { memory in
            w.withDescription { description in
                for start in stride(from: 0, to: w.rows, by: height) {
                    let rows = start..<min(start + height, w.rows)
                    consilium_unpack_rows(memory, w.columns, description, start, rows.count, 1)
                    body(MatrixView(memory, stride: w.columns), rows)
                }
            }
        }
    }
}

extension FrozenMatrix {
    /// The weight as BLAS takes it: float32 that is aligned to its size.
    fileprivate var dense: MatrixView? {
        guard format == .float32, Int(bitPattern: data) % MemoryLayout<Float>.alignment == 0 else { return nil }
        let floats = UnsafeMutableRawPointer(mutating: data).assumingMemoryBound(to: Float.self)
        return MatrixView(floats, stride: columns)
    }

    fileprivate func withDescription(_ body: (UnsafePointer<consilium_frozen>) -> Void) {
        let kind =
            switch format {
            case .float32: CONSILIUM_FLOAT32
            case .float16: CONSILIUM_FLOAT16
            case .bfloat16: CONSILIUM_BFLOAT16
            case .int8: CONSILIUM_INT8
            case .nf4: CONSILIUM_NF4
            }
        var description = consilium_frozen(
            data: data, scales: scales, codebook: codebook, rows: rows, columns: columns, format: Int32(kind),
            rounding: rounding.rawValue)
        withExtendedLifetime(self) { body(&description) }
    }
}
