internal import Foundation

/// What a one-run audit fixes before the training that it audits (Steinke, Nasr, Jagielski 2023, “Privacy auditing with one
/// (1) training run”).
///
/// m canaries are made; each is trained on with probability 1/2, by a secret coin. Afterwards a rule that was fixed in advance
/// guesses r of the coins. Where training keeps (ε, δ), so many right guesses as were made are unlikely unless ε is large: that
/// bounds ε from below. The bound holds for *any* way of guessing that does not see the coins; a poor one only makes it small.
///
/// By counting alone the bound can never exceed what r right guesses of r show: about ln(r) − 1.1 at 95 % (3.5 for r = 100).
/// An audit finds broken code (no noise, too little of it, no clipping), not errors of a tenth.
public struct OneRunAudit: Sendable, Hashable, Codable {
    /// m.
    public let canaries: Int
    /// r: how many coins are guessed; even, half of them as “in” and half as “out”.
    public let guesses: Int
    /// p: how often a correct implementation may show a bound above its true ε.
    public let errorRate: Double
    public let delta: Double

    /// Fewer canaries can't show anything above an ε of about 2.
    public static let fewestCanaries = 200
    /// More would only fill a ledger's rows.
    public static let mostCanaries = 100_000

    /// A tenth of the canaries, rounded down to an even number.
    public static func standardGuesses(canaries: Int) -> Int { max(2, canaries / 20 * 2) }

    /// - Parameter guesses: ``standardGuesses(canaries:)`` by default.
    /// - Throws: ``PrivacyError`` `.invalidParameter`.
    public init(canaries: Int, guesses: Int? = nil, errorRate: Double = 0.05, delta: Double) throws {
        let guesses = guesses ?? Self.standardGuesses(canaries: canaries)
        guard (1...Self.mostCanaries).contains(canaries), guesses >= 1, guesses <= canaries else {
            throw PrivacyError(
                .invalidParameter,
                "An audit needs 1 to \(Self.mostCanaries) canaries and at most as many guesses as canaries.")
        }
        guard errorRate > 0, errorRate < 1, delta >= 0, delta < 1 else {
            throw PrivacyError(.invalidParameter, "An audit's error rate and delta must lie between 0 and 1.")
        }
        self.canaries = canaries
        self.guesses = guesses
        self.errorRate = errorRate
        self.delta = delta
    }

    private enum Keys: String, CodingKey { case canaries, guesses, errorRate, delta }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        try self.init(
            canaries: container.decode(Int.self, forKey: .canaries),
            guesses: container.decode(Int.self, forKey: .guesses),
            errorRate: container.decode(Double.self, forKey: .errorRate),
            delta: container.decode(Double.self, forKey: .delta))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(canaries, forKey: .canaries)
        try container.encode(guesses, forKey: .guesses)
        try container.encode(errorRate, forKey: .errorRate)
        try container.encode(delta, forKey: .delta)
    }

    /// How likely at least `correct` right guesses are at most, if training keeps (`epsilon`, δ): Steinke et al. 2023,
    /// theorem 5.2, as in their appendix D.
    ///
    /// P[Bin(r, q) ≥ v] + 2 m δ α with q = 1/(1+e^−ε) and α = max over i of P[v > Bin(r, q) ≥ v − i] / i. The second term must
    /// not be left out: it is what δ allows an attacker besides.
    public func pValue(correct: Int, epsilon: Double) -> Double {
        guard correct > 0 else { return 1 }
        guard correct <= guesses else { return 0 }
        let probability = 1 / (1 + exp(-epsilon))
        let tail = BinomialTail.atLeast(correct, of: guesses, probability: probability)
        guard delta > 0 else { return min(1, tail) }
        var alpha = 0.0
        var sum = 0.0
        // In logarithms: far above the mode a term may be too small for a double, and those below it are not.
        var term = BinomialTail.logMass(correct - 1, of: guesses, probability: probability)
        for width in 1...correct {
            sum += exp(term)
            alpha = max(alpha, sum / Double(width))
            let k = Double(correct - width)
            // P[k − 1] from P[k].
            term += log(k / (Double(guesses) - k + 1)) - epsilon
        }
        return min(1, tail + 2 * Double(canaries) * delta * alpha)
    }

    /// The largest ε that `correct` right guesses refute at level ``errorRate``; 0 if none.
    ///
    /// With probability 1 − p over coins and training, the true ε of a mechanism that keeps δ is at least this.
    public func lowerBound(correct: Int) -> Double {
        var low = 0.0
        var high = 1.0
        while pValue(correct: correct, epsilon: high) < errorRate {
            low = high
            high *= 2
            // No number of guesses can show this much.
            if high > 1024 { return low }
        }
        while high - low > 1e-12 * max(1, high) {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if pValue(correct: correct, epsilon: middle) < errorRate { low = middle } else { high = middle }
        }
        return low
    }

    /// The bound if every guess is right: what this audit can show at most.
    public var ceiling: Double { lowerBound(correct: guesses) }
}
