import Admin
import ConsiliumCore
import ConsiliumTesting
import Crypto
import Federation
import Foundation
import GRDB
import Identity
import Ledger
import Privacy

/// A clinic's folder and a coordinator's after some rounds, with every record that the programs keep of them.
struct ReceiptFixture {
    let folder: TemporaryFolder
    let consortium: ThrowawayConsortium
    let roster: Roster
    let manifest: JobManifest
    let job: SignedDocument<JobManifest>
    let clinic: PeerCredentials

    var home: URL { folder.path("clinic-home") }
    var ledgerFile: URL { home.appendingPathComponent("ledger.sqlite") }
    var coordinator: URL { folder.path("coordinator") }
    var clinicID: ClinicID { manifest.clinics[0] }

    init(rounds: Int = 3, isPrivate: Bool = true) async throws {
        folder = try TemporaryFolder()
        consortium = try await ThrowawayConsortium(clinics: 2)
        clinic = consortium.clinics[0]
        roster = try await consortium.roster.verify(
            kind: .roster, authority: consortium.authority.certificate, at: consortium.date, requiredRole: \.isAdmin)
        manifest = JobManifest(
            id: try JobID("receipts"), title: "Receipts", purpose: "", consortium: "Test consortium",
            createdAt: consortium.date, expiresAt: consortium.date.addingTimeInterval(3600),
            clinics: consortium.clinics.compactMap(\.role.clinic),
            baseModel: JobManifest.BaseModel(name: "base", hash: Self.hash("base")),
            initialAdapter: JobManifest.InitialAdapter(
                hash: Self.hash("adapter 0"), layoutHash: Self.hash("layout"), parameters: 4),
            recipe: TrainingRecipe(localSteps: 5, optimizer: TrainingRecipe.Optimizer(learningRate: 0.1)),
            privacy: isPrivate
                ? PatientPrivacy(epsilon: 8, delta: 1e-5, clipNorm: 0.3, expectedPatients: 32) : nil,
            aggregation: AggregationPlan(rule: .fedit, secureAggregation: .off, updateClipNorm: 1, minimumClinics: 1),
            rounds: 9, roundDeadlineSeconds: 60, egress: [.update])
        job = try consortium.admin.sign(manifest, kind: .job)
        try DurableFile.createFolder(home)
        try DurableFile.createFolder(coordinator)
        try makeDatabases()
        let ledger = try PrivacyLedger.create(
            at: ledgerFile, clinic: clinicID.text, signingKey: key,
            policy: BudgetPolicy(scope: "reports", cap: PrivacyBudget(epsilon: 8, delta: 1e-5)))
        for round in 1...rounds { try run(round, ledger) }
    }

    var key: Curve25519.Signing.PrivateKey {
        get throws { try Curve25519.Signing.PrivateKey(rawRepresentation: clinic.keys.signing.seed) }
    }

