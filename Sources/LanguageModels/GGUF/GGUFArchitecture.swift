internal import Foundation
internal import Tensors

/// Which of llama.cpp's architectures computes what a model computes, and what it must be told.
///
/// Checked against llama.cpp's `src/models`: what its graph of an architecture does not do is refused here.
struct GGUFArchitecture {
    let name: String
    /// Queries and keys are rotated as neighbors (2i, 2i + 1) and not as halves, so their rows change places.
    let rotatesNeighbors: Bool
    /// Longer contexts would need windows that the architecture does not have.
    let contextLength: Int
    /// A head of its own is written even where the embedding is the head.
    let needsHead: Bool
    private let model: ModelConfiguration

    /// - Throws: ``LanguageModelsError`` `.notBuiltYet`, saying what llama.cpp could not compute.
    init(_ model: ModelConfiguration) throws {
        self.model = model
        switch model.family {
        case .llama, .mistral, .mixtral: name = "llama"
        case .qwen2, .qwen3, .gemma, .gemma2, .gpt2: name = model.family.rawValue
        case .phi: name = "phi2"
        case .biogpt: throw Self.refusal("llama.cpp has no architecture for BioGPT")
        case .bert: throw Self.refusal("llama.cpp computes embeddings with BERT, but none of its heads")
        }
        rotatesNeighbors = name == "llama"
        needsHead = model.family == .phi
        let windows = model.family == .gemma2 ? [] : model.windows.compactMap { $0 }
        contextLength = min(model.maximumPositions, windows.min() ?? model.maximumPositions)
        try checkAttention()
        try checkLayers()
    }

    private static func refusal(_ why: String) -> LanguageModelsError {
        LanguageModelsError(
            .notBuiltYet, "This model can't be exported as GGUF: \(why). Export it as a Hugging Face checkpoint.")
    }

    private func require(_ holds: Bool, _ why: String) throws { if !holds { throw Self.refusal(why) } }

    private func checkAttention() throws {
        var scale = 1 / Float(model.headSize).squareRoot()
        // Gemma 2 with 27 B is told by its number of layers.
        if model.family == .gemma2, model.layers == 46 {
            scale = 1 / Float(model.hiddenSize / model.heads).squareRoot()
        }
        try require(
            abs(model.attentionScale - scale) <= 1e-6 * scale && !model.scalesByLayer,
            "it scales attention in a way of its own")
        if case .rotary(let rotary, let size) = model.positions {
            try require(
                size == model.headSize || model.family == .phi, "only a part of each head is rotated")
            switch rotary.scaling {
            case .none, .linear: break
            case .llama3: try require(rotatesNeighbors, "it scales rotary positions as Llama 3 does")
            case .yarn: throw Self.refusal("it scales rotary positions by YaRN")
            }
        }
        try require(
            [.llama, .mistral, .mixtral, .qwen3, .gemma, .gemma2].contains(model.family)
                || model.queryWidth == model.hiddenSize, "its heads are not as wide as the model")
        try require(
            model.family != .phi && model.family != .gpt2 || model.queryKeyNorm == nil,
            "it has norms of queries and keys")
        if model.family == .gemma2 {
            let window = model.windows.first ?? nil
            let alternating = (0..<model.layers).map { $0.isMultiple(of: 2) ? window : nil }
            try require(model.windows.isEmpty || model.windows == alternating, "its windows don't alternate")
        }
    }

    private func checkLayers() throws {
        let activation: Activation
        switch model.family {
        case .gemma, .gemma2, .phi, .gpt2: activation = .geluTanh
        default: activation = .silu
        }
        try require(model.activation == activation, "it has another activation than llama.cpp computes")
        let takesOutputBias = ["llama", "phi2", "gpt2"].contains(name)
        try require(
            takesOutputBias || !model.outputBias, "it has biases that llama.cpp does not add")
        try require(
            takesOutputBias || !model.mlpBias, "it has biases that llama.cpp does not add")
        try require(model.experts == nil || !model.mlpBias, "its experts have biases")
        try require(
            ![.gemma, .gemma2].contains(model.family) || model.tiedHead, "its head is not its embedding")
        try require(!model.headBias || model.family == .phi, "its head has a bias")
    }

    // MARK: Metadata

    /// Keys and values that describe the shape.
    var metadata: [(key: String, value: GGUFValue)] {
        func number(_ value: Int) -> GGUFValue { .uint32(UInt32(clamping: value)) }
        var values: [(String, GGUFValue)] = [
            ("block_count", number(model.layers)), ("context_length", number(contextLength)),
            ("embedding_length", number(model.hiddenSize)), ("feed_forward_length", number(model.intermediateSize)),
            ("attention.head_count", number(model.heads)), ("attention.head_count_kv", number(model.keyValueHeads)),
            ("attention.key_length", number(model.headSize)), ("attention.value_length", number(model.headSize)),
            ("vocab_size", number(model.vocabularySize)),
            (
                model.norm.kind == .layer ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon",
                .float32(Float(model.norm.epsilon))
            ),
        ]
        if case .rotary(let rotary, let size) = model.positions {
            values += [("rope.dimension_count", number(size)), ("rope.freq_base", .float32(Float(rotary.theta)))]
            if case .linear(let factor) = rotary.scaling {
                values += [
                    ("rope.scaling.type", .string("linear")), ("rope.scaling.factor", .float32(Float(factor))),
                ]
            }
        }
        if let experts = model.experts {
            values += [("expert_count", number(experts.count)), ("expert_used_count", number(experts.perToken))]
        }
        if model.family == .gemma2 {
            let window = (model.windows.first ?? nil) ?? model.maximumPositions
            values += [
                ("attention.sliding_window", number(window)),
                ("attn_logit_softcapping", .float32(model.attentionSoftcap)),
                ("final_logit_softcapping", .float32(model.logitSoftcap)),
            ]
        }
        return values.map { ("\(name).\($0.0)", $0.1) }
    }

    /// By what the frequency of each rotated pair is divided, where that is not the same for all.
    var rotaryFactors: [Float]? {
        guard case .rotary(let rotary, let size) = model.positions, case .llama3 = rotary.scaling else { return nil }
        let plain = RotaryEmbedding(theta: rotary.theta).frequencies(rotarySize: size)
        return zip(plain, rotary.frequencies(rotarySize: size)).map { $0 / $1 }
    }
}
