internal import Tensors

extension TransformerPass {
    /// All gradients that `sink` asks for, from `workspace.gradient` and what ``forward(_:cache:)`` kept. No gradient of a
    /// frozen weight is ever formed.
    func backward(_ batch: PackedBatch, _ sink: GradientSink) throws {
        guard batch.count > 0 else { return }
        try replaying(batch, sink) {
            for block in (0..<configuration.layers).reversed() {
                // What the blocks above left in the shared memory belongs to them.
                if purpose == .checkpointing { try forward(block, batch) }
                backward(block, batch, sink)
            }
        }
        if sink.trainsWeights { embeddingBackward(batch, sink) }
    }

    private func backward(_ block: Int, _ batch: PackedBatch, _ sink: GradientSink) {
        let weights = model.weights.blocks[block]
        let rows = batch.count
        let count = rows * hidden
        let gradient = workspace.view(workspace.gradient)
        let dNormed = workspace.view(workspace.dNormed)
        let normed = workspace.view(workspace.normed)
        let input = residual(block)
        let middle = workspace.view(workspace.middleResidual, block)
        // Nothing below the first block is trained, unless everything is.
        let needsInput = block > 0 || sink.trainsWeights
        switch configuration.normPlacement {
        case .before where configuration.isParallel:
            normalize(normed, input, weights.attentionNorm, .attention, block, rows)
            feedForwardBackward(block, dx: needsInput ? dNormed : nil, dy: gradient, x: normed, rows, sink)
            attendBackward(
                block, batch, dx: needsInput ? dNormed : nil, dy: gradient, x: normed, accumulate: true, sink)
            guard needsInput else { return }
            normalizeBackward(gradient, dNormed, input, weights.attentionNorm, .attention, block, rows, sink)
        case .before:
            normalize(normed, middle, weights.mlpNorm, .mlp, block, rows)
            feedForwardBackward(block, dx: dNormed, dy: gradient, x: normed, rows, sink)
            normalizeBackward(gradient, dNormed, middle, weights.mlpNorm, .mlp, block, rows, sink)
            normalize(normed, input, weights.attentionNorm, .attention, block, rows)
            attendBackward(block, batch, dx: needsInput ? dNormed : nil, dy: gradient, x: normed, sink)
            guard needsInput else { return }
            normalizeBackward(gradient, dNormed, input, weights.attentionNorm, .attention, block, rows, sink)
        case .both:
            let branch = workspace.view(workspace.branch)
            let projected = workspace.view(workspace.mlpProjected, block)
            normalizeBackward(
                branch, gradient, projected, weights.mlpOutputNorm, .mlpOutput, block, rows, sink, accumulate: false)
            normalize(normed, middle, weights.mlpNorm, .mlp, block, rows)
            feedForwardBackward(block, dx: dNormed, dy: branch, x: normed, rows, sink)
            normalizeBackward(gradient, dNormed, middle, weights.mlpNorm, .mlp, block, rows, sink)
            let attended = workspace.view(workspace.attentionProjected, block)
            normalizeBackward(
                branch, gradient, attended, weights.attentionOutputNorm, .attentionOutput, block, rows, sink,
                accumulate: false)
            normalize(normed, input, weights.attentionNorm, .attention, block, rows)
            attendBackward(block, batch, dx: needsInput ? dNormed : nil, dy: branch, x: normed, sink)
            guard needsInput else { return }
            normalizeBackward(gradient, dNormed, input, weights.attentionNorm, .attention, block, rows, sink)
        case .after:
            let sum = workspace.view(workspace.mlpProjected, block)
            normalizeBackward(
                gradient, gradient, sum, weights.mlpOutputNorm, .mlpOutput, block, rows, sink, accumulate: false)
            normalize(normed, middle, weights.attentionOutputNorm, .attentionOutput, block, rows)
            feedForwardBackward(block, dx: dNormed, dy: gradient, x: normed, rows, sink)
            backend.add(gradient.pointer, dNormed.pointer, count: count)
            normalizeBackward(
                gradient, gradient, middle, weights.attentionOutputNorm, .attentionOutput, block, rows, sink,
                accumulate: false)
            attendBackward(block, batch, dx: needsInput ? dNormed : nil, dy: gradient, x: input, sink)
            guard needsInput else { return }
            backend.add(gradient.pointer, dNormed.pointer, count: count)
        }
    }