    static func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }

    /// One round as node and coordinator go through it.
    func run(_ round: Int, _ ledger: PrivacyLedger) throws {
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 2), sampling: .poisson(rate: 0.25), steps: 5)
        let id = try ledger.reserve(
            ReservationRequest(
                job: manifest.id.rawValue, planHash: job.payloadHash, round: round, events: [event], clipNorm: 0.3))
        let head = ledger.head
        let update = UpdateManifest(
            job: manifest.id, jobHash: job.payloadHash, round: round, clinic: clinicID,
            adapter: Self.hash("adapter \(round - 1)"), layoutHash: Self.hash("layout"),
            vector: Data(repeating: UInt8(round), count: 16), ledgerSequence: head?.sequence, ledgerHash: head?.hash)
        let document = try clinic.sign(update, kind: .update)
        try ledger.commit(id, transcript: update.root)
        let encoded = try CanonicalJSON.encode(document)
        try coordinatorDatabase().write {
            try $0.execute(
                sql: "INSERT INTO updates (job, round, clinic, document, complete) VALUES (?, ?, ?, ?, 1)",
                arguments: [manifest.id.rawValue, round, clinicID.text, encoded])
        }
        try nodeDatabase().write {
            try $0.execute(
                sql: "INSERT INTO round (job, round, state, reservation, manifest) VALUES (?, ?, 'delivered', ?, ?)",
                arguments: [manifest.id.rawValue, round, "\(id.sequence):\(id.hash)", encoded])
        }
        try DurableFile.createFolder(home.appendingPathComponent("egress"))
        try DurableFile.write(
            encoded, to: home.appendingPathComponent("egress/update-manifest-\(round).json"))
        let result = RoundResult(
            job: manifest.id, jobHash: job.payloadHash, round: round,
            previousAdapter: Self.hash("adapter \(round - 1)"),
            adapter: Self.hash("adapter \(round)"),
            participants: [
                .init(
                    clinic: clinicID, updateRoot: update.root, ledgerSequence: head?.sequence, ledgerHash: head?.hash)
            ], missing: [manifest.clinics[1]], closedAt: consortium.date)
        let signed = try consortium.coordinator.sign(result, kind: .roundResult)
        try coordinatorDatabase().write {
            try $0.execute(
                sql: "INSERT INTO results (job, round, adapter, document) VALUES (?, ?, ?, ?)",
                arguments: [manifest.id.rawValue, round, result.adapter.hex, CanonicalJSON.encode(signed)])
        }
        try DurableFile.createFolder(home.appendingPathComponent("jobs/receipts"))
        try signed.write(to: home.appendingPathComponent("jobs/receipts/result-\(round).json"))
    }

    func coordinatorDatabase() throws -> DatabaseQueue {
        try DatabaseQueue(path: coordinator.appendingPathComponent("coordinator.sqlite").path)
    }

    func nodeDatabase() throws -> DatabaseQueue {
        try DatabaseQueue(path: home.appendingPathComponent("node.sqlite").path)
    }

    /// The columns that an audit reads; the programs' own tables have more.
    private func makeDatabases() throws {
        let encoded = try CanonicalJSON.encode(job)
        try coordinatorDatabase().write {
            try $0.execute(
                sql: """
                    CREATE TABLE jobs (sequence INTEGER PRIMARY KEY, id TEXT, document BLOB);
                    CREATE TABLE updates (job TEXT, round INTEGER, clinic TEXT, document BLOB, complete INTEGER);
                    CREATE TABLE results (job TEXT, round INTEGER, adapter TEXT, document BLOB);
                    CREATE TABLE consents (job TEXT, clinic TEXT, document BLOB);
                    """)
            try $0.execute(
                sql: "INSERT INTO jobs (id, document) VALUES (?, ?)", arguments: [manifest.id.rawValue, encoded])
        }
        try nodeDatabase().write {
            try $0.execute(
                sql: "CREATE TABLE round (job TEXT, round INTEGER, state TEXT, reservation TEXT, manifest BLOB)")
        }
    }

    /// A clinic's answer as the coordinator keeps it.
    func answer(_ clinic: PeerCredentials, _ decision: Consent.Decision) throws {
        guard let id = clinic.role.clinic else { return }
        let consent = Consent(job: manifest.id, jobHash: job.payloadHash, clinic: id, decision: decision)
        let document = try CanonicalJSON.encode(clinic.sign(consent, kind: .consent))
        try editCoordinator(
            "INSERT INTO consents (job, clinic, document) VALUES (?, ?, ?)", [manifest.id.rawValue, id.text, document])
    }

    func editCoordinator(_ sql: String, _ arguments: StatementArguments = []) throws {
        try coordinatorDatabase().write { try $0.execute(sql: sql, arguments: arguments) }
    }

    func audit(_ paths: [URL]? = nil) throws -> AuditReport {
        var audit = OfflineAudit()
        audit.trust(roster)
        return try audit.run(paths ?? [home, coordinator])
    }
}
