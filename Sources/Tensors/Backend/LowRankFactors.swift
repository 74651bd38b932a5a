/// The low-rank factors that adapters add to one linear layer: y += scale · (x·Aᵀ)·Bᵀ, where the layer may consist of several
/// whose outputs lie side by side, each with factors of its own.
public struct LowRankFactors {
    public struct Part {
        /// First column of this layer's x·Aᵀ.
        public let rankColumn: Int
        /// First column of its output.
        public let outputColumn: Int
        public let output: Int
        /// [output, rank]
        public let b: UnsafeMutablePointer<Float>

        public init(rankColumn: Int, outputColumn: Int, output: Int, b: UnsafeMutablePointer<Float>) {
            self.rankColumn = rankColumn
            self.outputColumn = outputColumn
            self.output = output
            self.b = b
        }
    }

    /// The A matrices of all parts, one below the other: [width, input].
    public let a: UnsafeMutablePointer<Float>
    public let input: Int
    /// The sum of the parts' ranks.
    public let width: Int
    public let rank: Int
    public let scale: Float
    /// Ascending by output column, without overlap.
    public let parts: [Part]

    public init(
        a: UnsafeMutablePointer<Float>, input: Int, width: Int, rank: Int, scale: Float, parts: [Part]
    ) {
        self.a = a
        self.input = input
        self.width = width
        self.rank = rank
        self.scale = scale
        self.parts = parts
    }
}

extension TensorBackend {
    /// reduced[m, width] = x · Aᵀ;  y += scale · reduced · Bᵀ
    public func addLowRank(
        _ y: MatrixView, reduced: MatrixView, _ x: MatrixView, _ factors: LowRankFactors, rows m: Int
    ) {
        multiplyTransposed(
            reduced, x, MatrixView(factors.a, stride: factors.input), rows: m, columns: factors.width,
            inner: factors.input, alpha: 1, accumulate: false)
        for part in factors.parts {
            multiplyTransposed(
                y.dropping(columns: part.outputColumn), reduced.dropping(columns: part.rankColumn),
                MatrixView(part.b, stride: factors.rank), rows: m, columns: part.output, inner: factors.rank,
                alpha: factors.scale, accumulate: true)
        }
    }

    /// dReduced[m, width] = scale · dy · B, the gradient of `reduced`.
    public func reduceGradient(_ dReduced: MatrixView, _ dy: MatrixView, _ factors: LowRankFactors, rows m: Int) {
        for part in factors.parts {
            multiply(
                dReduced.dropping(columns: part.rankColumn), dy.dropping(columns: part.outputColumn),
                MatrixView(part.b, stride: factors.rank), rows: m, columns: factors.rank, inner: part.output,
                alpha: factors.scale, accumulate: false)
        }
    }

    /// dx += dReduced · A
    public func addLowRankGradient(_ dx: MatrixView, dReduced: MatrixView, _ factors: LowRankFactors, rows m: Int) {
        multiply(
            dx, dReduced, MatrixView(factors.a, stride: factors.input), rows: m, columns: factors.input,
            inner: factors.width, alpha: 1, accumulate: true)
    }
}
