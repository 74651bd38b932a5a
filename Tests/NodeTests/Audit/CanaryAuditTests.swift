import ConsiliumCore
import ConsiliumTesting
import Crypto
import FineTuning
import Foundation
import LanguageModels
import Ledger
import Privacy
import Testing

@testable import Node

@Suite("Canary patients")
struct CanaryAuditTests {
    let folder: TemporaryFolder
    let ledger: PrivacyLedger
    let vocabulary: CanarySet.Vocabulary

    static let model = SharedData.packageRoot.appendingPathComponent("Tests/LanguageModelsTests/Vectors/plain")

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Self.ledger(in: folder)
        vocabulary = try CanarySet.Vocabulary(LanguageModel.load(from: Self.model).configuration, folder: Self.model)
    }

    static func ledger(in folder: TemporaryFolder) throws -> PrivacyLedger {
        try PrivacyLedger.create(
            at: folder.path("ledger.sqlite"), clinic: "lakeside", signingKey: Curve25519.Signing.PrivateKey(),
            policy: BudgetPolicy(scope: "reports", cap: PrivacyBudget(epsilon: 8, delta: 1e-5)))
    }

    private var audits: URL { folder.path("audit") }

    private func plan(
        _ canaries: Int = 400, tokens: Int = 16, longest: Int = 64, job: String = "job-1"
    ) throws -> CanaryAudit {
        var settings = CanarySettings(canaries: canaries)
        settings.tokens = tokens
        return try CanaryAudit.plan(
            settings, job: job, delta: 1e-5, vocabulary: vocabulary, longest: longest, folder: audits, ledger: ledger,
            random: SeededRandom(seed: 9))
    }

    @Test("secrets are random tokens of the vocabulary, all different; coins are fair; patients have all their reports")
    func drawing() throws {
        let audit = try plan()
        #expect(audit.set.secrets.count == 400 && audit.set.secrets.allSatisfy { $0.count == 16 })
        #expect(Set(audit.set.secrets).count == 400)
        let tokens = audit.set.secrets.flatMap { $0 }
        #expect(tokens.allSatisfy { (0..<61).contains($0) } && Set(tokens).count > 55)
        #expect(!tokens.contains(2), "the end of a text is no secret")
        let trained = audit.included.count { $0 }
        #expect(trained > 150 && trained < 250)
        #expect(audit.patients.count == trained)
        #expect(audit.patients.allSatisfy { $0.count == 8 && Set($0.map(\.inputIDs)).count == 1 })
        let keyed = audit.keyedPatients
        #expect(keyed.count == 8 * trained && Set(keyed.map(\.patient)).count == trained)
    }

    @Test("the plan's row fixes canaries and coins before anything is reserved, and reveals neither")
    func fixed() throws {
        let audit = try plan()
        let recorded = try #require(ledger.audit(of: "job-1"))
        #expect(try recorded.plan.commitment == audit.opening.commitment)
        #expect(recorded.head.sequence == 1 && recorded.plan.audit.guesses == 40)
        let export = folder.path("export.jsonl")
        try ledger.export(to: export)
        let text = try String(contentsOf: export, encoding: .utf8)
        #expect(!text.contains(audit.opening.coins) && !text.contains(audit.opening.salt))
        let file = CanaryAudit.openingFile(audits)
        let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
    }

    @Test("a node that comes back has the same canaries; gone or altered ones end the job")
    func loaded() throws {
        #expect(try CanaryAudit.load(job: "job-1", folder: audits, ledger: ledger) == nil)
        let audit = try plan()
        let again = try #require(try CanaryAudit.load(job: "job-1", folder: audits, ledger: ledger))
        #expect(again.set == audit.set && again.included == audit.included && again.head == audit.head)
        for file in [CanaryAudit.canariesFile(audits), CanaryAudit.openingFile(audits)] {
            let bytes = try Data(contentsOf: file)
            for damaged in [
                Data(), Data("{}".utf8), Data(String(decoding: bytes, as: UTF8.self).replacing("1", with: "2").utf8),
            ] {
                try damaged.write(to: file)
                #expect(throws: NodeError.code(.privacyStateMissing)) {
                    try CanaryAudit.load(job: "job-1", folder: audits, ledger: ledger)
                }
            }
            try bytes.write(to: file)
        }
        try FileManager.default.removeItem(at: audits)
        #expect(throws: NodeError.code(.privacyStateMissing)) {
            try CanaryAudit.load(job: "job-1", folder: audits, ledger: ledger)
        }
    }

    @Test("too few canaries or too short reports are refused, and nothing is planned")
    func refused() throws {
        for make in [{ try plan(199) }, { try plan(tokens: 3) }, { try plan(longest: 3) }] {
            #expect(throws: NodeError.code(.badInput)) { _ = try make() }
        }
        #expect(ledger.audit(of: "job-1") == nil)
        let masked = Self.model.deletingLastPathComponent().appendingPathComponent("bert-mlm")
        #expect(throws: NodeError.code(.badInput)) {
            try CanarySet.Vocabulary(LanguageModel.load(from: masked).configuration, folder: masked)
        }
    }

    @Test("special tokens of the tokenizer are no secrets, and the model's first token stands before each")
    func specials() throws {
        let model = try LanguageModel.load(from: NodeFixture.demoBase).configuration
        let vocabulary = try CanarySet.Vocabulary(model, folder: NodeFixture.demoBase)
        #expect(vocabulary.prefix == [0])
        #expect(!vocabulary.ids.contains(0) && !vocabulary.ids.contains(1) && vocabulary.ids.count > 4000)
        let set = try CanarySet(count: 3, reports: 1, tokens: 8, vocabulary: vocabulary, random: SeededRandom(seed: 1))
        #expect(set.sequences.allSatisfy { $0.inputIDs.count == 9 && $0.inputIDs[0] == 0 && $0.labels[0] == -100 })
    }

    @Test("a round's change adds to those before; a round that is trained again replaces its own; damage is told")
    func rounds() throws {
        let audit = try RoundAudit.prepare(
            job: "job-1", canaries: 200, delta: 1e-5, longest: 24, vocabulary: vocabulary, folder: audits,
            ledger: ledger, random: SeededRandom(seed: 2))
        #expect(audit.patients.allSatisfy { $0.count == 1 && $0[0].inputIDs.count <= 24 })
        let model = try LanguageModel.load(from: Self.model)
        let start = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: 2, alpha: 4, targets: ["all"]), for: model.configuration, seed: 1)
        #expect(
            try audit.end(model: model, start: start, threads: 1, ledger: ledger, progress: nil).contains("no round"))
        let zeros = [Float](repeating: 0, count: start.parameterCount)
        try audit.add(zeros.map { _ in 1 }, since: zeros, round: 1)
        try audit.add(zeros.map { _ in 9 }, since: zeros, round: 2)
        try audit.add(zeros.map { _ in 2 }, since: zeros, round: 2)
        func sum(_ round: Int) throws -> [Float] {
            let data = try Data(contentsOf: audits.appendingPathComponent("updates-\(round).f32"))
            return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        }
        #expect(try Set(sum(2)) == [3])
        try audit.add(zeros.map { _ in 4 }, since: zeros, round: 4)
        #expect(try Set(sum(4)) == [7])
        #expect(!FileManager.default.fileExists(atPath: audits.appendingPathComponent("updates-1.f32").path))

        let again = try RoundAudit.prepare(
            job: "job-1", canaries: 999, delta: 1e-3, longest: 24, vocabulary: vocabulary, folder: audits,
            ledger: ledger, random: SeededRandom(seed: 3))
        #expect(again.patients == audit.patients, "the plan is the ledger's")
        // A sum that knows nothing of the coins shows nothing.
        let text = try again.end(model: model, start: start, threads: 1, ledger: ledger, progress: nil)
        #expect(text.contains("200 canaries"))
        #expect(ledger.audit(of: "job-1")?.result != nil)
        #expect(try RoundAudit.load(job: "job-1", folder: audits, ledger: ledger) == nil, "it has ended")
    }

    @Test("a job that was trained without an audit gets none")
    func late() throws {
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 2), steps: 1)
        _ = try ledger.reserve(
            ReservationRequest(
                job: "job-1", planHash: ContentHash(of: Data()), round: 1, events: [event], clipNorm: 1))
        #expect(throws: LedgerError(.replayed, "")) { try plan() }
    }
}
