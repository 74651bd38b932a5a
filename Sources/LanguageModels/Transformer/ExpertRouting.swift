internal import Foundation

/// Which expert each token goes to, and with what weight (Jiang et al. 2024): softmax over all experts, the most likely ones
/// taken, their weights divided by their sum.
struct ExpertRouting {
    /// The tokens of all experts, one expert behind the other.
    private(set) var rows: [Int32] = []
    /// The weight of each of ``rows``.
    private(set) var factors: [Float] = []
    /// Where each expert's part of ``rows`` starts, and the end.
    private(set) var starts: [Int] = []
    private let tokens: Int
    private let experts: Int

    /// - Parameter logits: [tokens, experts]
    init(logits: [Float], tokens: Int, experts: Int, perToken: Int) {
        self.tokens = tokens
        self.experts = experts
        var byExpert = [[(row: Int32, factor: Float)]](repeating: [], count: experts)
        for token in 0..<tokens {
            let own = Array(logits[token * experts..<(token + 1) * experts])
            // Ties go to the lower number. NaN is no order: it goes last here, and shows itself in the result.
            let order = own.map { $0.isNaN ? -.infinity : $0 }
            let best = own.indices.sorted { order[$0] != order[$1] ? order[$0] > order[$1] : $0 < $1 }.prefix(perToken)
            let largest = best.first.map { own[$0] } ?? 0
            let weights = best.map { expf(own[$0] - largest) }
            let sum = weights.reduce(0, +)
            for (expert, weight) in zip(best, weights) { byExpert[expert].append((Int32(token), weight / sum)) }
        }
        for chosen in byExpert {
            starts.append(rows.count)
            rows += chosen.map(\.row)
            factors += chosen.map(\.factor)
        }
        starts.append(rows.count)
    }

    func range(_ expert: Int) -> Range<Int> { starts[expert]..<starts[expert + 1] }

    /// The gradient with respect to the router's logits, [tokens, experts].
    ///
    /// Softmax and renormalization together are a softmax over the chosen experts alone, so that with weights w and their
    /// gradients g: w_j · (g_j − Σ w_i g_i) for the chosen, 0 for the others.
    func logitGradient(factorGradients: [Float]) -> [Float] {
        var means = [Float](repeating: 0, count: tokens)
        for (index, row) in rows.enumerated() { means[Int(row)] += factors[index] * factorGradients[index] }
        var result = [Float](repeating: 0, count: tokens * experts)
        for expert in 0..<experts {
            for index in range(expert) {
                let row = Int(rows[index])
                result[row * experts + expert] = factors[index] * (factorGradients[index] - means[row])
            }
        }
        return result
    }
}
