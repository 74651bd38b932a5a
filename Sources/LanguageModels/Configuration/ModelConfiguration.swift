public import Tensors

/// A transformer, described by data: a family of models is a value of this type, not a class.
///
/// The cases of the enums are what is built; a checkpoint that needs anything else is refused by name.
public struct ModelConfiguration: Sendable, Equatable {
    public struct Norm: Sendable, Equatable {
        public var kind: NormWeights.Kind
        public var epsilon: Double
        /// The checkpoint stores weight − 1 (Gemma).
        public var addsOne: Bool

        public init(_ kind: NormWeights.Kind, epsilon: Double, addsOne: Bool = false) {
            self.kind = kind
            self.epsilon = epsilon
            self.addsOne = addsOne
        }
    }

    /// Where a block's norms stand.
    public enum NormPlacement: Sendable, Equatable {
        /// x + f(norm(x)) (GPT-2, Llama)
        case before
        /// norm(x + f(x)) (BERT)
        case after
        /// x + norm(f(norm(x))) (Gemma 2)
        case both
    }

    public enum Positions: Sendable, Equatable {
        /// The first `size` elements of every head are rotated.
        case rotary(RotaryEmbedding, size: Int)
        /// A table that is added to the embedding; position p is its row p + `offset`.
        case learned(offset: Int)
    }

    /// A mixture of experts: every token goes through the `perToken` most likely of `count` feed-forward layers (Jiang et al.
    /// 2024).
    public struct Experts: Sendable, Equatable {
        public var count: Int
        public var perToken: Int

        public init(count: Int, perToken: Int) {
            self.count = count
            self.perToken = perToken
        }
    }

    /// What the model puts out and how labels are read.
    public enum Head: Sendable, Equatable {
        /// The next token; labels are shifted by one inside.
        case languageModel
        /// The token itself behind a mask; labels are not shifted.
        case maskedLanguageModel
        /// One of `labels` classes for the whole sequence, from its first token.
        case classification(labels: Int)

        /// One of `labels` classes for every token; labels are not shifted.
        case tokenClassification(labels: Int)

        /// Whether the whole sequence has one class.
        public var isClassification: Bool {
            if case .classification = self { true } else { false }
        }

        /// The number of classes; `nil` for heads that put out tokens.
        public var classes: Int? {
            switch self {
            case .languageModel, .maskedLanguageModel: nil
            case .classification(let labels), .tokenClassification(let labels): labels
            }
        }
    }

    public var family: ModelFamily
    public var vocabularySize: Int
    public var hiddenSize: Int
    public var intermediateSize: Int
    public var layers: Int
    public var heads: Int
    /// Fewer than `heads` in grouped-query attention; divides `heads`.
    public var keyValueHeads: Int
    public var headSize: Int
    public var maximumPositions: Int
    public var norm: Norm
    public var normPlacement: NormPlacement
    /// Attention and feed-forward read the same norm and are added together (GPT-J, Phi).
    public var isParallel: Bool
    /// A norm of every head's query and key before the rotation.
    public var queryKeyNorm: Norm?
    public var activation: Activation
    /// f(gate) · up instead of f(up) (Shazeer 2020).
    public var isGated: Bool
    public var positions: Positions
    public var experts: Experts?
    public var queryKeyValueBias: Bool
    public var outputBias: Bool
    public var mlpBias: Bool
    public var headBias: Bool
    /// The head is the transposed embedding.
    public var tiedHead: Bool
    public var embeddingScale: Float
    /// Rows of the token type table (BERT); every token is of type 0.
    public var tokenTypes: Int
    public var attentionScale: Float
    /// The scale is divided by the number of the layer, from 1 (a GPT-2 option).
    public var scalesByLayer: Bool
    /// 0: none.
    public var attentionSoftcap: Float
    public var logitSoftcap: Float
    public var isCausal: Bool
    /// For every layer how many tokens back attention reaches, itself included; empty or `nil`: all.
    public var windows: [Int?]
    public var head: Head
    /// What a classifier calls its classes (`id2label`), in their order; `LABEL_0`, `LABEL_1`, … where the file names none.
    public var classNames: [String] = []
    public var beginningOfText: Int32?
    /// Generation stops at any of these.
    public var endOfText: [Int32]

    /// A Llama-like model unless something else is said.
    public init(
        family: ModelFamily = .llama, vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, layers: Int,
        heads: Int, keyValueHeads: Int? = nil, headSize: Int? = nil, maximumPositions: Int = 2048,
        norm: Norm = Norm(.rootMeanSquare, epsilon: 1e-5), activation: Activation = .silu, isGated: Bool = true,
        positions: Positions? = nil, queryKeyValueBias: Bool = false, outputBias: Bool = false, mlpBias: Bool = false,
        tiedHead: Bool = false, beginningOfText: Int32? = nil, endOfText: [Int32] = []
    ) {
        let headSize = headSize ?? hiddenSize / max(heads, 1)
        self.family = family
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layers = layers
        self.heads = heads
        self.keyValueHeads = keyValueHeads ?? heads
        self.headSize = headSize
        self.maximumPositions = maximumPositions
        self.norm = norm
        normPlacement = .before
        isParallel = false
        self.activation = activation
        self.isGated = isGated
        self.positions = positions ?? .rotary(RotaryEmbedding(theta: 10000), size: headSize)
        self.queryKeyValueBias = queryKeyValueBias
        self.outputBias = outputBias
        self.mlpBias = mlpBias
        headBias = false
        self.tiedHead = tiedHead
        embeddingScale = 1
        tokenTypes = 0
        attentionScale = 1 / Float(max(headSize, 1)).squareRoot()
        scalesByLayer = false
        attentionSoftcap = 0
        logitSoftcap = 0
        isCausal = true
        windows = []
        head = .languageModel
        self.beginningOfText = beginningOfText
        self.endOfText = endOfText
    }

    public var queryWidth: Int { heads * headSize }
    public var keyValueWidth: Int { keyValueHeads * headSize }
    /// Columns of queries, keys and values side by side.
    var fusedWidth: Int { queryWidth + 2 * keyValueWidth }
    /// Columns of what the activation reads.
    var upWidth: Int { intermediateSize * (isGated ? 2 : 1) }

    /// Columns of the model's output.
    public var outputSize: Int { head.classes ?? vocabularySize }

    /// The number of weights.
    public var parameterCount: Int {
        let attention = hiddenSize * (2 * queryWidth + 2 * keyValueWidth)
        let feedForward = hiddenSize * (intermediateSize + upWidth) * (experts?.count ?? 1)
        let perLayer = attention + feedForward + 2 * hiddenSize
        var tables = vocabularySize * hiddenSize * (tiedHead ? 1 : 2)
        if case .learned(let offset) = positions { tables += (maximumPositions + offset) * hiddenSize }
        return layers * perLayer + tables + hiddenSize
    }

    func attentionShape(_ layer: Int) -> AttentionShape {
        AttentionShape(
            heads: heads, keyValueHeads: keyValueHeads, headSize: headSize,
            scale: scalesByLayer ? attentionScale / Float(layer + 1) : attentionScale, isCausal: isCausal,
            window: windows.indices.contains(layer) ? windows[layer] : nil, softcap: attentionSoftcap)
    }
}
