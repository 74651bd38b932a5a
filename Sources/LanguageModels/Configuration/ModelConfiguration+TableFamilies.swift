internal import Tensors

/// The families with a learned table of positions.
extension ModelConfiguration {
    init(gpt2 file: ConfigurationFile) throws {
        let hidden = try Self.needed(file.nEmbd ?? file.hiddenSize, "n_embd")
        let heads = try Self.needed(file.nHead ?? file.numAttentionHeads, "n_head")
        guard file.addCrossAttention != true else { throw Self.notBuilt("Cross-attention") }
        let (middle, overflow) = hidden.multipliedReportingOverflow(by: 4)
        self.init(
            family: .gpt2, vocabularySize: try Self.needed(file.vocabSize, "vocab_size"), hiddenSize: hidden,
            intermediateSize: file.nInner ?? (overflow ? 0 : middle),
            layers: try Self.needed(file.nLayer ?? file.numHiddenLayers, "n_layer"), heads: heads,
            headSize: try Self.defaultHeadSize(hidden, heads),
            maximumPositions: file.nPositions ?? file.maxPositionEmbeddings ?? 1024,
            norm: Norm(.layer, epsilon: file.layerNormEpsilon ?? 1e-5),
            activation: try Self.activation(file.activationFunction ?? "gelu_new"), isGated: false,
            positions: .learned(offset: 0), queryKeyValueBias: true, outputBias: true, mlpBias: true,
            tiedHead: file.tieWordEmbeddings ?? true)
        if file.scaleAttnWeights == false { attentionScale = 1 }
        scalesByLayer = file.scaleAttnByInverseLayerIdx ?? false
    }

    init(bioGPT file: ConfigurationFile) throws {
        let hidden = try Self.needed(file.hiddenSize, "hidden_size")
        let heads = try Self.needed(file.numAttentionHeads, "num_attention_heads")
        self.init(
            family: .biogpt, vocabularySize: try Self.needed(file.vocabSize, "vocab_size"), hiddenSize: hidden,
            intermediateSize: try Self.needed(file.intermediateSize, "intermediate_size"),
            layers: try Self.needed(file.numHiddenLayers, "num_hidden_layers"), heads: heads,
            headSize: try Self.defaultHeadSize(hidden, heads), maximumPositions: file.maxPositionEmbeddings ?? 1024,
            // BioGPT was trained with this epsilon; the layer_norm_eps of its config.json is read by nobody.
            norm: Norm(.layer, epsilon: 1e-5), activation: try Self.activation(file.hiddenAct ?? "gelu"),
            isGated: false, positions: .learned(offset: 2), queryKeyValueBias: true, outputBias: true, mlpBias: true,
            tiedHead: file.tieWordEmbeddings ?? true)
        if file.scaleEmbedding ?? true { embeddingScale = Float(hidden).squareRoot() }
    }

    init(bert file: ConfigurationFile) throws {
        let hidden = try Self.needed(file.hiddenSize, "hidden_size")
        let heads = try Self.needed(file.numAttentionHeads, "num_attention_heads")
        if let type = file.positionEmbeddingType, type != "absolute" {
            throw Self.notBuilt("The position embedding “\(Self.shown(type))”")
        }
        guard file.isDecoder != true, file.addCrossAttention != true else { throw Self.notBuilt("BERT as a decoder") }
        self.init(
            family: .bert, vocabularySize: try Self.needed(file.vocabSize, "vocab_size"), hiddenSize: hidden,
            intermediateSize: try Self.needed(file.intermediateSize, "intermediate_size"),
            layers: try Self.needed(file.numHiddenLayers, "num_hidden_layers"), heads: heads,
            headSize: try Self.defaultHeadSize(hidden, heads), maximumPositions: file.maxPositionEmbeddings ?? 512,
            norm: Norm(.layer, epsilon: file.layerNormEps ?? 1e-12),
            activation: try Self.activation(file.hiddenAct ?? "gelu"), isGated: false,
            positions: .learned(offset: 0), queryKeyValueBias: true, outputBias: true, mlpBias: true,
            tiedHead: file.tieWordEmbeddings ?? true)
        normPlacement = .after
        isCausal = false
        tokenTypes = file.typeVocabSize ?? 2
        switch file.architectures?.first ?? "BertForMaskedLM" {
        case "BertForMaskedLM", "BertForPreTraining":
            head = .maskedLanguageModel
            headBias = true
        case "BertForSequenceClassification":
            if let type = file.problemType, type != "single_label_classification" {
                throw Self.notBuilt("The problem type “\(Self.shown(type))”")
            }
            let labels = file.idToLabel?.count ?? file.numLabels ?? 2
            guard labels != 1 else { throw Self.notBuilt("Regression (one label)") }
            head = .classification(labels: labels)
        case "BertForTokenClassification":
            head = .tokenClassification(labels: file.idToLabel?.count ?? file.numLabels ?? 2)
        case let name: throw Self.notBuilt("The architecture “\(Self.shown(name))”")
        }
        classNames = (0..<min(head.classes ?? 0, 1 << 16)).map { file.idToLabel?["\($0)"] ?? "LABEL_\($0)" }
    }
}