    /// Adds to dx, or writes it, the gradient of a norm with respect to its input.
    private func normalizeBackward(
        _ dx: MatrixView, _ dy: MatrixView, _ x: MatrixView, _ norm: Norm?, _ place: NormPlace, _ block: Int,
        _ rows: Int, _ sink: GradientSink, accumulate: Bool = true
    ) {
        guard let norm else { return }
        let statistics = workspace.statistics(place, block)
        sink.add(norm, dy: dy, x: x, statistics: statistics, rows: rows, groups: 1, width: hidden, backend)
        backend.normBackward(
            dx, dy, x, norm.weights, statistics: statistics, rows: rows, groups: 1, width: hidden,
            accumulate: accumulate)
    }

    /// - Parameter dx: `nil` where nothing below is trained.
    private func feedForwardBackward(
        _ block: Int, dx: MatrixView?, dy: MatrixView, x: MatrixView, _ rows: Int, _ sink: GradientSink
    ) {
        let weights = model.weights.blocks[block]
        guard weights.router == nil else {
            // Adapters don't reach experts.
            if let dx { mixBackward(block, dx: dx, dy: dy, rows, sink) }
            return
        }
        guard let layer = weights.feedForward.first else { return }
        let up = workspace.view(workspace.up, block)
        let activated = workspace.view(workspace.activated)
        let dActivated = workspace.view(workspace.dActivated)
        if sink.trainsWeights || lowRank?.group(block, .down) != nil {
            activate(activated.pointer, up.pointer, rows)
        }
        applyBackward(layer.down, .down, block, dy: dy, x: activated, dx: dActivated, rows, sink)
        activateBackward(up.pointer, dActivated.pointer, rows)
        applyBackward(layer.up, .up, block, dy: up, x: x, dx: dx, rows, sink)
    }

    /// The gradient of the activation replaces what it read: a block goes backward only once.
    func activateBackward(_ up: UnsafeMutablePointer<Float>, _ dy: UnsafePointer<Float>, _ rows: Int) {
        let width = configuration.intermediateSize
        if configuration.isGated {
            backend.gatedBackward(up, dy, gateUp: up, configuration.activation, rows: rows, width: width)
        } else {
            backend.activationBackward(up, dy, up, configuration.activation, count: rows * width)
        }
    }

    /// The gradient of output(attention(rotary(norm(qkv(x))))).
    private func attendBackward(
        _ block: Int, _ batch: PackedBatch, dx: MatrixView?, dy: MatrixView, x: MatrixView, accumulate: Bool = false,
        _ sink: GradientSink
    ) {
        let weights = model.weights.blocks[block]
        let rows = batch.count
        let attention = workspace.view(workspace.attention, block)
        let dAttention = workspace.view(workspace.dAttention)
        applyBackward(
            weights.attentionOutput, .attentionOutput, block, dy: dy, x: attention, dx: dAttention, rows, sink)
        let fused = workspace.view(workspace.fused, block)
        let dFused = workspace.view(workspace.dFused)
        let keyColumn = configuration.queryWidth
        let valueColumn = keyColumn + configuration.keyValueWidth
        backend.attentionBackward(
            dQueries: dFused, dKeys: dFused.dropping(columns: keyColumn),
            dValues: dFused.dropping(columns: valueColumn), dOut: dAttention, out: attention,
            logSumExp: workspace.view(workspace.logSumExp, block).pointer, queries: fused,
            keys: fused.dropping(columns: keyColumn), values: fused.dropping(columns: valueColumn), spans: batch.spans,
            shape: configuration.attentionShape(block))
        rotate(dFused, batch, inverse: true)
        normalizeHeadsBackward(block, dFused, rows, sink)
        applyBackward(
            weights.queryKeyValue, .queryKeyValue, block, dy: dFused, x: x, dx: dx, accumulate: accumulate, rows, sink)
    }

    private func normalizeHeadsBackward(_ block: Int, _ dFused: MatrixView, _ rows: Int, _ sink: GradientSink) {
        let weights = model.weights.blocks[block]
        guard let queryNorm = weights.queryNorm, let keyNorm = weights.keyNorm else { return }
        let raw = workspace.view(workspace.raw, block)
        let statistics = workspace.view(workspace.headStatistics, block).pointer
        let size = configuration.headSize
        for (norm, column, groups, statistics) in [
            (queryNorm, 0, configuration.heads, statistics),
            (
                keyNorm, configuration.queryWidth, configuration.keyValueHeads,
                statistics + 2 * rows * configuration.heads
            ),
        ] {
            let d = dFused.dropping(columns: column)
            let x = raw.dropping(columns: column)
            sink.add(norm, dy: d, x: x, statistics: statistics, rows: rows, groups: groups, width: size, backend)
            backend.normBackward(
                d, d, x, norm.weights, statistics: statistics, rows: rows, groups: groups, width: size,
                accumulate: false)
        }
    }

