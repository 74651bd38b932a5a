internal import Foundation
internal import Tensors

/// The families with rotary positions.
extension ModelConfiguration {
    init(llamaLike file: ConfigurationFile, _ family: ModelFamily) throws {
        let hidden = try Self.needed(file.hiddenSize, "hidden_size")
        let heads = try Self.needed(file.numAttentionHeads, "num_attention_heads")
        let headSize =
            try file.headDim ?? (family == .qwen3 ? 128 : Self.defaultHeadSize(hidden, heads))
        let rotary = try Self.rotary(file, defaultTheta: family == .mixtral ? 1e6 : 10000)
        self.init(
            family: family, vocabularySize: try Self.needed(file.vocabSize, "vocab_size"), hiddenSize: hidden,
            intermediateSize: try Self.needed(file.intermediateSize, "intermediate_size"),
            layers: try Self.needed(file.numHiddenLayers, "num_hidden_layers"), heads: heads,
            keyValueHeads: Self.keyValueHeads(file, family, heads), headSize: headSize,
            maximumPositions: file.maxPositionEmbeddings ?? 2048,
            norm: Norm(.rootMeanSquare, epsilon: file.rmsNormEps ?? (family == .mixtral ? 1e-5 : 1e-6)),
            activation: try Self.activation(file.hiddenAct ?? "silu"),
            positions: .rotary(rotary, size: try Self.wholeHead(file, headSize: headSize)),
            tiedHead: file.tieWordEmbeddings ?? false)
        switch family {
        case .llama:
            queryKeyValueBias = file.attentionBias ?? false
            outputBias = file.attentionBias ?? false
            mlpBias = file.mlpBias ?? false
        case .qwen2:
            queryKeyValueBias = true
            windows = try Self.windows(file, layers: layers)
        case .qwen3:
            queryKeyValueBias = file.attentionBias ?? false
            outputBias = file.attentionBias ?? false
            queryKeyNorm = norm
            windows = try Self.windows(file, layers: layers)
        case .mixtral:
            experts = Experts(
                count: file.numLocalExperts ?? 8, perToken: file.numExpertsPerTok ?? 2)
            windows = Self.everywhere(file.slidingWindow, layers)
        default:
            windows = Self.everywhere(file.namesSlidingWindow ? file.slidingWindow : 4096, layers)
        }
    }

    init(gemma file: ConfigurationFile, _ family: ModelFamily) throws {
        let hidden = try Self.needed(file.hiddenSize, "hidden_size")
        let heads = try Self.needed(file.numAttentionHeads, "num_attention_heads")
        let headSize = file.headDim ?? 256
        var activation = file.hiddenActivation ?? "gelu_pytorch_tanh"
        if family == .gemma {
            // Gemma's first files say "gelu" and mean the approximation, like the code that reads them.
            func meant(_ name: String) -> String { name == "gelu" ? "gelu_pytorch_tanh" : name }
            activation = meant(file.hiddenAct ?? activation)
            guard meant(file.hiddenActivation ?? activation) == activation else {
                throw LanguageModelsError(
                    .malformedConfiguration,
                    "hidden_act and hidden_activation in the model's config.json differ. Keep the one that is meant.")
            }
        }
        let rotary = try Self.rotary(file)
        self.init(
            family: family, vocabularySize: try Self.needed(file.vocabSize, "vocab_size"), hiddenSize: hidden,
            intermediateSize: try Self.needed(file.intermediateSize, "intermediate_size"),
            layers: try Self.needed(file.numHiddenLayers, "num_hidden_layers"), heads: heads,
            keyValueHeads: Self.keyValueHeads(file, family, heads), headSize: headSize,
            maximumPositions: file.maxPositionEmbeddings ?? 8192,
            norm: Norm(.rootMeanSquare, epsilon: file.rmsNormEps ?? 1e-6, addsOne: true),
            activation: try Self.activation(activation),
            positions: .rotary(rotary, size: try Self.wholeHead(file, headSize: headSize)),
            queryKeyValueBias: file.attentionBias ?? false, outputBias: file.attentionBias ?? false,
            tiedHead: file.tieWordEmbeddings ?? true)
        embeddingScale = Float(hidden).squareRoot()
        guard family == .gemma2 else { return }
        normPlacement = .both
        attentionScale = Float(1 / (file.queryPreAttnScalar ?? 256).squareRoot())
        attentionSoftcap = Float(file.attnLogitSoftcapping ?? (file.namesAttnLogitSoftcapping ? 0 : 50))
        logitSoftcap = Float(file.finalLogitSoftcapping ?? (file.namesFinalLogitSoftcapping ? 0 : 30))
        let window = file.namesSlidingWindow ? file.slidingWindow : 4096
        if let types = file.layerTypes {
            windows = try Self.windows(types, window, layers)
        } else if let window {
            windows = (0..<Self.bounded(layers)).map { $0.isMultiple(of: 2) ? window : nil }
        }
    }

