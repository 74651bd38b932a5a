internal import Tensors

extension TransformerPass {
    /// The loss of every target, after ``forward(_:)``. With `weights` (one a target) the gradient of Σ weight·loss with
    /// respect to the residual stream is left in `workspace.gradient`.
    ///
    /// Logits exist for `Workspace.headRows` rows at a time, and only for rows with a target; their gradient replaces them
    /// at once (the "fused linear cross-entropy" of Liger Kernel, Hsu et al. 2024).
    func losses(_ batch: PackedBatch, weights: [Float]?) -> [Float] {
        var losses: [Float] = []
        losses.reserveCapacity(batch.targets.count)
        if weights != nil { backend.zero(workspace.gradient.pointer, count: batch.count * hidden) }
        var start = 0
        while start < batch.targetRows.count {
            let end = min(start + Workspace.headRows, batch.targetRows.count)
            let rows = Array(batch.targetRows[start..<end])
            logits(of: rows)
            losses += backend.crossEntropy(
                workspace.logits.pointer, targets: Array(batch.targets[start..<end]),
                weights: weights.map { Array($0[start..<end]) }, vocabulary: configuration.vocabularySize)
            if weights != nil { backwardHead(rows) }
            start = end
        }
        return losses
    }

    /// Logits of at most `Workspace.headRows` rows, in `workspace.logits`.
    func logits(of rows: [Int32]) {
        let residual = workspace.residual(configuration.layers)
        backend.gatherRows(workspace.headInput.pointer, residual.pointer, rows: rows, width: hidden)
        normalize(
            workspace.headNormed, workspace.headDeviation, workspace.headInput, model.weights.finalNorm, rows.count)
        backend.multiplyTransposed(
            workspace.logits, workspace.headNormed, model.weights.head.matrix(columns: hidden), rows: rows.count,
            columns: configuration.vocabularySize, inner: hidden, alpha: 1, accumulate: false)
    }

    private func backwardHead(_ rows: [Int32]) {
        backend.multiply(
            workspace.dHead, workspace.logits, model.weights.head.matrix(columns: hidden), rows: rows.count,
            columns: hidden, inner: configuration.vocabularySize, alpha: 1, accumulate: false)
        backend.zero(workspace.dHeadInput.pointer, count: rows.count * hidden)
        backend.normBackwardAdd(
            workspace.dHeadInput.pointer, workspace.dHead.pointer, workspace.headInput.pointer,
            weight: model.weights.finalNorm.pointer, inverseDeviation: workspace.headDeviation, rows: rows.count,
            width: hidden)
        backend.scatterRows(workspace.gradient.pointer, workspace.dHeadInput.pointer, rows: rows, width: hidden)
    }
}
