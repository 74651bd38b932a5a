internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import Foundation
internal import Privacy

struct EpsilonCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "epsilon", abstract: "Compute epsilon for events in a file, by both accountants.",
        discussion: """
            --events: {"phases":[{"mechanism":"gaussian","noise_multiplier":1.1,"sampling":{"type":"poisson","q":0.01},\
            "steps":500}],"neighbouring":"add_remove"}
            --vectors: many questions at once, {"vectors":[{"id","kind","phases",…}]} with the kinds epsilon, sigma and delta.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: ArgumentHelp("One question.", valueName: "file"))
    var events: String?

    @Option(help: ArgumentHelp("Many questions.", valueName: "file"))
    var vectors: String?

    @Option(help: ArgumentHelp("The delta at which epsilon is asked for.", valueName: "d"))
    var delta: Double?

    func validate() throws {
        guard (events == nil) != (vectors == nil) else {
            throw ValidationError("Give either --events FILE with --delta D, or --vectors FILE.")
        }
        if events != nil, delta == nil { throw ValidationError("--events needs --delta D, such as --delta 1e-5.") }
        if vectors != nil, delta != nil {
            throw ValidationError("With --vectors, each question has a delta of its own.")
        }
    }

    func run(_ output: Output) async throws {
        if let vectors {
            let answers = try PrivacyQuestions.answers(vectors: URL(fileURLWithPath: vectors))
            for (id, reason) in answers.unanswered.sorted(by: { $0.key < $1.key }) { output.note("\(id): \(reason)") }
            try output.finish(answers.answers) { PrivacyText.answers(answers) }
        } else if let events, let delta {
            let report = try PrivacyQuestions.epsilon(events: URL(fileURLWithPath: events), delta: delta)
            try output.finish(report) { PrivacyText.epsilon(report) }
        }
    }
}

struct CalibrateCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate", abstract: "Find the noise multiplier that reaches an epsilon.",
        discussion:
            "Gaussian noise on Poisson samples; neighbours differ in one patient. What is printed never exceeds the target."
    )

    @OptionGroup var global: GlobalOptions

    @Option(help: ArgumentHelp("The most that may be spent.", valueName: "e"))
    var targetEpsilon: Double

    @Option(help: ArgumentHelp("At this delta.", valueName: "d"))
    var delta: Double

    @Option(help: ArgumentHelp("The probability with which each patient is in a step, up to 1.", valueName: "q"))
    var samplingRate: Double

    @Option(help: ArgumentHelp("How many steps.", valueName: "t"))
    var steps: Int

    func run(_ output: Output) async throws {
        let report = try PrivacyQuestions.calibrate(
            targetEpsilon: targetEpsilon, delta: delta, samplingRate: samplingRate, steps: steps)
        try output.finish(report) { PrivacyText.calibration(report) }
    }
}

/// The accountants' answers as text.
private enum PrivacyText {
    static func epsilon(_ report: EpsilonReport) -> String {
        var lines = ["epsilon \(number(report.epsilon)) at delta \(number(report.delta))"]
        if let rdp = report.rdp {
            lines.append("  Rényi accountant       \(number(rdp.epsilon))  (order \(number(rdp.order)))")
        }
        if let pld = report.pld {
            lines.append("  privacy loss distribution  \(number(pld.epsilon))  (true value above \(number(pld.lower)))")
        }
        return lines.joined(separator: "\n")
    }

    static func calibration(_ report: CalibrationReport) -> String {
        let both = [("Rényi", report.rdp), ("privacy loss distribution", report.pld)].compactMap { name, value in
            value.map { "  by \(name): \(number($0))" }
        }
        return
            "noise multiplier \(number(report.noiseMultiplier)) for epsilon \(number(report.target.epsilon)) at delta "
            + "\(number(report.target.delta))\n\(both.joined(separator: "\n"))"
    }

    static func answers(_ answers: PrivacyVectors.Answers) -> String {
        var table = TextTable([.init("question"), .init("rdp", .right), .init("pld", .right)])
        for (id, answer) in answers.answers.sorted(by: { $0.key < $1.key }) {
            switch answer {
            case .accountants(let rdp, let pld): table.add([id, rdp.map(number) ?? "–", pld.map(number) ?? "–"])
            case .number(let value): table.add([id, number(value), ""])
            case .curve(let values): table.add([id, "\(values.count) orders", ""])
            }
        }
        return table.render() + "\n\(answers.answers.count) answered, \(answers.unanswered.count) not."
    }

    private static func number(_ value: Double) -> String {
        value.isFinite ? String(format: "%.6g", value) : "infinite"
    }
}
