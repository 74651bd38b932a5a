internal import Tensors

extension LanguageModel {
    /// How many tokens are packed into one pass.
    static let tokensPerPass = 4096

    /// The logits after every token, [ids.count, vocabulary] row-major; of a classifier [1, classes], of a token classifier
    /// [ids.count, classes].
    ///
    /// - Throws: ``LanguageModelsError`` `.invalidTokens` or `.adapterMismatch`.
    public func logits(ids: [Int32], adapter: LoRAAdapter? = nil) throws -> [Float] {
        let isClassifier = configuration.head.isClassification
        // Nothing is predicted here: the labels only have to be possible ones.
        let labels = [Int32](repeating: TokenSequence.ignored, count: isClassifier ? 0 : ids.count)
        let batch = try PackedBatch([TokenSequence(inputIDs: ids, labels: labels)], model: self, trimming: false)
        let pass = try TransformerPass(model: self, adapter: adapter, purpose: .forward)
        try pass.forward(batch)
        let width = configuration.outputSize
        let count = isClassifier ? min(ids.count, 1) : ids.count
        var result = [Float](repeating: 0, count: count * width)
        result.withUnsafeMutableBufferPointer { result in
            for start in stride(from: 0, to: count, by: pass.workspace.headRows) {
                let rows = (start..<min(start + pass.workspace.headRows, count)).map(Int32.init)
                pass.logits(of: rows)
                backend.download(
                    UnsafeMutableBufferPointer(rebasing: result[start * width..<(start + rows.count) * width]),
                    from: pass.workspace.view(pass.workspace.logits).pointer)
            }
        }
        try backend.synchronize()
        return result
    }

    /// The negative log-likelihood in nats of every supervised token, in order.
    public func tokenLosses(ids: [Int32], labels: [Int32], adapter: LoRAAdapter? = nil) throws -> [Float] {
        let batch = try PackedBatch(
            [TokenSequence(inputIDs: ids, labels: labels)], model: self)
        let pass = try TransformerPass(model: self, adapter: adapter, purpose: .forward)
        try pass.forward(batch)
        return try pass.losses(batch)
    }

    /// Sum of the losses in nats and number of supervised tokens, for every sequence.
    ///
    /// Perplexity is exp(Σ sum / Σ tokens). Sequences are packed; the result of one does not depend on the others beyond
    /// the last digits.
    public func negativeLogLikelihood(
        of sequences: [TokenSequence], adapter: LoRAAdapter? = nil
    ) throws -> [(sum: Double, tokens: Int)] {
        let pass = try TransformerPass(model: self, adapter: adapter, purpose: .forward)
        var result: [(sum: Double, tokens: Int)] = []
        var start = 0
        while start < sequences.count {
            var end = start + 1
            var tokens = sequences[start].inputIDs.count
            while end < sequences.count, tokens + sequences[end].inputIDs.count <= Self.tokensPerPass {
                tokens += sequences[end].inputIDs.count
                end += 1
            }
            let batch = try PackedBatch(
                Array(sequences[start..<end]), model: self)
            try pass.forward(batch)
            let losses = try pass.losses(batch)
            var position = 0
            for count in batch.targetCounts {
                let sum = losses[position..<position + count].reduce(0.0) { $0 + Double($1) }
                result.append((sum, count))
                position += count
            }
            start = end
        }
        return result
    }

    /// The log-likelihood in nats of each continuation after `prompt`, as multiple choice is scored; empty ones have 0.
    ///
    /// Continuations are packed into few passes. Divide by a continuation's length in tokens or bytes to compare answers of
    /// different lengths.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens`, also for an empty prompt: nothing predicts a first token.
    public func logLikelihoods(
        of continuations: [[Int32]], after prompt: [Int32], adapter: LoRAAdapter? = nil
    ) throws -> [Double] {
        guard configuration.head == .languageModel, !prompt.isEmpty else {
            throw LanguageModelsError(
                .invalidTokens, "Continuations are scored by a causal model after at least one token.")
        }
        let given = [Int32](repeating: TokenSequence.ignored, count: prompt.count)
        let sequences = continuations.map { TokenSequence(inputIDs: prompt + $0, labels: given + $0) }
        return try negativeLogLikelihood(of: sequences, adapter: adapter).map { -$0.sum }
    }
}
