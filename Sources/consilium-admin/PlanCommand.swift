internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Foundation
internal import Ledger
internal import Privacy

struct PlanCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what further rounds would cost, before anyone trains them.",
        discussion: """
            Gaussian noise on Poisson samples of patients. With a ledger the rounds come after all that it has reserved, and its \
            own cap holds unless --cap names another; without one the plan starts from nothing. Prints epsilon after each \
            round, how many rounds the enforcing filter admits, and the noise with which all planned ones would fit.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(help: "A ledger.sqlite, an exported .jsonl or a node's folder; none for a plan from nothing.")
    var ledger: String?

    @Option(help: ArgumentHelp("The most that may be spent (default: the ledger's cap).", valueName: "e"))
    var cap: Double?

    @Option(help: ArgumentHelp("At this delta (default: the ledger's).", valueName: "d"))
    var delta: Double?

    @Option(help: ArgumentHelp("The probability with which each patient is in a step, up to 1.", valueName: "q"))
    var samplingRate: Double

    @Option(help: ArgumentHelp("Noise in multiples of the clip norm.", valueName: "z"))
    var noiseMultiplier: Double

    @Option(help: ArgumentHelp("Steps of one round.", valueName: "t"))
    var stepsPerRound: Int

    @Option(help: ArgumentHelp("How many rounds.", valueName: "n"))
    var rounds: Int = 10

    @Option(help: ArgumentHelp("Also write epsilon against rounds as a picture.", valueName: "file.svg"))
    var picture: String?

    func validate() throws {
        if ledger == nil, cap == nil || delta == nil {
            throw ValidationError("Name a ledger, or give --cap and --delta, such as --cap 8 --delta 1e-5.")
        }
    }

    func run(_ output: Output) async throws {
        var spent: [PrivacyEvent] = []
        var budget: PrivacyBudget?
        if let ledger {
            let report = try OfflineAudit().run([URL(fileURLWithPath: ledger)])
            guard report.isClean, let first = report.ledgers.first, report.ledgers.count == 1 else {
                throw AdminError(
                    report.ledgers.count > 1 ? .invalidOption : .violationsFound,
                    report.ledgers.count > 1
                        ? "A plan is made for one ledger; \(ledger) holds \(report.ledgers.count). Name one of them."
                        : "The ledger does not verify, so nothing is planned on it. Run “consilium-admin audit” on it.")
            }
            spent = first.mechanisms
            budget = first.budget?.cap
        }
        guard let epsilon = cap ?? budget?.epsilon, let delta = delta ?? budget?.delta else {
            throw AdminError(.invalidOption, "Give --cap and --delta, such as --cap 8 --delta 1e-5.")
        }
        let plan = try BudgetPlan(
            .init(
                samplingRate: samplingRate, noiseMultiplier: noiseMultiplier, stepsPerRound: stepsPerRound,
                rounds: rounds), after: spent, cap: PrivacyBudget(epsilon: epsilon, delta: delta))
        if let picture {
            try DurableFile.write(Data(plan.svg().utf8), to: URL(fileURLWithPath: picture), permissions: 0o644)
        }
        try output.finish(plan) { text(plan) }
    }

    private func text(_ plan: BudgetPlan) -> String {
        var table = TextTable([
            .init("round", .right), .init("epsilon", .right), .init("Rényi", .right), .init("PLD", .right),
            .init("charged", .right), .init("cap", .right), .init("fits"),
        ])
        for row in plan.rounds {
            table.add([
                "\(row.round)", LedgerText.epsilon(row.epsilon), LedgerText.epsilon(row.rdp),
                row.pld.map(LedgerText.epsilon) ?? "–", LedgerText.epsilon(row.charged),
                LedgerText.epsilon(plan.cap.epsilon), row.fits ? "yes" : "no",
            ])
        }
        var lines = [table.render(), ""]
        if plan.chargedBefore > 0 {
            lines.append("Before the first of these rounds \(LedgerText.epsilon(plan.chargedBefore)) was charged.")
        }
        lines.append(
            "Epsilon at delta \(plan.cap.delta). The filter that enforces the cap counts what is charged; \(plan.roundsThatFit) "
                + "such \(plan.roundsThatFit == 1 ? "round fits" : "rounds fit").")
        if plan.roundsThatFit < plan.question.rounds {
            lines.append(
                plan.noiseNeeded.map {
                    "All \(plan.question.rounds) fit with a noise multiplier of \(Quantity.fixed(($0 * 1000).rounded(.up) / 1000, 3))."
                } ?? "No amount of noise makes all \(plan.question.rounds) fit.")
        } else if let needed = plan.noiseNeeded, needed < plan.question.noiseMultiplier {
            lines.append(
                "They would also fit with a noise multiplier of \(Quantity.fixed((needed * 1000).rounded(.up) / 1000, 3))."
            )
        }
        return lines.joined(separator: "\n")
    }
}
