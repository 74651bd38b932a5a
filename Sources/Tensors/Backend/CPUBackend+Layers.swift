internal import CKernels

extension CPUBackend {
    public func normForward(
        _ y: UnsafeMutablePointer<Float>, inverseDeviation: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>,
        weight: UnsafePointer<Float>, rows: Int, width: Int, epsilon: Float
    ) {
        consilium_rmsnorm_forward(y, inverseDeviation, x, weight, rows, width, epsilon)
    }

    public func normBackwardAdd(
        _ dx: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
        weight: UnsafePointer<Float>, inverseDeviation: UnsafePointer<Float>, rows: Int, width: Int
    ) {
        consilium_rmsnorm_backward_add(dx, dy, x, weight, inverseDeviation, rows, width)
    }

    public func rotary(
        _ x: MatrixView, cosine: UnsafePointer<Float>, sine: UnsafePointer<Float>, positions: [Int32], heads: Int,
        headSize: Int, rotarySize: Int, inverse: Bool
    ) {
        consilium_rotary(
            x.pointer, x.stride, cosine, sine, positions, positions.count, heads, headSize, rotarySize,
            inverse ? -1 : 1)
    }

    public func attentionScratch(length: Int, headSize: Int) -> Int { consilium_attention_scratch(length, headSize) }

    public func attentionForward(
        _ out: MatrixView, logSumExp: UnsafeMutablePointer<Float>, queries: MatrixView, keys: MatrixView,
        values: MatrixView, length: Int, shape: AttentionShape, scratch: UnsafeMutablePointer<Float>
    ) {
        consilium_attention_forward(
            out.pointer, out.stride, logSumExp, queries.pointer, keys.pointer, values.pointer, queries.stride, length,
            shape.heads, shape.keyValueHeads, shape.headSize, shape.scale, scratch)
    }

    public func attentionBackward(
        dQueries: MatrixView, dKeys: MatrixView, dValues: MatrixView, dOut: MatrixView, out: MatrixView,
        logSumExp: UnsafePointer<Float>, queries: MatrixView, keys: MatrixView, values: MatrixView, length: Int,
        shape: AttentionShape, scratch: UnsafeMutablePointer<Float>
    ) {
        consilium_attention_backward(
            dQueries.pointer, dKeys.pointer, dValues.pointer, dOut.pointer, out.pointer, out.stride, logSumExp,
            queries.pointer, keys.pointer, values.pointer, queries.stride, length, shape.heads, shape.keyValueHeads,
            shape.headSize, shape.scale, scratch)
    }

    public func attentionDecode(
        _ out: UnsafeMutablePointer<Float>, query: UnsafePointer<Float>, keys: MatrixView, values: MatrixView,
        length: Int, shape: AttentionShape, scratch: UnsafeMutablePointer<Float>
    ) {
        consilium_attention_decode(
            out, query, keys.pointer, values.pointer, keys.stride, length, shape.heads, shape.keyValueHeads,
            shape.headSize, shape.scale, scratch)
    }

    public func swigluForward(
        _ y: UnsafeMutablePointer<Float>, gateUp: UnsafePointer<Float>, rows: Int, width: Int
    ) {
        consilium_swiglu_forward(y, gateUp, rows, width)
    }

    public func swigluBackward(
        _ dGateUp: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, gateUp: UnsafePointer<Float>, rows: Int,
        width: Int
    ) {
        consilium_swiglu_backward(dGateUp, dy, gateUp, rows, width)
    }

    public func crossEntropy(
        _ logits: UnsafeMutablePointer<Float>, targets: [Int32], weights: [Float]?, vocabulary: Int
    ) -> [Float] {
        var losses = [Float](repeating: 0, count: targets.count)
        if let weights {
            consilium_cross_entropy(logits, &losses, targets, weights, targets.count, vocabulary)
        } else {
            consilium_cross_entropy(logits, &losses, targets, nil, targets.count, vocabulary)
        }
        return losses
    }
}
