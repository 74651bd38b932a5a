public import ConsiliumCore
public import Federation
internal import Foundation
internal import Identity
internal import Ledger
internal import Privacy
internal import Transport

/// What a clinic's officer does with jobs: see, read, decide, and look at what came of them.
public struct JobDesk: Sendable {
    public struct Summary: Codable, Sendable {
        public var id: String
        public var title: String
        public var hash: ContentHash
        public var decision: String?
        public var state: String
        public var epsilon: Double?
        public var rounds: Int
        /// What the clinic has touched, where an approval was taken back.
        public var withdrawal: Withdrawal?
    }

    public struct View: Codable, Sendable {
        public var id: String
        public var hash: ContentHash
        public var decision: String?
        public var decidedBy: String?
        public var state: String
        /// In plain words, a line each.
        public var explanation: [String]
        public var manifest: JobManifest
        /// What it will cost here, where that was measured.
        public var estimate: JobEstimate?
    }

    let services: NodeServices

    public init(_ services: NodeServices) { self.services = services }

    /// Asks the coordinator for new jobs.
    /// - Returns: why offered jobs were left out.
    public func fetch() async throws -> [String] {
        let client = try services.client()
        do {
            let refused = try await fetch(client)
            try await client.shutdown()
            return refused
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    func fetch(_ client: CoordinatorClient) async throws -> [String] {
        let roster = try await services.rosterBook().update(from: client)
        _ = try await CertificateRenewal(home: services.home, clinic: services.site.clinic.id)
            .pickUp(from: client, roster: roster)
        return try await services.inbox().receive(try await client.jobs())
    }

    /// Waits until the coordinator offers a job, and explains it.
    ///
    /// - Parameter note: gets why offered jobs were left out.
    /// - Throws: ``NodeError`` `.jobUnknown` if it does not come in time.
    public func explain(_ id: JobID, waiting limit: Duration, note: (String) -> Void) async throws -> View {
        let client = try services.client()
        do {
            let start = ContinuousClock.now
            while true {
                for reason in try await fetch(client) { note("a job was left out: \(reason)") }
                if try services.store.jobs().contains(where: { $0.id == id }) {
                    try await client.shutdown()
                    return try await explain(id, measuring: true)
                }
                guard start.duration(to: .now) < limit else { break }
                try await Task.sleep(for: .seconds(1))
            }
            _ = try services.store.job(id)
            throw NodeError(.jobUnknown, "No job “\(id)” is known here.")
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    public func list() async throws -> [Summary] {
        let inbox = try await services.inbox()
        var summaries: [Summary] = []
        for record in try services.store.jobs() {
            let manifest = try await inbox.manifest(of: record)
            summaries.append(
                Summary(
                    id: record.id.rawValue, title: manifest.title, hash: record.hash,
                    decision: record.decision?.rawValue,
                    state: record.state.rawValue, epsilon: manifest.privacy?.epsilon, rounds: manifest.rounds))
        }
        return summaries
    }

    /// - Parameter measuring: also measure what the job will cost this machine, which takes some seconds.
    public func explain(_ id: JobID, measuring: Bool = false) async throws -> View {
        let record = try services.store.job(id)
        let manifest = try await services.inbox().manifest(of: record)
        let budget = try services.budget()
        let explanation = JobExplanation(
            manifest, hash: record.hash.hex, site: services.site, budgetLeft: budget.left,
            budgetCap: budget.cap.epsilon, clinicBudgetLeft: try services.clinicBudget()?.left)
        var view = View(
            id: id.rawValue, hash: record.hash, decision: record.decision?.rawValue, decidedBy: record.decidedBy,
            state: record.state.rawValue, explanation: explanation.sentences, manifest: manifest)
        view.explanation += missingFiles(of: manifest)
        guard measuring else { return view }
        do {
            let estimate = try JobEstimate(manifest, hash: record.hash, services: services)
            view.estimate = estimate
            view.explanation.append(estimate.text)
        } catch let error as any ConsiliumError {
            // An officer must be able to read and deny a job that can't run here.
            view.explanation.append("What it would cost on this machine can't be measured: \(error.message)")
        }
        return view
    }

    /// Files that the job's evaluation needs and that are not here. Not part of what is approved.
    private func missingFiles(of manifest: JobManifest) -> [String] {
        let files = EvaluationFiles(services.site)
        let tasks = manifest.evaluation?.tasks ?? []
        return tasks.filter { $0.kind != .generation && services.site.evaluation.tasks.contains($0.kind.rawValue) }
            .compactMap { task in
                do {
                    _ = try files.file(for: task)
                    return nil
                } catch let error as any ConsiliumError {
                    return "\(error.message) Until then it is left out here. (Not part of what you approve.)"
                } catch { return nil }
            }
    }

    /// Approves a job and tells the coordinator; if it is away, “run” tells it later.
    ///
    /// - Parameter hash: approve only if the stored job has this hash.
    public func approve(_ id: JobID, officer: String, expecting hash: String?) async throws -> View {
        let record = try services.store.job(id)
        if let hash, hash.lowercased() != record.hash.hex {
            throw NodeError(
                .jobNotApproved,
                "The job “\(id)” has another hash (\(record.hash)) than the one you gave. Read it again with “jobs show”."
            )
        }
        let inbox = try await services.inbox()
        if try await inbox.manifest(of: record).clinicPrivacy != nil { try await requireClinicLedger(inbox) }
        try await inbox.approve(
            id, officer: officer, budgetLeft: services.budget().left, clinicBudgetLeft: services.clinicBudget()?.left)
        try await tellCoordinator()
        return try await explain(id)
    }

    private func requireClinicLedger(_ inbox: JobInbox) async throws {
        var isFirst = true
        for earlier in try services.store.jobs() where earlier.decision != nil {
            // A job that can't be read any more may have been one of them.
            let manifest = try? CanonicalJSON.decode(JobManifest.self, from: earlier.document.payload)
            if manifest == nil || manifest?.clinicPrivacy != nil && earlier.decision == .approved { isFirst = false }
        }
        try services.requireClinicLedger(isFirst: isFirst)
    }

    /// Denies a job or withdraws an approval. Nothing about the job is checked first: a "no" always works, also offline.
    public func deny(_ id: JobID, officer: String) async throws -> Summary {
        let record = try services.store.job(id)
        try services.store.decide(id, .denied, by: officer, at: services.now())
        // Before the coordinator is told: a "no" must not depend on what can be read afterwards.
        let withdrawal = record.decision == .approved ? try? withdrawal(of: id) : nil
        try await tellCoordinator()
        let manifest = try? CanonicalJSON.decode(JobManifest.self, from: record.document.payload)
        return Summary(
            id: id.rawValue, title: manifest?.title ?? "", hash: record.hash,
            decision: Consent.Decision.denied.rawValue,
            state: record.state.rawValue, epsilon: manifest?.privacy?.epsilon, rounds: manifest?.rounds ?? 0,
            withdrawal: withdrawal)
    }

    private func tellCoordinator() async throws {
        let client = try services.client()
        // What can't be sent now is on disk and sent by “run” as soon as the coordinator takes it.
        _ = try? await sendDecisions(client)
        try await client.shutdown()
    }

    /// Sends every decision that the coordinator has not confirmed yet.
    /// - Returns: why some could not be sent.
    /// - Throws: ``FederationError`` `.unavailable` when the coordinator can't be reached at all.
    @discardableResult
    func sendDecisions(_ client: CoordinatorClient) async throws -> [String] {
        let credentials = try services.credentials()
        var problems: [String] = []
        for record in try services.store.jobs() where !record.consentSent {
            guard let decision = record.decision else { continue }
            let consent = Consent(
                job: record.id, jobHash: record.hash, clinic: services.site.clinic.id, decision: decision)
            do {
                let document = try credentials.sign(consent, kind: .consent)
                _ = try services.gate.release(
                    document, kind: .consent, about: record.id, to: try services.coordinatorAddress() ?? "")
                try await client.send(document, for: record.id)
                try services.store.markConsentSent(record.id)
            } catch let error as any ConsiliumError where error.category != .unavailable {
                problems.append("\(record.id): \(error.message)")
            }
        }
        return problems
    }

    /// - Throws: ``NodeError`` `.jobUnknown` if the job has not been evaluated here.
    public func result(_ id: JobID) throws -> JobResult {
        guard let report = try services.store.report(for: id) else {
            throw NodeError(
                .jobUnknown, "The job “\(id)” has no result here yet. “consilium-node run” makes one when the job ends."
            )
        }
        let statement = try services.budget()
        let sent = try services.gate.entries().filter { $0.job == id.rawValue }.reduce(0) { $0 + $1.bytes }
        return JobResult(
            report: report, epsilonSpent: statement.charged, epsilonLeft: statement.left,
            epsilonCap: statement.cap.epsilon,
            delta: statement.cap.delta, bytesSent: sent)
    }
}
