internal import ConsiliumCore
public import Federation
internal import Foundation
internal import Identity

/// A job in a few lines for the person who proposes it. The officers' longer explanation is the node's.
public struct JobSummary: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let label: String
        public let text: String
    }

    public let lines: [Line]

    public init(_ job: JobManifest) {
        let recipe = job.recipe
        var lines = [
            Line(label: "job", text: "\(job.id): \(job.title)"),
            Line(label: "clinics", text: job.clinics.map(\.text).joined(separator: ", ")),
            Line(label: "base model", text: "\(job.baseModel.name) (\(job.baseModel.hash.short)…)"),
            Line(
                label: "adapter",
                text:
                    "LoRA rank \(recipe.rank), alpha \(Self.number(recipe.alpha)), \(recipe.targets.joined(separator: ", ")): "
                    + "\(job.initialAdapter.parameters) parameters (\(job.initialAdapter.hash.short)…)"),
            Line(
                label: "training",
                text: "\(job.rounds) rounds of \(recipe.localSteps) steps, windows of \(recipe.sequenceLength) tokens, "
                    + "learning rate \(Self.number(recipe.optimizer.learningRate))"),
        ]
        if let privacy = job.privacy {
            lines.append(
                Line(
                    label: "privacy",
                    text:
                        "per patient: epsilon \(Self.number(privacy.epsilon)) at delta \(Self.number(privacy.delta)), clip "
                        + "\(Self.number(privacy.clipNorm)), about \(privacy.expectedPatients) patients a step"))
        } else {
            lines.append(Line(label: "privacy", text: "none: trained WITHOUT a privacy guarantee"))
        }
        lines.append(
            Line(
                label: "aggregation",
                text: "\(job.aggregation.rule.rawValue), at least \(job.aggregation.minimumClinics) clinics a round; "
                    + (job.aggregation.secureAggregation == .off
                        ? "the coordinator sees each clinic's clipped update" : "the coordinator sees only the sum")))
        lines.append(Line(label: "leaves", text: job.egress.map(\.rawValue).joined(separator: ", ") + "; nothing else"))
        lines.append(Line(label: "valid until", text: job.expiresAt.ISO8601Format()))
        self.lines = lines
    }

    /// The lines with aligned labels.
    public var text: String {
        let width = lines.map(\.label.count).max() ?? 0
        return lines.map { line in
            line.label.padding(toLength: width + 2, withPad: " ", startingAt: 0) + line.text
        }.joined(separator: "\n")
    }

    private static func number(_ value: Double) -> String { String(format: "%.6g", value) }
}
