internal import ConsiliumCore
public import Foundation
public import Ledger
internal import Privacy

/// One page for a privacy officer: what was checked, what was spent, and whether all of it is in order.
///
/// Self-contained: no scripts, no outside resources. Everything on it is recomputed from the ledgers.
public struct PrivacyStatement: Sendable {
    private let report: AuditReport
    private let document: AuditDocument
    private let date: Date

    public init(_ report: AuditReport, document: AuditDocument, date: Date) {
        self.report = report
        self.document = document
        self.date = date
    }

    /// Epsilon against rounds for each clinic.
    public func svg() -> String {
        let budgets = report.ledgers.compactMap(\.budget)
        let caps = Set(budgets.map(\.cap.epsilon))
        let lines = report.ledgers.filter { $0.budget != nil }.map { ledger in
            BudgetPicture.Line(
                name: report.ledgers.filter { $0.clinic == ledger.clinic }.count > 1
                    ? "\(ledger.clinic) / \(ledger.scope)" : ledger.clinic,
                points: ledger.history.map { (Double($0.count), $0.epsilon) })
        }
        let delta = report.ledgers.compactMap(\.accounts.first?.delta).first
        return BudgetPicture(
            lines: lines, cap: caps.count == 1 ? caps.first : nil, title: "Privacy budget spent, round by round",
            yTitle: "epsilon, Rényi accounting" + (delta.map { " (at delta \(MarkupText.number($0)))" } ?? "")
        ).svg()
    }

