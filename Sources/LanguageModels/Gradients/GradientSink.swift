internal import Tensors

/// Where gradients go: one flat vector for every group of rows, with places for adapter tensors or for the model's own
/// parameters.
struct GradientSink {
    struct Group {
        var rows: Range<Int>
        /// Floats to which the gradient is added, in the order of the flat vector.
        var gradient: UnsafeMutablePointer<Float>
    }

    var groups: [Group]
    /// Which factors of the adapter get a gradient.
    var trainsA = true
    var trainsB = true
    /// The model's own parameters get a gradient. There is one group then, of all rows.
    var trainsWeights = false

    /// Where the gradient of one tensor goes, for every group.
    func segments(at offset: Int) -> [SegmentTarget] {
        groups.map { SegmentTarget(rows: $0.rows, target: $0.gradient + offset) }
    }

    /// The flat gradient of the model's own parameters.
    var whole: UnsafeMutablePointer<Float>? { trainsWeights ? groups.first?.gradient : nil }

    /// weight[output, input] += dyᵀ · x
    func addWeight(
        _ parameter: Int, dy: MatrixView, x: MatrixView, rows: Int, output: Int, input: Int,
        _ backend: any TensorBackend
    ) {
        guard let whole else { return }
        backend.multiplyTransposedFirst(
            MatrixView(whole + parameter, stride: input), dy, x, rows: output, columns: input, inner: rows, alpha: 1,
            accumulate: true)
    }

    /// The gradients of a linear layer's own weights and biases.
    func add(_ linear: Linear, dy: MatrixView, x: MatrixView, rows: Int, _ backend: any TensorBackend) {
        guard let whole else { return }
        for piece in linear.pieces {
            guard let parameter = piece.parameter else { continue }
            addWeight(
                parameter, dy: dy.dropping(columns: piece.column), x: x, rows: rows, output: piece.matrix.rows,
                input: piece.matrix.columns, backend)
        }
        for part in linear.bias?.parts ?? [] {
            guard let parameter = part.parameter else { continue }
            backend.addColumnSums(
                whole + parameter, dy.dropping(columns: part.column), rows: rows, width: part.count)
        }
    }

    /// The gradients of a norm's own weights.
    func add(
        _ norm: Norm, dy: MatrixView, x: MatrixView, statistics: UnsafePointer<Float>, rows: Int, groups: Int,
        width: Int, _ backend: any TensorBackend
    ) {
        guard let whole, let weight = norm.weightParameter else { return }
        backend.normWeightGradient(
            weight: whole + weight, bias: norm.biasParameter.map { whole + $0 }, dy, x, statistics: statistics,
            rows: rows, groups: groups, width: width)
    }
}
