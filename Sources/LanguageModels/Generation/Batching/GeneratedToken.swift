internal import Foundation

/// A token that was chosen, and how likely it was.
public struct GeneratedToken: Sendable, Equatable {
    public struct Likelihood: Sendable, Equatable {
        public var token: Int32
        /// The natural logarithm of the model's own probability, before temperature, top-k and top-p.
        public var logProbability: Double
    }

    public var token: Int32
    /// Of the token itself; `nil` unless it was asked for.
    public var logProbability: Double?
    /// The most likely ones at this place, most likely first.
    public var alternatives: [Likelihood] = []

    /// - Parameter count: how many alternatives, `nil` for no probabilities at all.
    init(_ token: Int32, logits: UnsafeBufferPointer<Float>, alternatives count: Int?) {
        self.token = token
        guard let count else { return }
        let sum = Self.logSumExp(logits)
        logProbability = Double(logits[Int(token)]) - sum
        guard count > 0 else { return }
        var best: [Int] = []
        for index in logits.indices {
            if best.count == count, let last = best.last, logits[index] <= logits[last] { continue }
            // Equal logits keep the order of their ids.
            let place = best.firstIndex { logits[$0] < logits[index] } ?? best.count
            best.insert(index, at: place)
            if best.count > count { best.removeLast() }
        }
        alternatives = best.map { Likelihood(token: Int32($0), logProbability: Double(logits[$0]) - sum) }
    }

    private static func logSumExp(_ logits: UnsafeBufferPointer<Float>) -> Double {
        let largest = Double(logits.max() ?? 0)
        return largest + log(logits.reduce(0.0) { $0 + exp(Double($1) - largest) })
    }
}
