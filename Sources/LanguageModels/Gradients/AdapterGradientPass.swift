internal import Tensors

/// Computes losses and adapter gradients of packed sequences; what optimizers are built on.
///
/// Keeps its workspace between calls. Use it from one task.
package final class AdapterGradientPass {
    /// Sequences whose gradient is summed on its own: a patient, or the whole batch.
    package struct Group {
        package var sequences: [TokenSequence]
        /// The factor of every supervised token's loss in the objective.
        package var tokenWeight: Float

        package init(sequences: [TokenSequence], tokenWeight: Float) {
            self.sequences = sequences
            self.tokenWeight = tokenWeight
        }
    }

    private let pass: TransformerPass
    private let lowRank: LowRankWeights
    private var gradients: TensorBuffer?

    /// - Parameter checkpointing: keep only the input of every block and compute the rest again: about a third more time for
    ///   a fraction of the memory.
    package init(model: LanguageModel, adapter: LoRAAdapter, checkpointing: Bool = false) throws {
        pass = try TransformerPass(model: model, adapter: adapter, purpose: checkpointing ? .checkpointing : .backward)
        guard let lowRank = pass.lowRank else {
            throw LanguageModelsError(.invalidConfiguration, "There is no adapter to train.")
        }
        self.lowRank = lowRank
    }

    /// The parameters that the next ``run(_:factors:body:)`` uses; the count must be the layout's.
    package func setParameters(_ values: [Float]) { lowRank.set(values) }

    /// One forward and backward pass over all groups.
    ///
    /// - Parameters:
    ///   - factors: whether gradients of A and of B are needed; the others stay zero.
    ///   - body: gets the number of each group, the sum of its unweighted token losses, and its flat gradient in the order
    ///     of the layout. The buffer is only valid inside of the call.
    package func run(
        _ groups: [Group], factors: (a: Bool, b: Bool),
        body: (_ group: Int, _ lossSum: Double, _ gradient: UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        let model = pass.model
        let batch = try PackedBatch(groups.flatMap(\.sequences), model: model)
        let count = lowRank.parameterCount
        let total = count * groups.count
        let buffer: TensorBuffer
        if let gradients, gradients.count >= total {
            buffer = gradients
        } else {
            gradients = nil
            buffer = try TensorBuffer(count: total, backend: model.backend)
            gradients = buffer
        }
        model.backend.zero(buffer.pointer, count: total)
        var weights: [Float] = []
        var sink = GradientSink(groups: [], trainsA: factors.a, trainsB: factors.b)
        var next = 0
        for (number, group) in groups.enumerated() {
            let spans = batch.spans[next..<next + group.sequences.count]
            let start = spans.first?.start ?? batch.count
            let end = spans.last.map(\.range.upperBound) ?? start
            sink.groups.append(.init(rows: start..<end, gradient: buffer.pointer + number * count))
            let supervised = batch.targetCounts[next..<next + group.sequences.count].reduce(0, +)
            weights += [Float](repeating: group.tokenWeight, count: supervised)
            next += group.sequences.count
        }
        try pass.forward(batch)
        let losses = try pass.losses(batch, weights: weights, sink: sink)
        try pass.backward(batch, sink)
        // Nobody may take the gradients of a pass that failed for a patient's.
        try model.backend.synchronize()
        var position = 0
        next = 0
        for (number, group) in groups.enumerated() {
            let supervised = batch.targetCounts[next..<next + group.sequences.count].reduce(0, +)
            let sum = losses[position..<position + supervised].reduce(0.0) { $0 + Double($1) }
            try model.backend.withHostView(buffer.pointer + number * count, count: count) {
                try body(number, sum, $0)
            }
            position += supervised
            next += group.sequences.count
        }
        try model.backend.synchronize()
    }
}
