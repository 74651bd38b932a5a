internal import Foundation

extension BenefitReport {
    /// The choice and its reasons, a sentence each, for people.
    public var explanation: [String] {
        var lines: [String] = []
        switch choice {
        case .base, .common: lines.append("Use the common adapter.")
        case .personalised: lines.append("Use the common adapter with the local steps that stayed here.")
        case .local:
            lines.append("Use the adapter of your own: federation does not help every clinic, and not this one.")
        }
        if let comparison = self[.common]?.againstBase {
            lines.append("Taking part: \(Self.sentence(comparison, metric, "the common adapter", "the base model"))")
        }
        if let joining {
            lines.append("Joining: \(Self.sentence(joining, metric, "the common adapter", "training alone"))")
        } else {
            lines.append(
                "What training alone would bring was not measured: “consilium-node run --compare-local” does, when a job ends."
            )
        }
        if self[.personalised]?.estimate == nil {
            lines.append(
                "The common adapter with local steps was not measured: “consilium-node personalise --adapter DIR --steps N” does."
            )
        }
        if let certainty {
            lines.append(
                "The choice was better than the best of the others in \(Self.percent(certainty)) of the draws of patients."
            )
        }
        if !choiceHelps {
            lines.append(
                "It is not better than the base model beyond what chance explains: more held-out patients, or the base model alone, are reasonable too."
            )
        }
        return lines
    }

    /// “the common adapter is better than the base model by 0.120 bits per byte (95 %: 0.080 to 0.160).”
    private static func sentence(_ comparison: MetricComparison, _ metric: String, _ one: String, _ other: String)
        -> String
    {
        let unit = metric.replacing("_", with: " ")
        let bounds = [abs(comparison.difference.lower), abs(comparison.difference.upper)].sorted()
        switch comparison.verdict {
        case .better, .worse:
            return
                "\(one) is \(comparison.verdict.rawValue) than \(other) by \(figure(abs(comparison.difference.value))) \(unit) (95 %: \(figure(bounds[0])) to \(figure(bounds[1])))."
        case .undecided:
            return
                "the difference between \(one) and \(other), \(figure(comparison.difference.value)) \(unit) (95 %: \(figure(comparison.difference.lower)) to \(figure(comparison.difference.upper))), may be chance."
        }
    }

    /// A table of all four with their intervals, and the explanation.
    public var text: String {
        var lines = [
            "\(metric.replacing("_", with: " ")) on \(units) held-out patients or items, \(isHigherBetter ? "higher" : "lower") is better"
        ]
        for row in rows {
            let name = row.candidate.title.padding(toLength: 30, withPad: " ", startingAt: 0)
            guard let estimate = row.estimate else {
                lines.append("  \(name) not measured")
                continue
            }
            lines.append(
                "  \(name) \(Self.figure(estimate.value))  (95 %: \(Self.figure(estimate.lower)) to \(Self.figure(estimate.upper)))"
                    + (row.candidate == choice ? "  ← choice" : ""))
        }
        return (lines + explanation).joined(separator: "\n")
    }

    static func figure(_ value: Double) -> String { String(format: "%.3f", value) }
    static func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }
}
