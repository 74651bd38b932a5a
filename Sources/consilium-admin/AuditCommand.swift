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
    @Argument(
        help:
            "A ledger.sqlite, an exported .jsonl, a node's or the coordinator's folder, a coordinator.sqlite, or a folder of those."
    )
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
            Works offline. Hash chain, signatures, order and every byte of the files are checked, and epsilon is computed anew \
            from the mechanisms in the rows, by Rényi accounting and by privacy loss distributions. With an admin's folder the \
            ledgers must be of clinics on its roster and signed with the keys that it lists; without one a ledger is only held \
            against its own key.

            An older copy of a whole ledger looks fine by itself. It is found by those who remember a later row: give the \
            coordinator's folder too, and the clinics' whole folders where they are at hand, or single rows with \
            --expect-head. Ledgers and the coordinator's records are then held against each other in both directions.

            Where a training was audited with canary patients, the lower bound that they show is held against the epsilon that the \
            ledger claims: a bound above the claim is a violation.

            Exit code 1 on any violation, 65 for a file that is no ledger, 74 for a missing one.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var ledgers: LedgerOptions

    @Option(
        help: ArgumentHelp(
            "Also bound epsilon for a patient who may be in the data of this many clinics.", valueName: "m"))
    var maxClinicsPerPatient: Int?

    @Option(
        help: ArgumentHelp(
            "Also write a page for the privacy officer (.html), or only its picture (.svg).", valueName: "file"))
    var statement: String?

    func validate() throws {
        if let statement, !statement.hasSuffix(".html"), !statement.hasSuffix(".svg") {
            throw ValidationError("--statement needs a file that ends in .html or .svg.")
        }
    }

    func run(_ output: Output) async throws {
        var (audit, hasRoster) = try await ledgers.audit()
        audit.isTight = true
        let report = try audit.run(ledgers.urls())
        let shared = try maxClinicsPerPatient.flatMap {
            try SharedPatients(report, clinics: $0, delta: ledgers.delta)
        }
        let document = audit.document(report, sharedPatients: shared)
        if let statement {
            let page = PrivacyStatement(report, document: document, date: Date())
            let text = statement.hasSuffix(".svg") ? page.svg() : page.html()
            try DurableFile.write(Data(text.utf8), to: URL(fileURLWithPath: statement), permissions: 0o644)
        }
        if !hasRoster {
            output.note("No roster was found (--home): ledgers are held against the keys that they name themselves.")
        }
        try output.finish(document) { text(report, audit, shared) }
        if report.hasUnreadableFile { throw ReportedFailure(.badData) }
        if !report.isClean { throw ReportedFailure(.violation) }
    }

    private func text(_ report: AuditReport, _ audit: OfflineAudit, _ shared: SharedPatients?) -> String {
        var table = TextTable([
            .init("clinic"), .init("rows", .right), .init("chain"), .init("signed"), .init("key from"),
            .init("epsilon", .right), .init("Rényi", .right), .init("PLD", .right), .init("cap", .right),
            .init("left", .right), .init("open", .right), .init("budget"),
        ])
        for ledger in report.ledgers {
            let budget = ledger.budget, account = ledger.accounts.first
            table.add([
                ledger.clinic.isEmpty ? ledger.file : ledger.clinic, "\(ledger.rows)",
                ledger.isChainIntact ? "ok" : "BROKEN",
                ledger.isSigned ? "ok" : "WRONG", audit.keySource(of: ledger).rawValue,
                account.map { LedgerText.epsilon($0.epsilon) } ?? "–",
                account.map { LedgerText.epsilon($0.rdp) } ?? "–",
                account?.pld.map { LedgerText.epsilon($0.epsilon) } ?? "–",
                budget.map { LedgerText.epsilon($0.cap.epsilon) } ?? "–",
                budget.map { LedgerText.epsilon($0.left) } ?? "–", account.map { "\($0.open)" } ?? "–",
                ledger.isWithinBudget ? "kept" : "VIOLATED",
            ])
        }
        var parts = [table.render()]
        if let budget = report.ledgers.compactMap(\.budget).first {
            parts.append(
                "Epsilon per \(budget.unit.rawValue) at delta \(ledgers.delta ?? budget.cap.delta), recomputed from the rows by two "
                    + "accountants; the smaller one counts.\n"
                    + "Left is what the enforcing filter still allows; it charges somewhat more than was spent. Open rounds count "
                    + "as spent.")
        }
        if report.ledgers.contains(where: { $0.accounts.count > 2 }) { parts.append(jobs(report)) }
        let audits = report.ledgers.flatMap { ledger in ledger.audits.map { "  \(ledger.clinic), \($0.text)" } }
        if !audits.isEmpty {
            parts.append("Empirical audits with canary patients:\n" + audits.joined(separator: "\n"))
        }
        if let shared {
            parts.append(
                "A patient of one clinic: epsilon at most \(LedgerText.epsilon(shared.single)). A patient of \(shared.clinics) "
                    + "clinics: at most \(LedgerText.epsilon(shared.multiple)) (delta \(shared.delta)).")
        }
        for witness in report.witnesses {
            parts.append(
                "Held against \(witness.file): \(witness.updates) updates, \(witness.results) results"
                    + (witness.violations.isEmpty
                        ? "; both sides agree."
                        : ".\n"
                            + witness.violations.prefix(20).map { "  - \($0.message) (\($0.code.rawValue))" }
                            .joined(separator: "\n")))
        }
        let withdrawals = report.witnesses.flatMap(\.withdrawals).map { "  - \($0.text)" }
        if !withdrawals.isEmpty {
            parts.append("Approvals taken back after taking part:\n" + withdrawals.joined(separator: "\n"))
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

extension AuditCommand {
    private func jobs(_ report: AuditReport) -> String {
        var table = TextTable([
            .init("clinic"), .init("job"), .init("rounds", .right), .init("open", .right), .init("epsilon", .right),
        ])
        for ledger in report.ledgers {
            for account in ledger.accounts where account.job != nil {
                table.add([
                    ledger.clinic, account.job ?? "", "\(account.rounds)", "\(account.open)",
                    LedgerText.epsilon(account.epsilon),
                ])
            }
        }
        return table.render()
    }
}

enum LedgerText {
    static func epsilon(_ value: Double) -> String { value.isFinite ? Quantity.fixed(value, 3) : "infinite" }
}
