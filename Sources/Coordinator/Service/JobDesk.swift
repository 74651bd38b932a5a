import ConsiliumCore
import Federation
import Foundation
import Identity
import Logging
import SecureAggregation

/// Jobs as clinics and the admin see them: proposals, consents, tasks, results, metrics.
struct JobDesk: Sendable {
    let store: any CoordinatorStore
    let rosters: RosterKeeper
    let engine: JobEngine
    let signals: JobSignals
    let adapters: AdapterShelf
    let consentDeadline: TimeInterval?
    let logger: Logger
    let now: @Sendable () -> Date

    /// Accepts an admin's job. Proposing the same again changes nothing.
    func propose(_ document: SignedDocument<JobManifest>) async throws {
        let manifest = try await rosters.verify(document, kind: .job) { $0.isAdmin }.payload
        if let known = try await store.job(manifest.id), known.hash == document.payloadHash { return }
        try manifest.validate()
        let roster = await rosters.roster
        guard manifest.consortium == roster.consortium else {
            throw FederationError(.invalidJob, "The job is of another consortium than this coordinator's.")
        }
        let strangers = manifest.clinics.filter { roster.member($0) == nil }
        guard strangers.isEmpty else {
            throw FederationError(
                .notOnRoster,
                "The job names clinics that are not on the roster: \(strangers.map(\.text).joined(separator: ", ")).")
        }
        guard now() < manifest.expiresAt else {
            throw FederationError(.jobExpired, "The job “\(manifest.id)” has expired already.")
        }
        try adapters.requireInitial(of: manifest)
        let masks = manifest.aggregation.secureAggregation == .on
        let rules = JobStateMachine.Rules(
            clinics: manifest.clinics,
            minimumClinics: masks
                ? max(manifest.aggregation.minimumClinics, SecureSumParameters.fewestClinics)
                : manifest.aggregation.minimumClinics,
            rounds: manifest.rounds,
            roundSeconds: manifest.roundDeadlineSeconds, initialAdapter: manifest.initialAdapter.hash,
            expiresAt: manifest.expiresAt, consentDeadline: consentDeadline.map { now().addingTimeInterval($0) },
            masksUpdates: masks ? true : nil)
        try await store.add(
            StoredJob(
                document: document, manifest: manifest, hash: document.payloadHash,
                machine: JobStateMachine(rules: rules)))
        logger.info("job proposed", metadata: ["job": "\(manifest.id)", "hash": "\(document.payloadHash.short)"])
    }

    /// The jobs that concern a peer.
    func jobs(for peer: PeerIdentity) async throws -> [SignedDocument<JobManifest>] {
        try await store.jobs().filter { Self.concerns($0, peer) }.map(\.document)
    }

    func job(_ id: JobID, for peer: PeerIdentity) async throws -> StoredJob {
        guard let job = try await store.job(id), Self.concerns(job, peer) else {
            throw FederationError(.jobUnknown, "This coordinator has no job “\(id)” for this party.")
        }
        return job
    }

    func answer(_ document: SignedDocument<Consent>, job id: JobID, from peer: PeerIdentity) async throws {
        let job = try await job(id, for: peer)
        let consent = try await rosters.verify(document, kind: .consent) { $0 == peer.role }.payload
        guard consent.job == id, consent.clinic == peer.role.clinic else {
            throw FederationError(
                .malformedMessage, "The answer is of another clinic or to another job than the request.")
        }
        guard consent.jobHash == job.hash else {
            throw FederationError(
                .consentMissing,
                "The answer is to another version of “\(id)”. Look at the job again and answer what it says now.")
        }
        try await engine.apply(
            .answered(consent.clinic, consent.decision, at: now()), to: id, writes: [.consent(consent.clinic, document)]
        )
        logger.info(
            "job answered",
            metadata: ["job": "\(id)", "clinic": "\(consent.clinic)", "decision": "\(consent.decision.rawValue)"])
    }

