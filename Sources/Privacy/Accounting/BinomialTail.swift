internal import Foundation

/// Tails of the binomial distribution, to about 12 digits relative to the smaller tail.
enum BinomialTail {
    /// P[X ≥ k] for X ~ Binomial(`count`, `probability`).
    static func atLeast(_ k: Int, of count: Int, probability: Double) -> Double {
        if k <= 0 { return 1 }
        if k > count || probability <= 0 { return 0 }
        if probability >= 1 { return 1 }
        // The tail away from the mean is summed, so that no digits cancel.
        if Double(k) > Double(count) * probability {
            return min(1, sum(from: k, of: count, probability: probability, upward: true))
        }
        return max(0, 1 - sum(from: k - 1, of: count, probability: probability, upward: false))
    }

    /// ln P[X = k] for 0 ≤ k ≤ `count` and a probability above 0.
    static func logMass(_ k: Int, of count: Int, probability p: Double) -> Double {
        let n = Double(count), x = Double(k)
        // Nothing is left to chance where the probability rounds to one.
        if p >= 1 { return k == count ? 0 : -.infinity }
        return logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1) + x * log(p) + (n - x) * log1p(-p)
    }

    private static func sum(from k: Int, of count: Int, probability p: Double, upward: Bool) -> Double {
        let n = Double(count)
        var x = Double(k)
        var term = exp(logMass(k, of: count, probability: p))
        let odds = p / (1 - p)
        var total = 0.0
        while term > total * 1e-18, term > 0 {
            total += term
            guard upward ? x < n : x > 0 else { break }
            term *= upward ? (n - x) / (x + 1) * odds : x / ((n - x + 1) * odds)
            x += upward ? 1 : -1
        }
        return total
    }

    private static func logGamma(_ x: Double) -> Double {
        #if canImport(Darwin)
        lgamma(x)
        #else
        // The plain one writes to a global variable.
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
        #endif
    }
}