    /// With y = xWᵀ + s(xAᵀ)Bᵀ and dy given:  dz = s·dy·B,  dx (+)= dy·W + dz·A,  dA = dzᵀx,  dB = s·dyᵀ(xAᵀ).
    func applyBackward(
        _ linear: Linear, _ slot: LinearLayer.Slot?, _ block: Int, dy: MatrixView, x: MatrixView, dx: MatrixView?,
        accumulate: Bool = false, _ rows: Int, _ sink: GradientSink
    ) {
        let group = slot.flatMap { lowRank?.group(block, $0) }
        let dReduced = workspace.view(workspace.dReduced)
        let joined = backend.joinsAdapters && linear.pieces.count == 1 ? group : nil
        if let dx {
            for (number, piece) in linear.pieces.enumerated() {
                let own = dy.dropping(columns: piece.column)
                if let joined {
                    backend.multiply(
                        dx, dReduced: dReduced, own, frozen: piece.matrix, joined.factors, rows: rows,
                        accumulate: accumulate)
                } else {
                    backend.multiply(
                        dx, own, frozen: piece.matrix, rows: rows, accumulate: accumulate || number > 0)
                }
            }
        }
        sink.add(linear, dy: dy, x: x, rows: rows, backend)
        guard let lowRank, let group else { return }
        let rank = lowRank.rank
        let reduced = workspace.view(workspace.reduced, block).dropping(columns: group.column)
        if joined == nil || dx == nil {
            if sink.trainsA || dx != nil { backend.reduceGradient(dReduced, dy, group.factors, rows: rows) }
            if let dx { backend.addLowRankGradient(dx, dReduced: dReduced, group.factors, rows: rows) }
        }
        for part in group.parts {
            if sink.trainsA {
                backend.addSegmentProducts(
                    sink.segments(at: part.a.offset), stride: group.input, dReduced.dropping(columns: part.rankColumn),
                    x, rows: rank, columns: group.input, alpha: 1)
            }
            if sink.trainsB {
                backend.addSegmentProducts(
                    sink.segments(at: part.b.offset), stride: rank, dy.dropping(columns: part.outputColumn),
                    reduced.dropping(columns: part.rankColumn), rows: part.output, columns: rank, alpha: lowRank.scale)
            }
        }
    }

    /// The gradients of the tables that the first residual is made of.
    private func embeddingBackward(_ batch: PackedBatch, _ sink: GradientSink) {
        guard let whole = sink.whole else { return }
        let weights = model.weights
        let rows = batch.count
        let gradient = workspace.view(workspace.gradient)
        if let norm = weights.embeddingNorm {
            // Its input was not kept: the sum is made again.
            let sum = workspace.view(workspace.normed)
            let statistics = workspace.statistics(.attention, 0)
            embeddingSum(batch, into: sum, other: workspace.view(workspace.dNormed))
            backend.normForward(
                workspace.view(workspace.dNormed), sum, norm.weights, statistics: statistics, rows: rows, groups: 1,
                width: hidden)
            sink.add(
                norm, dy: gradient, x: sum, statistics: statistics, rows: rows, groups: 1, width: hidden, backend)
            backend.normBackward(
                gradient, gradient, sum, norm.weights, statistics: statistics, rows: rows, groups: 1, width: hidden,
                accumulate: false)
        }
        if let table = weights.positions?.parameter, case .learned(let offset) = configuration.positions {
            backend.scatterAddRows(
                whole + table, gradient.pointer, rows: batch.positions.map { $0 + Int32(offset) }, factors: nil,
                width: hidden)
        }
        if let table = weights.tokenTypes?.parameter {
            backend.addColumnSums(whole + table, gradient, rows: rows, width: hidden)
        }
        if let table = weights.embedding.parameter {
            let factors = [Float](repeating: configuration.embeddingScale, count: rows)
            backend.scatterAddRows(
                whole + table, gradient.pointer, rows: batch.ids, factors: factors, width: hidden)
        }
    }
}
