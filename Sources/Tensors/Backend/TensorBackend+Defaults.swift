/// What a backend may leave out: right everywhere, and fast where memory is the host's own.
extension TensorBackend {
    public func synchronize() throws {}

    public var roundsActivations: Bool { false }

    public func activations(at pointer: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> { pointer }

    public func makeReplay() -> (any OperationReplay)? { nil }

    public var availableBytes: Int? { nil }

    public func place(_ weight: FrozenMatrix) throws -> FrozenMatrix { weight }

    public var stacksWeights: Bool { false }

    public func stack(_ weights: [FrozenMatrix]) throws -> FrozenMatrix? { nil }

    public var joinsAdapters: Bool { false }

    public func multiplyTransposed(
        _ y: MatrixView, reduced: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, _ factors: LowRankFactors,
        rows m: Int, accumulate: Bool
    ) {
        multiplyTransposed(y, x, frozen: w, rows: m, accumulate: accumulate)
        addLowRank(y, reduced: reduced, x, factors, rows: m)
    }

    public func multiply(
        _ dx: MatrixView, dReduced: MatrixView, _ dy: MatrixView, frozen w: FrozenMatrix, _ factors: LowRankFactors,
        rows m: Int, accumulate: Bool
    ) {
        multiply(dx, dy, frozen: w, rows: m, accumulate: accumulate)
        reduceGradient(dReduced, dy, factors, rows: m)
        addLowRankGradient(dx, dReduced: dReduced, factors, rows: m)
    }

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