    /// A clinic's update of a round is trained. When all have said so, or at the deadline, they are summed under masks.
    ///
    /// - Throws: ``FederationError`` `.roundClosed`; `.conflict` for a job that does not mask updates.
    func ready(_ document: SignedDocument<RoundReady>, job id: JobID, round number: Int, from peer: PeerIdentity)
        async throws
    {
        let job = try await job(id, for: peer)
        let ready = try await rosters.verify(document, kind: .update) { $0 == peer.role }.payload
        guard let clinic = peer.role.clinic, job.manifest.aggregation.secureAggregation == .on else {
            throw FederationError(.conflict, "The job “\(id)” does not mask updates. Deliver the update itself.")
        }
        // The answer to the same message may have been lost.
        if let sum = try? job.machine.requireSum(round: number), sum.sum.clinics.contains(clinic) { return }
        let hash = job.hash
        try await engine.apply(.delivered(clinic, at: now()), to: id) { job in
            let round = try job.machine.requireOpen(round: number, for: clinic)
            try ready.validate(job: id, jobHash: hash, round: number, clinic: clinic, adapter: round.adapter)
        }
        logger.info("clinic ready", metadata: ["job": "\(id)", "round": "\(number)", "clinic": "\(clinic)"])
    }

    /// What the clinic shall do; waits up to `seconds` for there to be something.
    func task(_ id: JobID, for peer: PeerIdentity, waiting seconds: Int) async throws -> RoundTask {
        guard let clinic = peer.role.clinic else {
            throw FederationError(.wrongRole, "Only a clinic has tasks; an admin looks at the overview.")
        }
        return try await signals.poll(id, seconds: seconds, isNothing: { if case .wait = $0 { true } else { false } }) {
            var machine = try await job(id, for: peer).machine
            if machine.isAbsent(clinic) {
                try await engine.apply(.returned(clinic, at: now()), to: id)
                machine = try await job(id, for: peer).machine
            }
            return machine.task(for: clinic)
        }
    }

    func result(_ id: JobID, round: Int, for peer: PeerIdentity) async throws -> SignedDocument<RoundResult> {
        _ = try await job(id, for: peer)
        guard let result = try await store.result(of: id, round: round) else {
            throw FederationError(.notFound, "Round \(round) of “\(id)” has no result yet.")
        }
        return result
    }

    func save(_ metrics: HeldOutMetrics, job id: JobID, from peer: PeerIdentity) async throws {
        let job = try await job(id, for: peer)
        let figures = [metrics.baseBitsPerByte, metrics.federatedBitsPerByte]
        guard metrics.job == id, metrics.clinic == peer.role.clinic, (0...job.manifest.rounds).contains(metrics.round),
            metrics.patients >= HeldOutMetrics.minimumPatients, figures.allSatisfy({ $0.isFinite && $0 >= 0 })
        else {
            throw FederationError(
                .malformedMessage,
                "The metrics must be this clinic's, of a round of this job, over at least \(HeldOutMetrics.minimumPatients) patients, and finite."
            )
        }
        guard job.manifest.egress.contains(.heldOutMetrics) else {
            throw FederationError(
                .malformedMessage, "The job “\(id)” does not list held-out metrics among what leaves a clinic.")
        }
        try await store.save(metrics)
    }

    func save(_ metrics: EvaluationMetrics, job id: JobID, from peer: PeerIdentity) async throws {
        try metrics.validate(job: try await job(id, for: peer).manifest, clinic: peer.role.clinic)
        try await store.save(metrics)
    }

    /// Tells every job which of its clinics are not on the roster any more. Called after each new roster, and at the start in
    /// case a crash came between the two. A clinic with renewed certificates stays.
    func dropStrangers() async throws {
        let roster = await rosters.roster
        for id in try await store.activeJobs() {
            for clinic in try await store.job(id)?.machine.approved ?? [] where roster.member(clinic) == nil {
                try await engine.apply(.leftRoster(clinic, at: now()), to: id)
            }
        }
    }

    private static func concerns(_ job: StoredJob, _ peer: PeerIdentity) -> Bool {
        peer.role.clinic.map { job.manifest.clinics.contains($0) } ?? true
    }
}
