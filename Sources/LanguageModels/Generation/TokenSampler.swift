internal import ConsiliumCore
internal import Foundation

/// Chooses the next token from the logits after the last one.
///
/// The same settings and the same logits give the same tokens on every machine whose exponential function rounds alike.
/// Among equally likely tokens the one with the lower id comes first, so that greedy choice, top-k and top-p never depend
/// on the order of a sort.
public struct TokenSampler: Sendable {
    private let temperature: Double
    private let topK: Int?
    private let topP: Double
    private var generator: ReproducibleGenerator
    /// Kept from token to token; a vocabulary has up to millions of entries.
    private var weights: [Double] = []

    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration`.
    public init(_ settings: SamplingSettings) throws {
        try settings.validate()
        temperature = settings.temperature
        topK = settings.topK
        topP = settings.topP
        generator = ReproducibleGenerator(seed: settings.seed, label: "generation")
    }

    /// - Parameter logits: one for every token of the vocabulary; −∞ excludes a token.
    /// - Throws: ``LanguageModelsError`` `.numericalFault` for logits that are NaN or +∞, or if none is finite. The
    ///   generator has not moved then.
    public mutating func next(_ logits: [Float]) throws -> Int32 {
        try logits.withUnsafeBufferPointer { try next($0) }
    }

    /// The same without copying the logits.
    public mutating func next(_ logits: UnsafeBufferPointer<Float>) throws -> Int32 {
        let best = try Self.best(logits)
        guard temperature > 0 else { return Int32(best) }
        let maximum = logits[best]
        if weights.count != logits.count { weights = [Double](repeating: 0, count: logits.count) }
        for index in logits.indices { weights[index] = exp(Double(logits[index] - maximum) / temperature) }
        let isFiltered = topP < 1 || (topK ?? .max) < logits.count
        guard isFiltered else { return draw(weights.indices) }
        return draw(kept(logits))
    }

    /// The index of the largest logit, the lowest if there are several.
    private static func best(_ logits: UnsafeBufferPointer<Float>) throws -> Int {
        var best = -1
        var value = -Float.infinity
        var isSound = true
        for index in logits.indices {
            let logit = logits[index]
            // False for NaN and +∞.
            isSound = isSound && logit < .infinity
            if logit > value {
                best = index
                value = logit
            }
        }
        guard isSound, best >= 0 else {
            throw LanguageModelsError(
                .numericalFault, "The model's output is not a number. Check the model and the adapter.")
        }
        return best
    }

    /// What top-k and top-p leave, most likely first.
    ///
    /// A heap instead of a sort: building it costs one pass, and only the tokens that are kept are put in order.
    private func kept(_ logits: UnsafeBufferPointer<Float>) -> [Int] {
        var heap = MostLikelyFirst(logits)
        var kept: [Int] = []
        if let topK {
            while kept.count < topK, let index = heap.popFirst() { kept.append(index) }
            guard topP < 1 else { return kept }
            let wanted = topP * kept.reduce(0) { $0 + weights[$1] }
            var sum = 0.0
            let end = kept.firstIndex { index in
                sum += weights[index]
                return sum >= wanted
            }
            return Array(kept.prefix((end ?? kept.count - 1) + 1))
        }
        let wanted = topP * weights.reduce(0, +)
        var sum = 0.0
        while sum < wanted, let index = heap.popFirst() {
            kept.append(index)
            sum += weights[index]
        }
        return kept
    }

    /// One of `candidates` with a chance in proportion to its weight.
    private mutating func draw(_ candidates: some Collection<Int>) -> Int32 {
        var place = generator.unit() * candidates.reduce(0) { $0 + weights[$1] }
        var last = 0
        for index in candidates where weights[index] > 0 {
            last = index
            place -= weights[index]
            if place < 0 { break }
        }
        // Rounding can leave a rest behind the last one.
        return Int32(last)
    }
}

/// Indices of logits in descending order of the logit, equal ones by index: a binary heap.
private struct MostLikelyFirst {
    private let logits: UnsafeBufferPointer<Float>
    private var heap: [Int32]

    init(_ logits: UnsafeBufferPointer<Float>) {
        self.logits = logits
        heap = (0..<logits.count).map { Int32($0) }
        for parent in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sift(parent) }
    }

    mutating func popFirst() -> Int? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sift(0)
        }
        return Int(first)
    }

    private func precedes(_ left: Int32, _ right: Int32) -> Bool {
        let (a, b) = (logits[Int(left)], logits[Int(right)])
        return a > b || (a == b && left < right)
    }

    private mutating func sift(_ start: Int) {
        var parent = start
        let moving = heap[parent]
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
            guard precedes(heap[child], moving) else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = moving
    }
}
