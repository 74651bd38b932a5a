/// What the weights of a family are called in Hugging Face checkpoints. Names end before `.weight` and `.bias`.
struct ModelNames: Sendable {
    /// A norm before a block's part, and the one behind it where there is one.
    struct Norms: Sendable {
        var before: String?
        var behind: String?
    }

    var embedding = "model.embed_tokens"
    var positions: String?
    var tokenTypes: String?
    var embeddingNorm: String?
    /// Of a block, up to and with the dot behind its number.
    var blockPrefix = "model.layers."
    var attentionNorms = Norms(before: "input_layernorm")
    /// In a parallel block there is none: it reads the attention's.
    var mlpNorms = Norms(before: "post_attention_layernorm")
    var queryNorm: String?
    var keyNorm: String?
    var finalNorm: String? = "model.norm"
    var head = "lm_head"
    /// Dense layer and norm before the head of a masked language model, or the pooler of a classifier.
    var headTransform: String?
    var headTransformNorm: String?
    /// The name of the head's bias, whole.
    var headBias = "lm_head.bias"

    func block(_ number: Int) -> String { "\(blockPrefix)\(number)." }

    init(_ configuration: ModelConfiguration) {
        switch configuration.family {
        case .llama, .mistral, .mixtral, .qwen2, .gemma: break
        case .qwen3:
            queryNorm = "self_attn.q_norm"
            keyNorm = "self_attn.k_norm"
        case .gemma2:
            attentionNorms.behind = "post_attention_layernorm"
            mlpNorms = Norms(before: "pre_feedforward_layernorm", behind: "post_feedforward_layernorm")
        case .phi:
            mlpNorms = Norms()
            finalNorm = "model.final_layernorm"
            if configuration.queryKeyNorm != nil {
                queryNorm = "self_attn.q_layernorm"
                keyNorm = "self_attn.k_layernorm"
            }
        case .gpt2:
            embedding = "transformer.wte"
            positions = "transformer.wpe"
            blockPrefix = "transformer.h."
            attentionNorms.before = "ln_1"
            mlpNorms.before = "ln_2"
            finalNorm = "transformer.ln_f"
        case .biogpt:
            embedding = "biogpt.embed_tokens"
            positions = "biogpt.embed_positions"
            blockPrefix = "biogpt.layers."
            attentionNorms.before = "self_attn_layer_norm"
            mlpNorms.before = "final_layer_norm"
            finalNorm = "biogpt.layer_norm"
            head = "output_projection"
        case .bert: setBERT(configuration)
        }
    }

    private mutating func setBERT(_ configuration: ModelConfiguration) {
        embedding = "bert.embeddings.word_embeddings"
        positions = "bert.embeddings.position_embeddings"
        tokenTypes = "bert.embeddings.token_type_embeddings"
        embeddingNorm = "bert.embeddings.LayerNorm"
        blockPrefix = "bert.encoder.layer."
        attentionNorms = Norms(behind: "attention.output.LayerNorm")
        mlpNorms = Norms(behind: "output.LayerNorm")
        finalNorm = nil
        if configuration.head.classes != nil {
            head = "classifier"
            headTransform = configuration.head.isClassification ? "bert.pooler.dense" : nil
            headBias = "classifier.bias"
        } else {
            head = "cls.predictions.decoder"
            headTransform = "cls.predictions.transform.dense"
            headTransformNorm = "cls.predictions.transform.LayerNorm"
            // Tied decoders share the bias beside them; others have their own.
            headBias = configuration.tiedHead ? "cls.predictions.bias" : "cls.predictions.decoder.bias"
        }
    }

    /// Where a file may keep the tensor `name` instead: names of older releases.
    static func aliases(_ name: String, _ family: ModelFamily) -> [String] {
        switch family {
        case .gpt2 where name.hasPrefix("transformer."): [String(name.dropFirst("transformer.".count))]
        case .bert where name.hasSuffix("LayerNorm.weight"): [name.replacingEnd("weight", with: "gamma")]
        case .bert where name.hasSuffix("LayerNorm.bias"): [name.replacingEnd("bias", with: "beta")]
        case .bert where name == "cls.predictions.bias": ["cls.predictions.decoder.bias"]
        case .bert where name == "cls.predictions.decoder.bias": ["cls.predictions.bias"]
        default: []
        }
    }

    /// Tensors that are known to be redundant or unused: tables and masks of old files, a head beside a tied embedding, what
    /// belongs to a head that is not used.
    static func isRedundant(_ name: String, _ configuration: ModelConfiguration) -> Bool {
        let tied = configuration.tiedHead
        switch configuration.family {
        case .gpt2:
            let parts = name.split(separator: ".").suffix(2)
            return (tied && name == "lm_head.weight")
                || (parts.first == "attn" && (parts.last == "bias" || parts.last == "masked_bias"))
        case .biogpt: return tied && name == "output_projection.weight"
        case .bert:
            if ["bert.embeddings.position_ids", "cls.predictions.decoder.bias", "cls.predictions.bias"].contains(name) {
                return true
            }
            if name.hasPrefix("cls.seq_relationship.") { return true }
            if configuration.head.isClassification { return name.hasPrefix("cls.predictions.") }
            return name.hasPrefix("bert.pooler.")
                || (configuration.head.classes != nil && name.hasPrefix("cls.predictions."))
                || (tied && name == "cls.predictions.decoder.weight")
        default: return name.hasSuffix(".rotary_emb.inv_freq") || (tied && name == "lm_head.weight")
        }
    }
}

extension String {
    fileprivate func replacingEnd(_ end: String, with other: String) -> String { String(dropLast(end.count)) + other }
}
