internal import Foundation
internal import Privacy

/// What an audit of any number of ledgers found.
public struct AuditReport: Sendable, Codable {
    public var ledgers: [Ledger]
    /// True when no ledger has any violation.
    public var isClean: Bool

    public struct Ledger: Sendable, Codable {
        public var file: String
        /// Empty when the file could not be read.
        public var clinic: String
        public var scope: String
        public var rows: Int
        public var head: LedgerHead?
        /// The key that the rows are signed with, hexadecimal.
        public var publicKey: String?
        /// Recomputed from the rows' mechanisms; `nil` when there is no readable policy.
        public var budget: BudgetStatement?
        public var violations: [LedgerViolation]
    }

    /// One paragraph a ledger, for a person.
    public var statement: String {
        ledgers.map { ledger in
            var lines: [String] = []
            if let budget = ledger.budget {
                lines.append(
                    "Clinic \(budget.clinic), dataset \(budget.scope): \(ledger.rows) rows, all recomputed from "
                        + "the rows."
                )
                lines.append(
                    "  Epsilon \(Self.text(budget.spent)) spent and \(Self.text(budget.reserved)) reserved, by "
                        + "Rényi accounting, at delta \(budget.cap.delta), per \(budget.unit.rawValue), "
                        + "neighbours by \(budget.relation.rawValue)."
                )
                lines.append(
                    "  The filter charges \(Self.text(budget.charged)) of \(Self.text(budget.cap.epsilon)); "
                        + "\(Self.text(budget.left)) left."
                )
                for job in budget.jobs {
                    lines.append(
                        "  Job \(job.job): epsilon \(Self.text(job.epsilon)); \(job.committed) rounds committed, "
                            + "\(job.aborted) aborted, \(job.open) open."
                    )
                }
            } else {
                lines.append("\(ledger.file): no ledger could be read.")
            }
            if ledger.violations.isEmpty {
                lines.append("  Chain, signatures, order and budget are in order.")
            } else {
                lines.append("  \(ledger.violations.count) violation(s):")
                lines += ledger.violations.prefix(50).map { violation in
                    "  - \(violation.code.rawValue)\(violation.sequence.map { ", row \($0)" } ?? ""): "
                        + "\(violation.message)"
                }
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func text(_ value: Double) -> String { value.isFinite ? String(format: "%.3f", value) : "infinite" }
}
