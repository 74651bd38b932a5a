import CommandLineSupport
import Evaluation
import Node

/// The result of an evaluation as tables.
struct EvaluationText {
    let outcome: EvaluationOutcome

    init(_ outcome: EvaluationOutcome) { self.outcome = outcome }

    var text: String {
        var parts: [String] = []
        if let first = outcome.models.first {
            parts.append(
                "\(first.summary.items) items, \(first.summary.units) units (patients where given); 95 % intervals in brackets"
            )
        }
        parts.append(models)
        if !outcome.sources.isEmpty { parts.append(sources) }
        parts += outcome.comparisons.map(comparison)
        if let benefit = outcome.benefit { parts.append(benefit.text) }
        return parts.joined(separator: "\n\n")
    }

    private var models: String {
        var table = TextTable(
            [.init("figure")] + outcome.models.map { TextTable.Column($0.name, .right) })
        for figure in outcome.models.first?.summary.figures ?? [] {
            table.add([figure.name] + outcome.models.map { Self.cell($0.summary[figure.name]) })
        }
        return table.render()
    }

    private var sources: String {
        let names = outcome.sources.first?.summary.figures.map(\.name) ?? []
        var table = TextTable(
            [.init("source"), .init("items", .right)] + names.map { TextTable.Column($0, .right) })
        for source in outcome.sources {
            table.add(
                [source.name, "\(source.summary.items)"] + names.map { Self.cell(source.summary[$0]) })
        }
        return table.render()
    }

    private func comparison(_ comparison: EvaluationOutcome.Comparison) -> String {
        var table = TextTable([
            .init("\(comparison.candidate) – \(comparison.baseline)"), .init("difference", .right),
            .init("better in", .right), .init("verdict"),
        ])
        for metric in comparison.metrics {
            table.add([
                metric.name, Self.cell(metric.difference), Quantity.fixed(metric.certainty * 100, 1) + " %",
                metric.verdict.rawValue,
            ])
        }
        return table.render()
    }

    private static func cell(_ estimate: Estimate?) -> String {
        guard let estimate else { return "–" }
        let figures = [estimate.value, estimate.lower, estimate.upper].map { Quantity.fixed($0, abs($0) < 10 ? 4 : 2) }
        return "\(figures[0]) [\(figures[1]), \(figures[2])]"
    }
}
