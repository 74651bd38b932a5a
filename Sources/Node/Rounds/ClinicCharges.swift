internal import ConsiliumCore
internal import Crypto
internal import Federation
internal import Foundation
internal import Ledger
internal import Privacy
internal import Synchronization

/// What jobs with noise for whole clinics cost this clinic: a ledger of its own, because its unit is another one.
///
/// It is made when the first such job is approved, and opened when a round first needs it; all jobs of a process share it.
final class ClinicCharges: Sendable {
    private let services: NodeServices
    private let opened = Mutex<PrivacyLedger?>(nil)

    init(_ services: NodeServices) { self.services = services }

    /// - Throws: ``NodeError`` `.privacyStateMissing` if the file is gone, or is older than what rounds of this node relied on:
    ///   `LedgerError` `.rolledBack`.
    private func ledger() throws -> PrivacyLedger {
        try opened.withLock { opened in
            if let opened { return opened }
            let ledger = try services.clinicLedger()
            try ledger.requireContains(try services.store.rememberedLedgerHeads(of: .clinic))
            opened = ledger
            return ledger
        }
    }

    /// Sets aside what one noisy update costs, before there is one. `nil` for a job without this layer.
    ///
    /// Noise that a crash left unsent stays charged: its successor is another release of the same update.
    /// - Returns: the reservation as the node's state keeps it.
    func reserve(_ job: JobManifest, hash: ContentHash, round: Int) throws -> String? {
        guard let privacy = job.clinicPrivacy else { return nil }
        let ledger = try ledger()
        try abort(job, round: round, reason: .trainingFailed)
        let id = try ledger.reserve(
            ReservationRequest(
                job: job.id.rawValue, planHash: hash, round: round,
                attempt: ledger.nextAttempt(job: job.id.rawValue, round: round), events: [privacy.roundEvent],
                clipNorm: job.aggregation.updateClipNorm,
                jobCap: PrivacyBudget(epsilon: privacy.epsilon, delta: privacy.delta), software: NodeVersion.current))
        return id.head.text
    }

    /// Records that the update of a round was accepted. The charge stays as it is.
    func commit(_ job: JobManifest, round: Int, transcript: ContentHash) throws {
        guard job.clinicPrivacy != nil else { return }
        for open in try open(job, round: round) { try ledger().commit(open.id, transcript: transcript) }
    }

    /// Records that no update of a round will be used. The charge stays as it is.
    func abort(_ job: JobManifest, round: Int, reason: PrivacyLedger.AbortReason) throws {
        guard job.clinicPrivacy != nil else { return }
        for open in try open(job, round: round) { try ledger().abort(open.id, reason: reason) }
    }

    private func open(_ job: JobManifest, round: Int) throws -> [OpenReservation] {
        try ledger().openReservations.filter { $0.job == job.id.rawValue && $0.round == round }
    }
}

extension ClinicPrivacy {
    /// What the noisy sum of one round costs each clinic in it.
    var roundEvent: PrivacyEvent { PrivacyEvent(mechanism: .gaussian(noiseMultiplier: noiseMultiplier), steps: 1) }
}
