internal import Foundation

/// The Gaussian mechanism without sampling, exactly: Balle, Wang 2018, theorem 8, with μ = sensitivity ÷ σ.
enum AnalyticGaussian {
    /// δ(ε) = Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ)
    static func delta(mu: Double, epsilon: Double) -> Double {
        if mu == 0 { return 0 }
        let near = epsilon / mu - mu / 2
        let far = epsilon / mu + mu / 2
        // e^ε φ(far) = φ(near), so both terms share a factor and nothing overflows.
        let second = exp(-near * near / 2) * scaledTail(far)
        let first = near > 0 ? exp(-near * near / 2) * scaledTail(near) : 0.5 * erfc(near / 2.0.squareRoot())
        return max(0, first - second)
    }

    /// The smallest ε ≥ 0 with δ(ε) ≤ `delta`, rounded up.
    static func epsilon(mu: Double, delta target: Double) -> Double {
        if delta(mu: mu, epsilon: 0) <= target { return 0 }
        var low = 0.0
        var high = max(1, mu * mu)
        while delta(mu: mu, epsilon: high) > target { high *= 2 }
        while high - low > 1e-13 * high {
            let middle = (low + high) / 2
            if middle <= low || middle >= high { break }
            if delta(mu: mu, epsilon: middle) > target { low = middle } else { high = middle }
        }
        return high
    }

    /// e^(x²/2) (1 − Φ(x)) for x ≥ 0.
    private static func scaledTail(_ x: Double) -> Double {
        if x < 25 { return 0.5 * exp(x * x / 2) * erfc(x / 2.0.squareRoot()) }
        let inverse = 1 / (x * x)
        let series = 1 - inverse * (1 - inverse * (3 - inverse * (15 - inverse * 105)))
        return series / (x * (2 * Double.pi).squareRoot())
    }
}
