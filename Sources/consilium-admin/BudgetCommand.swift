internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Foundation
internal import Ledger
internal import Privacy

struct BudgetCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "budget", abstract: "Show per clinic, job and unit what is spent, reserved and left.",
        discussion: """
            Reads ledgers like audit does, and refuses to add up one with violations. Without paths, those in the admin's \
            folder under ledgers/ are read: put the clinics' exports there.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var ledgers: LedgerOptions

    private struct Result: Encodable {
        let budgets: [BudgetStatement]
        let violations: [String: Int]
    }

    func run(_ output: Output) async throws {
        var urls = try ledgers.urls()
        if urls.isEmpty { urls = [ledgers.home.adminHome.ledgersFolder] }
        let report = try await ledgers.audit().audit.run(urls)
        let bad = report.ledgers.filter { !$0.violations.isEmpty }
        let result = Result(
            budgets: report.ledgers.filter(\.violations.isEmpty).compactMap(\.budget),
            violations: Dictionary(
                bad.map { ($0.clinic.isEmpty ? $0.file : $0.clinic, $0.violations.count) }, uniquingKeysWith: +))
        for (name, count) in result.violations.sorted(by: { $0.key < $1.key }) {
            output.warn("\(name): \(count) violations, so its figures are not shown. Run “consilium-admin audit”.")
        }
        try output.finish(result) { text(result.budgets) }
        if report.hasUnreadableFile { throw ReportedFailure(.badData) }
        if !report.isClean { throw ReportedFailure(.violation) }
    }

    private func text(_ budgets: [BudgetStatement]) -> String {
        guard !budgets.isEmpty else { return "No ledger could be added up." }
        var table = TextTable([
            .init("clinic"), .init("job"), .init("unit"), .init("spent", .right), .init("reserved", .right),
            .init("left", .right), .init("rounds left", .right),
        ])
        for budget in budgets {
            table.add([
                budget.clinic, "all", budget.unit.rawValue, LedgerText.epsilon(budget.spent),
                LedgerText.epsilon(budget.reserved),
                LedgerText.epsilon(budget.left), "",
            ])
            for job in budget.jobs {
                table.add([
                    "", job.job, "", LedgerText.epsilon(job.epsilon), "\(job.open) open", "", "\(job.roundsLeft)",
                ])
            }
        }
        return table.render()
    }
}
