internal import ConsiliumCore
public import Federation
public import Foundation
public import Identity

/// Proposed jobs: verified when they come in, decided by a person, and never run without that decision.
public struct JobInbox: Sendable {
    private let site: SiteConfiguration
    private let store: NodeStore
    private let authority: AuthorityCertificate
    private let roster: Roster
    private let now: @Sendable () -> Date

    public init(
        site: SiteConfiguration, store: NodeStore, authority: AuthorityCertificate, roster: Roster,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.site = site
        self.store = store
        self.authority = authority
        self.roster = roster
        self.now = now
    }

    /// Takes in what the coordinator offers. A job that is not signed by an admin of the consortium, is not valid or does not
    /// name this clinic is left out, with the reason.
    public func receive(_ documents: [SignedDocument<JobManifest>]) async throws -> [String] {
        var refused: [String] = []
        for document in documents {
            do {
                let manifest = try await verify(document)
                try store.remember(document, id: manifest.id)
            } catch let error as any ConsiliumError {
                refused.append(error.message)
            }
        }
        return refused
    }

    /// The manifest behind a stored job, its signature checked again: the disk is not trusted more than the network.
    public func manifest(of record: JobRecord) async throws -> JobManifest {
        let manifest = try await verify(record.document)
        guard record.document.payloadHash == record.hash else {
            throw NodeError(
                .stateUnreadable, "The stored job “\(record.id)” was altered. Fetch it again with “jobs list”.")
        }
        return manifest
    }

    /// Approves exactly the bytes that are stored.
    ///
    /// - Parameters:
    ///   - budgetLeft: epsilon that the clinic's ledger still allows a patient.
    ///   - clinicBudgetLeft: and the clinic itself; `nil` before the first job that asks for it.
    /// - Throws: ``NodeError`` `.jobNotApproved` when this site's own rules or its budget forbid an approval.
    public func approve(
        _ id: JobID, officer: String, budgetLeft: Double, clinicBudgetLeft: Double? = nil
    ) async throws {
        let manifest = try await manifest(of: store.job(id))
        guard manifest.expiresAt > now() else {
            throw FederationError(.jobExpired, "The job “\(id)” expired on \(manifest.expiresAt.ISO8601Format()).")
        }
        if let privacy = manifest.privacy {
            guard privacy.epsilon <= budgetLeft else {
                throw NodeError(
                    .jobNotApproved,
                    "The job “\(id)” asks for epsilon \(privacy.epsilon); this clinic's ledger allows "
                        + String(format: "%.4g", budgetLeft)
                        + " more. Deny it, or ask the consortium for a job with a smaller budget.")
            }
        } else if !site.privacy.allowJobsWithoutGuarantee {
            throw NodeError(
                .jobNotApproved,
                "The job “\(id)” has no privacy guarantee, and this site's configuration forbids such jobs. If your clinic has "
                    + "decided otherwise, set “privacy.allowJobsWithoutGuarantee: true” in node.yaml.")
        }
        if let privacy = manifest.clinicPrivacy, privacy.epsilon > clinicBudgetLeft ?? site.privacy.clinicEpsilonCap {
            throw NodeError(
                .jobNotApproved,
                "The job “\(id)” asks for epsilon \(privacy.epsilon) of the clinic itself; its ledger allows "
                    + String(format: "%.4g", clinicBudgetLeft ?? site.privacy.clinicEpsilonCap) + " more. Deny it.")
        }
        try store.decide(id, .approved, by: officer, at: now())
    }

    /// The jobs that may run now: approved here, signed by somebody who still is an admin, not expired, not ended.
    ///
    /// - Parameter refused: gets the id and the reason of an approved job that may not run any more.
    func runnable(refused: (JobID, any ConsiliumError) -> Void) async throws -> [(
        record: JobRecord, manifest: JobManifest
    )] {
        var jobs: [(JobRecord, JobManifest)] = []
        for record in try store.jobs() where record.decision == .approved {
            if record.state == .finished || record.state == .stopped { continue }
            do {
                let manifest = try await manifest(of: record)
                if manifest.expiresAt > now() { jobs.append((record, manifest)) }
            } catch let error as any ConsiliumError {
                refused(record.id, error)
            }
        }
        return jobs
    }

    private func verify(_ document: SignedDocument<JobManifest>) async throws -> JobManifest {
        // As of its own date: a job outlives the certificate of who signed it, and not its own end.
        let verified = try await document.verified(
            kind: .job, authority: authority, asOf: \.createdAt, now: now()
        ) { $0.isAdmin }
        try roster.require(verified.signer)
        let manifest = verified.payload
        try manifest.validate()
        guard manifest.consortium == roster.consortium else {
            throw FederationError(
                .invalidJob, "The job “\(manifest.id)” belongs to another consortium than this clinic.")
        }
        guard manifest.clinics.contains(site.clinic.id) else {
            throw FederationError(
                .invalidJob, "The job “\(manifest.id)” does not name this clinic (\(site.clinic.id)).")
        }
        return manifest
    }
}