    public func html() -> String {
        let verdict = report.isClean ? "In order" : "Not in order"
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Privacy statement</title>
            <style>\(Self.style)</style></head><body><main>
            <header><h1>Privacy statement</h1>
            <p class="verdict \(report.isClean ? "good" : "bad")">\(verdict)</p></header>
            <p class="lead">\(lead.htmlEscaped)</p>
            <h2>Budget</h2>
            \(budgetTable)
            \(svg())
            <h2>Jobs</h2>
            \(jobTable)
            \(shared)
            \(audits)
            <h2>What was checked</h2>
            \(checks)
            \(violations)
            <h2>How to read this</h2>
            \(Self.explanation)
            <footer>Made \(date.ISO8601Format()) by “consilium-admin audit” from the ledgers named above. Run the same command
            on the same files to check every figure.</footer>
            </main></body></html>

            """
    }

    private var lead: String {
        let ledgers = report.ledgers.count
        let rows = report.ledgers.reduce(0) { $0 + $1.rows }
        let clinics = Set(report.ledgers.map(\.clinic)).count
        return
            "\(ledgers) \(ledgers == 1 ? "ledger" : "ledgers") of \(clinics) \(clinics == 1 ? "clinic" : "clinics"), "
            + "\(rows) signed rows. " + report.verdict
    }

    private var budgetTable: String {
        let head = MarkupText.row(
            ["Clinic", "Dataset", "Protects", "Spent ε", "Reserved ε", "Cap ε", "Left ε", "δ"], tag: "th",
            numbersFrom: 3)
        let rows = report.ledgers.map { ledger -> String in
            guard let budget = ledger.budget else {
                return MarkupText.row([ledger.file.htmlEscaped, "could not be read", "", "", "", "", "", ""])
            }
            let unit =
                "a \(budget.unit.rawValue), \(budget.relation.rawValue == "add_remove" ? "present or absent" : "replaced")"
            return MarkupText.row(
                [
                    budget.clinic.htmlEscaped, budget.scope.htmlEscaped, unit,
                    MarkupText.epsilon(ledger.accounts.first?.epsilon ?? budget.spent),
                    MarkupText.epsilon(budget.reserved), MarkupText.number(budget.cap.epsilon),
                    MarkupText.epsilon(budget.left),
                    MarkupText.number(ledger.accounts.first?.delta ?? budget.cap.delta),
                ], numbersFrom: 3)
        }
        return "<table>\(head)\(rows.joined())</table>"
    }

    private var jobTable: String {
        let head = MarkupText.row(
            ["Clinic", "Job", "Rounds", "Open", "ε (Rényi)", "ε (PLD)", "ε reported"], tag: "th", numbersFrom: 2)
        let rows = report.ledgers.flatMap { ledger in
            ledger.accounts.filter { $0.job != nil }.map { account in
                MarkupText.row(
                    [
                        ledger.clinic.htmlEscaped, (account.job ?? "").htmlEscaped, "\(account.rounds)",
                        "\(account.open)", MarkupText.epsilon(account.rdp),
                        account.pld.map { MarkupText.epsilon($0.epsilon) } ?? "–", MarkupText.epsilon(account.epsilon),
                    ], numbersFrom: 2)
            }
        }
        guard !rows.isEmpty else { return "<p>No round was reserved yet.</p>" }
        return "<table>\(head)\(rows.joined())</table>"
    }

    private var shared: String {
        guard let shared = document.sharedPatients else { return "" }
        return """
            <h2>Patients of several clinics</h2>
            <p>A patient of one clinic: ε at most <b>\(MarkupText.epsilon(shared.single))</b>. A patient of \(shared.clinics) \
            clinics: ε at most <b>\(MarkupText.epsilon(shared.multiple))</b> (δ \(MarkupText.number(shared.delta)), Rényi \
            accounting over the \(shared.clinics) largest ledgers).</p>
            """
    }

    private var audits: String {
        let rows = report.ledgers.flatMap { ledger in
            ledger.audits.map { found in
                MarkupText.row(
                    [
                        ledger.clinic.htmlEscaped, found.job.htmlEscaped,
                        "\(found.plan.audit.canaries)", MarkupText.epsilon(found.claimed),
                        found.outcome.map { MarkupText.epsilon($0.lowerBound) } ?? "–",
                        MarkupText.epsilon(found.ceiling),
                        found.outcome.map { String(format: "%.1f", $0.exposure) } ?? "–", found.verdict.rawValue,
                    ], numbersFrom: 2)
            }
        }
        guard !rows.isEmpty else { return "" }
        let head = MarkupText.row(
            ["Clinic", "Job", "Canaries", "ε claimed", "ε at least", "could show", "Exposure", "Verdict"], tag: "th",
            numbersFrom: 2)
        return """
            <h2>Empirical audits</h2>
            <table>\(head)\(rows.joined())</table>
            <p>Synthetic patients, fixed in the ledger before the training, were tried to be told apart afterwards. What was found
            bounds ε from below (95 % confidence). A bound above the claim means that noise, clipping or sampling are not what the
            ledger says; one below it proves nothing.</p>
            """
    }

    private var checks: String {
        var items = document.ledgers.map { entry in
            let ledger = entry.ledger
            let key =
                entry.keySource == .roster
                ? "the key on the consortium's roster" : "the key that the ledger itself names"
            return "<li><b>\((ledger.clinic.isEmpty ? ledger.file : ledger.clinic).htmlEscaped)</b>: chain "
                + "\(ledger.isChainIntact ? "unbroken" : "<b>broken</b>"), signatures "
                + "\(ledger.isSigned ? "right" : "<b>wrong</b>") (by \(key)), budget "
                + "\(ledger.isWithinBudget ? "kept" : "<b>violated</b>")"
                + (ledger.head.map { ". Last row \($0.sequence), <code>\($0.hash.hex.prefix(16))…</code>" } ?? "")
                + "</li>"
        }
        items += report.witnesses.map { witness in
            "<li>The coordinator's records (\(witness.file.htmlEscaped)): \(witness.updates) updates and "
                + "\(witness.results) signed results, held against the ledgers in both directions.</li>"
        }
        items += report.witnesses.flatMap(\.withdrawals).map { "<li>\(($0.text).htmlEscaped).</li>" }
        if report.witnesses.isEmpty {
            items.append(
                "<li>No records of the coordinator were given: an older copy of a whole clinic's disk would not be noticed.</li>"
            )
        }
        return "<ul>\(items.joined(separator: "\n"))</ul>"
    }

    private var violations: String {
        let found =
            report.ledgers.map { ($0.clinic.isEmpty ? $0.file : $0.clinic, $0.violations) }
            + report.witnesses.map { ($0.file, $0.violations) }
        let lines = found.flatMap { name, violations in
            violations.prefix(12).map { violation in
                "<li><b>\(name.htmlEscaped)</b>\(violation.sequence.map { ", row \($0)" } ?? ""): "
                    + "\(violation.message.htmlEscaped) <code>\(violation.code.rawValue)</code></li>"
            }
        }
        return lines.isEmpty ? "" : "<h2>Violations</h2><ul class=\"bad\">\(lines.joined(separator: "\n"))</ul>"
    }

    private static let explanation = """
        <p>Epsilon (ε) bounds how much anyone who sees the trained model, or every message that left a clinic, can learn about
        whether one person was in the data; δ is the chance that the bound does not hold. Smaller is safer: at ε = 0 nothing can
        be learned, and each unit multiplies the odds that an observer can reach by about 2.7. A round that was reserved counts
        as spent, whether or not it was finished. Both accountants give upper bounds; the smaller one is reported. What is
        “left” is what the enforcing filter still admits, which counts a little more strictly.</p>
        """

    private static let style = """
        :root{color-scheme:light}*{box-sizing:border-box}
        body{margin:0;background:#f4f5f7;color:#1c1f23;font:15px/1.5 system-ui,"Helvetica Neue",Arial,sans-serif}
        main{max-width:820px;margin:24px auto;background:#fff;padding:36px 44px;border:1px solid #e1e4e8;border-radius:8px}
        header{display:flex;justify-content:space-between;align-items:center;border-bottom:2px solid #1c1f23;padding-bottom:8px}
        h1{font-size:26px;margin:0}h2{font-size:16px;margin:26px 0 8px}p{margin:8px 0}
        .lead{font-size:16px}.verdict{font-weight:700;padding:4px 14px;border-radius:16px;margin:0}
        .good{background:#e3f4e8;color:#0b6b2e}.verdict.bad{background:#fbe4e6;color:#a3001b}ul.bad li{color:#a3001b}
        table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px}
        th{text-align:left;font-weight:600;border-bottom:1px solid #9aa1a9}td{border-bottom:1px solid #e7e9ec}
        th,td{padding:5px 8px 5px 0;vertical-align:top}.n{text-align:right;padding-right:0;padding-left:8px;white-space:nowrap}
        svg{display:block;width:100%;height:auto;margin:18px 0 4px}code{font-size:12px;color:#57606a}ul{padding-left:20px;margin:6px 0}
        footer{margin-top:24px;padding-top:10px;border-top:1px solid #e1e4e8;color:#57606a;font-size:12px}
        @media print{body{background:#fff;font-size:11px}main{border:0;margin:0;padding:0;max-width:none}
        h2{margin:12px 0 4px}h2,table,svg{break-inside:avoid}svg{max-height:7cm}@page{size:A4;margin:14mm}}
        """
}
