public import ConsiliumCore
internal import Foundation
public import Privacy

/// What an audit of any number of ledgers found.
public struct AuditReport: Sendable, Codable {
    public var ledgers: [Ledger]
    /// Records of coordinators that the ledgers were held against.
    public var witnesses: [Witness] = []
    /// True when there is no violation anywhere.
    public var isClean: Bool

    /// The records of one coordinator.
    public struct Witness: Sendable, Codable {
        public var file: String
        public var updates: Int
        public var results: Int
        public var violations: [LedgerViolation]
        /// Clinics that took back their approval after they had taken part.
        public var withdrawals: [Withdrawal]

        public init(
            file: String, updates: Int, results: Int, violations: [LedgerViolation], withdrawals: [Withdrawal] = []
        ) {
            self.file = file
            self.updates = updates
            self.results = results
            self.violations = violations
            self.withdrawals = withdrawals
        }
    }

    /// What a clinic that left a job has touched, by the coordinator's records.
    public struct Withdrawal: Sendable, Codable, Equatable {
        public var job: String
        public var clinic: String
        /// Rounds whose average contains an update of it.
        public var rounds: [Int]
        /// What these rounds made, and what was made from that.
        public var adapters: [ContentHash]

        public init(job: String, clinic: String, rounds: [Int], adapters: [ContentHash]) {
            self.job = job
            self.clinic = clinic
            self.rounds = rounds
            self.adapters = adapters
        }

        public var text: String {
            "\(clinic) has left the job “\(job)”; its updates of round "
                + "\(rounds.map(String.init).joined(separator: ", ")) are in these adapters: "
                + adapters.map(\.hex).joined(separator: ", ")
        }
    }

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
        /// Epsilon by both accountants: of the whole dataset first, then of each job.
        public var accounts: [Account] = []
        /// The distinct mechanisms of all rows with their steps added up.
        public var mechanisms: [PrivacyEvent] = []
        /// How epsilon grew, reservation by reservation; of a long ledger an evenly spaced choice with the last one.
        public var history: [Point] = []
        /// Empirical audits with canary patients.
        public var audits: [EmpiricalFinding] = []
        public var violations: [LedgerViolation]

        // What receipts are held against; a report for scripts would only repeat the ledger.
        public internal(set) var releases: [Release] = []
        var hashes: [Int: ContentHash] = [:]

        private enum CodingKeys: String, CodingKey {
            case file, clinic, scope, rows, head, publicKey, budget, accounts, mechanisms, history, audits
            case violations
        }

        /// Whether the ledger has this very row.
        public func contains(_ head: LedgerHead) -> Bool { hashes[head.sequence] == head.hash }
    }

    /// What a dataset or one job of it costs, at the report's delta.
    public struct Account: Sendable, Codable {
        /// `nil` for the whole dataset.
        public var job: String?
        public var delta: Double
        /// Reservations, whatever became of them.
        public var rounds: Int
        public var open: Int
        /// The Rényi accountant's.
        @InfinityAsText public var rdp: Double
        /// The tight accountant's; `nil` if it was not asked for or does not know a mechanism.
        public var pld: PLDBound?
        /// The smaller of the two: what is reported.
        @InfinityAsText public var epsilon: Double
    }

    public struct Point: Sendable, Codable {
        public var sequence: Int
        public var job: String
        public var round: Int
        /// How many reservations there were up to here.
        public var count: Int
        /// By the Rényi accountant, of everything reserved up to here.
        @InfinityAsText public var epsilon: Double
    }

    /// A reservation and what became of it.
    public struct Release: Sendable {
        public var head: LedgerHead
        public var job: String
        public var round: Int
        public var attempt: Int
        public var planHash: ContentHash
        /// `nil` while it is open.
        public var outcome: LedgerRow.Kind?
        public var transcript: ContentHash?
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
