import Admin
import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import LanguageModels
import Testing

@Suite("Signing jobs")
struct JobSignerTests {
    private func manifest(_ fixture: AdminFixture, _ changes: [String: String] = [:]) async throws -> JobManifest {
        _ = try fixture.baseModel()
        let file = try fixture.folder.write("draft.yaml", fixture.draftText(changes))
        return try await JobSigner(home: fixture.home).manifest(JobDraft(file: file), draftFile: file, at: fixture.date)
    }

    @Test("a draft becomes a job for all clinics on the roster, signed by the admin")
    func signs() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let manifest = try await manifest(fixture)
        #expect(manifest.clinics.map(\.text) == ["hillside", "lakeside"])
        #expect(manifest.consortium == "Test")
        #expect(manifest.baseModel.name == "model")
        #expect(manifest.expiresAt == manifest.createdAt.addingTimeInterval(30 * 86_400))
        // Rank 4 on four square projections of 16 in two layers: 2 · 4 · (4·16 + 16·4).
        #expect(manifest.initialAdapter.parameters == 1024)
        let signed = try JobSigner(home: fixture.home).sign(manifest)
        let read = try await signed.document.verify(
            kind: .job, authority: fixture.made.authority, at: fixture.date, requiredRole: \.isAdmin)
        #expect(read == manifest)
        #expect(try ContentHash(ofFile: signed.adapterFile) == manifest.initialAdapter.hash)
    }

    @Test(
        "items of an evaluation go into the job by their hash, and what no clinic could score is refused with its line")
    func evaluation() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let items = (1...10).map { "{\"question\":\"Q\($0)?\",\"options\":[\"a\",\"b\"],\"answer\":1}" }
        func signed(_ lines: [String], task: String = "mcq", more: String = "") async throws -> JobManifest {
            try fixture.folder.write("quiz.jsonl", lines.joined(separator: "\n"))
            let text =
                fixture.draftText()
                + "evaluation:\n  tasks:\n    - {name: quiz, task: \(task), file: quiz.jsonl\(more)}\n"
            let file = try fixture.folder.write("draft.yaml", text)
            _ = try fixture.baseModel()
            return try await JobSigner(home: fixture.home)
                .manifest(JobDraft(file: file), draftFile: file, at: fixture.date)
        }
        let job = try await signed(items)
        #expect(job.evaluation?.tasks.first?.items == ContentHash(of: Data(items.joined(separator: "\n").utf8)))
        #expect(job.egress.contains(.evaluationMetrics))
        #expect(JobSummary(job).text.contains("quiz (mcq); at the end"))
        func refusal(_ lines: [String], task: String = "mcq", more: String = "") async throws -> String {
            do {
                _ = try await signed(lines, task: task, more: more)
                return ""
            } catch { return "\(error)" }
        }
        #expect(try await refusal(items + ["{\"question\":\"secret\"}"]).contains("line 11"))
        #expect(try await !refusal(items + ["{\"question\":\"secret\"}"]).contains("secret"))
        #expect(try await refusal(Array(items.prefix(9))).contains("at least 10"))
        #expect(try await refusal(items, more: ", shotz: 2").contains("Did you mean"))
        #expect(try await refusal(items, task: "quiz").contains("mcq, generation, classification"))
        #expect(try await refusal(items, task: "generation", more: ", templates: [labs]").contains("not on a file"))
        let texts = (1...10).map { "{\"text\":\"T\($0)\",\"label\":\"urgent\"}" }
        #expect(try await signed(texts, task: "classification", more: ", labels: [urgent, routine]").problems().isEmpty)
        let other = try await refusal(texts, task: "classification", more: ", labels: [one, two]")
        #expect(other.contains("line 1") && other.contains("none of the task's labels"))
    }

    @Test("the same recipe gives the same initial adapter everywhere, another seed another one")
    func initialAdapterIsDeterministic() async throws {
        let one = try await AdminFixture()
        let two = try await AdminFixture()
        try await one.enrol(["hillside", "lakeside"])
        try await two.enrol(["hillside", "lakeside"])
        let first = try await manifest(one)
        let second = try await manifest(two)
        let other = try await manifest(two, ["seed: 7": "seed: 8"])
        #expect(first.initialAdapter == second.initialAdapter)
        #expect(other.initialAdapter.hash != first.initialAdapter.hash)
        #expect(other.initialAdapter.layoutHash == first.initialAdapter.layoutHash)
    }

    @Test("the initial adapter changes nothing: B is zero, A is not")
    func initialAdapterIsNeutral() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let signed = try await JobSigner(home: fixture.home).sign(manifest(fixture))
        let adapter = try AdapterFile(contentsOf: signed.adapterFile)
        var offset = 0
        for entry in adapter.layout.entries {
            let values = adapter.values[offset..<offset + entry.count]
            offset += entry.count
            #expect(values.allSatisfy { $0 == 0 } == entry.name.contains("lora_B"), "\(entry.name)")
        }
    }

    @Test("proposing the same draft again gives the same signed bytes; a changed draft needs a new id")
    func signsOnce() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let signer = JobSigner(home: fixture.home)
        let first = try signer.signOnce(await manifest(fixture), at: fixture.date)
        var later = try await manifest(fixture)
        later.createdAt.addTimeInterval(60)
        later.expiresAt.addTimeInterval(60)
        let second = try signer.signOnce(later, at: fixture.date)
        #expect(second.document == first.document)
        let stored = try Data(contentsOf: fixture.home.jobFile(later.id))
        later.rounds = 9
        let error = #expect(throws: AdminError(.jobIDTaken, "")) { _ = try signer.signOnce(later, at: fixture.date) }
        #expect(error?.message.contains("Choose a new id") == true)
        #expect(try Data(contentsOf: fixture.home.jobFile(later.id)) == stored)
        later.id = try JobID("another-job")
        #expect(try signer.signOnce(later, at: fixture.date).manifest.rounds == 9)
    }

    @Test("one id is signed for one content; the same content gives the stored bytes")
    func oneContentForOneID() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let signer = JobSigner(home: fixture.home)
        let manifest = try await manifest(fixture)
        let first = try signer.sign(manifest)
        #expect(try signer.sign(manifest).document == first.document)
        var other = manifest
        other.createdAt.addTimeInterval(1)
        #expect(throws: AdminError(.jobIDTaken, "")) { _ = try signer.sign(other) }
        let stored = try SignedDocument<JobManifest>(file: fixture.home.jobFile(manifest.id))
        #expect(stored == first.document)
    }

    @Test("a job that has run out is not signed again under its id")
    func ranOut() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let signer = JobSigner(home: fixture.home)
        let manifest = try signer.sign(await manifest(fixture)).manifest
        #expect(throws: AdminError(.jobIDTaken, "")) { _ = try signer.signOnce(manifest, at: manifest.expiresAt) }
    }

    @Test("a signed job that can't be read any more keeps its id")
    func unreadableJob() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let manifest = try await manifest(fixture)
        let signer = JobSigner(home: fixture.home)
        _ = try signer.sign(manifest)
        try Data("{".utf8).write(to: fixture.home.jobFile(manifest.id))
        #expect(throws: AdminError(.jobIDTaken, "")) { _ = try signer.sign(manifest) }
    }

    @Test("a clinic that is not on the roster can't be named")
    func unknownClinic() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        await #expect(throws: AdminError(.clinicUnknown, "")) {
            _ = try await manifest(fixture, ["rounds: 6": "rounds: 6\nclinics: [hillside, riverbend]"])
        }
    }

    @Test("without any clinic there is nobody to ask")
    func emptyRoster() async throws {
        let fixture = try await AdminFixture()
        await #expect(throws: AdminError(.clinicUnknown, "")) { _ = try await manifest(fixture) }
    }

    @Test(
        "a job that can't be run is refused with all reasons",
        arguments: [
            (["rounds: 6": "rounds: 0", "rank: 4": "rank: 0"], FederationError.Code.invalidJob, ["rounds", "rank"]),
            (["minimumClinics: 2": "minimumClinics: 3"], .invalidJob, ["minimumClinics"]),
            (["rule: fedit": "rule: stack-svd\n  serverOptimizer: fedadam"], .invalidJob, ["stack-svd"]),
            (["rule: fedit": "weights: {hillside: 1}"], .invalidJob, ["aggregation.weights"]),
            (["delta: 1e-5": "delta: 0.1"], .invalidJob, ["delta"]),
            (["updateClipNorm: 50": "updateClipNorm: 1e+300"], .invalidJob, ["updateClipNorm"]),
        ])
    func invalidJob(_ changes: [String: String], _ code: FederationError.Code, _ needles: [String]) async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let error = await #expect(throws: FederationError.self) { _ = try await manifest(fixture, changes) }
        #expect(error?.code == code)
        for needle in needles { #expect(error?.message.contains(needle) == true) }
    }

    @Test("without a rule, a job with a budget freezes A and a job without one averages both factors")
    func rules() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let privacy = "privacy:\n  epsilon: 8\n  delta: 1e-5\n  clipNorm: 0.3\n  expectedPatients: 32"
        let frozen = try await manifest(fixture, ["  rule: fedit\n": ""])
        #expect(frozen.aggregation.rule == .frozenA)
        #expect(frozen.initialAdapter.updates?["b"]?.parameters == 512)
        let adapter = try AdapterFile(contentsOf: fixture.home.adapterFile(frozen.initialAdapter.hash))
        #expect(frozen.initialAdapter.frozenHash == adapter.hash(of: .onlyA))
        try frozen.requireInitial(adapter)
        let open = try await manifest(fixture, ["  rule: fedit\n": "", privacy: "privacy: none"])
        #expect(open.aggregation.rule == .fedit)
        #expect(open.initialAdapter.updates == nil && open.initialAdapter.frozenHash == nil)
        let summary = JobSummary(frozen).text
        #expect(summary.contains("frozen-a: only B is trained and sent"))
    }

    /// Writes an adapter of the fixture's base model as a PEFT folder.
    private func write(_ fixture: AdminFixture, rank: Int, alpha: Double, to name: String) throws -> LoRAAdapter {
        let data = try Data(contentsOf: fixture.baseModel().appendingPathComponent("config.json"))
        let adapter = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: rank, alpha: alpha, targets: ["attention"]),
            for: ModelConfiguration(huggingFace: data), seed: 99)
        try adapter.save(to: fixture.folder.path(name), baseModel: "model")
        return adapter
    }

    @Test("a job may start from an adapter that was made before, which its hash names")
    func startingAdapter() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let warm = try write(fixture, rank: 4, alpha: 8, to: "warm")
        let path = ["baseModel:": "initialAdapter: {path: warm}\nbaseModel:", "rule: fedit": "rule: frozen-a"]
        let job = try await manifest(fixture, path)
        let file = try AdapterFile(contentsOf: fixture.home.adapterFile(job.initialAdapter.hash))
        #expect(file.values == warm.parameters)
        #expect(job.initialAdapter.frozenHash == file.hash(of: .onlyA))
        #expect(try await manifest(fixture).initialAdapter.hash != job.initialAdapter.hash)
    }

    @Test("an adapter of another recipe, or none, is no start", arguments: [(2, 4.0), (4, 16.0), (0, 0)])
    func wrongStart(rank: Int, alpha: Double) async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        if rank > 0 { _ = try write(fixture, rank: rank, alpha: alpha, to: "warm") }
        let expected: AdminError.Code = rank > 0 ? .invalidDraft : .fileMissing
        await #expect(throws: AdminError(expected, "")) {
            _ = try await manifest(fixture, ["baseModel:": "initialAdapter: {path: warm}\nbaseModel:"])
        }
    }

    @Test("windows longer than the base model's positions are refused")
    func tooLongWindows() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        await #expect(throws: AdminError(.invalidDraft, "")) {
            _ = try await manifest(fixture, ["sequenceLength: 32": "sequenceLength: 256"])
        }
    }

    @Test("a base model that is not there is a missing file")
    func missingModel() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        await #expect(throws: AdminError(.fileMissing, "")) {
            _ = try await manifest(fixture, ["path: model": "path: none"])
        }
    }

    @Test("a job that another consortium signed is refused")
    func foreignJob() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let stranger = try await ThrowawayConsortium(clinics: 1, at: fixture.date)
        let document = try stranger.admin.sign(await manifest(fixture), kind: .job)
        await #expect(throws: IdentityError(.untrustedCertificate, "")) {
            _ = try await JobSigner(home: fixture.home).open(document, at: fixture.date)
        }
    }
}
