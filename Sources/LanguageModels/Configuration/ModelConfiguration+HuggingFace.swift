internal import ConsiliumCore
public import Foundation

extension ModelConfiguration {
    /// Reads a Hugging Face `config.json`, in the dialect of transformers 4 (`rope_theta`, `rope_scaling`) or 5
    /// (`rope_parameters`).
    ///
    /// - Throws: ``LanguageModelsError`` `.notBuiltYet`, naming the model type, activation, rotary or quantisation that is
    ///   missing, or `.malformedConfiguration`. Nothing is ever guessed.
    public init(huggingFace data: Data) throws {
        let file: ConfigurationFile
        do {
            file = try CanonicalJSON.decode(ConfigurationFile.self, from: data)
        } catch {
            throw LanguageModelsError(.malformedConfiguration, "The model's config.json can't be read.", cause: error)
        }
        guard let family = file.modelType else {
            throw LanguageModelsError(.malformedConfiguration, "The model's config.json has no model_type.")
        }
        guard family == "llama" else {
            throw Self.notBuilt("The model type “\(family.prefix(40))”")
        }
        if let quantisation = file.quantizationConfig {
            throw Self.notBuilt("The quantisation “\(quantisation.quantMethod?.prefix(40) ?? "without a name")”")
        }
        let activation = file.hiddenAct ?? "silu"
        guard activation == "silu" || activation == "swish" else {
            throw Self.notBuilt("The activation “\(activation.prefix(40))”")
        }
        let hidden = try Self.needed(file.hiddenSize, "hidden_size")
        let heads = try Self.needed(file.numAttentionHeads, "num_attention_heads")
        guard heads > 0 else {
            throw LanguageModelsError(
                .malformedConfiguration, "num_attention_heads in the model's config.json is not positive.")
        }
        self.init(
            family: family, vocabularySize: try Self.needed(file.vocabSize, "vocab_size"), hiddenSize: hidden,
            intermediateSize: try Self.needed(file.intermediateSize, "intermediate_size"),
            layers: try Self.needed(file.numHiddenLayers, "num_hidden_layers"), heads: heads,
            keyValueHeads: file.numKeyValueHeads ?? heads, headSize: file.headDim ?? hidden / heads,
            maximumPositions: file.maxPositionEmbeddings ?? 2048,
            norm: .rootMeanSquare(epsilon: file.rmsNormEps ?? 1e-6), activation: .gatedSiLU,
            positions: try Self.rotary(file), queryKeyValueBias: file.attentionBias ?? false,
            outputBias: file.attentionBias ?? false, mlpBias: file.mlpBias ?? false,
            tiedHead: file.tieWordEmbeddings ?? false, beginningOfText: file.bosTokenId?.first,
            endOfText: file.eosTokenId?.values ?? [])
        try validate()
    }

    private static func rotary(_ file: ConfigurationFile) throws -> RotaryEmbedding {
        let parameters = file.ropeParameters ?? file.ropeScaling
        let theta = file.ropeParameters?.ropeTheta ?? file.ropeTheta ?? 10000
        if let partial = parameters?.partialRotaryFactor ?? file.partialRotaryFactor, partial != 1 {
            throw notBuilt("Partial rotary embedding")
        }
        func needed(_ value: Double?, _ name: String) throws -> Double {
            guard let value else {
                throw LanguageModelsError(.malformedConfiguration, "The rope parameters in config.json lack “\(name)”.")
            }
            return value
        }
        let type = parameters?.ropeType ?? parameters?.type ?? "default"
        switch type {
        case "default": return RotaryEmbedding(theta: theta)
        case "linear":
            return RotaryEmbedding(theta: theta, scaling: .linear(factor: try needed(parameters?.factor, "factor")))
        case "llama3":
            return RotaryEmbedding(
                theta: theta,
                scaling: .llama3(
                    factor: try needed(parameters?.factor, "factor"),
                    lowFrequencyFactor: try needed(parameters?.lowFreqFactor, "low_freq_factor"),
                    highFrequencyFactor: try needed(parameters?.highFreqFactor, "high_freq_factor"),
                    originalPositions: try needed(
                        parameters?.originalMaxPositionEmbeddings, "original_max_position_embeddings")))
        default: throw notBuilt("The rope type “\(type.prefix(40))”")
        }
    }

    private static func needed(_ value: Int?, _ name: String) throws -> Int {
        guard let value else {
            throw LanguageModelsError(.malformedConfiguration, "The model's config.json has no \(name).")
        }
        return value
    }

    private static func notBuilt(_ what: String) -> LanguageModelsError {
        LanguageModelsError(
            .notBuiltYet, "\(what) is not built yet. Use a model of the Llama family in full precision.")
    }
}

/// The fields of `config.json` that matter here, named as in the file.
private struct ConfigurationFile: Decodable {
    var modelType: String?
    var hiddenSize: Int?
    var intermediateSize: Int?
    var numHiddenLayers: Int?
    var numAttentionHeads: Int?
    var numKeyValueHeads: Int?
    var headDim: Int?
    var vocabSize: Int?
    var maxPositionEmbeddings: Int?
    var rmsNormEps: Double?
    var hiddenAct: String?
    var attentionBias: Bool?
    var mlpBias: Bool?
    var tieWordEmbeddings: Bool?
    var ropeTheta: Double?
    var partialRotaryFactor: Double?
    var ropeScaling: Rope?
    var ropeParameters: Rope?
    var bosTokenId: TokenIDs?
    var eosTokenId: TokenIDs?
    var quantizationConfig: Quantisation?

    enum CodingKeys: String, CodingKey {
        case modelType = "model_type"
        case hiddenSize = "hidden_size"
        case intermediateSize = "intermediate_size"
        case numHiddenLayers = "num_hidden_layers"
        case numAttentionHeads = "num_attention_heads"
        case numKeyValueHeads = "num_key_value_heads"
        case headDim = "head_dim"
        case vocabSize = "vocab_size"
        case maxPositionEmbeddings = "max_position_embeddings"
        case rmsNormEps = "rms_norm_eps"
        case hiddenAct = "hidden_act"
        case attentionBias = "attention_bias"
        case mlpBias = "mlp_bias"
        case tieWordEmbeddings = "tie_word_embeddings"
        case ropeTheta = "rope_theta"
        case partialRotaryFactor = "partial_rotary_factor"
        case ropeScaling = "rope_scaling"
        case ropeParameters = "rope_parameters"
        case bosTokenId = "bos_token_id"
        case eosTokenId = "eos_token_id"
        case quantizationConfig = "quantization_config"
    }

    struct Rope: Decodable {
        var ropeType: String?
        var type: String?
        var ropeTheta: Double?
        var factor: Double?
        var lowFreqFactor: Double?
        var highFreqFactor: Double?
        var originalMaxPositionEmbeddings: Double?
        var partialRotaryFactor: Double?

        enum CodingKeys: String, CodingKey {
            case ropeType = "rope_type"
            case type
            case ropeTheta = "rope_theta"
            case factor
            case lowFreqFactor = "low_freq_factor"
            case highFreqFactor = "high_freq_factor"
            case originalMaxPositionEmbeddings = "original_max_position_embeddings"
            case partialRotaryFactor = "partial_rotary_factor"
        }
    }

    struct Quantisation: Decodable {
        var quantMethod: String?

        enum CodingKeys: String, CodingKey {
            case quantMethod = "quant_method"
        }
    }

    /// One id or a list of them.
    struct TokenIDs: Decodable {
        let values: [Int32]
        var first: Int32? { values.first }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            values = try (try? [container.decode(Int32.self)]) ?? container.decode([Int32].self)
        }
    }
}
