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
                    + "learning rate \(Self.number(recipe.optimizer.learningRate))"
                    + (recipe.proximal.map { ", FedProx \(Self.number($0))" } ?? "")),
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
        lines.append(Line(label: "aggregation", text: Self.aggregation(job)))
        if let weights = job.aggregation.weights {
            let list = weights.sorted { $0.key < $1.key }.map { "\($0.key) \(Self.number($0.value))" }
            lines.append(Line(label: "weights", text: list.joined(separator: ", ")))
        }
        if let optimizer = job.aggregation.serverOptimizer {
            lines.append(Line(label: "server", text: Self.server(optimizer)))
        }
        if let plan = job.evaluation {
            let turns = plan.everyRounds.map { ", every \($0) rounds" } ?? ""
            let tasks = plan.tasks.map { "\($0.name) (\($0.kind.rawValue))" }.joined(separator: ", ")
            lines.append(Line(label: "evaluation", text: "\(tasks); at the end\(turns)"))
        }
        lines.append(Line(label: "leaves", text: job.egress.map(\.rawValue).joined(separator: ", ") + "; nothing else"))
        lines.append(Line(label: "valid until", text: job.expiresAt.ISO8601Format()))
        self.lines = lines
    }

    private static func aggregation(_ job: JobManifest) -> String {
        let plan = job.aggregation
        let rule =
            switch plan.rule {
            case .fedit: "fedit: A and B are averaged each"
            case .frozenA: "frozen-a: only B is trained and sent; A stays as the initial adapter has it"
            case .alternating: "alternating: B in odd rounds, A in even ones, and only that is sent"
            case .stackSVD:
                "stack-svd: products are averaged and cut to rank \(job.recipe.rank)"
                    + (plan.ranks ?? [:]).sorted { $0.key < $1.key }.map { "; \($0.key) has rank \($0.value)" }.joined()
            }
        return "\(rule); at least \(plan.minimumClinics) clinics a round; "
            + (plan.secureAggregation == .off
                ? "the coordinator sees each clinic's clipped update" : "the coordinator sees only the sum")
    }

    private static func server(_ optimizer: ServerOptimizer) -> String {
        let rate = "learning rate \(number(optimizer.learningRate))"
        return switch optimizer.method {
        case .average: "FedAvg, \(rate)"
        case .momentum: "FedAvgM, \(rate), momentum \(number(optimizer.beta1))"
        case .adam:
            "FedAdam, \(rate), betas \(number(optimizer.beta1)) and \(number(optimizer.beta2)), tau \(number(optimizer.tau))"
        }
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
