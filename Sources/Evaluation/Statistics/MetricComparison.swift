/// One figure of two models on the same items.
public struct MetricComparison: Sendable, Equatable, Codable {
    public enum Verdict: String, Sendable, Codable {
        /// The interval of the difference lies wholly on one side of zero.
        case better, worse
        /// The items are too few, or the models too alike, to tell.
        case undecided
    }

    /// With fewer patients (or items, where each is its own) there is no verdict: even if all of them spoke for one model, a sign
    /// test would find that by chance in more than 5 of 100 (2 / 2⁵), and a bootstrap of so few has no width to trust.
    public static let fewestUnits = 6

    public var name: String
    /// Candidate minus baseline.
    public var difference: Estimate
    /// In how many of the draws the candidate is the better one; draws without a difference count half. 0.5 says nothing,
    /// 0.975 and more is what ``Verdict/better`` asks for.
    public var certainty: Double
    public var verdict: Verdict

    /// - Returns: `nil` if the figure doesn't exist for the items.
    init?(name: String, isHigherBetter: Bool, bootstrap: Bootstrap, difference: ([Int]) -> Double) {
        var wins = 0.0
        var draws = -1
        let estimate = bootstrap.estimate { drawn in
            let value = difference(drawn)
            // The first call is the figure itself.
            if draws >= 0, value.isFinite {
                wins += value == 0 ? 0.5 : (value > 0) == isHigherBetter ? 1 : 0
                draws += 1
            }
            draws = max(draws, 0)
            return value
        }
        guard estimate.value.isFinite else { return nil }
        self.name = name
        self.difference = estimate
        certainty = draws > 0 ? wins / Double(draws) : 0.5
        let isAbove = estimate.lower > 0
        let isBelow = estimate.upper < 0
        verdict =
            bootstrap.count < Self.fewestUnits || isAbove == isBelow
            ? .undecided : isAbove == isHigherBetter ? .better : .worse
    }
}
