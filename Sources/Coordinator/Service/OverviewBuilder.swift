import ConsiliumCore
import Federation
import Foundation
import Identity

/// Puts the status view together from what is stored: also while another process serves.
struct OverviewBuilder: Sendable {
    let store: any CoordinatorStore
    /// `nil` beside a server that another process runs: who is connected is known there alone.
    var presence: Presence?
    /// The coordinator's own certificates.
    let own: @Sendable () -> CertificateLife
    let now: @Sendable () -> Date

    func overview(of roster: Roster) async throws -> Overview {
        let seen = try await store.lastSeen()
        let lost = await presence?.lost ?? [:]
        var jobs: [Overview.Job] = []
        for job in try await store.jobs() { jobs.append(try await overview(of: job)) }
        var lives = [own()]
        if let signer = try await store.roster()?.signer {
            lives.append(CertificateLife(role: signer.role, notValidAfter: signer.identity.notValidAfter))
        }
        return Overview(
            consortium: roster.consortium, rosterVersion: roster.version,
            members: roster.members.map {
                Overview.Member(clinic: $0.clinic, name: $0.name, lastSeen: seen[$0.clinic], lostSince: lost[$0.clinic])
            },
            pendingEnrolments: try await store.pendingEnrolments().map(\.tokenID), jobs: jobs,
            notices: lives.compactMap { $0.warning(at: now()) })
    }

    private func overview(of job: StoredJob) async throws -> Overview.Job {
        let results = try await store.results(of: job.id).map {
            try CanonicalJSON.decode(RoundResult.self, from: $0.payload)
        }
        let round = job.machine.currentRound
        let bytes = try await store.bytesReceived(for: job.id)
        let evaluations = try await store.evaluations(of: job.id)
        let merged = job.manifest.evaluation.map { MergedEvaluation.merge(evaluations, of: $0) } ?? []
        return Overview.Job(
            id: job.id, title: job.manifest.title, state: job.machine.state,
            round: round?.number ?? results.last?.round ?? 0,
            rounds: job.manifest.rounds, approved: job.machine.approved.sorted(), denied: job.machine.denied.sorted(),
            delivered: round?.delivered.sorted() ?? [],
            adapter: results.last?.adapter ?? job.manifest.initialAdapter.hash,
            metrics: try await store.metrics(of: job.id),
            bytesReceived: Dictionary(uniqueKeysWithValues: bytes.map { ($0.key.text, $0.value) }),
            note: job.machine.note, aggregationError: results.last?.aggregationError,
            withdrawals: job.machine.denied.sorted().compactMap { .init(of: $0, in: results) },
            evaluation: merged.isEmpty ? nil : merged, evaluations: evaluations.isEmpty ? nil : evaluations)
    }
}
