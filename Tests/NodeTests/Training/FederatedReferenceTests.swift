import ConsiliumCore
import ConsiliumTesting
import Evaluation
import Federation
import FineTuning
import Foundation
import Identity
import LanguageModels
import Privacy
import SecureAggregation
import Tensors
import Testing

@testable import Node

/// Whole federations in one process on batches that `scripts/federated-reference.py dump` wrote: training, clipping, encoding,
/// the sum in the ring and the average are the product's own; only the network and the vault are left out.
@Suite(
    "Federations on the reference's batches",
    .enabled(
        if: ReferenceFolder.url != nil,
        "CONSILIUM_FEDERATED_REFERENCE does not name a folder of scripts/federated-reference.py"))
struct FederatedReferenceTests {
    @Test("every run ends with a better model than it began with, and its results are written down")
    func runs() throws {
        let reference = try ReferenceFolder()
        try Data().write(to: reference.results)
        let file = try FileHandle(forWritingTo: reference.results)
        defer { try? file.close() }
        var adapters: [String: AdapterFile] = [:]
        for run in reference.runs where ReferenceFolder.isWanted(run.name) {
            for seed in 1...(run.epsilon == nil ? 1 : ReferenceFolder.noiseSeeds) {
                var start = run.start.flatMap { adapters[$0] } ?? reference.start
                if let warm = run.warm { start = try reference.warmed(start, on: warm) }
                let before = try reference.score(run, start)
                let adapter = try ReferenceFederation(reference, run, noiseSeed: UInt64(seed)).train(from: start)
                adapters[run.name] = adapter
                let after = try reference.score(run, adapter)
                #expect(after.bitsPerByte < before.bitsPerByte, "\(run.name)")
                try file.write(contentsOf: CanonicalJSON.encode(after) + Data("\n".utf8))
                print("\(run.name), seed \(seed): \(before.bitsPerByte) → \(after.bitsPerByte)")
            }
        }
    }
}

/// One run of the reference through our code.
struct ReferenceFederation {
    let reference: ReferenceFolder
    let run: ReferenceFolder.Run
    let job: JobManifest
    let random: any SecureRandom

    init(_ reference: ReferenceFolder, _ run: ReferenceFolder.Run, noiseSeed: UInt64) throws {
        self.reference = reference
        self.run = run
        random = SeededRandom(seed: noiseSeed)
        job = try NodeFixture.job(clinics: run.clinics) { job in
            job.rounds = run.rounds
            job.recipe = TrainingRecipe(
                localSteps: run.localSteps, sequenceLength: run.sequenceLength,
                optimizer: .init(learningRate: run.learningRate))
            job.privacy = run.epsilon.map {
                PatientPrivacy(
                    epsilon: $0, delta: 1e-5, clipNorm: 0.3, expectedPatients: run.expectedPatients ?? 32)
            }
            job.aggregation = AggregationPlan(
                rule: run.rule, secureAggregation: .off, updateClipNorm: 50, minimumClinics: 1)
        }
    }

    func train(from start: AdapterFile) throws -> AdapterFile {
        var job = job
        job.initialAdapter = .init(
            hash: ContentHash(of: Data()), adapter: start, plan: job.aggregation, rank: job.recipe.rank)
        #expect(job.problems().isEmpty)
        let batches = try reference.batches(run)
        let plans = try zip(run.clinics, run.patients).map { _, patients in
            try job.privacy.map { try PrivacyPlan(job: job, jobHash: job.hash(), privacy: $0, patients: patients) }
        }
        var adapter = start
        var states: [Int: OptimizerState] = [:]
        for round in 1...job.rounds {
            let steps = (round - 1) * run.localSteps..<round * run.localSteps
            var sum: RingAccumulator?
            for (index, clinic) in job.clinics.enumerated() {
                let update = try RoundUpdate(job, round: round, clinic: clinic, from: adapter)
                let source: BatchSource
                if let plan = plans[index] {
                    let mechanism =
                        try run.noiseMultipliers.map {
                            try GaussianMechanism(clipNorm: plan.clipNorm, noiseMultiplier: $0[index])
                        } ?? plan.mechanism()
                    source = .givenPatients(
                        steps.map { batches[$0][index].map { [$0] } }[...], mechanism,
                        expected: min(Double(plan.expectedPatients), Double(run.patients[index])), random: random)
                } else {
                    source = .given(steps.map { batches[$0][index] }[...])
                }
                let outcome = try LocalTraining(
                    model: reference.model, recipe: job.recipe, job: job.id, clinic: clinic.text,
                    totalSteps: job.totalSteps, threads: 1, aggregation: job.aggregation
                ).run(
                    from: update.startingAdapter(reference.configuration, for: reference.model.configuration),
                    state: run.keepsMoments ? states[index] : nil, steps: steps, batches: source, activity: run.name)
                states[index] = outcome.state
                let encoding = try update.encoding()
                if sum == nil { sum = RingAccumulator(encoding: encoding) }
                try sum?.add(update: update.vector(outcome.parameters, encoding: encoding))
            }
            adapter = try FederatedAveraging(job.aggregation).next(
                #require(sum).decodeMean(), of: job.clinics, round: round, adapter: adapter
            ).adapter
        }
        return adapter
    }
}

/// What `scripts/federated-reference.py dump` wrote.
struct ReferenceFolder {
    struct Run: Decodable {
        let name: String
        let rule: AggregationPlan.Rule
        let learningRate: Double
        let epsilon: Double?
        let rounds: Int
        let localSteps: Int
        let sequenceLength: Int
        let keepsMoments: Bool
        let clinics: [String]
        let patients: [Int]
        let batches: String
        let heldOut: String
        let start: String?
        let warm: String?
        let expectedPatients: Int?
        /// Instead of those that this clinic's plan gives.
        let noiseMultipliers: [Double]?
        let hasCanaries: Bool
    }

