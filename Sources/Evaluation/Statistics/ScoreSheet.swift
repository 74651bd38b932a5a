/// All figures of one model on one set of items. Its single scores stay where the texts are; ``summary(_:)`` and
/// ``comparison(with:_:)`` are what may be shown.
public struct ScoreSheet: Sendable {
    /// Of every item: the patient, where a patient may have several items, otherwise the item itself.
    public let units: [String]
    public let metrics: [Metric]

    /// - Parameter metrics: each over the same items in the same order.
    init(units: [String], metrics: [Metric]) {
        self.units = units
        self.metrics = metrics
    }

    /// How intervals are drawn, and from how many units on an aggregate may be made at all.
    public typealias Statistics = PerplexityResult.Statistics

    /// Every figure with its 95 % interval.
    /// - Throws: ``EvaluationError`` `.tooFewDocuments`.
    public func summary(_ statistics: Statistics = Statistics()) throws -> ScoreSummary {
        try summary(of: metrics, statistics)
    }

    /// One figure alone, without drawing intervals of the others.
    /// - Throws: ``EvaluationError`` `.tooFewDocuments`.
    public func summary(of name: String, _ statistics: Statistics = Statistics()) throws -> ScoreSummary {
        try summary(of: metrics.filter { $0.name == name }, statistics)
    }

    private func summary(of metrics: [Metric], _ statistics: Statistics) throws -> ScoreSummary {
        let members = try members(statistics)
        let bootstrap = Bootstrap(count: members.count, resamples: statistics.resamples, seed: statistics.seed)
        var figures: [ScoreSummary.Figure] = []
        for metric in metrics {
            let estimate = bootstrap.estimate(metric.statistic(members: members))
            // A figure that doesn't exist, such as a curve over a single class, is left out.
            guard estimate.value.isFinite else { continue }
            figures.append(
                ScoreSummary.Figure(name: metric.name, estimate: estimate, isHigherBetter: metric.isHigherBetter))
        }
        return ScoreSummary(items: units.count, units: members.count, figures: figures)
    }

    /// This model against `baseline` on the same items: the same draws for both, so that what makes items hard or easy for
    /// either cancels out.
    ///
    /// - Parameter name: of the one figure to compare; `nil`: all.
    /// - Throws: ``EvaluationError`` `.differentDocuments` if the items are not the same, `.tooFewDocuments`.
    public func comparison(
        with baseline: ScoreSheet, of name: String? = nil, _ statistics: Statistics = Statistics()
    ) throws -> [MetricComparison] {
        guard units == baseline.units else {
            throw EvaluationError(
                .differentDocuments,
                "The two evaluations are not of the same items. Evaluate both models on the same file in one order.")
        }
        let members = try members(statistics)
        let bootstrap = Bootstrap(count: members.count, resamples: statistics.resamples, seed: statistics.seed)
        return metrics.compactMap { metric in
            guard name == nil || metric.name == name else { return nil }
            guard let other = baseline.metrics.first(where: { $0.name == metric.name }) else { return nil }
            let mine = metric.statistic(members: members)
            let theirs = other.statistic(members: members)
            return MetricComparison(
                name: metric.name, isHigherBetter: metric.isHigherBetter, bootstrap: bootstrap
            ) { mine($0) - theirs($0) }
        }
    }

    /// The items of every unit, units in order of first appearance.
    private func members(_ statistics: Statistics) throws -> [[Int]] {
        var order: [String: Int] = [:]
        var members: [[Int]] = []
        for (item, unit) in units.enumerated() {
            if let index = order[unit] {
                members[index].append(item)
            } else {
                order[unit] = members.count
                members.append([item])
            }
        }
        guard members.count >= max(1, statistics.minimumDocuments) else {
            throw EvaluationError(
                .tooFewDocuments,
                "There are \(members.count) patients or items to evaluate; at least \(statistics.minimumDocuments) are needed for a figure that says nothing about one of them."
            )
        }
        return members
    }
}
