/// The fields of `config.json` that matter here, named as in the files of transformers 4 and 5.
struct ConfigurationFile: Decodable {
    var modelType: String?
    var architectures: [String]?
    var hiddenSize: Int?
    var nEmbd: Int?
    var intermediateSize: Int?
    var nInner: Int?
    var numHiddenLayers: Int?
    var nLayer: Int?
    var numAttentionHeads: Int?
    var nHead: Int?
    var numKeyValueHeads: Int?
    var headDim: Int?
    var vocabSize: Int?
    var maxPositionEmbeddings: Int?
    var nPositions: Int?
    var typeVocabSize: Int?
    var rmsNormEps: Double?
    var layerNormEps: Double?
    var layerNormEpsilon: Double?
    var hiddenAct: String?
    var hiddenActivation: String?
    var activationFunction: String?
    var attentionBias: Bool?
    var mlpBias: Bool?
    var tieWordEmbeddings: Bool?
    var scaleEmbedding: Bool?
    var qkLayernorm: Bool?
    var scaleAttnWeights: Bool?
    var scaleAttnByInverseLayerIdx: Bool?
    var addCrossAttention: Bool?
    var isDecoder: Bool?
    var isCausal: Bool?
    var positionEmbeddingType: String?
    var queryPreAttnScalar: Double?
    var attnLogitSoftcapping: Double?
    var finalLogitSoftcapping: Double?
    var slidingWindow: Int?
    // Whether the file has the key at all: `null` means none, absence the family's default.
    var namesSlidingWindow = false
    var namesAttnLogitSoftcapping = false
    var namesFinalLogitSoftcapping = false
    var namesKeyValueHeads = false
    var useSlidingWindow: Bool?
    var maxWindowLayers: Int?
    var layerTypes: [String]?
    var numLocalExperts: Int?
    var numExpertsPerTok: Int?
    var ropeTheta: Double?
    var partialRotaryFactor: Double?
    /// `nil` for an empty object too.
    var ropeScaling: Rope?
    var ropeParameters: Rope?
    var idToLabel: [String: String]?
    var numLabels: Int?
    var problemType: String?
    var bosTokenId: TokenIDs?
    var eosTokenId: TokenIDs?
    var quantizationConfig: Quantization?

    enum CodingKeys: String, CodingKey {
        case architectures
        case modelType = "model_type"
        case hiddenSize = "hidden_size"
        case nEmbd = "n_embd"
        case intermediateSize = "intermediate_size"
        case nInner = "n_inner"
        case numHiddenLayers = "num_hidden_layers"
        case nLayer = "n_layer"
        case numAttentionHeads = "num_attention_heads"
        case nHead = "n_head"
        case numKeyValueHeads = "num_key_value_heads"
        case headDim = "head_dim"
        case vocabSize = "vocab_size"
        case maxPositionEmbeddings = "max_position_embeddings"
        case nPositions = "n_positions"
        case typeVocabSize = "type_vocab_size"
        case rmsNormEps = "rms_norm_eps"
        case layerNormEps = "layer_norm_eps"
        case layerNormEpsilon = "layer_norm_epsilon"
        case hiddenAct = "hidden_act"
        case hiddenActivation = "hidden_activation"
        case activationFunction = "activation_function"
        case attentionBias = "attention_bias"
        case mlpBias = "mlp_bias"
        case tieWordEmbeddings = "tie_word_embeddings"
        case scaleEmbedding = "scale_embedding"
        case qkLayernorm = "qk_layernorm"
        case scaleAttnWeights = "scale_attn_weights"
        case scaleAttnByInverseLayerIdx = "scale_attn_by_inverse_layer_idx"
        case addCrossAttention = "add_cross_attention"
        case isDecoder = "is_decoder"
        case isCausal = "is_causal"
        case positionEmbeddingType = "position_embedding_type"
        case queryPreAttnScalar = "query_pre_attn_scalar"
        case attnLogitSoftcapping = "attn_logit_softcapping"
        case finalLogitSoftcapping = "final_logit_softcapping"
        case slidingWindow = "sliding_window"
        case useSlidingWindow = "use_sliding_window"
        case maxWindowLayers = "max_window_layers"
        case layerTypes = "layer_types"
        case numLocalExperts = "num_local_experts"
        case numExpertsPerTok = "num_experts_per_tok"
        case ropeTheta = "rope_theta"
        case partialRotaryFactor = "partial_rotary_factor"
        case ropeScaling = "rope_scaling"
        case ropeParameters = "rope_parameters"
        case idToLabel = "id2label"
        case numLabels = "num_labels"
        case problemType = "problem_type"
        case bosTokenId = "bos_token_id"
        case eosTokenId = "eos_token_id"
        case quantizationConfig = "quantization_config"
    }

