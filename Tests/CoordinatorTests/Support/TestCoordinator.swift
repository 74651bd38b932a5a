import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Logging
import SecureAggregation
import Transport

@testable import Coordinator

/// A throw-away consortium with a real coordinator on loopback, and clinics that invent their updates.
final class TestCoordinator: Sendable {
    static let clipNorm = 1.0

    let consortium: ThrowawayConsortium
    let folder: CoordinatorFolder

    init(clinics: Int = 3, name: String = "Test consortium") async throws {
        consortium = try await ThrowawayConsortium(clinics: clinics, name: name)
        folder = CoordinatorFolder(consortium.files(of: consortium.coordinator).folder)
        try write(
            CoordinatorGrant(certificates: Self.certificates(of: consortium.coordinator), roster: consortium.roster))
    }

    func write(_ grant: CoordinatorGrant) throws {
        try DurableFile.write(CanonicalJSON.encode(grant), to: folder.grant)
    }

    static func certificates(of peer: PeerCredentials) -> EnrolmentGrant {
        EnrolmentGrant(
            tlsCertificate: peer.tlsCertificate, signingCertificate: peer.signingCertificate, authority: peer.authority)
    }

    var clinicIDs: [ClinicID] { consortium.clinics.compactMap(\.role.clinic) }

    /// Starts a server on the folder. Starting another one after ``RunningCoordinator/kill()`` is a restart after a crash.
    func start(
        now: @escaping @Sendable () -> Date = { Date() }, limits: CoordinatorConfiguration.Limits = .init(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) async throws -> RunningCoordinator {
        var configuration = CoordinatorConfiguration(folder: folder.url)
        configuration.limits = limits
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = try await CoordinatorServer(
            configuration: configuration, logger: logger, tick: .milliseconds(30), now: now,
            // A test that moves this clock lets time go by; nobody sets the calendar.
            uptime: { .seconds(now().timeIntervalSinceReferenceDate) },
            onListening: { continuation.yield($0) })
        let task = Task {
            defer { continuation.finish() }
            try await server.run()
        }
        for await port in ports { return RunningCoordinator(port: port, task: task, paths: server.paths) }
        try await task.value
        throw CoordinatorError(.cannotListen, "The server ended before it listened.")
    }

    // MARK: A job

    static let layout = AdapterLayout(entries: [
        .init(name: "a.lora_A.weight", shape: [2, 5]), .init(name: "a.lora_B.weight", shape: [3, 2]),
    ])

    func initialAdapter() throws -> (file: URL, adapter: AdapterFile) {
        let values = (0..<Self.layout.count).map { Float($0) / 8 - 1 }
        return try initialAdapter(AdapterFile(layout: Self.layout, values: values))
    }

    func initialAdapter(_ adapter: AdapterFile) throws -> (file: URL, adapter: AdapterFile) {
        let file = consortium.folder.path("initial.safetensors")
        try adapter.write(to: file)
        return (file, adapter)
    }

    func manifest(
        id: String = "job-1", adapter: AdapterFile, file: URL, rounds: Int = 2, minimumClinics: Int = 2,
        roundSeconds: Int = 600, clinics: [ClinicID]? = nil, expiresIn: TimeInterval = 86_400
    ) throws -> JobManifest {
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        return JobManifest(
            id: try JobID(id), title: "A test", purpose: "To see that it works.", consortium: "Test consortium",
            createdAt: now,
            expiresAt: now.addingTimeInterval(expiresIn), clinics: clinics ?? clinicIDs,
            baseModel: .init(name: "base", hash: ContentHash(of: Data("base".utf8))),
            initialAdapter: .init(
                hash: try ContentHash(ofFile: file), layoutHash: adapter.layout.hash, parameters: adapter.layout.count),
            recipe: TrainingRecipe(localSteps: 4, optimizer: .init(learningRate: 1e-3)), privacy: nil,
            aggregation: AggregationPlan(
                rule: .fedit, secureAggregation: .off, updateClipNorm: Self.clipNorm, minimumClinics: minimumClinics),
            rounds: rounds, roundDeadlineSeconds: roundSeconds, egress: [.update, .heldOutMetrics, .evaluationMetrics],
            evaluation: EvaluationPlan(tasks: [
                .init(name: "quiz", kind: .multipleChoice, items: ContentHash(of: Data("items".utf8)))
            ]))
    }

    /// What a clinic has learned in a round: the same on every call, shorter than the clip norm or longer.
    static func delta(clinic: Int, round: Int, count: Int) -> [Float] {
        var generator = ReproducibleGenerator(seed: UInt64(clinic * 100 + round))
        return (0..<count).map { _ in Float(generator.unit() - 0.5) * 0.7 }
    }

    func update(
        of clinic: PeerCredentials, vector: Data, job: JobManifest, round: Int, adapter: ContentHash
    ) throws -> (manifest: UpdateManifest, document: SignedDocument<UpdateManifest>) {
        let manifest = UpdateManifest(
            job: job.id, jobHash: try job.hash(), round: round, clinic: try clinicID(clinic), adapter: adapter,
            layoutHash: try job.updateShape(inRound: round, of: clinicID(clinic)).layoutHash, vector: vector,
            ledgerSequence: round, ledgerHash: nil)
        return (manifest, try clinic.sign(manifest, kind: .update))
    }

    func clinicID(_ clinic: PeerCredentials) throws -> ClinicID {
        guard let id = clinic.role.clinic else { throw FederationError(.wrongRole, "Not a clinic.") }
        return id
    }

    static func encoding(count: Int) throws -> RingEncoding {
        try RingEncoding(clipNorm: clipNorm, count: count, clinics: 3)
    }
}

struct RunningCoordinator: Sendable {
    let port: Int
    let task: Task<Void, any Error>
    let paths: [String]
    /// What its clients go through.
    var proxy: ProxySettings?

    /// Ends it without a graceful shutdown.
    func kill() async {
        task.cancel()
        _ = try? await task.value
    }

    func address() throws -> CoordinatorAddress { try CoordinatorAddress("https://localhost:\(port)") }

    func client(_ tls: TLSSettings, retry: RetryPolicy = .never) throws -> CoordinatorClient {
        var options = CoordinatorClient.Options()
        options.retry = retry
        options.proxy = proxy
        return try CoordinatorClient(address: address(), tls: tls, options: options)
    }

    /// Runs `body` with a client of this party.
    func with<Value>(_ credentials: PeerCredentials, _ body: (CoordinatorClient) async throws -> Value) async throws
        -> Value
    {
        try await with(TLSSettings(credentials), body)
    }

    func with<Value>(_ tls: TLSSettings, _ body: (CoordinatorClient) async throws -> Value) async throws -> Value {
        let client = try client(tls)
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }
}

/// Starts a coordinator, runs `body`, ends it.
func withCoordinator(
    clinics: Int = 3, _ body: (TestCoordinator, RunningCoordinator) async throws -> Void
) async throws {
    let test = try await TestCoordinator(clinics: clinics)
    let server = try await test.start()
    do {
        try await body(test, server)
    } catch {
        await server.kill()
        throw error
    }
    await server.kill()
}
