public import Evaluation
internal import Foundation
internal import Identity

/// A job's result for one clinic, with what it cost: figures, budget, bytes.
public struct JobResult: Codable, Sendable {
    public var report: JobReport
    /// Over all jobs, as the ledger's filter charges it.
    public var epsilonSpent: Double
    public var epsilonLeft: Double
    public var epsilonCap: Double
    public var delta: Double
    /// Everything that left this clinic because of the job.
    public var bytesSent: Int

    /// Whether the federated adapter is better than the base model here and the cap was kept.
    public var passes: Bool {
        report.federated.bitsPerByte < report.base.bitsPerByte && epsilonSpent <= epsilonCap
    }

    /// By how much the federated model's perplexity is below the base model's; negative if it is above.
    public var gain: Double { 1 - report.federated.perplexity / report.base.perplexity }

    /// One line: clinic, three perplexities, gain, budget, bytes; the columns have fixed widths.
    public var row: String {
        func cell(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let name = report.clinic.text
        let local = report.local.map { String(format: "%.2f", $0.perplexity) } ?? "-"
        let cells = [
            cell(String(format: "%.2f", report.base.perplexity), 8), cell(local, 12),
            cell(String(format: "%.2f", report.federated.perplexity), 11),
            cell(String(format: "%+.1f %%", gain * -100), 10),
            cell(String(format: "%.2f", epsilonSpent), 9), cell(String(format: "%.2f", epsilonLeft), 9),
            cell(Self.size(bytesSent), 9),
        ]
        return name + String(repeating: " ", count: max(0, 24 - name.count)) + " " + cells.joined(separator: " ")
    }

    public var text: String {
        var lines = [
            "Job \(report.job) in clinic \(report.clinic): \(report.rounds) rounds, measured on \(report.heldOutReports) reports of patients "
                + "that no model was trained on",
            Self.line("base model", report.base), Self.line("federated adapter", report.federated),
        ]
        if let personalised = report.personalised {
            lines.append(Self.line("common adapter + local steps", personalised))
        }
        if let local = report.local { lines.append(Self.line("local only (same steps, same noise)", local)) }
        // The best figure may be the best by chance; the comparison in pairs says so.
        lines += report.benefit?.explanation ?? [bestFigure]
        for evaluation in report.evaluations ?? [] { lines += Self.lines(of: evaluation) }
        lines.append(
            String(
                format: "Privacy: epsilon %.3f of %.3g spent at delta %.1e (unit: patient), %.3f left.", epsilonSpent,
                epsilonCap,
                delta, epsilonLeft))
        lines.append(
            "Sent: \(Self.size(bytesSent)); see “consilium-node egress list”. Adapter: \(report.adapterFolder)")
        return lines.joined(separator: "\n")
    }

    private var bestFigure: String {
        switch report.best {
        case "federated": "The common adapter reads your reports best."
        case "local":
            "An adapter of your own reads your reports best: federation does not help every clinic. It stays here."
        case "personalised":
            "The common adapter with local steps reads your reports best. The steps stay here."
        default: "The base model reads your reports best: this job did not help your clinic."
        }
    }

    /// The result as a page with pictures.
    /// - Throws: ``NodeError`` `.jobUnknown` for a result that was measured before pages were made.
    public func page() throws -> BenefitPage {
        guard let benefit = report.benefit else {
            throw NodeError(
                .jobUnknown,
                "This result has no comparison in pairs. “consilium-node personalise --adapter \(report.adapterFolder) --steps 40” measures all models anew."
            )
        }
        return BenefitPage(
            report: benefit, title: "Job \(report.job): what it brought clinic \(report.clinic)",
            facts: [
                "\(report.rounds) rounds; adapter SHA-256 \(report.adapter)",
                "\(report.heldOutReports) reports of \(report.heldOutPatients) held-out patients",
                String(
                    format: "Privacy: epsilon %.3f of %.3g spent at delta %.1e (unit: patient)", epsilonSpent,
                    epsilonCap,
                    delta),
                "Sent by this clinic for the job: \(Self.size(bytesSent))",
            ],
            sections: (report.evaluations ?? []).map { evaluation in
                BenefitPage.Section(
                    title: "\(evaluation.title.prefix(1).uppercased())\(evaluation.title.dropFirst())",
                    note: evaluation.omission.map { "Not measured: \($0)" }
                        ?? "\(evaluation.items) items of \(evaluation.units) patients (or items, where each is its own), base model and common adapter on the same ones.",
                    rows: evaluation.figures.map {
                        .init(name: $0.name, base: $0.base, common: $0.common, comparison: $0.difference)
                    })
            })
    }

    private static func lines(of evaluation: JobEvaluation) -> [String] {
        let title = "\(evaluation.title.prefix(1).uppercased())\(evaluation.title.dropFirst())"
        if let omission = evaluation.omission { return ["\(title): not measured. \(omission)"] }
        return ["\(title), \(evaluation.items) items: base model → common adapter"]
            + evaluation.figures.map { figure in
                let difference =
                    figure.difference.map {
                        String(
                            format: "  %+.3f (95 %%: %+.3f to %+.3f)", $0.difference.value, $0.difference.lower,
                            $0.difference.upper) + ": \($0.verdict.rawValue)"
                    } ?? ""
                return "  \(figure.name.padding(toLength: 34, withPad: " ", startingAt: 0))"
                    + String(format: "%8.3f → %8.3f", figure.base.value, figure.common.value) + difference
            }
    }

    private static func line(_ name: String, _ score: JobReport.Score) -> String {
        let padded = name + String(repeating: " ", count: max(0, 36 - name.count))
        let interval = score.interval.map { String(format: "%.3f", $0) }.joined(separator: "–")
        return "  " + padded
            + String(
                format: "perplexity %9.3f   bits per byte %.3f (95 %%: %@)", score.perplexity, score.bitsPerByte,
                interval)
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1_000_000
            ? String(format: "%.0f kB", Double(bytes) / 1e3) : String(format: "%.1f MB", Double(bytes) / 1e6)
    }
}
