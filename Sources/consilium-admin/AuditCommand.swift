internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Foundation
internal import Identity
internal import Ledger
internal import Privacy

/// Paths of ledgers, and what to hold them against.
struct LedgerOptions: ParsableArguments {
    @Argument(help: "A ledger.sqlite, an exported .jsonl, a node's folder, or a folder of those.")
    var paths: [String] = []

    @OptionGroup var home: HomeOptions

    @Option(help: ArgumentHelp("Report epsilon at this delta instead of each ledger's own.", valueName: "d"))
    var delta: Double?

    @Option(
        help: ArgumentHelp(
            "A row that others remember: a ledger without it was rolled back. Repeat it as needed.",
            valueName: "clinic:seq:hash"))
    var expectHead: [String] = []

    /// The audit, and whether keys were taken from a roster.
    func audit() async throws -> (audit: OfflineAudit, hasRoster: Bool) {
        var audit = OfflineAudit()
        audit.delta = delta
        for head in expectHead { try audit.expectHead(head) }
        let home = home.adminHome
        let hasRoster = FileManager.default.fileExists(atPath: home.rosterFile.path)
        if hasRoster { try await audit.trust(home.roster(at: Date()).roster) }
        return (audit, hasRoster)
    }

    func urls() throws -> [URL] { paths.map { URL(fileURLWithPath: $0) } }
}

struct AuditCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Prove from ledgers alone how much privacy budget each clinic has spent.",
        discussion: """
            Works offline. Hash chain, signatures and order are checked, and epsilon is computed anew from the mechanisms in \
            the rows. With an admin's folder the ledgers must be of clinics on its roster and signed with the keys that it \
            lists; without one a ledger is only held against its own key. Exit code 1 on any violation, 65 for a file that is \
            no ledger, 74 for a missing one.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var ledgers: LedgerOptions

    func run(_ output: Output) async throws {
        let (audit, hasRoster) = try await ledgers.audit()
        let report = try audit.run(ledgers.urls())
        if !hasRoster {
            output.note("No roster was found (--home): ledgers are held against the keys that they name themselves.")
        }
        try output.finish(audit.document(report)) { text(report, audit) }
        if report.hasUnreadableFile { throw ReportedFailure(.badData) }
        if !report.isClean { throw ReportedFailure(.violation) }
    }

    private func text(_ report: AuditReport, _ audit: OfflineAudit) -> String {
        var table = TextTable([
            .init("clinic"), .init("rows", .right), .init("chain"), .init("signed"), .init("key from"),
            .init("epsilon", .right), .init("cap", .right), .init("left", .right), .init("budget"),
        ])
        for ledger in report.ledgers {
            let budget = ledger.budget
            table.add([
                ledger.clinic.isEmpty ? ledger.file : ledger.clinic, "\(ledger.rows)",
                ledger.isChainIntact ? "ok" : "BROKEN",
                ledger.isSigned ? "ok" : "WRONG", audit.keySource(of: ledger).rawValue,
                budget.map { LedgerText.epsilon($0.spent + $0.reserved) } ?? "–",
                budget.map { LedgerText.epsilon($0.cap.epsilon) } ?? "–",
                budget.map { LedgerText.epsilon($0.left) } ?? "–",
                ledger.isWithinBudget ? "kept" : "VIOLATED",
            ])
        }
        var parts = [table.render()]
        if let budget = report.ledgers.compactMap(\.budget).first {
            parts.append(
                "Epsilon per \(budget.unit.rawValue) at delta \(ledgers.delta ?? budget.cap.delta), recomputed from the rows "
                    + "(Rényi accounting).\n"
                    + "Left is what the enforcing filter still allows; it charges somewhat more than was spent.")
        }
        for ledger in report.ledgers where !ledger.violations.isEmpty {
            let lines = ledger.violations.prefix(20).map { violation in
                "  - \(violation.sequence.map { "row \($0): " } ?? "")\(violation.message) (\(violation.code.rawValue))"
            }
            let more = ledger.violations.count > 20 ? "\n  … and \(ledger.violations.count - 20) more" : ""
            parts.append(
                "\(ledger.clinic.isEmpty ? ledger.file : ledger.clinic):\n\(lines.joined(separator: "\n"))\(more)")
        }
        parts.append(report.verdict)
        return parts.joined(separator: "\n\n")
    }
}

enum LedgerText {
    static func epsilon(_ value: Double) -> String { value.isFinite ? Quantity.fixed(value, 3) : "infinite" }
}
