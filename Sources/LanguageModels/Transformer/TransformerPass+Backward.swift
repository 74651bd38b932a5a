internal import Tensors

extension TransformerPass {
    /// Where the gradient of some rows goes.
    struct GradientGroup {
        var rows: Range<Int>
        /// `parameterCount` floats, to which the gradient is added.
        var gradient: UnsafeMutablePointer<Float>
    }

    /// Which factors get a gradient.
    struct Factors {
        var a: Bool
        var b: Bool
    }

    /// The gradient with respect to A and B, for every group of rows on its own, from `workspace.gradient` and what
    /// ``forward(_:)`` kept. No gradient of a frozen weight is ever formed.
    ///
    /// With y = xWᵀ + s(xAᵀ)Bᵀ and dy given:  dz = s·dy·B,  dx = dy·W + dz·A,  dA = dzᵀx,  dB = s·dyᵀ(xAᵀ).
    func backward(_ batch: PackedBatch, groups: [GradientGroup], factors: Factors) {
        guard batch.count > 0 else { return }
        for layer in (0..<configuration.layers).reversed() { backward(layer, batch, groups, factors) }
    }

    private func backward(_ layer: Int, _ batch: PackedBatch, _ groups: [GradientGroup], _ factors: Factors) {
        let weights = model.weights.layers[layer]
        let rows = batch.count
        let gradient = workspace.gradient
        let dNormed = workspace.dNormed

        // Feed-forward: residual += down(silu(gate) · up).
        let gateUp = workspace.gateUp(layer)
        backend.swigluForward(workspace.activated.pointer, gateUp: gateUp.pointer, rows: rows, width: middle)
        applyBackward(
            weights.down, .down, layer, dy: gradient, x: workspace.activated, dx: workspace.dActivated, rows, groups,
            factors)
        backend.swigluBackward(
            workspace.dGateUp.pointer, workspace.dActivated.pointer, gateUp: gateUp.pointer, rows: rows, width: middle)
        let middleResidual = workspace.middleResidual(layer)
        normalize(workspace.normed, workspace.mlpDeviation(layer), middleResidual, weights.mlpNorm, rows)
        applyBackward(
            weights.gateUp, .gateUp, layer, dy: workspace.dGateUp, x: workspace.normed, dx: dNormed, rows, groups,
            factors)
        backend.normBackwardAdd(
            gradient.pointer, dNormed.pointer, middleResidual.pointer, weight: weights.mlpNorm.pointer,
            inverseDeviation: workspace.mlpDeviation(layer), rows: rows, width: hidden)

        // Attention: residual += output(attention(rotary(qkv(norm)))).
        applyBackward(
            weights.attentionOutput, .attentionOutput, layer, dy: gradient, x: workspace.attention(layer),
            dx: workspace.dAttention, rows, groups, factors)
        backwardAttention(layer, batch)
        rotate(workspace.dFused, batch, inverse: true)
        let input = workspace.residual(layer)
        normalize(workspace.normed, workspace.attentionDeviation(layer), input, weights.attentionNorm, rows)
        // Nothing below the first block is trained.
        let needsInput = layer > 0
        applyBackward(
            weights.queryKeyValue, .queryKeyValue, layer, dy: workspace.dFused, x: workspace.normed,
            dx: needsInput ? dNormed : nil, rows, groups, factors)
        guard needsInput else { return }
        backend.normBackwardAdd(
            gradient.pointer, dNormed.pointer, input.pointer, weight: weights.attentionNorm.pointer,
            inverseDeviation: workspace.attentionDeviation(layer), rows: rows, width: hidden)
    }

    private func backwardAttention(_ layer: Int, _ batch: PackedBatch) {
        let keyColumn = configuration.queryWidth
        let valueColumn = keyColumn + configuration.keyValueWidth
        for span in batch.spans where span.count > 0 {
            let fused = workspace.fused(layer).dropping(rows: span.start)
            let dFused = workspace.dFused.dropping(rows: span.start)
            backend.attentionBackward(
                dQueries: dFused, dKeys: dFused.dropping(columns: keyColumn),
                dValues: dFused.dropping(columns: valueColumn), dOut: workspace.dAttention.dropping(rows: span.start),
                out: workspace.attention(layer).dropping(rows: span.start),
                logSumExp: workspace.logSumExp(layer) + span.start * configuration.heads, queries: fused,
                keys: fused.dropping(columns: keyColumn), values: fused.dropping(columns: valueColumn),
                length: span.count, shape: shape, scratch: workspace.scratch.pointer)
        }
    }

    private func applyBackward(
        _ linear: Linear, _ kind: Projection.Group, _ layer: Int, dy: MatrixView, x: MatrixView, dx: MatrixView?,
        _ rows: Int, _ groups: [GradientGroup], _ factors: Factors
    ) {
        if let dx {
            backend.multiply(
                dx, dy, linear.matrix, rows: rows, columns: linear.input, inner: linear.output, alpha: 1,
                accumulate: false)
        }
        guard let lowRank, let group = lowRank.group(layer, kind) else { return }
        let rank = lowRank.rank
        let reduced = workspace.reduced(layer).dropping(columns: group.column)
        let dReduced = workspace.dReduced
        for part in group.parts {
            backend.multiply(
                dReduced.dropping(columns: part.rankColumn), dy.dropping(columns: part.outputColumn),
                MatrixView(lowRank.flat.pointer + part.b.offset, stride: rank), rows: rows, columns: rank,
                inner: part.output, alpha: lowRank.scale, accumulate: false)
        }
        if let dx {
            backend.multiply(
                dx, dReduced, MatrixView(group.stacked, stride: group.input), rows: rows, columns: group.input,
                inner: group.width, alpha: 1, accumulate: true)
        }
        for target in groups where !target.rows.isEmpty {
            let first = target.rows.lowerBound
            for part in group.parts {
                if factors.a {
                    backend.multiplyTransposedFirst(
                        MatrixView(target.gradient + part.a.offset, stride: group.input),
                        dReduced.dropping(rows: first, columns: part.rankColumn), x.dropping(rows: first), rows: rank,
                        columns: group.input, inner: target.rows.count, alpha: 1, accumulate: true)
                }
                if factors.b {
                    backend.multiplyTransposedFirst(
                        MatrixView(target.gradient + part.b.offset, stride: rank),
                        dy.dropping(rows: first, columns: part.outputColumn),
                        reduced.dropping(rows: first, columns: part.rankColumn), rows: part.output, columns: rank,
                        inner: target.rows.count, alpha: lowRank.scale, accumulate: true)
                }
            }
        }
    }
}
