internal import CTaggers

/// The weights of a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001), as they are stored: 8 bits
/// with one scale for all.
struct TaggerModel: Sendable {
    let language: String
    let labels: ChainLabels
    let thresholds: DetectionThresholds
    /// The word classes that its features see.
    let words: WordClasses
    /// The buckets that have weights, ascending.
    let buckets: [UInt32]
    /// `[buckets, stride]`
    let weights: [Int8]
    let scale: Float
    /// `[labels, labels]`, from row to column; not exponentiated.
    let transitions: [Float]
    /// `[labels]` of the first token.
    let start: [Float]

    /// The network whose scores are added, if there is one.
    let context: JoinedNetwork?

    private let cells: [tagger_cell]
    private let exponentiated: ExponentiatedTransitions

    init(
        language: String, labels: ChainLabels, thresholds: DetectionThresholds, words: WordClasses,
        buckets: [UInt32], weights: [Int8], scale: Float, transitions: [Float], start: [Float],
        context: JoinedNetwork? = nil
    ) {
        self.context = context
        self.language = language
        self.labels = labels
        self.thresholds = thresholds
        self.words = words
        self.buckets = buckets
        self.weights = weights
        self.scale = scale
        self.transitions = transitions
        self.start = start
        var cells = [tagger_cell](
            repeating: tagger_cell(bits: 0, rank: 0, unused: 0), count: 1 << (FeatureHash.bucketBits - 6))
        for bucket in buckets { cells[Int(bucket >> 6)].bits |= 1 << UInt64(bucket & 63) }
        var rank: UInt32 = 0
        for index in cells.indices {
            cells[index].rank = rank
            rank += UInt32(cells[index].bits.nonzeroBitCount)
        }
        self.cells = cells
        exponentiated = ExponentiatedTransitions(labels: labels, transitions: transitions, start: start)
    }

    /// The same chain, joined with a network instead of its own.
    /// - Throws: ``DeidentificationError`` `.invalidTagger` if the network doesn't know a kind of the chain's.
    func joining(_ network: ContextNetwork, own: Float, share: Float) throws -> TaggerModel {
        guard let context = JoinedNetwork(network, labels: labels, own: own, share: share) else {
            throw DeidentificationError(
                .invalidTagger, "The network scores other kinds of identifiers. Train it again with this program.")
        }
        return TaggerModel(
            language: language, labels: labels, thresholds: thresholds, words: words, buckets: buckets,
            weights: weights, scale: scale, transitions: transitions, start: start, context: context)
    }

    /// The probability of each label at each token, `[tokens, stride]`.
    /// - Parameter beside: of the same tokens, for the network.
    func marginals(_ features: TaggerFeatures, beside: NetworkFeatures? = nil) -> [Float] {
        let tokens = features.offsets.count - 1
        guard tokens > 0 else { return [] }
        var scores = scores(features, tokens)
        if let context, let beside { context.join(&scores, beside, stride: labels.stride) }
        return exponentiated.marginals(scores: scores, tokens: tokens)
            // Can't happen with finite weights; a text without probabilities is left to the rules.
            ?? [Float](repeating: 0, count: tokens * labels.stride)
    }

    /// `[tokens, stride]`
    func scores(_ features: TaggerFeatures, _ tokens: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: tokens * labels.stride) { buffer, count in
            cells.withUnsafeBufferPointer { cells in
                weights.withUnsafeBufferPointer { weights in
                    features.buckets.withUnsafeBufferPointer { buckets in
                        features.offsets.withUnsafeBufferPointer { offsets in
                            tagger_scores_int8(
                                cells.baseAddress, weights.baseAddress, Int32(labels.stride), scale,
                                buckets.baseAddress, offsets.baseAddress, Int32(tokens), buffer.baseAddress)
                        }
                    }
                }
            }
            count = tokens * labels.stride
        }
    }
}

/// The transitions as the forward-backward kernel takes them.
struct ExponentiatedTransitions: Sendable {
    let labels: ChainLabels
    /// `[labels, stride]`, exponentiated, 0 where a transition is not permitted; and transposed.
    private let forward: [Float]
    private let backward: [Float]
    /// `[stride]`
    private let start: [Float]

    init(labels: ChainLabels, transitions: [Float], start: [Float]) {
        self.labels = labels
        let (count, stride) = (labels.count, labels.stride)
        var forward = [Float](repeating: 0, count: count * stride)
        var backward = forward
        var first = [Float](repeating: 0, count: stride)
        for to in 0..<count {
            if labels.permits(nil, to) { first[to] = Exponential.of(start[to]) }
            for from in 0..<count where labels.permits(from, to) {
                let value = Exponential.of(transitions[from * count + to])
                forward[from * stride + to] = value
                backward[to * stride + from] = value
            }
        }
        self.forward = forward
        self.backward = backward
        self.start = first
    }

    /// Forward-backward: `[tokens, stride]`, or `nil` if no sequence of labels is allowed.
    /// - Parameters:
    ///   - allowed: one bit for each label at each token.
    ///   - pairs: `[labels, stride]`; the expected number of each transition is added.
    ///   - likelihood: gets the natural logarithm of the partition function.
    func marginals(
        scores: [Float], tokens: Int, allowed: [UInt64]? = nil, pairs: UnsafeMutablePointer<Float>? = nil,
        likelihood: UnsafeMutablePointer<Double>? = nil
    ) -> [Float]? {
        let (count, stride) = (labels.count, labels.stride)
        guard tokens > 0, scores.count == tokens * stride, allowed.map({ $0.count == tokens }) ?? true else {
            return nil
        }
        var logarithm = Double.nan
        let result = [Float](unsafeUninitializedCapacity: tokens * stride) { buffer, initialized in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * tokens * stride) { work in
                func run(_ mask: UnsafePointer<UInt64>?) {
                    logarithm = tagger_marginals(
                        scores, forward, backward, start, Int32(count), Int32(stride), Int32(tokens), mask,
                        buffer.baseAddress, pairs, work.baseAddress)
                }
                if let allowed { allowed.withUnsafeBufferPointer { run($0.baseAddress) } } else { run(nil) }
            }
            initialized = logarithm.isNaN ? 0 : tokens * stride
        }
        likelihood?.pointee = logarithm
        return logarithm.isNaN ? nil : result
    }
}
