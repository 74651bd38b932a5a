internal import Tensors

/// One forward and backward pass through the transformer over a packed batch, with its workspace.
///
/// The workspace is allocated once for the largest batch seen. For training every block keeps what its gradient needs (input,
/// queries, keys, values, attention output, what the activation reads); norms and activations are computed again, which costs
/// no matrix product. With checkpointing a block keeps its input only. Use it from one task.
final class TransformerPass {
    let model: LanguageModel
    let lowRank: LowRankWeights?
    let purpose: Workspace.Purpose
    var workspace: Workspace
    /// Which tokens went to which expert, for every block that is kept.
    var routings: [Int: ExpertRouting] = [:]
    /// The texts that the rows of the next pass continue, each with its own keys and values; see ``ContinuousBatch``.
    var sessions: [SessionRows] = []

    /// What all blocks did for batches of one shape; of this workspace.
    private var replay: (any OperationReplay)?

    var configuration: ModelConfiguration { model.configuration }
    var backend: any TensorBackend { model.backend }
    var hidden: Int { configuration.hiddenSize }

    init(model: LanguageModel, adapter: LoRAAdapter?, purpose: Workspace.Purpose) throws {
        self.model = model
        self.purpose = purpose
        lowRank = try adapter.map { try LowRankWeights($0, model: model.configuration, backend: model.backend) }
        workspace = try Workspace(
            configuration: model.configuration, tokens: 0, rankWidth: lowRank?.width ?? 0,
            purpose: purpose, backend: model.backend)
    }

    /// Makes room for the batch; what an earlier pass kept is lost if the workspace grows.
    func reserve(tokens: Int) throws {
        guard tokens > workspace.tokens else { return }
        // The old memory goes first: both at once would double the peak.
        replay = nil
        workspace = try Workspace(
            configuration: configuration, tokens: 0, rankWidth: 0, purpose: .forward, backend: backend)
        do {
            workspace = try Workspace(
                configuration: configuration, tokens: tokens, rankWidth: lowRank?.width ?? 0, purpose: purpose,
                backend: backend)
        } catch let error as TensorsError where error.code == .outOfMemory {
            throw withEstimate(error, tokens: tokens)
        }
    }

    /// Says how many tokens would fit, where the device tells what it has left: the memory grows with the tokens.
    private func withEstimate(_ error: TensorsError, tokens: Int) -> TensorsError {
        let few = min(tokens, 256)
        guard let available = backend.availableBytes,
            let sample = try? Workspace(
                configuration: configuration, tokens: few, rankWidth: lowRank?.width ?? 0, purpose: purpose,
                backend: backend)
        else { return error }
        // A tenth stays free for what single operations need.
        let fitting = Int(Double(few) * Double(available) * 0.9 / Double(sample.bytes))
        return TensorsError(
            .outOfMemory, "\(error.message) One pass over \(tokens) tokens was wanted; about \(fitting) would fit.",
            cause: error.cause)
    }

    /// The residual stream before block `number`; after the last one for `number` = layers.
    func residual(_ number: Int) -> MatrixView { workspace.view(workspace.residual, number) }

    /// Runs all blocks; the result, before the last norm, is `residual(layers)` [tokens, hidden].
    ///
    /// - Parameter cache: gets the keys and values of the batch, which is one sequence: all of it while the cache is empty,
    ///   one token at a time afterwards. Where the batch has branches, all of them begin with what is cached, and nothing is
    ///   added.
    func forward(_ batch: PackedBatch, cache: KeyValueCache? = nil) throws {
        try reserve(tokens: batch.count)
        guard batch.count > 0 else { return }
        embed(batch)
        try replaying(batch, nil, isPossible: cache == nil && sessions.isEmpty) {
            for block in 0..<configuration.layers { try forward(block, batch, cache) }
        }
        if batch.branches.isEmpty { cache?.advance(batch.count) }
    }

    /// Does `body`, the work of all blocks, which for batches of equal shape is the same.
    func replaying(
        _ batch: PackedBatch, _ sink: GradientSink?, isPossible: Bool = true, _ body: () throws -> Void
    ) throws {
        // Experts ask the host; batches that are only read have many shapes.
        guard isPossible, purpose != .forward, batch.branches.isEmpty, configuration.experts == nil,
            sink?.trainsWeights != true
        else { return try body() }
        if replay == nil { replay = backend.makeReplay() }
        guard let replay else { return try body() }
        var key = [batch.count, batch.spans.count]
        key += batch.spans.flatMap { [$0.start, $0.count] } + batch.positions.map(Int.init)
        if let sink {
            key += [sink.trainsA ? 1 : 0, sink.trainsB ? 1 : 0, sink.groups.count]
            key += sink.groups.flatMap {
                [$0.rows.lowerBound, $0.rows.upperBound, Int(bitPattern: $0.gradient)]
            }
        }
        try replay.run(key, body)
    }

    private func embed(_ batch: PackedBatch) {
        let input = residual(0)
        // Norm and branches are not in use yet.
        let other = workspace.view(workspace.normed)
        guard let norm = model.weights.embeddingNorm else { return embeddingSum(batch, into: input, other: other) }
        embeddingSum(batch, into: other, other: input)
        backend.normForward(
            input, other, norm.weights, statistics: workspace.statistics(.attention, 0), rows: batch.count, groups: 1,
            width: hidden)
    }

