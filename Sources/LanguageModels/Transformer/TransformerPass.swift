internal import Tensors

/// One forward and backward pass through the transformer over a packed batch, with its workspace.
///
/// The workspace is allocated once for the largest batch seen. For training every layer keeps what its gradient needs
/// (input, queries, keys, values, attention output, gate and up); norms and SwiGLU are computed again, which costs no
/// matrix product. Use it from one task.
final class TransformerPass {
    let model: LanguageModel
    let lowRank: LowRankWeights?
    let keepsForBackward: Bool
    var workspace: Workspace

    var configuration: ModelConfiguration { model.configuration }
    var backend: any TensorBackend { model.backend }
    var hidden: Int { configuration.hiddenSize }
    var fusedWidth: Int { configuration.queryWidth + 2 * configuration.keyValueWidth }
    var middle: Int { configuration.intermediateSize }
    var shape: AttentionShape {
        AttentionShape(
            heads: configuration.heads, keyValueHeads: configuration.keyValueHeads, headSize: configuration.headSize,
            scale: 1 / Float(configuration.headSize).squareRoot())
    }

    init(model: LanguageModel, adapter: LoRAAdapter?, keepsForBackward: Bool) throws {
        self.model = model
        self.keepsForBackward = keepsForBackward
        lowRank = try adapter.map { try LowRankWeights($0, model: model.configuration, backend: model.backend) }
        workspace = try Workspace(
            configuration: model.configuration, tokens: 0, longest: 0, rankWidth: lowRank?.width ?? 0,
            forBackward: keepsForBackward, backend: model.backend)
    }

    /// Makes room for the batch; what an earlier pass kept is lost if the workspace grows.
    func reserve(_ batch: PackedBatch) throws {
        guard batch.count > workspace.tokens || batch.longest > workspace.longest else { return }
        // In steps, because generation makes the sequence longer by one token each time.
        let longest = (batch.longest + 255) / 256 * 256
        workspace = try Workspace(
            configuration: configuration, tokens: max(batch.count, workspace.tokens),
            longest: max(longest, workspace.longest), rankWidth: lowRank?.width ?? 0,
            forBackward: keepsForBackward, backend: backend)
    }

    /// Runs all blocks; the result, before the last norm, is `workspace.residual(layers)` [tokens, hidden].
    ///
    /// - Parameter cache: gets the keys and values of the batch, which is one sequence: all of it while the cache is empty,
    ///   one token at a time afterwards.
    func forward(_ batch: PackedBatch, cache: KeyValueCache? = nil) throws {
        try reserve(batch)
        guard batch.count > 0 else { return }
        backend.gatherRows(
            workspace.residual(0).pointer, model.weights.embedding.pointer, rows: batch.ids, width: hidden)
        for layer in 0..<configuration.layers { forward(layer, batch, cache) }
        cache?.advance(batch.count)
    }

    private func forward(_ layer: Int, _ batch: PackedBatch, _ cache: KeyValueCache?) {
        let weights = model.weights.layers[layer]
        let rows = batch.count
        let input = workspace.residual(layer)
        let middleResidual = workspace.middleResidual(layer)
        let normed = workspace.normed
        normalize(normed, workspace.attentionDeviation(layer), input, weights.attentionNorm, rows)
        let fused = workspace.fused(layer)
        apply(weights.queryKeyValue, .queryKeyValue, layer, fused, normed, rows: rows, accumulate: false)
        rotate(fused, batch, inverse: false)
        let attention = workspace.attention(layer)
        attend(layer, batch, cache, fused, attention)
        backend.copy(middleResidual.pointer, input.pointer, count: rows * hidden)
        apply(weights.attentionOutput, .attentionOutput, layer, middleResidual, attention, rows: rows, accumulate: true)
        normalize(normed, workspace.mlpDeviation(layer), middleResidual, weights.mlpNorm, rows)
        let gateUp = workspace.gateUp(layer)
        apply(weights.gateUp, .gateUp, layer, gateUp, normed, rows: rows, accumulate: false)
        backend.swigluForward(workspace.activated.pointer, gateUp: gateUp.pointer, rows: rows, width: self.middle)
        let output = workspace.residual(layer + 1)
        backend.copy(output.pointer, middleResidual.pointer, count: rows * hidden)
        apply(weights.down, .down, layer, output, workspace.activated, rows: rows, accumulate: true)
    }

    private func attend(
        _ layer: Int, _ batch: PackedBatch, _ cache: KeyValueCache?, _ fused: MatrixView, _ attention: MatrixView
    ) {
        if let cache {
            cache.store(layer, fused.dropping(columns: configuration.queryWidth), rows: batch.count)
            if cache.count > 0 {
                let keys = cache.keys(layer)
                backend.attentionDecode(
                    attention.pointer, query: fused.pointer, keys: keys,
                    values: keys.dropping(columns: configuration.keyValueWidth), length: cache.count + 1, shape: shape,
                    scratch: workspace.scratch.pointer)
                return
            }
        }
        for span in batch.spans where span.count > 0 {
            let here = fused.dropping(rows: span.start)
            backend.attentionForward(
                attention.dropping(rows: span.start),
                logSumExp: workspace.logSumExp(layer) + span.start * configuration.heads, queries: here,
                keys: here.dropping(columns: configuration.queryWidth),
                values: here.dropping(columns: configuration.queryWidth + configuration.keyValueWidth),
                length: span.count, shape: shape, scratch: workspace.scratch.pointer)
        }
    }

    func normalize(
        _ y: MatrixView, _ deviation: UnsafeMutablePointer<Float>, _ x: MatrixView, _ weight: TensorBuffer, _ rows: Int
    ) {
        backend.normForward(
            y.pointer, inverseDeviation: deviation, x.pointer, weight: weight.pointer, rows: rows, width: hidden,
            epsilon: configuration.normEpsilon)
    }

    func rotate(_ fused: MatrixView, _ batch: PackedBatch, inverse: Bool) {
        // Queries and keys lie side by side and are rotated alike.
        backend.rotary(
            fused, cosine: model.cosine.pointer, sine: model.sine.pointer, positions: batch.positions,
            heads: configuration.heads + configuration.keyValueHeads, headSize: configuration.headSize,
            rotarySize: configuration.headSize, inverse: inverse)
    }

    /// y (+)= x·Wᵀ + bias + scale · (x·Aᵀ)·Bᵀ; keeps x·Aᵀ for the backward pass.
    func apply(
        _ linear: Linear, _ kind: Projection.Group, _ layer: Int, _ y: MatrixView, _ x: MatrixView, rows: Int,
        accumulate: Bool
    ) {
        backend.multiplyTransposed(
            y, x, linear.matrix, rows: rows, columns: linear.output, inner: linear.input, alpha: 1,
            accumulate: accumulate)
        if let bias = linear.bias { backend.addBias(y, bias.pointer, rows: rows, width: linear.output) }
        guard let lowRank, let group = lowRank.group(layer, kind) else { return }
        let reduced = workspace.reduced(layer).dropping(columns: group.column)
        backend.multiplyTransposed(
            reduced, x, MatrixView(group.stacked, stride: group.input), rows: rows, columns: group.width,
            inner: group.input, alpha: 1, accumulate: false)
        for part in group.parts {
            backend.multiplyTransposed(
                y.dropping(columns: part.outputColumn), reduced.dropping(columns: part.rankColumn),
                MatrixView(lowRank.flat.pointer + part.b.offset, stride: lowRank.rank), rows: rows,
                columns: part.output, inner: lowRank.rank, alpha: lowRank.scale, accumulate: true)
        }
    }
}
