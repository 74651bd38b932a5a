import Foundation

/// Deltas of one and two steps of a sampled Gaussian straight from their definition: independent of points, tilts and contours.
struct PLDReference {
    enum Pair: String, Sendable { case remove, add, replace }

    var pair: Pair
    var rate: Double
    var noise: Double

    private static func above(_ x: Double) -> Double { 0.5 * erfc(x / 2.0.squareRoot()) }

    private func ratio(_ z: Double) -> Double { 1 - rate + rate * exp((2 * z - 1) / (2 * noise * noise)) }

    /// The logarithm of the likelihood ratio at output z; it grows with z, or falls for `add`.
    func loss(_ z: Double) -> Double {
        switch pair {
        case .remove: log(ratio(z))
        case .add: -log(ratio(z))
        case .replace: log(ratio(z)) - log(ratio(-z))
        }
    }

    /// Mass of outputs beyond z, on the side of larger losses, under both distributions.
    private func masses(_ z: Double) -> (p: Double, q: Double) {
        func mixture(_ center: Double, _ side: Double) -> Double {
            (1 - rate) * Self.above(side * z / noise) + rate * Self.above(side * (z - center) / noise)
        }
        switch pair {
        case .remove: return (mixture(1, 1), mixture(0, 1))
        case .add: return (mixture(0, -1), mixture(1, -1))
        case .replace: return (mixture(1, 1), mixture(-1, 1))
        }
    }

    /// δ(ε) of one step, for any sign of ε.
    func delta(_ epsilon: Double) -> Double {
        // The outputs with larger losses than ε are a half-line; bisection finds where it begins.
        var (low, high) = (-60 * noise - 2, 60 * noise + 2)
        let grows: Double = pair == .add ? -1 : 1
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if grows * (loss(middle) - epsilon) > 0 { high = middle } else { low = middle }
        }
        let end = grows > 0 ? high : low
        // A loss that no output reaches: the half-line is empty.
        if grows > 0 ? end > 59 * noise : end < -59 * noise { return 0 }
        let (p, q) = masses(end)
        return max(0, p - exp(epsilon) * q)
    }

    /// δ(ε) of a step of `self` and one of `other`: the mean of the other's over the first one's losses, by the trapezoidal
    /// rule.
    func delta(_ epsilon: Double, with other: PLDReference) -> Double {
        // The losses of the smaller noise vary faster than the grid of the larger one's outputs.
        if noise < other.noise { return other.delta(epsilon, with: self) }
        let width = noise / 60
        let count = Int(((1 + 24 * noise) / width).rounded(.up))
        var sum = 0.0
        for index in 0...count {
            let z = -12 * noise + (pair == .replace ? -1 : 0) + Double(index) * width * (pair == .replace ? 2 : 1)
            func density(_ center: Double) -> Double {
                exp(-(z - center) * (z - center) / (2 * noise * noise)) / (noise * (2 * Double.pi).squareRoot())
            }
            let p = pair == .add ? density(0) : (1 - rate) * density(0) + rate * density(1)
            sum += p * other.delta(epsilon - loss(z))
        }
        return sum * width * (pair == .replace ? 2 : 1)
    }
}
