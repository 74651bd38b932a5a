internal import CKernels

extension FrozenMatrix {
    /// Whether no weight is NaN or infinite. Reads everything once, at about the speed of memory.
    public var isFinite: Bool {
        if let type = format.elementType { return type.isFinite(data, count: count) }
        guard let scales else { return false }
        let number = format.scales(rows: rows, columns: columns)
        guard consilium_finite_float32(scales, number) else { return false }
        guard format == .nf4 else {
            // A byte of -128 to 127 times the scale.
            return (0..<number).allSatisfy { (scales[$0] * 128).isFinite }
        }
        guard let codebook, consilium_finite_float32(codebook, 16) else { return false }
        let largestCode = (0..<16).reduce(0) { max($0, abs(codebook[$1])) }
        let limit: Float =
            switch rounding {
            case .none: .greatestFiniteMagnitude
            case .bfloat16: 3.3895e38
            case .float16: 65504
            }
        return (0..<number).allSatisfy { abs(scales[$0]) * largestCode <= limit }
    }
}
