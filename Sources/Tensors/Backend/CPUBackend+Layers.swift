internal import CKernels

extension CPUBackend {
    // MARK: Norms

    public func normForward(
        _ y: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafeMutablePointer<Float>, rows: Int,
        groups: Int, width: Int
    ) {
        consilium_norm_forward(
            norm.kind == .layer ? 1 : 0, y.pointer, y.stride, statistics, x.pointer, x.stride, norm.weight.pointer,
            norm.bias?.pointer, rows, groups, width, norm.epsilon)
    }

    public func normBackward(
        _ dx: MatrixView, _ dy: MatrixView, _ x: MatrixView, _ norm: NormWeights, statistics: UnsafePointer<Float>,
        rows: Int, groups: Int, width: Int, accumulate: Bool
    ) {
        consilium_norm_backward(
            norm.kind == .layer ? 1 : 0, accumulate ? 1 : 0, dx.pointer, dx.stride, dy.pointer, dy.stride, x.pointer,
            x.stride, norm.weight.pointer, statistics, rows, groups, width)
    }

    public func normWeightGradient(
        weight: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?, _ dy: MatrixView, _ x: MatrixView,
        statistics: UnsafePointer<Float>, rows: Int, groups: Int, width: Int
    ) {
        consilium_norm_weight_gradient(
            weight, bias, dy.pointer, dy.stride, x.pointer, x.stride, statistics, rows, groups, width, 0, width)
    }

    // MARK: Positions and activations

    public func rotary(
        _ x: MatrixView, cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, positions: [Int32], heads: Int,
        headSize: Int, rotarySize: Int, inverse: Bool
    ) {
        consilium_rotary(
            x.pointer, x.stride, cosine, sine, positions, positions.count, heads, headSize, rotarySize,
            inverse ? -1 : 1)
    }

    public func gatedForward(
        _ y: UnsafeMutablePointer<Float>, gateUp: UnsafePointer<Float>, _ activation: Activation, rows: Int, width: Int
    ) {
        consilium_gated_forward(activation.rawValue, y, gateUp, rows, width)
    }

    public func gatedBackward(
        _ dGateUp: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, gateUp: UnsafePointer<Float>,
        _ activation: Activation, rows: Int, width: Int
    ) {
        consilium_gated_backward(activation.rawValue, dGateUp, dy, gateUp, rows, width)
    }

    public func activationForward(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ activation: Activation, count: Int
    ) {
        consilium_activation_forward(activation.rawValue, y, x, count)
    }

    public func activationBackward(
        _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
        _ activation: Activation, count: Int
    ) {
        consilium_activation_backward(activation.rawValue, dx, dy, x, count)
    }

    // MARK: The head

    public func softcap(_ x: UnsafeMutablePointer<Float>, cap: Float, count: Int) { consilium_softcap(x, cap, count) }

    public func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?, vocabulary: Int, cap: Float
    ) -> [Float] {
        var losses = [Float](repeating: 0, count: targets.count)
        if let weights {
            consilium_cross_entropy(logits, &losses, targets, weights, targets.count, vocabulary, cap)
        } else {
            consilium_cross_entropy(logits, &losses, targets, nil, targets.count, vocabulary, cap)
        }
        return losses
    }
}
