internal import Foundation
public import Privacy
internal import Synchronization

extension PrivacyLedger {
    /// Whether a remembered row is still in this ledger: its number and its hash, so also everything before it.
    ///
    /// `false` means that the file was replaced by an older copy or written anew since the row was seen.
    public func contains(_ head: LedgerHead) -> Bool {
        state.withLock { $0.hashes[head.sequence] == head.hash }
    }

    /// Refuses a ledger that lacks a remembered row, such as one restored from an older backup: what was spent after
    /// that backup would be spent a second time.
    ///
    /// - Parameter heads: rows that somebody else remembers: stored reservations (``ReservationID/head``), heads that
    ///   were sent or received.
    /// - Throws: ``LedgerError`` `.tampered`, naming the latest missing row.
    public func requireContains(_ heads: [LedgerHead]) throws {
        let missing = state.withLock { state in heads.filter { state.hashes[$0.sequence] != $0.hash } }
        guard let latest = missing.max(by: { $0.sequence < $1.sequence }) else { return }
        throw LedgerError(
            .tampered,
            "The ledger \(url.path) lacks row \(latest.sequence), which was seen before: it was replaced by an older "
                + "copy or written anew. Put the newest copy back; train nothing until “consilium-admin audit” with "
                + "that row as an expected head is clean.")
    }

    /// The number for the next attempt at a round: one more than the highest that was ever reserved, whatever became of
    /// it, and 0 if none was.
    public func nextAttempt(job: String, round: Int) -> Int {
        state.withLock { state in
            guard let highest = state.highestAttempts[LedgerState.Round(job: job, number: round)] else { return 0 }
            // The largest number there is stays: reserving it is then refused as a replay.
            return highest == .max ? highest : highest + 1
        }
    }

    /// Whether a whole job fits, after everything that was reserved so far. Reserves nothing: other jobs may take the
    /// budget before this one comes to it. As long as none does, each of the rounds will be admitted.
    ///
    /// - Parameters:
    ///   - rounds: how many rounds the job may take, at least 1.
    ///   - events: what one round charges.
    ///   - job: the job's id, if it may have reserved rounds already; they count towards `jobCap`.
    ///   - jobCap: the job's own cap; the stricter of it and the dataset's wins.
    /// - Returns: the numbers of the cap that refuses; of the dataset's if both or neither do. Its `spent` is what that
    ///   cap was charged so far.
    /// - Throws: ``LedgerError`` `.invalidRequest`; `PrivacyError` if an event itself is not acceptable.
    public func admits(
        rounds: Int, of events: [PrivacyEvent], job: String? = nil, jobCap: PrivacyBudget? = nil
    ) throws -> RDPFilter.Decision {
        guard rounds >= 1, !events.isEmpty else {
            throw LedgerError(.invalidRequest, "A plan needs at least one round and one event a round.")
        }
        try requireRelation(of: events)
        return try state.withLock { state in
            var cost = RDPCurve(orders: RDPFilter.orders)
            cost.add(try state.cost(events), steps: rounds)
            let dataset = try RDPFilter(cap: policy.cap).admits(spentCurve: state.charged, proposalCurve: cost)
            guard dataset.isAdmitted, let jobCap else { return dataset }
            let spent = job.flatMap { state.chargedByJob[$0] } ?? RDPCurve(orders: RDPFilter.orders)
            let own = try RDPFilter(cap: jobCap).admits(spentCurve: spent, proposalCurve: cost)
            return own.isAdmitted ? dataset : own
        }
    }
}