    struct Score: Encodable {
        struct Exposure: Encodable {
            let count: Int
            let mean: Double
            let max: Double
            let rank1: Int
        }

        let name: String
        /// Over the four clinics, without the late joiner.
        let bitsPerByte: Double
        let each: [String: Double]
        let exposure: [String: Exposure]?
    }

    private struct Runs: Decodable {
        let model: String
        let runs: [Run]
    }

    private struct Document: Decodable {
        let ids: [Int32]
        let bytes: Int
    }

    private static let environment = ProcessInfo.processInfo.environment
    static let url = environment["CONSILIUM_FEDERATED_REFERENCE"].map { URL(fileURLWithPath: $0) }
    /// Noise differs from run to run; more runs say how much.
    static let noiseSeeds = environment["CONSILIUM_NOISE_SEEDS"].flatMap { Int($0) } ?? 3
    private static let lateJoiner = "riverbend-surgical"

    static func isWanted(_ name: String) -> Bool {
        environment["CONSILIUM_REFERENCE_RUNS"].map { name.contains($0) } ?? true
    }

    let folder: URL
    let model: LanguageModel
    let runs: [Run]
    let start: AdapterFile
    let configuration = LoRAConfiguration(rank: 8, alpha: 16)
    private let heldOut: [String: [String: [Document]]]

    init() throws {
        folder = try #require(Self.url)
        let description = try Self.read(Runs.self, folder, "runs.json")
        runs = description.runs
        model = try LanguageModel.load(from: URL(fileURLWithPath: description.model))
        start = try AdapterFile(contentsOf: folder.appendingPathComponent("start.safetensors"))
        heldOut = try Self.read([String: [String: [Document]]].self, folder, "held-out.json")
    }

    var results: URL { folder.appendingPathComponent("ours.jsonl") }

    private static func read<Value: Decodable>(_ type: Value.Type, _ folder: URL, _ name: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// Windows, or patients' windows, by step and clinic.
    func batches(_ run: Run) throws -> [[[TrainingSequence]]] {
        try Self.read([[[[Int32]]]].self, folder, run.batches).map { step in
            step.map { clinic in clinic.map { TrainingSequence(inputIDs: $0, labels: $0) } }
        }
    }

    /// A warmed on the reference's public batches as `model warm-a` does it, B zero.
    func warmed(_ start: AdapterFile, on name: String) throws -> AdapterFile {
        let batches = try Self.read([[[Int32]]].self, folder, name)
        let trainer = try LoRATrainer(
            model: model,
            adapter: LoRAAdapter(configuration: configuration, for: model.configuration, parameters: start.values),
            optimizer: OptimizerConfiguration(learningRate: 1e-2, beta2: 0.99))
        let schedule = LearningRateSchedule(
            peak: 1e-2, warmupSteps: 10, totalSteps: batches.count, finalFraction: 0.1)
        for (step, batch) in batches.enumerated() {
            _ = try trainer.step(
                batch: batch.map { TrainingSequence(inputIDs: $0, labels: $0) }, learningRate: schedule.rate(at: step),
                clipNorm: 1)
        }
        var warm = try AdapterFile(layout: start.layout, values: trainer.adapter.parameters)
        for range in warm.layout.ranges(.onlyB) {
            for index in range { warm.values[index] = 0 }
        }
        return warm
    }

    func score(_ run: Run, _ file: AdapterFile) throws -> Score {
        let adapter = try LoRAAdapter(
            configuration: configuration, for: model.configuration, parameters: file.values)
        var each: [String: Double] = [:]
        var (nats, bytes) = (0.0, 0)
        for (clinic, documents) in try #require(heldOut[run.heldOut]) {
            let result = try PerplexityEvaluation(windowTokens: 256).run(
                documents.map { EvaluationDocument(unit: clinic, ids: $0.ids, utf8Bytes: $0.bytes) }
            ) { windows in
                try model.negativeLogLikelihood(of: windows.map { TokenSequence($0) }, adapter: adapter)
            }
            let own = result.scores.reduce((0.0, 0)) { ($0.0 + $1.nats, $0.1 + $1.utf8Bytes) }
            each[clinic] = own.0 / Double(own.1) / log(2)
            if clinic != Self.lateJoiner { (nats, bytes) = (nats + own.0, bytes + own.1) }
        }
        return Score(
            name: run.name, bitsPerByte: nats / Double(bytes) / log(2), each: each,
            exposure: run.hasCanaries ? try exposure(adapter) : nil)
    }

    /// log₂(n + 1) − log₂(rank) of each planted sentence among n others of its form (Carlini et al. 2019).
    private func exposure(_ adapter: LoRAAdapter) throws -> [String: Score.Exposure] {
        try Self.read([String: [[[Int32]]]].self, folder, "canaries.json").mapValues { canaries in
            let exposures = try canaries.map { rows in
                let losses = try model.negativeLogLikelihood(of: rows.map { TokenSequence($0) }, adapter: adapter)
                let rank = 1 + losses.dropFirst().count { $0.sum < losses[0].sum }
                return log2(Double(rows.count)) - log2(Double(rank))
            }
            let most = log2(Double(canaries.first?.count ?? 1))
            return Score.Exposure(
                count: exposures.count, mean: exposures.reduce(0, +) / Double(max(1, exposures.count)),
                max: exposures.max() ?? 0, rank1: exposures.count { $0 >= most - 1e-9 })
        }
    }
}
