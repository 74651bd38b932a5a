internal import Foundation

extension BenefitReport {
    /// The choice and its reasons, a sentence each, for people.
    public var explanation: [String] {
        var lines = [headline]
        if let comparison = self[.common]?.againstBase {
            lines.append("Taking part: \(sentence(comparison, .common, .base))")
        }
        if let joining { lines.append("Joining: \(sentence(joining, .common, .local))") }
        if choice == .personalised, let joiningPersonalised {
            lines.append("Joining, with local steps: \(sentence(joiningPersonalised, .personalised, .local))")
        }
        if let chosen = self[choice]?.againstBase, choice != .common {
            lines.append("The choice: \(sentence(chosen, choice, .base))")
        }
        if let certainty {
            lines.append(
                "The choice was better than the best of the other adapters in \(Self.percent(certainty)) of the draws of patients."
            )
        }
        if choice != .base, !choiceHelps {
            lines.append(
                "The choice is not better than the base model beyond what chance explains: more held-out patients, or the base model alone, are reasonable too."
            )
        }
        if self[.local]?.estimate == nil {
            lines.append(
                "What training alone would bring was not measured: “consilium-node run --compare-local” does, when a job ends."
            )
        }
        if self[.personalised]?.estimate == nil {
            lines.append(
                "The common adapter with local steps was not measured: “consilium-node personalise --adapter DIR --steps N” does."
            )
        }
        return lines
    }

    /// What to use, and whether federation helped.
    private var headline: String {
        switch choice {
        case .base:
            return
                "Use the base model: federation did not help this clinic, and neither did anything else that was measured."
        case .common:
            guard choiceHelps else {
                return "Use the common adapter, if any: federation was not shown to help this clinic."
            }
            switch joining?.verdict {
            case .better: return "Use the common adapter: joining helped this clinic."
            case .undecided:
                return "Use the common adapter: it helps, but not measurably more than training alone would."
            case .worse, nil: return "Use the common adapter: it is better than the base model."
            }
        case .personalised: return "Use the common adapter with the local steps that stayed here."
        case .local: return "Use the adapter of your own: federation does not help every clinic, and not this one."
        }
    }

    /// “the common adapter is better than the base model by 0.120 bits per byte (95 %: 0.080 to 0.160).”
    private func sentence(_ comparison: MetricComparison, _ one: Candidate, _ other: Candidate) -> String {
        let unit = metric.replacing("_", with: " ")
        let bounds = [abs(comparison.difference.lower), abs(comparison.difference.upper)].sorted()
        switch comparison.verdict {
        case .better, .worse:
            return
                "\(one.name) is \(comparison.verdict.rawValue) than \(other.name) by \(Self.figure(abs(comparison.difference.value))) \(unit) (95 %: \(Self.figure(bounds[0])) to \(Self.figure(bounds[1])))."
        case .undecided:
            return
                "the difference between \(one.name) and \(other.name), \(Self.signed(comparison.difference.value)) \(unit) (95 %: \(Self.signed(comparison.difference.lower)) to \(Self.signed(comparison.difference.upper))), may be chance."
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

    /// With its sign, for differences; never “-0.000”.
    static func signed(_ value: Double) -> String {
        let text = figure(value)
        return text.contains { ("1"..."9").contains($0) } ? (value > 0 ? "+" : "−") + figure(abs(value)) : figure(0)
    }

    static func figure(_ value: Double) -> String { String(format: "%.3f", value) }
    static func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }
}

extension BenefitReport.Candidate {
    /// In a sentence.
    fileprivate var name: String {
        switch self {
        case .base: "the base model"
        case .common: "the common adapter"
        case .personalised: "the common adapter with local steps"
        case .local: "training alone"
        }
    }
}
