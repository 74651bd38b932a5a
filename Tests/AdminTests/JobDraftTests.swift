import Admin
import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Testing

@Suite("Job drafts")
struct JobDraftTests {
    private func draft(_ changes: [String: String] = [:]) throws -> JobDraft {
        let text = changes.reduce(AdminFixture.draft) { $0.replacing($1.key, with: $1.value) }
        return try JobDraft(yaml: text, name: "draft.yaml")
    }

    @Test("a draft is read with the defaults of what it leaves out")
    func defaults() throws {
        let draft = try draft()
        #expect(draft.id.rawValue == "test-job")
        #expect(draft.recipe.rank == 4)
        #expect(draft.recipe.targets == ["attention"])
        #expect(draft.recipe.optimizer.learningRate == 0.01)
        #expect(draft.recipe.optimizer.beta2 == 0.99)
        #expect(draft.recipe.batchSequences == 4)
        #expect(draft.recipe.seed == 7)
        #expect(draft.privacy == PatientPrivacy(epsilon: 8, delta: 1e-5, clipNorm: 0.3, expectedPatients: 32))
        #expect(draft.aggregation.secureAggregation == .off)
        #expect(draft.clinics == nil)
        #expect(draft.roundDeadlineSeconds == 3600)
        #expect(draft.validDays == 30)
        #expect(draft.egress == [.update, .heldOutMetrics])
    }

    @Test("updates are masked unless the draft says otherwise")
    func masksByDefault() throws {
        #expect(try draft(["  secureAggregation: off\n": ""]).aggregation.secureAggregation == .on)
    }

    @Test("the word none for privacy is a job without a guarantee")
    func privacyNone() throws {
        let privacy = "privacy:\n  epsilon: 8\n  delta: 1e-5\n  clipNorm: 0.3\n  expectedPatients: 32"
        #expect(try draft([privacy: "privacy: none"]).privacy == nil)
    }

