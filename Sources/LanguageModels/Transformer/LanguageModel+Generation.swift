internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// How the next token is chosen.
public struct SamplingSettings: Sendable, Equatable {
    public var maximumTokens: Int
    /// 0 takes the most likely token; larger values flatten the distribution.
    public var temperature: Double
    /// Equal seeds give equal text.
    public var seed: UInt64
    /// Generation ends before any of these; `nil` takes the model's own.
    public var stopTokens: [Int32]?

    public init(maximumTokens: Int = 128, temperature: Double = 0, seed: UInt64 = 0, stopTokens: [Int32]? = nil) {
        self.maximumTokens = maximumTokens
        self.temperature = temperature
        self.seed = seed
        self.stopTokens = stopTokens
    }
}

extension LanguageModel {
    /// Continues `prompt` token by token with a cache of keys and values.
    ///
    /// - Parameter onToken: gets each token as it is chosen; returning `false` ends the generation.
    /// - Returns: the new tokens, without a stop token. It also ends where the model has no more positions.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens` for an empty prompt, ids outside of the vocabulary or a prompt
    ///   that is too long; `.invalidConfiguration` for a negative temperature; `.numericalFault` for logits that are NaN.
    public func generate(
        prompt: [Int32], adapter: LoRAAdapter? = nil, settings: SamplingSettings = SamplingSettings(),
        onToken: (Int32) throws -> Bool = { _ in true }
    ) throws -> [Int32] {
        guard !prompt.isEmpty else {
            throw LanguageModelsError(.invalidTokens, "The prompt has no token. Begin with the model's first token.")
        }
        guard settings.temperature.isFinite, settings.temperature >= 0 else {
            throw LanguageModelsError(.invalidConfiguration, "The temperature must be 0 or more.")
        }
        var batch = try PackedBatch(
            [TokenSequence(prompt)], model: self, trimming: false)
        let wanted = max(0, min(settings.maximumTokens, maximumLength - prompt.count))
        let pass = try TransformerPass(model: self, adapter: adapter, purpose: .forward)
        let cache = try KeyValueCache(
            configuration: configuration, capacity: prompt.count + wanted, backend: backend)
        let stops = Set(settings.stopTokens ?? configuration.endOfText)
        var generator = ReproducibleGenerator(seed: settings.seed, label: "generation")
        var logits = [Float](repeating: 0, count: configuration.vocabularySize)
        var tokens: [Int32] = []
        while tokens.count < wanted {
            try pass.forward(batch, cache: cache)
            pass.logits(of: [Int32(batch.count - 1)])
            logits.withUnsafeMutableBufferPointer {
                backend.download($0, from: pass.workspace.view(pass.workspace.logits).pointer)
            }
            let token = try Self.choose(logits, temperature: settings.temperature, using: &generator)
            guard !stops.contains(token) else { break }
            tokens.append(token)
            guard try onToken(token) else { break }
            batch = PackedBatch(token: token, position: Int32(cache.count))
        }
        return tokens
    }

    private static func choose(
        _ logits: [Float], temperature: Double, using generator: inout ReproducibleGenerator
    ) throws -> Int32 {
        guard let best = logits.indices.max(by: { logits[$0] < logits[$1] }), logits.allSatisfy({ !$0.isNaN }) else {
            throw LanguageModelsError(
                .numericalFault, "The model's output is not a number. Check the model and the adapter.")
        }
        guard temperature > 0 else { return Int32(best) }
        let weights = logits.map { exp(Double($0 - logits[best]) / temperature) }
        var place = generator.unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            place -= weight
            if place < 0 { return Int32(index) }
        }
        return Int32(best)
    }
}
