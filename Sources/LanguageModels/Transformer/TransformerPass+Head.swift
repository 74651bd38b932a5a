internal import Tensors

extension TransformerPass {
    /// The loss of every target, after ``forward(_:cache:)``. With `weights` (one a target) and a sink the gradient of
    /// Σ weight·loss with respect to the residual stream is left in `workspace.gradient`, and the head's own go to the sink.
    ///
    /// Logits exist for `workspace.headRows` rows at a time, and only for rows with a target; their gradient replaces them
    /// at once (the "fused linear cross-entropy" of Liger Kernel, Hsu et al. 2024).
    ///
    /// The losses come to the host at the end, so that a device of its own is never waited for in between.
    /// - Throws: what the backend failed with.
    func losses(_ batch: PackedBatch, weights: [Float]? = nil, sink: GradientSink? = nil) throws -> [Float] {
        let memory = workspace.view(workspace.losses).pointer
        if weights != nil {
            backend.zero(workspace.view(workspace.gradient).pointer, count: batch.count * hidden)
        }
        var start = 0
        while start < batch.targetRows.count {
            let end = min(start + workspace.headRows, batch.targetRows.count)
            let rows = Array(batch.targetRows[start..<end])
            rawLogits(of: rows)
            backend.crossEntropy(
                workspace.view(workspace.logits).pointer, losses: memory + start,
                targets: Array(batch.targets[start..<end]), weights: weights.map { Array($0[start..<end]) },
                vocabulary: configuration.outputSize,
                cap: configuration.logitSoftcap)
            if weights != nil { backwardHead(rows, sink) }
            start = end
        }
        var losses = [Float](repeating: 0, count: batch.targets.count)
        losses.withUnsafeMutableBufferPointer { backend.download($0, from: memory) }
        try backend.synchronize()
        return losses
    }

    /// Logits of at most `workspace.headRows` rows, in `workspace.logits`.
    func logits(of rows: [Int32]) {
        rawLogits(of: rows)
        guard configuration.logitSoftcap > 0 else { return }
        backend.softcap(
            workspace.view(workspace.logits).pointer, cap: configuration.logitSoftcap,
            count: rows.count * configuration.outputSize)
    }

    /// The same before the soft cap, which the loss has in itself.
    private func rawLogits(of rows: [Int32]) {
        let head = model.weights.head
        let count = rows.count
        let input = workspace.view(workspace.headInput)
        backend.gatherRows(input.pointer, residual(configuration.layers).pointer, rows: rows, width: hidden)
        var x = input
        if let transform = head.transform {
            let dense = workspace.view(workspace.headDense)
            apply(transform, nil, 0, dense, x, rows: count, accumulate: false)
            let activated = workspace.view(workspace.headActivated)
            backend.activationForward(
                activated.pointer, dense.pointer, transformActivation, count: count * hidden)
            x = activated
        }
        if let norm = head.finalNorm ?? head.transformNorm {
            let normed = workspace.view(workspace.headNormed)
            backend.normForward(
                normed, x, norm.weights, statistics: workspace.view(workspace.headNormStatistics).pointer, rows: count,
                groups: 1, width: hidden)
            x = normed
        }
        let logits = workspace.view(workspace.logits)
        if let (weight, bias) = trainedHead {
            backend.multiplyTransposed(
                logits, x, weight, rows: count, columns: configuration.outputSize, inner: hidden, alpha: 1,
                accumulate: false)
            backend.addBias(logits, bias, rows: count, width: configuration.outputSize)
        } else {
            apply(head.output, nil, 0, logits, x, rows: count, accumulate: false)
        }
    }

    /// The classifier that the adapter brings along.
    private var trainedHead: (weight: MatrixView, bias: UnsafePointer<Float>)? {
        guard let lowRank, let weight = lowRank.headWeight, let bias = lowRank.headBias else { return nil }
        let flat = lowRank.flat.pointer
        return (MatrixView(flat + weight.offset, stride: hidden), UnsafePointer(flat + bias.offset))
    }

    /// A pooler has tanh; the dense layer of a masked language model has the model's own activation.
    private var transformActivation: Activation {
        configuration.head.isClassification ? .tanh : configuration.activation
    }

    private func backwardHead(_ rows: [Int32], _ sink: GradientSink?) {
        let head = model.weights.head
        let count = rows.count
        let logits = workspace.view(workspace.logits)
        let d = workspace.view(workspace.dHead)
        let input = workspace.view(workspace.headInput)
        let activated = workspace.view(workspace.headActivated)
        let norm = head.finalNorm ?? head.transformNorm
        let x = norm != nil ? workspace.view(workspace.headNormed) : head.transform != nil ? activated : input
        if let (weight, _) = trainedHead {
            backend.multiply(
                d, logits, weight, rows: count, columns: hidden, inner: configuration.outputSize, alpha: 1,
                accumulate: false)
            if let sink { addHeadGradients(rows, logits, x, sink) }
        } else {
            for (number, piece) in head.output.pieces.enumerated() {
                backend.multiply(d, logits, frozen: piece.matrix, rows: count, accumulate: number > 0)
            }
            sink?.add(head.output, dy: logits, x: x, rows: count, backend)
        }
        let beforeNorm = head.transform != nil ? activated : input
        if let norm {
            let statistics = workspace.view(workspace.headNormStatistics).pointer
            sink?.add(
                norm, dy: d, x: beforeNorm, statistics: statistics, rows: count, groups: 1, width: hidden, backend)
            backend.normBackward(
                d, d, beforeNorm, norm.weights, statistics: statistics, rows: count, groups: 1, width: hidden,
                accumulate: false)
        }
        var result = d
        if let transform = head.transform {
            backend.activationBackward(
                d.pointer, d.pointer, workspace.view(workspace.headDense).pointer, transformActivation,
                count: count * hidden)
            result = workspace.view(workspace.dHeadInput)
            for piece in transform.pieces {
                backend.multiply(result, d, frozen: piece.matrix, rows: count, accumulate: false)
            }
            sink?.add(transform, dy: d, x: input, rows: count, backend)
        }
        backend.scatterRows(
            workspace.view(workspace.gradient).pointer, result.pointer, rows: rows, width: hidden)
    }

    /// The gradients of a classifier that is trained with the adapter, for every group of rows on its own.
    private func addHeadGradients(_ rows: [Int32], _ logits: MatrixView, _ x: MatrixView, _ sink: GradientSink) {
        guard sink.trainsB, let lowRank, let weight = lowRank.headWeight, let bias = lowRank.headBias else { return }
        // Rows are ascending, and so are groups.
        for group in sink.groups where !group.rows.isEmpty {
            let first = rows.firstIndex { Int($0) >= group.rows.lowerBound } ?? rows.count
            let end = rows.firstIndex { Int($0) >= group.rows.upperBound } ?? rows.count
            guard first < end else { continue }
            let dy = logits.dropping(rows: first)
            backend.multiplyTransposedFirst(
                MatrixView(group.gradient + weight.offset, stride: hidden), dy, x.dropping(rows: first),
                rows: configuration.outputSize, columns: hidden, inner: end - first, alpha: 1, accumulate: true)
            backend.addColumnSums(
                group.gradient + bias.offset, dy, rows: end - first, width: configuration.outputSize)
        }
    }
}
