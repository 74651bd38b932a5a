/// What a backend may leave out: right everywhere, and fast where memory is the host's own.
extension TensorBackend {
    public func synchronize() throws {}

    public var availableBytes: Int? { nil }

    public func place(_ weight: FrozenMatrix) throws -> FrozenMatrix { weight }

    public var stacksWeights: Bool { false }

    public func stack(_ weights: [FrozenMatrix]) throws -> FrozenMatrix? { nil }

    public var headRows: Int { 256 }

    public var tokensPerPass: Int { 4096 }

    public func copyRows(_ y: MatrixView, _ x: MatrixView, rows: Int, width: Int) {
        for row in 0..<rows {
            copy(y.dropping(rows: row).pointer, x.dropping(rows: row).pointer, count: width)
        }
    }

    public func addSegmentProducts(
        _ segments: [SegmentTarget], stride: Int, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int,
        alpha: Float
    ) {
        for segment in segments where !segment.rows.isEmpty {
            let first = segment.rows.lowerBound
            multiplyTransposedFirst(
                MatrixView(segment.target, stride: stride), a.dropping(rows: first), b.dropping(rows: first), rows: m,
                columns: n, inner: segment.rows.count, alpha: alpha, accumulate: true)
        }
    }

    public func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, losses: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?,
        vocabulary: Int, cap: Float
    ) {
        crossEntropy(logits, targets: targets, weights: weights, vocabulary: vocabulary, cap: cap)
            .withUnsafeBufferPointer { upload($0, to: losses) }
    }
}
