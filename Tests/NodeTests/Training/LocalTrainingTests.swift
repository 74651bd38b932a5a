import ConsiliumCore
import ConsiliumTesting
import Federation
import FineTuning
import Foundation
import LanguageModels
import Testing
import Tokenizers

@testable import Node

@Suite("Training in a clinic")
struct LocalTrainingTests {
    let dataset: ClinicDataset
    let model: LanguageModel
    let start: LoRAAdapter
    let job: JobManifest

    init() throws {
        dataset = try MarkedClinic(patients: 10).dataset()
        model = try LanguageModel.load(from: NodeFixture.demoBase)
        job = try NodeFixture.job()
        start = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: 2, alpha: 4, targets: ["attention"]), for: model.configuration,
            seed: 1)
    }

    private func run(
        _ label: String = "round-1", steps: Range<Int> = 0..<3, from adapter: LoRAAdapter? = nil,
        state: OptimizerState? = nil, plan: PrivacyPlan? = nil, random seed: UInt64 = 1
    ) throws -> LocalTraining.Outcome {
        try LocalTraining(
            model: model, recipe: job.recipe, job: job.id, clinic: "lakeside", totalSteps: job.totalSteps, threads: 1,
            aggregation: job.aggregation
        ).run(
            from: adapter ?? start, state: state, steps: steps, dataset: dataset, label: label, plan: plan,
            activity: "test", random: SeededRandom(seed: seed), progress: { _ in })
    }

    private func plan() throws -> PrivacyPlan {
        try PrivacyPlan(
            job: job, jobHash: job.hash(), privacy: #require(job.privacy), patients: dataset.train.count)
    }

    @Test("the same label gives the same bits, whatever the secret randomness; another label gives others")
    func repeatable() throws {
        let first = try run()
        let again = try run(random: 2)
        #expect(first.parameters == again.parameters)
        #expect(first.state == again.state)
        #expect(first.meanLoss == again.meanLoss)
        #expect(try run("round-2").parameters != first.parameters)
        #expect(first.parameters != start.parameters)
        #expect(first.parameters.allSatisfy { $0.isFinite })
    }

    @Test("training lowers the loss")
    func learns() throws {
        let outcome = try run(steps: 0..<12)
        let adapter = try LoRAAdapter(
            configuration: start.configuration, for: model.configuration, parameters: outcome.parameters)
        let sequences = dataset.test.flatMap { $0.map { TokenSequence($0.ids) } }
        func loss(_ adapter: LoRAAdapter) throws -> Double {
            try model.negativeLogLikelihood(of: sequences, adapter: adapter).reduce(0) { $0 + $1.sum }
        }
        #expect(try loss(adapter) < 0.9 * loss(start))
    }

    @Test("the schedule goes on with the number of the step, not with the count of this run")
    func schedule() throws {
        // Step 0 of the warm-up has a smaller rate than step 10.
        let early = try run(steps: 0..<1)
        let late = try run(steps: 10..<11)
        #expect(early.parameters != late.parameters)
        #expect(early.meanLoss == late.meanLoss)
    }

    @Test("with a privacy plan, noise and sampling come from the secret randomness alone")
    func privateTraining() throws {
        let plan = try plan()
        let first = try run(plan: plan, random: 1)
        #expect(try run(plan: plan, random: 1).parameters == first.parameters)
        #expect(try run(plan: plan, random: 2).parameters != first.parameters)
        #expect(try first.parameters != run().parameters)
        #expect(first.parameters.allSatisfy { $0.isFinite })
    }

    /// The parameters after training with a changed job.
    private func trained(steps: Range<Int>, _ change: (inout JobManifest) -> Void) throws -> [Float] {
        var job = job
        change(&job)
        return try LocalTraining(
            model: model, recipe: job.recipe, job: job.id, clinic: "lakeside", totalSteps: job.totalSteps, threads: 1,
            aggregation: job.aggregation
        ).run(
            from: start, state: nil, steps: steps, dataset: dataset, label: "x", plan: nil, activity: "test",
            random: SeededRandom(seed: 1), progress: { _ in }
        ).parameters
    }

    @Test(
        "a round trains the factors that its rule says, in a run over several rounds too",
        arguments: [
            (AggregationPlan.Rule.fedit, 0..<5, true, true), (.frozenA, 0..<5, false, true),
            (.alternating, 0..<5, false, true), (.frozenA, 0..<10, false, true), (.alternating, 0..<10, true, true),
            (.stackSVD, 0..<5, true, true),
        ])
    func factors(rule: AggregationPlan.Rule, steps: Range<Int>, changesA: Bool, changesB: Bool) throws {
        let parameters = try trained(steps: steps) { $0.aggregation.rule = rule }
        func changes(_ isA: Bool) -> Bool {
            start.layout.contains { $0.isA == isA && parameters[$0.range] != start.parameters[$0.range] }
        }
        #expect(changes(true) == changesA)
        #expect(changes(false) == changesB)
    }

    @Test("the second round of alternating trains A alone")
    func secondRound() throws {
        let parameters = try trained(steps: 5..<10) { $0.aggregation.rule = .alternating }
        for tensor in start.layout where !tensor.isA {
            #expect(parameters[tensor.range] == start.parameters[tensor.range])
        }
    }

    @Test("FedProx keeps a clinic nearer to where the round started, and no FedProx changes nothing")
    func proximal() throws {
        func distance(_ strength: Double?) throws -> Double {
            let parameters = try trained(steps: 0..<5) {
                $0.recipe.proximal = strength
                $0.recipe.optimizer.learningRate = 0.05
            }
            return zip(parameters, start.parameters).reduce(0) { $0 + pow(Double($1.0 - $1.1), 2) }.squareRoot()
        }
        let free = try distance(nil)
        #expect(try distance(0) == free)
        #expect(try distance(100) < 0.9 * free)
    }

    @Test("randomness that fails ends a private training; nothing is returned")
    func noRandomness() throws {
        let training = LocalTraining(
            model: model, recipe: job.recipe, job: job.id, clinic: "lakeside", totalSteps: job.totalSteps, threads: 1,
            aggregation: job.aggregation)
        #expect(throws: CoreError(.randomnessUnavailable, "")) {
            try training.run(
                from: start, state: nil, steps: 0..<2, dataset: dataset, label: "x", plan: plan(), activity: "test",
                random: FailingRandom(afterBytes: 64), progress: { _ in })
        }
    }

    @Test("a job's base model is found by its hash, wherever it lies")
    func library() throws {
        let hash = try BaseModelIdentity.hash(of: NodeFixture.demoBase)
        let folder = try TemporaryFolder()
        try folder.write("other/config.json", "{}")
        let library = BaseModelLibrary(folders: [folder.path("absent"), folder.path("other"), NodeFixture.demoBase])
        #expect(try library.folder(for: .init(name: "any name", hash: hash)) == NodeFixture.demoBase)
    }

    @Test("another model than the job's is refused with what was found, and no model with where to get it")
    func libraryRefusals() throws {
        let wanted = JobManifest.BaseModel(name: "demo-base", hash: ContentHash(of: Data("other".utf8)))
        let hash = try BaseModelIdentity.hash(of: NodeFixture.demoBase)
        let mismatch = try #require(throws: NodeError.self) {
            try BaseModelLibrary(folders: [NodeFixture.demoBase, URL(fileURLWithPath: "/nowhere")]).folder(for: wanted)
        }
        #expect(mismatch.code == .baseModelMismatch)
        #expect(mismatch.message.contains(hash.short))
        #expect(mismatch.message.contains(wanted.hash.short))
        #expect(mismatch.message.contains("/nowhere: no readable model"))
        let missing = try #require(throws: NodeError.self) { try BaseModelLibrary(folders: []).folder(for: wanted) }
        #expect(missing.code == .baseModelMissing)
        #expect(missing.message.contains("model.folders"))
    }
}
