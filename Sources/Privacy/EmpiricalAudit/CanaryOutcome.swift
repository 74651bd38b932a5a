internal import Foundation

/// What the scores of a one-run audit's canaries show, once the coins are known.
public struct CanaryOutcome: Sendable, Hashable, Codable {
    /// v: right guesses.
    public let correct: Int
    /// With confidence 1 − p the true ε is at least this.
    public let lowerBound: Double
    /// How many of the trained canaries are told apart when one in a hundred of the others is taken for trained.
    public let truePositiveRate: Double
    /// Mean exposure of the first trained canaries, in bits (Carlini et al. 2019, “The secret sharer”): log2 |R| − log2 rank
    /// of the canary's score among |R| secrets of the same form, here those that were not trained and itself.
    public let exposure: Double
    /// log2 |R|: the exposure of a secret that stands out from all others. Without memorization the mean is about 1.44.
    public let exposureCeiling: Double

    /// As many secrets are ranked for the exposure.
    public static let exposedSecrets = 20
    static let falsePositiveRate = 0.01

    /// Guesses by the one rule there is: the r/2 canaries with the highest scores were trained on, the r/2 with the lowest were
    /// not, and nothing is said about the rest. Equal scores are ordered by their place, which knows nothing of the coins.
    ///
    /// - Parameters:
    ///   - scores: one a canary; higher means “rather trained on”. Any function of the canary and of what training released.
    ///   - included: the coins.
    /// - Throws: ``PrivacyError`` `.invalidParameter` for other numbers of scores or coins than canaries, or for a score that is
    ///   no number: nothing can be concluded from a model that has none.
    public init(_ audit: OneRunAudit, scores: [Double], included: [Bool]) throws {
        guard scores.count == audit.canaries, included.count == audit.canaries else {
            throw PrivacyError(
                .invalidParameter,
                "The audit has \(audit.canaries) canaries, but \(scores.count) scores and \(included.count) coins.")
        }
        guard scores.allSatisfy(\.isFinite) else {
            throw PrivacyError(
                .invalidParameter,
                "A canary's score is not a finite number: the trained model is unusable, so nothing can be concluded.")
        }
        let order = scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
        let high = audit.guesses - audit.guesses / 2
        correct =
            order.prefix(high).count { included[$0] } + order.suffix(audit.guesses / 2).count { !included[$0] }
        lowerBound = audit.lowerBound(correct: correct)
        let others = scores.indices.filter { !included[$0] }.map { scores[$0] }.sorted(by: >)
        let trained = scores.indices.filter { included[$0] }
        let allowed = Int(Double(others.count) * Self.falsePositiveRate)
        let threshold = others.indices.contains(allowed) ? others[allowed] : -.infinity
        truePositiveRate =
            trained.isEmpty ? 0 : Double(trained.count { scores[$0] > threshold }) / Double(trained.count)
        let secrets = trained.prefix(Self.exposedSecrets)
        let size = log2(Double(others.count + 1))
        let bits = secrets.map { secret in size - log2(Double(1 + others.count { $0 >= scores[secret] })) }
        exposureCeiling = size
        exposure = bits.isEmpty ? 0 : bits.reduce(0, +) / Double(bits.count)
    }
}
