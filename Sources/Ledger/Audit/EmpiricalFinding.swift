internal import ConsiliumCore
internal import Foundation
public import Privacy

/// What the empirical audit of one job says about the epsilon that the ledger claims.
public struct EmpiricalFinding: Sendable, Codable {
    public enum Verdict: String, Sendable, Codable {
        /// Planned, and not ended: the job still runs, or somebody keeps the result back.
        case open
        /// The lower bound is not above the claim. That is no proof that the claim is true.
        case consistent
        /// The lower bound is above the claim: noise, clipping or sampling are not what the ledger says.
        case refuted
    }

    public var job: String
    /// The row of the plan.
    public var sequence: Int
    public var plan: CanaryPlan
    /// The job's epsilon at the audit's delta, recomputed from the rows before the result: what the audit tries to refute.
    @InfinityAsText public var claimed: Double
    /// The largest bound that so many guesses can show.
    public var ceiling: Double
    public var outcome: CanaryOutcome?
    public var verdict: Verdict
    /// For comparisons with the files that the result names.
    public var result: CanaryResult?
    /// Whether the guesses were counted again from canaries and scores.
    public var isRecounted = false

    /// One line for a person.
    public var text: String {
        let audit = plan.audit
        let setting =
            "\(job): \(audit.canaries) canaries, \(audit.guesses) guesses by \(plan.score.rawValue), "
            + "claimed epsilon \(claimed.isFinite ? String(format: "%.3f", claimed) : "infinite") at delta \(audit.delta)"
        guard let outcome else { return "\(setting); not scored yet." }
        let confidence = String(format: "%.0f %%", 100 * (1 - audit.errorRate))
        let found = String(
            format: "; %d right, epsilon at least %.3f (%@ confidence, at most %.2f could be shown), "
                + "exposure %.1f of %.1f bits, %.0f %% found at 1 %% false positives: ",
            outcome.correct, outcome.lowerBound, confidence, ceiling, outcome.exposure, outcome.exposureCeiling,
            100 * outcome.truePositiveRate)
        return setting + found
            + (verdict == .refuted ? "the claim is REFUTED." : "nothing speaks against the claim.")
    }
}

extension EmpiricalFinding {
    /// All audits of a ledger, in the order of their plans.
    ///
    /// - Parameter isTight: hold the bound against the smaller of both accountants' epsilons.
    static func all(in state: LedgerState, isTight: Bool) -> [EmpiricalFinding] {
        state.audits.entries.sorted { $0.key < $1.key }.map { sequence, entry in
            var tally = EventTally()
            // What is reserved after the result was not what it looked at.
            for (row, reservation) in state.reservations
            where reservation.key.job == entry.plan.job && row < entry.resultSequence ?? .max {
                for event in reservation.events { tally.add(event) }
            }
            let delta = entry.plan.audit.delta
            var claimed = tally.epsilon(delta: delta)
            if isTight, claimed.isFinite, let bound = try? PLDAccountant(tally.events).epsilon(delta: delta) {
                claimed = min(claimed, bound.epsilon)
            }
            var verdict = Verdict.open
            if let result = entry.result {
                verdict = result.outcome.lowerBound > claimed ? .refuted : .consistent
            }
            return EmpiricalFinding(
                job: entry.plan.job, sequence: sequence, plan: entry.plan, claimed: claimed,
                ceiling: entry.plan.audit.ceiling, outcome: entry.result?.outcome, verdict: verdict,
                result: entry.result)
        }
    }
}
