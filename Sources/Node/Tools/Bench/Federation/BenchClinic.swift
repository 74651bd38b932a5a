internal import ConsiliumCore
internal import Federation
package import Foundation
package import Identity
internal import Ledger
internal import Transport

/// A clinic for the federation's benchmark: a real node folder, ledger, egress record and client, and no model to train.
///
/// It follows the protocol as ``NodeDaemon`` does, for one job that it approves as soon as it is offered.
package struct BenchClinic: Sendable {
    /// What happened when, in seconds since 1970.
    package struct Event: Codable, Sendable {
        package enum Kind: String, Codable, Sendable {
            case approved, task, summing, sent, finished
        }

        package var kind: Kind
        package var clinic: ClinicID
        package var round: Int
        package var time: Double
    }

    package let id: ClinicID
    private let services: NodeServices

    /// Makes a node's folder as `init` and an enrolment leave it.
    ///
    /// - Parameters:
    ///   - coordinator: its address.
    ///   - authority: signs the clinic's certificates, offline.
    package static func prepare(
        _ folder: URL, id: ClinicID, coordinator: String, authority: CertificateAuthority, at date: Date
    ) async throws -> PeerCredentials {
        let site = folder.deletingLastPathComponent().appendingPathComponent("\(id).yaml")
        let text = """
            clinic:
              id: \(id)
            coordinator:
              url: \(coordinator)
            privacy:
              allowJobsWithoutGuarantee: true

            """
        try DurableFile.write(Data(text.utf8), to: site)
        let home = NodeHome(folder)
        _ = try NodeSetup().initialize(home, siteConfiguration: site)
        let role = PeerRole.clinic(id)
        return try await home.keyFiles.install(
            authority.grant(home.keyFiles.loadKeys(), role: role, at: date), role: role,
            authority: authority.certificate, at: date)
    }

    /// - Parameter folder: as ``prepare(_:id:coordinator:authority:at:)`` made it.
    package init(_ folder: URL) throws {
        services = try NodeServices(home: NodeHome(folder))
        id = services.site.clinic.id
    }

    /// Approves the first job that is offered and takes part until its end.
    ///
    /// - Parameters:
    ///   - pause: between two looks whether a job is offered.
    ///   - happened: told of each step, from this task.
    package func run(pause: Duration, _ happened: @Sendable (Event) -> Void) async throws {
        let ledger = try services.ledger()
        let client = try services.client()
        do {
            while try await client.jobs().isEmpty { try await Task.sleep(for: pause) }
            let job = try await approve(client, happened)
            try await follow(job.manifest, job.hash, client, ledger: ledger, happened)
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func approve(
        _ client: CoordinatorClient, _ happened: (Event) -> Void
    ) async throws -> (manifest: JobManifest, hash: ContentHash) {
        let desk = JobDesk(services)
        let refused = try await desk.fetch(client)
        guard let record = try services.store.jobs().first else {
            throw NodeError(.badInput, "The job was left out: \(refused.joined(separator: " "))")
        }
        let inbox = try await services.inbox()
        try await inbox.approve(record.id, officer: "benchmark", budgetLeft: services.budget().left)
        let problems = try await desk.sendDecisions(client)
        guard problems.isEmpty else { throw NodeError(.badInput, problems.joined(separator: " ")) }
        happened(event(.approved))
        return (try await inbox.manifest(of: record), record.hash)
    }

    private func follow(
        _ job: JobManifest, _ hash: ContentHash, _ client: CoordinatorClient, ledger: PrivacyLedger,
        _ happened: (Event) -> Void
    ) async throws {
        let files = try JobFiles(services.home.jobFolder(job.id))
        let book = try services.rosterBook()
        let chain = AdapterChain(
            job: job, jobHash: hash, clinic: id, client: client, authority: try services.credentials().authority,
            store: services.store, gate: services.gate, files: files, roster: { try await book.current() },
            now: services.now)
        let place = job.clinics.firstIndex(of: id) ?? 0
        let runner = RoundRunner(
            services: services, job: job, jobHash: hash, files: files,
            trainer: UntrainedUpdates(step: 1e-4 * Float(place % 7 + 1)), client: client, chain: chain, ledger: ledger,
            clinicCharges: ClinicCharges(services), random: SystemRandom(), progress: { _ in })
        while true {
            switch try await client.task(of: job.id, waitSeconds: 25) {
            case .wait: continue
            case .train(let round, let adapter, _):
                happened(event(.task, round))
                _ = try await runner.run(round: round, adapter: adapter)
                happened(event(.sent, round))
                try await runner.settleEarlier(than: round)
            case .sum(let round, let adapter):
                happened(event(.summing, round))
                _ = try await runner.add(round: round, adapter: adapter, waitSeconds: 25)
                happened(event(.sent, round))
            case .finished(let adapter, let rounds):
                happened(event(.finished, rounds))
                try await chain.require(adapter, afterRounds: rounds)
                try await runner.settleEarlier(than: rounds + 1)
                return
            case .stopped(let reason): throw NodeError(.badInput, "The job stopped: \(reason)")
            }
        }
    }

    private func event(_ kind: Event.Kind, _ round: Int = 0) -> Event {
        Event(kind: kind, clinic: id, round: round, time: Date().timeIntervalSince1970)
    }
}
