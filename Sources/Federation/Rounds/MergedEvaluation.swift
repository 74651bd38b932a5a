internal import Foundation

/// One task's figures over all clinics that sent some after the same round: means weighted by their counts of items.
///
/// Not guaranteed: the mean of clinics' corpus figures (BLEU, F1, AUROC) is not the figure of all items together, which would
/// take sums that tell more about single patients.
public struct MergedEvaluation: Codable, Sendable, Equatable {
    public var task: String
    public var kind: EvaluationPlan.Kind
    public var round: Int
    public var clinics: Int
    /// Over all clinics; of public items, which are the same everywhere, those of one clinic.
    public var items: Int
    public var figures: [EvaluationMetrics.Figure]

    /// Tasks in the plan's order, each with all rounds that were measured, the last one last.
    public static func merge(_ metrics: [EvaluationMetrics], of plan: EvaluationPlan) -> [MergedEvaluation] {
        plan.tasks.flatMap { task -> [MergedEvaluation] in
            Dictionary(grouping: metrics, by: \.round).sorted { $0.key < $1.key }.compactMap { round, messages in
                merge(messages.compactMap { $0.tasks.first { $0.name == task.name } }, of: task, round: round)
            }
        }
    }

    private static func merge(_ parts: [EvaluationMetrics.Task], of task: EvaluationPlan.Task, round: Int)
        -> MergedEvaluation?
    {
        guard !parts.isEmpty else { return nil }
        let counts = parts.map { Double($0.items) }
        let figures = task.kind.figures.compactMap { name, _ -> EvaluationMetrics.Figure? in
            // A figure that does not exist in one clinic, such as a curve over one class, is of the others.
            let known = zip(parts, counts).compactMap { part, count in
                part.figures.first { $0.name == name }.map { ($0, count) }
            }
            let total = known.reduce(0) { $0 + $1.1 }
            guard total > 0 else { return nil }
            func mean(_ value: (EvaluationMetrics.Figure) -> Double) -> Double {
                let exact = known.reduce(0) { $0 + value($1.0) * $1.1 } / total
                return (exact * 1e4).rounded() / 1e4
            }
            return EvaluationMetrics.Figure(name: name, base: mean(\.base), common: mean(\.common))
        }
        let items = task.isPublic ? parts.map(\.items).max() ?? 0 : Int(counts.reduce(0, +))
        return MergedEvaluation(
            task: task.name, kind: task.kind, round: round, clinics: parts.count, items: items, figures: figures)
    }

    /// A line of what it is of, and one for each figure.
    public var text: String {
        let places = clinics == 1 ? "1 clinic" : "\(clinics) clinics"
        return "\(task) (\(kind.rawValue), \(places), \(items) items) after round \(round): base → common"
            + figures.map {
                "\n  \($0.name.padding(toLength: 20, withPad: " ", startingAt: 0))"
                    + String(format: "%8.3f → %8.3f", $0.base, $0.common)
            }.joined()
    }

    /// The last round of every task.
    public static func latest(_ all: [MergedEvaluation]) -> [MergedEvaluation] {
        var order: [String] = []
        var last: [String: MergedEvaluation] = [:]
        for merged in all {
            if let known = last[merged.task] {
                if known.round <= merged.round { last[merged.task] = merged }
            } else {
                order.append(merged.task)
                last[merged.task] = merged
            }
        }
        return order.compactMap { last[$0] }
    }
}