    init(phi file: ConfigurationFile) throws {
        let hidden = try Self.needed(file.hiddenSize, "hidden_size")
        let heads = try Self.needed(file.numAttentionHeads, "num_attention_heads")
        let headSize = try Self.defaultHeadSize(hidden, heads)
        let rotary = try Self.rotary(file)
        let norm = Norm(.layer, epsilon: file.layerNormEps ?? 1e-5)
        self.init(
            family: .phi, vocabularySize: try Self.needed(file.vocabSize, "vocab_size"), hiddenSize: hidden,
            intermediateSize: try Self.needed(file.intermediateSize, "intermediate_size"),
            layers: try Self.needed(file.numHiddenLayers, "num_hidden_layers"), heads: heads,
            keyValueHeads: file.numKeyValueHeads ?? heads, headSize: headSize,
            maximumPositions: file.maxPositionEmbeddings ?? 2048, norm: norm,
            activation: try Self.activation(file.hiddenAct ?? "gelu_new"), isGated: false,
            positions: .rotary(rotary, size: try Self.rotarySize(file, headSize: headSize, defaultFactor: 0.5)),
            queryKeyValueBias: true, outputBias: true, mlpBias: true, tiedHead: file.tieWordEmbeddings ?? false)
        isParallel = true
        headBias = true
        queryKeyNorm = file.qkLayernorm == true ? norm : nil
    }

    /// `null` means as many as heads; a file without the key means the default of its family.
    private static func keyValueHeads(_ file: ConfigurationFile, _ family: ModelFamily, _ heads: Int) -> Int {
        if let number = file.numKeyValueHeads { return number }
        guard !file.namesKeyValueHeads else { return heads }
        return switch family {
        case .mistral, .mixtral: 8
        case .qwen2, .qwen3: 32
        case .gemma: 16
        case .gemma2: 4
        default: heads
        }
    }

    /// Qwen: `layer_types` decide; without them all layers from `max_window_layers` on have the window.
    private static func windows(_ file: ConfigurationFile, layers: Int) throws -> [Int?] {
        let window = file.useSlidingWindow == true ? (file.namesSlidingWindow ? file.slidingWindow : 4096) : nil
        if let types = file.layerTypes { return try windows(types, window, layers) }
        guard let window else { return [] }
        let first = file.maxWindowLayers ?? 28
        return (0..<bounded(layers)).map { $0 >= first ? window : nil }
    }

    private static func windows(_ types: [String], _ window: Int?, _ layers: Int) throws -> [Int?] {
        guard types.count == layers else {
            throw LanguageModelsError(
                .malformedConfiguration, "layer_types in the model's config.json does not have one entry a layer.")
        }
        return try types.map { type in
            switch type {
            case "full_attention": return nil
            case "sliding_attention": return window
            default: throw notBuilt("The layer type “\(Self.shown(type))”")
            }
        }
    }

    private static func everywhere(_ window: Int?, _ layers: Int) -> [Int?] {
        window.map { [Int?](repeating: $0, count: bounded(layers)) } ?? []
    }

    /// A number of layers that is safe to allocate for; ``validate()`` refuses what is out of bounds afterwards.
    private static func bounded(_ layers: Int) -> Int { max(0, min(layers, 1024)) }
}