    /// Embeddings, positions and token types of all tokens; `other` is overwritten.
    func embeddingSum(_ batch: PackedBatch, into sum: MatrixView, other: MatrixView) {
        let weights = model.weights
        let count = batch.count * hidden
        backend.gatherRows(
            sum.pointer, frozen: weights.embedding.matrix, rows: batch.ids, factor: configuration.embeddingScale)
        if let table = weights.positions, case .learned(let offset) = configuration.positions {
            let places = batch.positions.map { $0 + Int32(offset) }
            backend.gatherRows(other.pointer, frozen: table.matrix, rows: places, factor: 1)
            backend.add(sum.pointer, other.pointer, count: count)
        }
        if let table = weights.tokenTypes {
            let zeros = [Int32](repeating: 0, count: batch.count)
            backend.gatherRows(other.pointer, frozen: table.matrix, rows: zeros, factor: 1)
            backend.add(sum.pointer, other.pointer, count: count)
        }
    }

    /// One block, from `residual(block)` to `residual(block + 1)`.
    func forward(_ block: Int, _ batch: PackedBatch, _ cache: KeyValueCache? = nil) throws {
        let weights = model.weights.blocks[block]
        let rows = batch.count
        let count = rows * hidden
        let input = residual(block)
        let output = residual(block + 1)
        let middle = workspace.view(workspace.middleResidual, block)
        let normed = workspace.view(workspace.normed)
        switch configuration.normPlacement {
        case .before where configuration.isParallel:
            normalize(normed, input, weights.attentionNorm, .attention, block, rows)
            attend(block, batch, cache, normed)
            backend.copy(output.pointer, input.pointer, count: count)
            projectAttention(block, output, rows, accumulate: true)
            feedForward(block, output, normed, rows, accumulate: true)
        case .before:
            normalize(normed, input, weights.attentionNorm, .attention, block, rows)
            attend(block, batch, cache, normed)
            backend.copy(middle.pointer, input.pointer, count: count)
            projectAttention(block, middle, rows, accumulate: true)
            normalize(normed, middle, weights.mlpNorm, .mlp, block, rows)
            // Not in place: without a backward pass input and output are the same memory.
            backend.copy(output.pointer, middle.pointer, count: count)
            feedForward(block, output, normed, rows, accumulate: true)
        case .both:
            let branch = workspace.view(workspace.branch)
            normalize(normed, input, weights.attentionNorm, .attention, block, rows)
            attend(block, batch, cache, normed)
            let attended = workspace.view(workspace.attentionProjected, block)
            projectAttention(block, attended, rows, accumulate: false)
            normalize(branch, attended, weights.attentionOutputNorm, .attentionOutput, block, rows)
            backend.sum(middle.pointer, input.pointer, branch.pointer, count: count)
            normalize(normed, middle, weights.mlpNorm, .mlp, block, rows)
            let projected = workspace.view(workspace.mlpProjected, block)
            feedForward(block, projected, normed, rows, accumulate: false)
            normalize(branch, projected, weights.mlpOutputNorm, .mlpOutput, block, rows)
            backend.sum(output.pointer, middle.pointer, branch.pointer, count: count)
        case .after:
            attend(block, batch, cache, input)
            backend.copy(middle.pointer, input.pointer, count: count)
            projectAttention(block, middle, rows, accumulate: true)
            normalize(normed, middle, weights.attentionOutputNorm, .attentionOutput, block, rows)
            let sum = workspace.view(workspace.mlpProjected, block)
            backend.copy(sum.pointer, normed.pointer, count: count)
            feedForward(block, sum, normed, rows, accumulate: true)
            normalize(output, sum, weights.mlpOutputNorm, .mlpOutput, block, rows)
        }
    }

    /// Queries, keys and values of `x`, rotated, and attention over them.
    private func attend(_ block: Int, _ batch: PackedBatch, _ cache: KeyValueCache?, _ x: MatrixView) {
        let weights = model.weights.blocks[block]
        let rows = batch.count
        let fused = workspace.view(workspace.fused, block)
        apply(weights.queryKeyValue, .queryKeyValue, block, fused, x, rows: rows, accumulate: false)
        normalizeHeads(block, fused, rows)
        rotate(fused, batch, inverse: false)
        guard sessions.isEmpty else { return attendSessions(block, fused) }
        let attention = workspace.view(workspace.attention, block)
        let shape = configuration.attentionShape(block)
        let keyColumn = configuration.queryWidth
        guard batch.branches.isEmpty else {
            let values = keyColumn + configuration.keyValueWidth
            return backend.attentionOfBranches(
                attention, queries: fused, keys: fused.dropping(columns: keyColumn),
                values: fused.dropping(columns: values), segments: batch.branches,
                before: cache.map { $0.earlier(block, width: configuration.keyValueWidth) }, shape: shape)
        }
        if let cache {
            cache.store(block, fused.dropping(columns: keyColumn), rows: rows)
            if cache.count > 0 {
                let keys = cache.keys(block)
                backend.attentionDecode(
                    attention.pointer, query: fused.pointer, keys: keys,
                    values: keys.dropping(columns: configuration.keyValueWidth), length: cache.count + 1, shape: shape)
                return
            }
        }
        backend.attentionForward(
            attention, logSumExp: workspace.view(workspace.logSumExp, block).pointer, queries: fused,
            keys: fused.dropping(columns: keyColumn),
            values: fused.dropping(columns: keyColumn + configuration.keyValueWidth), spans: batch.spans, shape: shape)
    }

