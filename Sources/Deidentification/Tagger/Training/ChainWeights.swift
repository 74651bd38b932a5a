internal import CTaggers
internal import ConsiliumCore

/// The weights in training, with AdaGrad's sums of squares.
struct ChainWeights {
    let labels: ChainLabels
    private var buckets: [UInt32]
    /// The row of each bucket, or -1.
    private var rows: [Int32]
    /// `[rows, stride]`
    private var weights: [Float]
    private var squares: [Float]
    /// `[labels, labels]`
    private var transitions: [Float]
    private var transitionSquares: [Float]
    /// `[labels]`
    private var start: [Float]
    private var startSquares: [Float]

    /// - Parameter buckets: ascending.
    init(labels: ChainLabels, buckets: [UInt32]) {
        self.labels = labels
        self.buckets = buckets
        rows = Self.table(buckets)
        weights = [Float](repeating: 0, count: max(1, buckets.count) * labels.stride)
        squares = weights
        transitions = [Float](repeating: 0, count: labels.count * labels.count)
        transitionSquares = transitions
        start = [Float](repeating: 0, count: labels.count)
        startSquares = start
    }

    private static func table(_ buckets: [UInt32]) -> [Int32] {
        var rows = [Int32](repeating: -1, count: 1 << FeatureHash.bucketBits)
        for (row, bucket) in buckets.enumerated() { rows[Int(bucket)] = Int32(truncatingIfNeeded: row) }
        return rows
    }

    /// One step on one text. Returns its negative log likelihood: of all labels that its marks permit.
    mutating func step(
        _ features: TaggerFeatures, _ masks: [UInt64], rate: Float, penalty: Float, dropout: Double,
        _ generator: inout ReproducibleGenerator
    ) -> Double {
        let tokens = masks.count
        let (count, stride) = (labels.count, labels.stride)
        var active = [Int32](repeating: -1, count: features.buckets.count)
        let limit = UInt64(dropout * 65_536)
        var bits: UInt64 = 0
        for index in active.indices {
            if index & 3 == 0 { bits = generator.next() }
            let isDropped = bits & 0xffff < limit
            bits >>= 16
            if !isDropped { active[index] = rows[Int(features.buckets[index])] }
        }
        let scores = [Float](unsafeUninitializedCapacity: tokens * stride) { buffer, initialized in
            tagger_scores_float(
                weights, Int32(stride), active, features.offsets, Int32(tokens), buffer.baseAddress)
            initialized = tokens * stride
        }
        let chain = ExponentiatedTransitions(labels: labels, transitions: transitions, start: start)
        var expected = [Float](repeating: 0, count: count * stride)
        var permitted = expected
        var (free, bound) = (0.0, 0.0)
        guard
            let model = expected.withUnsafeMutableBufferPointer({
                chain.marginals(scores: scores, tokens: tokens, pairs: $0.baseAddress, likelihood: &free)
            }),
            let target = permitted.withUnsafeMutableBufferPointer({
                chain.marginals(
                    scores: scores, tokens: tokens, allowed: masks, pairs: $0.baseAddress, likelihood: &bound)
            })
        else { return 0 }
        let gradient = zip(model, target).map { $0 - $1 }
        weights.withUnsafeMutableBufferPointer { weights in
            squares.withUnsafeMutableBufferPointer { squares in
                tagger_update(
                    weights.baseAddress, squares.baseAddress, Int32(stride), active, features.offsets, Int32(tokens),
                    gradient, rate, penalty)
            }
        }
        func move(_ value: inout Float, _ square: inout Float, _ slope: Float) {
            let slope = slope + penalty * value
            square += slope * slope
            value = max(-15, min(15, value - rate * slope / (square + 1e-6).squareRoot()))
        }
        for from in 0..<count {
            for to in 0..<count {
                move(
                    &transitions[from * count + to], &transitionSquares[from * count + to],
                    expected[from * stride + to] - permitted[from * stride + to])
            }
            move(&start[from], &startSquares[from], gradient[from])
        }
        return free - bound
    }

    /// Keeps the rows with the largest weights.
    mutating func prune(to most: Int) {
        let stride = labels.stride
        func size(_ row: Int) -> Float { weights[row * stride..<(row + 1) * stride].reduce(0) { max($0, abs($1)) } }
        let sizes = buckets.indices.map(size)
        let order = buckets.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
        let kept = order.prefix(most).filter { sizes[$0] > 0.02 }.sorted()
        var keptWeights: [Float] = []
        var keptSquares: [Float] = []
        keptWeights.reserveCapacity(kept.count * stride)
        keptSquares.reserveCapacity(kept.count * stride)
        for row in kept {
            keptWeights += weights[row * stride..<(row + 1) * stride]
            keptSquares += squares[row * stride..<(row + 1) * stride]
        }
        buckets = kept.map { buckets[$0] }
        rows = Self.table(buckets)
        weights = keptWeights.isEmpty ? [Float](repeating: 0, count: stride) : keptWeights
        squares = keptSquares.isEmpty ? [Float](repeating: 0, count: stride) : keptSquares
    }

    /// The weights in 8 bits.
    func model(_ configuration: TaggerTrainer.Configuration, thresholds: DetectionThresholds) -> TaggerModel {
        // A few outliers must not coarsen all others.
        let largest = min(4, weights.reduce(0) { max($0, abs($1)) })
        let scale = max(largest, 1e-3) / 127
        let quantized = weights.map { Int8(max(-127, min(127, ($0 / scale).rounded()))) }
        return TaggerModel(
            language: configuration.language, labels: labels, thresholds: thresholds, words: configuration.words,
            buckets: buckets, weights: quantized, scale: scale, transitions: transitions, start: start,
            context: configuration.network.flatMap { JoinedNetwork($0, labels: labels) })
    }
}
