internal import ConsiliumCore
public import Federation
internal import Foundation
public import Identity
internal import Transport

extension AdminSession {
    /// Uploads the initial adapter, then the job. Doing it twice changes nothing.
    public func propose(_ job: JobSigner.SignedJob) async throws {
        try await client.uploadAdapter(job.adapterFile)
        try await client.propose(job.document)
    }

    /// The jobs that the coordinator holds, those with an admin's signature only.
    public func jobs() async throws -> [JobManifest] {
        var jobs: [JobManifest] = []
        for document in try await client.jobs() { jobs.append(try await verified(document)) }
        return jobs
    }

    public func job(_ id: JobID) async throws -> (document: SignedDocument<JobManifest>, manifest: JobManifest) {
        let document = try await client.job(id)
        let manifest = try await verified(document)
        guard manifest.id == id else {
            throw AdminError(
                .recordsDisagree, "The coordinator answered with another job (“\(manifest.id)”) than was asked for.")
        }
        return (document, manifest)
    }

    private func verified(_ document: SignedDocument<JobManifest>) async throws -> JobManifest {
        try await document.verified(
            kind: .job, authority: AuthorityCertificate(file: home.authorityFile), asOf: \.createdAt, now: now(),
            requiredRole: \.isAdmin
        ).payload
    }

    /// Calls `show` with the job's state until it has ended, or once with `untilEnd` false.
    ///
    /// A coordinator that restarts meanwhile is waited for; `show` then gets the last known state again with `isStale`.
    ///
    /// - Returns: the last state.
    /// - Throws: ``AdminError`` `.jobNotFinished` if the coordinator stays away for `patience`.
    public func watch(
        _ id: JobID, every interval: Duration = .milliseconds(500), untilEnd: Bool, patience: Duration = .seconds(120),
        show: (_ overview: Overview, _ job: Overview.Job, _ isStale: Bool) -> Void
    ) async throws -> Overview.Job {
        var last: (overview: Overview, job: Overview.Job)?
        var lostSince: ContinuousClock.Instant?
        while true {
            do {
                let overview = try await client.overview()
                guard let job = overview.jobs.first(where: { $0.id == id }) else {
                    throw AdminError(
                        .recordsDisagree, "The coordinator knows no job “\(id)”. See “consilium-admin job list”.")
                }
                lostSince = nil
                last = (overview, job)
                show(overview, job, false)
                if !untilEnd || job.state == .finished || job.state == .stopped { return job }
            } catch let error as FederationError where error.category == .unavailable && last != nil {
                let start = lostSince ?? .now
                lostSince = start
                guard start.duration(to: .now) < patience else {
                    throw AdminError(
                        .jobNotFinished,
                        "The coordinator has been away for \(patience). The job goes on when it is back.", cause: error)
                }
                if let last { show(last.overview, last.job, true) }
            }
            try await Task.sleep(for: interval)
        }
    }
}