    private func projectAttention(_ block: Int, _ y: MatrixView, _ rows: Int, accumulate: Bool) {
        apply(
            model.weights.blocks[block].attentionOutput, .attentionOutput, block, y,
            workspace.view(workspace.attention, block), rows: rows, accumulate: accumulate)
    }

    /// y (+)= down(activation(up(x))), or the mixture of experts.
    private func feedForward(_ block: Int, _ y: MatrixView, _ x: MatrixView, _ rows: Int, accumulate: Bool) {
        let weights = model.weights.blocks[block]
        guard weights.router == nil else { return mix(block, y, x, rows, accumulate: accumulate) }
        guard let layer = weights.feedForward.first else { return }
        let up = workspace.view(workspace.up, block)
        let activated = workspace.view(workspace.activated)
        apply(layer.up, .up, block, up, x, rows: rows, accumulate: false)
        activate(activated.pointer, up.pointer, rows)
        apply(layer.down, .down, block, y, activated, rows: rows, accumulate: accumulate)
    }

    func activate(_ y: UnsafeMutablePointer<Float>, _ up: UnsafePointer<Float>, _ rows: Int) {
        let width = configuration.intermediateSize
        if configuration.isGated {
            backend.gatedForward(y, gateUp: up, configuration.activation, rows: rows, width: width)
        } else {
            backend.activationForward(y, up, configuration.activation, count: rows * width)
        }
    }

    func normalize(_ y: MatrixView, _ x: MatrixView, _ norm: Norm?, _ place: NormPlace, _ block: Int, _ rows: Int) {
        guard let norm else { return }
        backend.normForward(
            y, x, norm.weights, statistics: workspace.statistics(place, block), rows: rows, groups: 1, width: hidden)
    }

    /// The norms of single queries and keys (Qwen 3); what they read is kept.
    private func normalizeHeads(_ block: Int, _ fused: MatrixView, _ rows: Int) {
        let weights = model.weights.blocks[block]
        guard let queryNorm = weights.queryNorm, let keyNorm = weights.keyNorm else { return }
        let raw = workspace.view(workspace.raw, block)
        backend.copyRows(raw, fused, rows: rows, width: raw.stride)
        let statistics = workspace.view(workspace.headStatistics, block).pointer
        let size = configuration.headSize
        backend.normForward(
            fused, raw, queryNorm.weights, statistics: statistics, rows: rows, groups: configuration.heads, width: size)
        backend.normForward(
            fused.dropping(columns: configuration.queryWidth), raw.dropping(columns: configuration.queryWidth),
            keyNorm.weights, statistics: statistics + 2 * rows * configuration.heads, rows: rows,
            groups: configuration.keyValueHeads, width: size)
    }

    func rotate(_ fused: MatrixView, _ batch: PackedBatch, inverse: Bool) {
        guard case .rotary(_, let size) = configuration.positions else { return }
        // Queries and keys lie side by side and are rotated alike.
        backend.rotary(
            fused, cosine: model.cosine.pointer, sine: model.sine.pointer, positions: batch.positions,
            heads: configuration.heads + configuration.keyValueHeads, headSize: configuration.headSize,
            rotarySize: size, inverse: inverse)
    }

    /// y (+)= x·Wᵀ + bias + scale · (x·Aᵀ)·Bᵀ; keeps x·Aᵀ for the backward pass.
    ///
    /// - Parameter slot: `nil` for layers that adapters don't reach.
    func apply(
        _ linear: Linear, _ slot: LinearLayer.Slot?, _ block: Int, _ y: MatrixView, _ x: MatrixView, rows: Int,
        accumulate: Bool
    ) {
        let group = slot.flatMap { lowRank?.group(block, $0) }
        let reduced = workspace.view(workspace.reduced, block).dropping(columns: group?.column ?? 0)
        let joined = backend.joinsAdapters && linear.pieces.count == 1 ? group : nil
        for piece in linear.pieces {
            let own = y.dropping(columns: piece.column)
            if let joined {
                backend.multiplyTransposed(
                    own, reduced: reduced, x, frozen: piece.matrix, joined.factors, rows: rows, accumulate: accumulate)
            } else {
                backend.multiplyTransposed(own, x, frozen: piece.matrix, rows: rows, accumulate: accumulate)
            }
        }
        if let bias = linear.bias { backend.addBias(y, bias.values.pointer, rows: rows, width: linear.output) }
        guard let group, joined == nil else { return }
        backend.addLowRank(y, reduced: reduced, x, group.factors, rows: rows)
    }
}