    init(from decoder: any Decoder) throws {
        let file = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
            try file.decodeIfPresent(Value.self, forKey: key)
        }
        modelType = try read(.modelType)
        architectures = try read(.architectures)
        hiddenSize = try read(.hiddenSize)
        nEmbd = try read(.nEmbd)
        intermediateSize = try read(.intermediateSize)
        nInner = try read(.nInner)
        numHiddenLayers = try read(.numHiddenLayers)
        nLayer = try read(.nLayer)
        numAttentionHeads = try read(.numAttentionHeads)
        nHead = try read(.nHead)
        numKeyValueHeads = try read(.numKeyValueHeads)
        headDim = try read(.headDim)
        vocabSize = try read(.vocabSize)
        maxPositionEmbeddings = try read(.maxPositionEmbeddings)
        nPositions = try read(.nPositions)
        typeVocabSize = try read(.typeVocabSize)
        rmsNormEps = try read(.rmsNormEps)
        layerNormEps = try read(.layerNormEps)
        layerNormEpsilon = try read(.layerNormEpsilon)
        hiddenAct = try read(.hiddenAct)
        hiddenActivation = try read(.hiddenActivation)
        activationFunction = try read(.activationFunction)
        attentionBias = try read(.attentionBias)
        mlpBias = try read(.mlpBias)
        tieWordEmbeddings = try read(.tieWordEmbeddings)
        scaleEmbedding = try read(.scaleEmbedding)
        qkLayernorm = try read(.qkLayernorm)
        scaleAttnWeights = try read(.scaleAttnWeights)
        scaleAttnByInverseLayerIdx = try read(.scaleAttnByInverseLayerIdx)
        addCrossAttention = try read(.addCrossAttention)
        isDecoder = try read(.isDecoder)
        isCausal = try read(.isCausal)
        positionEmbeddingType = try read(.positionEmbeddingType)
        queryPreAttnScalar = try read(.queryPreAttnScalar)
        attnLogitSoftcapping = try read(.attnLogitSoftcapping)
        finalLogitSoftcapping = try read(.finalLogitSoftcapping)
        slidingWindow = try read(.slidingWindow)
        namesSlidingWindow = file.contains(.slidingWindow)
        namesAttnLogitSoftcapping = file.contains(.attnLogitSoftcapping)
        namesFinalLogitSoftcapping = file.contains(.finalLogitSoftcapping)
        namesKeyValueHeads = file.contains(.numKeyValueHeads)
        useSlidingWindow = try read(.useSlidingWindow)
        maxWindowLayers = try read(.maxWindowLayers)
        layerTypes = try read(.layerTypes)
        numLocalExperts = try read(.numLocalExperts)
        numExpertsPerTok = try read(.numExpertsPerTok)
        ropeTheta = try read(.ropeTheta)
        partialRotaryFactor = try read(.partialRotaryFactor)
        let scaling: Rope? = try read(.ropeScaling)
        let parameters: Rope? = try read(.ropeParameters)
        ropeScaling = scaling?.isEmpty == true ? nil : scaling
        ropeParameters = parameters?.isEmpty == true ? nil : parameters
        idToLabel = try read(.idToLabel)
        numLabels = try read(.numLabels)
        problemType = try read(.problemType)
        bosTokenId = try read(.bosTokenId)
        eosTokenId = try read(.eosTokenId)
        quantizationConfig = try read(.quantizationConfig)
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
        var attentionFactor: Double?
        var mscale: Double?
        var mscaleAllDim: Double?
        var betaFast: Double?
        var betaSlow: Double?
        var truncate: Bool?
        var isEmpty: Bool
        /// The first entry that is an object of its own.
        var nested: String?

        init(from decoder: any Decoder) throws {
            let file = try decoder.container(keyedBy: CodingKeys.self)
            ropeType = try file.decodeIfPresent(String.self, forKey: .ropeType)
            type = try file.decodeIfPresent(String.self, forKey: .type)
            ropeTheta = try file.decodeIfPresent(Double.self, forKey: .ropeTheta)
            factor = try file.decodeIfPresent(Double.self, forKey: .factor)
            lowFreqFactor = try file.decodeIfPresent(Double.self, forKey: .lowFreqFactor)
            highFreqFactor = try file.decodeIfPresent(Double.self, forKey: .highFreqFactor)
            originalMaxPositionEmbeddings = try file.decodeIfPresent(
                Double.self, forKey: .originalMaxPositionEmbeddings)
            partialRotaryFactor = try file.decodeIfPresent(Double.self, forKey: .partialRotaryFactor)
            attentionFactor = try file.decodeIfPresent(Double.self, forKey: .attentionFactor)
            mscale = try file.decodeIfPresent(Double.self, forKey: .mscale)
            mscaleAllDim = try file.decodeIfPresent(Double.self, forKey: .mscaleAllDim)
            betaFast = try file.decodeIfPresent(Double.self, forKey: .betaFast)
            betaSlow = try file.decodeIfPresent(Double.self, forKey: .betaSlow)
            truncate = try file.decodeIfPresent(Bool.self, forKey: .truncate)
            let all = try decoder.container(keyedBy: AnyCodingKey.self)
            isEmpty = all.allKeys.isEmpty
            nested =
                all.allKeys.first { (try? all.nestedContainer(keyedBy: AnyCodingKey.self, forKey: $0)) != nil }?
                .stringValue
        }

        enum CodingKeys: String, CodingKey {
            case ropeType = "rope_type"
            case type
            case ropeTheta = "rope_theta"
            case factor
            case lowFreqFactor = "low_freq_factor"
            case highFreqFactor = "high_freq_factor"
            case originalMaxPositionEmbeddings = "original_max_position_embeddings"
            case partialRotaryFactor = "partial_rotary_factor"
            case attentionFactor = "attention_factor"
            case mscale
            case mscaleAllDim = "mscale_all_dim"
            case betaFast = "beta_fast"
            case betaSlow = "beta_slow"
            case truncate
        }
    }

    struct Quantization: Decodable {
        var method: String?
        var isFourBit: Bool?
        var isEightBit: Bool?
        var fourBitType: String?

        enum CodingKeys: String, CodingKey {
            case method = "quant_method"
            case isFourBit = "load_in_4bit"
            case isEightBit = "load_in_8bit"
            case fourBitType = "bnb_4bit_quant_type"
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
