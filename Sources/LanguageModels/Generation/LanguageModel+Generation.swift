internal import Tensors

extension LanguageModel {
    /// Continues `prompt` token by token with a cache of keys and values.
    ///
    /// - Parameter onToken: gets each token as it is chosen; returning `false` ends the generation.
    /// - Returns: the new tokens, without a stop token. It also ends where the model has no more positions.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens` for an empty prompt, ids outside of the vocabulary or a prompt
    ///   that is too long; `.invalidConfiguration` for settings that make no sense; `.numericalFault` for logits that are NaN.
    public func generate(
        prompt: [Int32], adapter: LoRAAdapter? = nil, settings: SamplingSettings = SamplingSettings(),
        onToken: (Int32) throws -> Bool = { _ in true }
    ) throws -> [Int32] {
        guard !prompt.isEmpty else {
            throw LanguageModelsError(.invalidTokens, "The prompt has no token. Begin with the model's first token.")
        }
        guard configuration.isCausal, configuration.head == .languageModel else {
            throw LanguageModelsError(
                .invalidConfiguration,
                "This \(configuration.family.rawValue) model can't continue a text: it sees all of it at once. Use a causal model."
            )
        }
        var sampler = try TokenSampler(settings)
        var batch = try PackedBatch(
            [TokenSequence(prompt)], model: self, trimming: false)
        let wanted = max(0, min(settings.maximumTokens, maximumLength - prompt.count))
        let pass = try TransformerPass(model: self, adapter: adapter, purpose: .forward)
        let cache = try KeyValueCache(
            configuration: configuration, capacity: prompt.count + wanted, backend: backend)
        let stops = Set(settings.stopTokens ?? configuration.endOfText)
        var logits = [Float](repeating: 0, count: configuration.vocabularySize)
        var tokens: [Int32] = []
        while tokens.count < wanted {
            try pass.forward(batch, cache: cache)
            pass.logits(of: [Int32(batch.count - 1)])
            logits.withUnsafeMutableBufferPointer {
                backend.download($0, from: pass.workspace.view(pass.workspace.logits).pointer)
            }
            try backend.synchronize()
            let token = try sampler.next(logits)
            guard !stops.contains(token) else { break }
            tokens.append(token)
            guard try onToken(token) else { break }
            batch = PackedBatch(token: token, position: Int32(cache.count))
        }
        return tokens
    }
}
