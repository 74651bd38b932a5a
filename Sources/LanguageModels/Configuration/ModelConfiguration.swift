/// A decoder-only transformer, described by data: a family of models is a value of this type, not a class.
///
/// The cases of the enums are what is built; a checkpoint that needs anything else is refused by name.
public struct ModelConfiguration: Sendable, Equatable {
    public enum Norm: Sendable, Equatable {
        /// x / sqrt(mean(x²) + epsilon) · weight (Zhang & Sennrich 2019).
        case rootMeanSquare(epsilon: Double)
    }

    public enum Activation: Sendable, Equatable {
        /// silu(gate) · up (Shazeer 2020).
        case gatedSiLU
    }

    /// `model_type` of the checkpoint.
    public var family: String
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
    public var activation: Activation
    public var positions: RotaryEmbedding
    public var queryKeyValueBias: Bool
    public var outputBias: Bool
    public var mlpBias: Bool
    /// The head is the transposed embedding.
    public var tiedHead: Bool
    public var beginningOfText: Int32?
    /// Generation stops at any of these.
    public var endOfText: [Int32]

    public init(
        family: String = "llama", vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, layers: Int, heads: Int,
        keyValueHeads: Int? = nil, headSize: Int? = nil, maximumPositions: Int = 2048,
        norm: Norm = .rootMeanSquare(epsilon: 1e-5), activation: Activation = .gatedSiLU,
        positions: RotaryEmbedding = RotaryEmbedding(theta: 10000), queryKeyValueBias: Bool = false,
        outputBias: Bool = false, mlpBias: Bool = false, tiedHead: Bool = false, beginningOfText: Int32? = nil,
        endOfText: [Int32] = []
    ) {
        self.family = family
        self.vocabularySize = vocabularySize
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layers = layers
        self.heads = heads
        self.keyValueHeads = keyValueHeads ?? heads
        self.headSize = headSize ?? hiddenSize / max(heads, 1)
        self.maximumPositions = maximumPositions
        self.norm = norm
        self.activation = activation
        self.positions = positions
        self.queryKeyValueBias = queryKeyValueBias
        self.outputBias = outputBias
        self.mlpBias = mlpBias
        self.tiedHead = tiedHead
        self.beginningOfText = beginningOfText
        self.endOfText = endOfText
    }

    public var queryWidth: Int { heads * headSize }
    public var keyValueWidth: Int { keyValueHeads * headSize }

    var normEpsilon: Float {
        switch norm {
        case .rootMeanSquare(let epsilon): Float(epsilon)
        }
    }

    /// The number of weights.
    public var parameterCount: Int {
        let attention = hiddenSize * (2 * queryWidth + 2 * keyValueWidth)
        let perLayer = attention + 3 * hiddenSize * intermediateSize + 2 * hiddenSize
        return layers * perLayer + vocabularySize * hiddenSize * (tiedHead ? 1 : 2) + hiddenSize
    }

    /// - Throws: ``LanguageModelsError`` `.malformedConfiguration` unless all sizes fit each other and are within bounds
    ///   that keep every later product far from overflow.
    public func validate() throws {
        func require(_ condition: Bool, _ reason: String) throws {
            guard condition else {
                throw LanguageModelsError(
                    .malformedConfiguration,
                    "The model's configuration makes no sense: \(reason). Check its config.json.")
            }
        }
        let bounds: [(String, Int, Int)] = [
            ("vocab_size", vocabularySize, 1 << 22), ("hidden_size", hiddenSize, 1 << 16),
            ("intermediate_size", intermediateSize, 1 << 18), ("num_hidden_layers", layers, 1024),
            ("num_attention_heads", heads, 1024), ("num_key_value_heads", keyValueHeads, 1024),
            ("head_dim", headSize, 1024), ("max_position_embeddings", maximumPositions, 1 << 24),
        ]
        for (name, value, limit) in bounds {
            try require(value >= 1 && value <= limit, "\(name) is not between 1 and \(limit)")
        }
        try require(heads.isMultiple(of: keyValueHeads), "num_key_value_heads does not divide num_attention_heads")
        try require(headSize.isMultiple(of: 2), "head_dim is odd")
        try require(positions.theta.isFinite && positions.theta > 1, "rope_theta is not above 1")
        try require(normEpsilon >= 0 && normEpsilon < 1, "rms_norm_eps is not between 0 and 1")
        switch positions.scaling {
        case .none: break
        case .linear(let factor): try require(factor.isFinite && factor > 0, "the rope factor is not positive")
        case .llama3(let factor, let low, let high, let original):
            let all = [factor, low, high, original]
            try require(
                all.allSatisfy { $0.isFinite && $0 > 0 } && high > low, "the rope factors are not positive and ordered")
        }
    }
}
