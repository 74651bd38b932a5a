internal import ConsiliumCore
internal import Foundation
internal import Privacy

/// The empirical audits of a ledger, and what may not be so about them.
struct CanaryAudits: Sendable {
    struct Entry: Sendable {
        var plan: CanaryPlan
        var hash: ContentHash
        var result: CanaryResult?
        /// The row of the result.
        var resultSequence: Int?
    }

    /// What is wrong with a row: without a full stop.
    struct Fault: Error {
        var code: LedgerViolation.Code
        var message: String
    }

    /// By the sequence number of the plan.
    private(set) var entries: [Int: Entry] = [:]

    func plan(of job: String) -> (sequence: Int, entry: Entry)? {
        entries.filter { $0.value.plan.job == job }.min { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// - Parameter isReserved: whether the job has reserved anything yet. Coins that are drawn afterwards say nothing.
    func fault(of plan: CanaryPlan, isReserved: Bool) -> Fault? {
        if plan.job.isEmpty || plan.reports < 1 || plan.tokens < 1 || plan.rule != CanaryPlan.standardRule
            || plan.audit.canaries < OneRunAudit.fewestCanaries
        {
            return Fault(code: .wrongAudit, message: "the audit's plan is not one that this program makes")
        }
        if self.plan(of: plan.job) != nil {
            return Fault(
                code: .lateAuditPlan,
                message: "the job's audit was planned before: of two plans the better one could be chosen")
        }
        if isReserved {
            return Fault(
                code: .lateAuditPlan, message: "the audit was planned after training of the job had been reserved")
        }
        return nil
    }

    func fault(of result: CanaryResult) -> Fault? {
        guard let entry = entries[result.plan] else {
            return Fault(code: .wrongAudit, message: "row \(result.plan), whose audit it ends, is no plan of an audit")
        }
        if entry.result != nil {
            return Fault(code: .wrongAudit, message: "the audit of row \(result.plan) was ended before")
        }
        guard (try? result.opening.commitment) == entry.plan.commitment,
            result.opening.included(count: entry.plan.audit.canaries) != nil
        else {
            return Fault(
                code: .wrongAudit,
                message: "canaries and coins are not those that row \(result.plan) fixed before the training")
        }
        let bound = entry.plan.audit.lowerBound(correct: result.outcome.correct)
        let isCount = (0...entry.plan.audit.guesses).contains(result.outcome.correct)
        if !isCount || !(abs(bound - result.outcome.lowerBound) <= 1e-6 * max(1, bound)) {
            return Fault(
                code: .wrongAudit,
                message: "the row records a bound that \(result.outcome.correct) right guesses don't show")
        }
        return nil
    }

    mutating func add(_ plan: CanaryPlan, _ sequence: Int, _ hash: ContentHash) {
        entries[sequence] = Entry(plan: plan, hash: hash)
    }

    mutating func add(_ result: CanaryResult, _ sequence: Int) {
        guard entries[result.plan]?.result == nil else { return }
        entries[result.plan]?.result = result
        entries[result.plan]?.resultSequence = sequence
    }
}
