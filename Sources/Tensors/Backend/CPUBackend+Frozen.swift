internal import CKernels

extension CPUBackend {
    public func gatherRows(_ y: UnsafeMutablePointer<Float>, frozen w: FrozenMatrix, rows: [Int32], factor: Float) {
        w.withKernelView { description in
            inParallel(rows.count, cost: w.columns / 4) { range in
                for index in range {
                    consilium_unpack_rows(y + index * w.columns, w.columns, description, Int(rows[index]), 1, factor)
                }
            }
        }
    }
}

extension FrozenMatrix {
    /// The weight as a plain matrix: float32 that is aligned to its size.
    var dense: MatrixView? {
        guard format == .float32, Int(bitPattern: data) % MemoryLayout<Float>.alignment == 0 else { return nil }
        let floats = UnsafeMutableRawPointer(mutating: data).assumingMemoryBound(to: Float.self)
        return MatrixView(floats, stride: columns)
    }
}
