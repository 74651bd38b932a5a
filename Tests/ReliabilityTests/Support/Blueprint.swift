import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import LanguageModels
import Ledger
import Reports
import Tensors

@testable import Coordinator
@testable import Node
@testable import Transport

/// A consortium on disk up to the moment at which every officer has approved a job and no node has run: made once for each
/// shape of job and copied for every run, so that runs can be compared bit for bit.
///
/// ```
/// coordinator/  clinic-1/  clinic-2/  …
/// ```
struct Blueprint: Sendable {
    /// What may differ between the jobs of the suites.
    struct Shape: Hashable, Sendable {
        var clinics = 3
        var rounds = 2
        var minimumClinics: Int?
        var isMasked = true
        var hasBudget = true

        var id: String { "\(isMasked ? "masked" : "clear")-\(hasBudget ? "budget" : "free")-\(clinics)-\(rounds)" }
    }

    let shape: Shape
    let folder: TemporaryFolder
    let manifest: JobManifest
    let coordinator: PeerCredentials
    let clinics: [PeerCredentials]
    /// What a node loads when it starts work on a job. A process that starts again loads the same.
    let materials: [TrainingMaterial]

    private static let made = Cache()

    static func of(_ shape: Shape) async throws -> Blueprint { try await made.blueprint(shape) }

    private actor Cache {
        private var tasks: [Shape: Task<Blueprint, any Error>] = [:]

        func blueprint(_ shape: Shape) async throws -> Blueprint {
            if let task = tasks[shape] { return try await task.value }
            let task = Task { try await Blueprint(shape) }
            tasks[shape] = task
            return try await task.value
        }
    }

    private static let demo = SharedData.packageRoot.appendingPathComponent("Assets/demo-base")
    static let roundSeconds = 3600

