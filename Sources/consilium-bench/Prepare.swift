import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Federation
import Foundation
import Identity
import Node

/// Makes a consortium with its job, all offline.
struct Prepare: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a consortium: authority, admin, coordinator, clinics, and a signed job.")

    @Argument(help: "A folder that does not exist yet.") var folder: String
    @Option(help: "How many clinics.") var clinics = 8
    @Option(help: "Parameters of the adapter.") var parameters = 1_000_000
    @Option(help: "In how many tensors they are cut; an even number makes pairs of low-rank factors.") var tensors = 1
    @Option(help: "Rounds of the job.") var rounds = 5
    @Option(help: "The port on which the coordinator will listen.") var port = 8443
    @Flag(help: "Add updates under masks.") var masks = false
    @OptionGroup var global: GlobalOptions

    private static let consortium = "Benchmark"
    /// Of the factors; the number of parameters must be a multiple of it and of the number of tensors.
    private static let rank = 8

    func validate() throws {
        guard (1...2000).contains(clinics), parameters >= 1, (1...100_000).contains(tensors), rounds >= 1,
            (1...65_535).contains(port), !masks || clinics >= 3
        else { throw ValidationError("Numbers must be positive, clinics at most 2000, and 3 or more with --masks.") }
        guard tensors == 1 || tensors.isMultiple(of: 2) && parameters.isMultiple(of: tensors * Self.rank) else {
            throw ValidationError("--tensors is 1, or even, and --parameters a multiple of 8 times as many.")
        }
    }

    func run(_ output: Output) async throws {
        let date = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let place = BenchFolder(folder)
        try DurableFile.createFolder(place.clinics)
        let authority = try CertificateAuthority(consortium: Self.consortium, at: date)
        try authority.save(to: place.authority)
        let admin = try await Self.join(place.admin, .admin("bench"), authority, at: date)
        let coordinatorFiles = KeyFiles(folder: place.coordinator)
        let grant = try authority.grant(
            coordinatorFiles.createKeys(), role: .coordinator, dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"],
            at: date)
        var members: [Roster.Member] = []
        for number in 1...clinics {
            let id = try BenchFolder.id(number)
            let peer = try await BenchClinic.prepare(
                place.clinic(id), id: id, coordinator: "https://localhost:\(port)", authority: authority, at: date)
            members.append(
                try .init(
                    name: id.text, tlsCertificate: peer.tlsCertificate, signingCertificate: peer.signingCertificate))
            output.progress(
                ProgressUpdate(
                    activity: "clinics", completed: Double(number), total: Double(clinics), unit: "clinics"))
        }
        let roster = try Roster(
            consortium: Self.consortium, version: 1, issuedAt: date, members: members,
            coordinator: .init(tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate),
            admins: [.init(tlsCertificate: admin.tlsCertificate, signingCertificate: admin.signingCertificate)])
        try DurableFile.write(
            CanonicalJSON.encode(
                CoordinatorGrant(certificates: grant, roster: admin.sign(roster, kind: .roster))),
            to: place.coordinator.appendingPathComponent("grant.json"))
        try DurableFile.write(
            Data("listen: \"127.0.0.1:\(port)\"\nlimits: {connections: 4096}\n".utf8),
            to: place.coordinator.appendingPathComponent("coordinator.yaml"))
        let adapter = try AdapterFile(
            layout: layout,
            values: [Float](unsafeUninitializedCapacity: parameters) { values, count in
                for index in 0..<parameters { values[index] = Float(index % 1009) / 1009 - 0.5 }
                count = parameters
            })
        try adapter.write(to: place.adapter)
        try admin.sign(try job(adapter, place, at: date), kind: .job).write(to: place.job)
        try output.finish(["folder": place.url.path]) { place.url.path }
    }

    private static func join(
        _ files: KeyFiles, _ role: PeerRole, _ authority: CertificateAuthority, at date: Date
    ) async throws -> PeerCredentials {
        try await files.install(
            authority.grant(files.createKeys(), role: role, at: date), role: role, authority: authority.certificate,
            at: date)
    }

    private var layout: AdapterLayout {
        guard tensors > 1 else { return AdapterLayout(entries: [.init(name: "adapter", shape: [parameters])]) }
        let side = parameters / tensors / Self.rank
        return AdapterLayout(
            entries: (0..<tensors / 2).flatMap { layer -> [AdapterLayout.Entry] in
                let name = "base_model.model.layers.\(layer).proj"
                return [
                    .init(name: "\(name).lora_A.weight", shape: [Self.rank, side]),
                    .init(name: "\(name).lora_B.weight", shape: [side, Self.rank]),
                ]
            })
    }

    private func job(_ adapter: AdapterFile, _ place: BenchFolder, at date: Date) throws -> JobManifest {
        let plan = AggregationPlan(
            rule: .fedit, secureAggregation: masks ? .on : .off, updateClipNorm: 1,
            minimumClinics: masks ? max(3, clinics / 2) : max(1, clinics / 2))
        var recipe = TrainingRecipe(localSteps: 1, optimizer: .init(learningRate: 1e-3))
        recipe.rank = Self.rank
        return JobManifest(
            id: try JobID("benchmark"), title: "Benchmark", purpose: "To measure what a round costs.",
            consortium: Self.consortium, createdAt: date, expiresAt: date.addingTimeInterval(86_400),
            clinics: try (1...clinics).map { try BenchFolder.id($0) },
            baseModel: .init(name: "none", hash: ContentHash(of: Data("none".utf8))),
            initialAdapter: .init(
                hash: try ContentHash(ofFile: place.adapter), adapter: adapter, plan: plan, rank: recipe.rank),
            recipe: recipe, privacy: nil, aggregation: plan, rounds: rounds, roundDeadlineSeconds: 3600,
            egress: [.update])
    }
}
