internal import ConsiliumCore
internal import Privacy
internal import Synchronization

/// An empirical audit as the ledger knows it.
public struct RecordedAudit: Sendable {
    /// The row of the plan.
    public var head: LedgerHead
    public var plan: CanaryPlan
    /// `nil` until it was ended.
    public var result: CanaryResult?
}

extension PrivacyLedger {
    /// Fixes the audit of a job, on disk when this returns. Charges nothing: the canaries are patients of the job's rounds.
    ///
    /// - Throws: ``LedgerError`` `.replayed` if the job was planned or reserved before, `.invalidRequest` for a plan that proves
    ///   nothing, and the errors of writing.
    @discardableResult
    public func record(_ plan: CanaryPlan) throws -> LedgerHead {
        try state.withLock { state in
            if let fault = state.audits.fault(of: plan, isReserved: state.chargedByJob[plan.job] != nil) {
                throw LedgerError(
                    fault.code == .lateAuditPlan ? .replayed : .invalidRequest,
                    "The audit can't be planned: \(fault.message).")
            }
            try append(to: &state, clinic: state.clinic, scope: policy.scope, kind: .auditPlan) { $0.auditPlan = plan }
            return try head(of: state)
        }
    }

    /// Ends an audit: reveals the coins and records what was found, whatever it is.
    ///
    /// - Throws: ``LedgerError`` `.invalidRequest` if plan, opening or bound don't fit, and the errors of writing.
    @discardableResult
    public func record(_ result: CanaryResult) throws -> LedgerHead {
        try state.withLock { state in
            if let fault = state.audits.fault(of: result) {
                throw LedgerError(.invalidRequest, "The audit can't be ended: \(fault.message).")
            }
            try append(to: &state, clinic: state.clinic, scope: policy.scope, kind: .auditResult) {
                $0.auditResult = result
            }
            return try head(of: state)
        }
    }

    /// The audit of a job, if one was planned.
    public func audit(of job: String) -> RecordedAudit? {
        state.withLock { state in
            state.audits.plan(of: job).map { sequence, entry in
                RecordedAudit(
                    head: LedgerHead(sequence: sequence, hash: entry.hash), plan: entry.plan, result: entry.result)
            }
        }
    }

    private func head(of state: LedgerState) throws -> LedgerHead {
        guard let head = state.head else {
            throw LedgerError(.writeFailed, "The audit was not recorded. Train nothing.")
        }
        return head
    }
}