    private init(_ shape: Shape) async throws {
        self.shape = shape
        folder = try TemporaryFolder()
        // A consortium that is a day old: certificates of today would not be valid to a calendar that is set back.
        let baseModel = folder.path("base")
        try TinyModel.write(to: baseModel, from: Self.demo)
        let date = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down) - 86_400)
        let name = "Reliability consortium"
        let authority = try CertificateAuthority(consortium: name, at: date)
        func grant(_ keys: PeerKeys, _ role: PeerRole) throws -> EnrolmentGrant {
            try authority.grant(
                keys, role: role, dnsNames: role.isCoordinator ? ["localhost"] : [],
                ipAddresses: role.isCoordinator ? ["127.0.0.1"] : [], at: date)
        }
        let adminFiles = KeyFiles(folder: folder.path("admin"))
        let admin = try await adminFiles.install(
            grant(adminFiles.createKeys(), .admin("test")), role: .admin("test"), authority: authority.certificate,
            at: date)
        let coordinatorFiles = KeyFiles(folder: folder.path("coordinator"))
        let coordinatorGrant = try grant(coordinatorFiles.createKeys(), .coordinator)
        coordinator = try await coordinatorFiles.install(
            coordinatorGrant, role: .coordinator, authority: authority.certificate, at: date)
        var clinics: [PeerCredentials] = []
        for number in 1...shape.clinics {
            let id = try ClinicID("clinic-\(number)")
            let home = NodeHome(folder.path(id.text))
            let site = try folder.write("\(id).yaml", Self.site(id, baseModel))
            _ = try NodeSetup().initialize(home, siteConfiguration: site)
            clinics.append(
                try await home.keyFiles.install(
                    grant(home.keyFiles.loadKeys(), .clinic(id)), role: .clinic(id), authority: authority.certificate,
                    at: date))
        }
        self.clinics = clinics
        let roster = try admin.sign(
            Roster(
                consortium: name, version: 1, issuedAt: date,
                members: clinics.map {
                    try Roster.Member(
                        name: "\($0.role)", tlsCertificate: $0.tlsCertificate, signingCertificate: $0.signingCertificate
                    )
                },
                coordinator: Roster.Official(
                    tlsCertificate: coordinator.tlsCertificate, signingCertificate: coordinator.signingCertificate),
                admins: [
                    Roster.Official(tlsCertificate: admin.tlsCertificate, signingCertificate: admin.signingCertificate)
                ]), kind: .roster)
        try DurableFile.write(
            CanonicalJSON.encode(CoordinatorGrant(certificates: coordinatorGrant, roster: roster)),
            to: CoordinatorFolder(folder.path("coordinator")).grant)

        let model = try LanguageModel.load(from: baseModel)
        let adapterFile = folder.path("initial.safetensors")
        manifest = try Self.manifest(
            shape, consortium: name, base: baseModel, model: model, adapter: adapterFile,
            clinics: clinics.compactMap(\.role.clinic),
            at: date)
        let document = try admin.sign(manifest, kind: .job)
        let server = CoordinatorSeat(folder: folder.path("coordinator"), clock: TestClock())
        try await server.start()
        let client = try CoordinatorClient(
            address: CoordinatorAddress("https://localhost"), tls: TLSSettings(admin),
            options: SteadyLink(server, peer: admin).options)
        try await client.uploadAdapter(adapterFile)
        try await client.propose(document)
        await server.kill()
        var materials: [TrainingMaterial] = []
        for (index, clinic) in clinics.enumerated() {
            let home = NodeHome(folder.path(try clinic.id.text))
            try roster.write(to: home.rosterFile)
            let services = try NodeServices(home: home)
            let reports = SampleReportGenerator(specialty: .cardiology, seed: UInt64(31 + index)).reports(12)
            let source = folder.path("reports-\(index)")
            _ = try SampleReportWriter(format: .json).write(reports, to: source)
            _ = try IntakeService(services).importReports([source])
            let refused = try await services.inbox().receive([document])
            guard refused.isEmpty else { throw FederationError(.invalidJob, refused.joined(separator: " ")) }
            try await services.inbox().approve(manifest.id, officer: "test", budgetLeft: services.budget().left)
            materials.append(try TrainingMaterial(services, job: manifest))
        }
        self.materials = materials
    }

    private static func site(_ clinic: ClinicID, _ baseModel: URL) -> String {
        """
        clinic: {id: \(clinic)}
        privacy: {epsilonCap: 10, allowJobsWithoutGuarantee: true}
        model:
          folders:
            - "\(baseModel.path)"
        compute: {threads: 1}
        coordinator: {url: "https://localhost"}

        """
    }

    private static func manifest(
        _ shape: Shape, consortium: String, base: URL, model: LanguageModel, adapter file: URL, clinics: [ClinicID],
        at date: Date
    ) throws -> JobManifest {
        let recipe = TrainingRecipe(
            rank: 1, alpha: 2, targets: ["v_proj"], localSteps: 1, batchSequences: 2, sequenceLength: 12,
            optimizer: .init(learningRate: 0.01))
        let plan = AggregationPlan(
            rule: .fedit, secureAggregation: shape.isMasked ? .on : .off, updateClipNorm: 5,
            minimumClinics: shape.minimumClinics ?? shape.clinics)
        let start = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: recipe.rank, alpha: recipe.alpha, targets: recipe.targets),
            for: model.configuration, seed: 3)
        try DurableFile.write(SafetensorsWriter.encode(start.tensors, metadata: ["format": "pt"]), to: file)
        return JobManifest(
            id: try JobID(shape.id), title: "Reliability", purpose: "To see that it ends well.", consortium: consortium,
            createdAt: date, expiresAt: date.addingTimeInterval(30 * 86_400), clinics: clinics,
            baseModel: .init(name: "tiny", hash: try BaseModelIdentity.hash(of: base)),
            initialAdapter: .init(
                hash: try ContentHash(ofFile: file), adapter: try AdapterFile(contentsOf: file), plan: plan,
                rank: recipe.rank),
            recipe: recipe,
            privacy: shape.hasBudget
                ? PatientPrivacy(epsilon: 8, delta: 1e-5, clipNorm: 0.5, expectedPatients: 4) : nil,
            aggregation: plan, rounds: shape.rounds, roundDeadlineSeconds: roundSeconds, egress: [.update])
    }
}

extension PeerCredentials {
    /// The clinic whose credentials these are.
    var id: ClinicID {
        get throws {
            guard let clinic = role.clinic else { throw FederationError(.wrongRole, "Not a clinic.") }
            return clinic
        }
    }
}