    @Test("how updates are averaged can be written in full")
    func aggregation() throws {
        let aggregation = try draft([
            "  rule: fedit": """
              rule: stack-svd
              serverOptimizer: {method: fedadam, learningRate: 0.02, tau: 1e-4}
              weights: {hillside: 2, lakeside: 1}
              ranks: {lakeside: 2}
            """, "  seed: 7": "  seed: 7\n  proximal: 0.1",
            "baseModel:": "initialAdapter: {path: warm}\nbaseModel:",
        ])
        #expect(aggregation.aggregation.rule == .stackSVD)
        #expect(
            aggregation.aggregation.serverOptimizer == ServerOptimizer(method: .adam, learningRate: 0.02, tau: 1e-4))
        #expect(aggregation.aggregation.weights == ["hillside": 2, "lakeside": 1])
        #expect(aggregation.aggregation.ranks == ["lakeside": 2])
        #expect(aggregation.recipe.proximal == 0.1)
        #expect(aggregation.initialAdapter?.path == "warm")
    }

    @Test("a server optimizer may be a word alone", arguments: ServerOptimizer.Method.allCases)
    func serverOptimizer(method: ServerOptimizer.Method) throws {
        let draft = try draft(["  rule: fedit": "  serverOptimizer: \(method.rawValue)"])
        #expect(draft.aggregation.serverOptimizer == ServerOptimizer(method: method))
        #expect(draft.aggregation.rule == nil)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var change: [String: String]
        /// What the message must contain.
        var needles: [String]
        var testDescription: String { needles.joined(separator: " … ") }
    }

    static let refusals = [
        Refusal(change: ["rounds: 6": "round: 6"], needles: ["“round” is unknown", "“rounds”"]),
        Refusal(change: ["  rank: 4": "  ranks: 4"], needles: ["“recipe.ranks” is unknown", "“recipe.rank”"]),
        Refusal(change: ["    learningRate": "    learning_rate"], needles: ["“recipe.optimizer.learningRate”"]),
        Refusal(
            change: ["  epsilon: 8": "  epsilom: 8"], needles: ["“privacy.epsilom” is unknown", "“privacy.epsilon”"]),
        Refusal(change: ["privacy:\n": "privacies:\n"], needles: ["“privacy” is missing", "privacy: none"]),
        Refusal(
            change: ["privacy:\n  epsilon: 8\n  delta: 1e-5\n  clipNorm: 0.3\n  expectedPatients: 32": "privacy: off"],
            needles: ["the word “none”"]),
        Refusal(
            change: ["privacy:\n  epsilon: 8\n  delta: 1e-5\n  clipNorm: 0.3\n  expectedPatients: 32": "privacy:"],
            needles: ["privacy"]),
        Refusal(change: ["  delta: 1e-5\n": ""], needles: ["“privacy.delta” is missing"]),
        Refusal(change: ["rule: fedit": "rule: fedavg"], needles: ["“aggregation.rule” must be one of", "fedit"]),
        Refusal(
            change: ["rule: fedit": "serverOptimizer: adam"], needles: ["must be one of: fedavg, fedavgm, fedadam"]),
        Refusal(
            change: ["rule: fedit": "serverOptimizer: {method: fedadam, lr: 1}"],
            needles: ["“aggregation.serverOptimizer.lr” is unknown"]),
        Refusal(change: ["secureAggregation: off": "secureAggregation: no"], needles: ["must be one of: off, on"]),
        Refusal(change: ["rounds: 6": "rounds: many"], needles: ["“rounds” must be a whole number"]),
        Refusal(change: ["rounds: 6": "rounds: 6\nrounds: 7"], needles: ["given twice"]),
        Refusal(change: ["rounds: 6": "rounds: 6\nvalidDays: 0"], needles: ["“validDays” must be 1 to 3,650"]),
        Refusal(change: ["rounds: 6": "rounds: 6\nclinics: [Lakeside Clinic]"], needles: ["lower-case letters"]),
        Refusal(change: ["rounds: 6": "rounds: 6\negress: [update, reports]"], needles: ["“egress", "must be one of"]),
        Refusal(change: ["id: test-job": "id: Test Job"], needles: ["lower-case letters"]),
        Refusal(change: ["localSteps: 3": "localSteps: 3.5"], needles: ["localSteps", "a whole number"]),
        Refusal(change: ["    learningRate: 1e-2": "    beta1: 0.9"], needles: ["learningRate” is missing"]),
        Refusal(change: [AdminFixture.draft: "- a\n- b\n"], needles: ["must be a mapping"]),
        Refusal(change: [AdminFixture.draft: ""], needles: ["empty"]),
        Refusal(change: ["id: test-job": "id: [a"], needles: ["not valid YAML"]),
    ]

    @Test("what is wrong with a draft is said in words", arguments: refusals)
    func refused(_ refusal: Refusal) throws {
        let error = #expect(throws: (any Error).self) { _ = try draft(refusal.change) }
        let message = (error as? any ConsiliumError)?.message ?? ""
        for needle in refusal.needles { #expect(message.contains(needle), "\(message)") }
        #expect(message.contains("draft.yaml"), "\(message)")
    }

    @Test("a file that isn't there is told apart from one that can't be read")
    func missingFile() throws {
        let folder = try TemporaryFolder()
        #expect(throws: AdminError(.fileMissing, "")) { _ = try JobFile(file: folder.path("none.yaml")) }
        try folder.write("job.json", #"{"kind":"job"}"#)
        #expect(throws: AdminError(.invalidDraft, "")) { _ = try JobFile(file: folder.path("job.json")) }
    }

    @Test("the demo's draft is one")
    func demo() throws {
        let draft = try JobDraft(file: SharedData.packageRoot.appendingPathComponent("coordinator/jobs/demo.yaml"))
        #expect(draft.clinics == nil)
        #expect(draft.privacy?.epsilon == 8)
        #expect(draft.recipe.targets == ["all"])
    }
}
