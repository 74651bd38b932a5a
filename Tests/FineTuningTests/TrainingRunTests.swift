import ConsiliumCore
import ConsiliumTesting
import FineTuning
import Foundation
import LanguageModels
import Privacy
import Synchronization
import Testing

@Suite("A whole training run")
struct TrainingRunTests {
    let vectors: TrainingVectors
    let folder: TemporaryFolder

    init() throws {
        vectors = try TrainingVectors("plain")
        folder = try TemporaryFolder()
    }

    func lines(_ url: URL) throws -> [[String: Double]] {
        try String(contentsOf: url.appendingPathComponent("metrics.jsonl"), encoding: .utf8).split(separator: "\n").map
        {
            try JSONDecoder().decode([String: Double].self, from: Data($0.utf8))
        }
    }

    @Test("it writes a PEFT folder and one line of metrics a step")
    func plainRun() throws {
        let output = folder.path("out")
        let updates = Mutex<[ProgressUpdate]>([])
        let run = TrainingRun(
            optimizer: OptimizerConfiguration(learningRate: 1e-2), length: .steps(10), batchTokens: 1000,
            shuffles: false)
        let summary = try run.run(
            model: vectors.model, adapter: vectors.adapter, sequences: vectors.sequences, baseModel: "base",
            output: output, progress: { update in updates.withLock { $0.append(update) } })
        #expect(summary.steps == 10 && abs(summary.firstLoss - vectors.tokens.loss) < 1e-4)
        let metrics = try lines(output)
        #expect(metrics.map { $0["step"] } == (1...10).map(Double.init))
        #expect(metrics.first?["loss"] == summary.firstLoss && metrics.last?["loss"] == summary.lastLoss)
        #expect(updates.withLock { $0.map(\.completed) } == (1...10).map(Double.init))
        let adapter = try LoRAAdapter.load(from: output, for: vectors.model.configuration)
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter, optimizer: run.optimizer)
        for _ in 0..<10 { _ = try trainer.step(batch: vectors.sequences) }
        #expect(adapter == trainer.adapter)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["out"])
    }

    @Test("epochs are passes over the data")
    func epochs() throws {
        let run = TrainingRun(length: .epochs(2), batchTokens: 1)
        let summary = try run.run(
            model: vectors.model, adapter: vectors.adapter, sequences: vectors.sequences, baseModel: "base",
            output: folder.path("out"))
        #expect(summary.steps == 6)
    }

    @Test("a private run samples patients afresh in every step")
    func privateRun() throws {
        let privacy = TrainingRun.Privacy(
            mechanism: try GaussianMechanism(clipNorm: 0.5, noiseMultiplier: 1), samplingRate: 0.5,
            random: SeededRandom(seed: 1))
        let run = TrainingRun(length: .epochs(3), privacy: privacy)
        let summary = try run.run(
            model: vectors.model, adapter: vectors.adapter, sequences: vectors.patients(6).flatMap { $0 },
            baseModel: "base", output: folder.path("out"))
        #expect(summary.steps == 6)
        let patients = try lines(folder.path("out")).compactMap { $0["patients"] }
        #expect(patients.count == 6 && Set(patients).count > 1 && patients.allSatisfy { $0 <= 6 })
    }

    @Test("a private run without patient keys is refused")
    func missingPatient() throws {
        let mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1)
        let run = TrainingRun(privacy: .init(mechanism: mechanism, samplingRate: 1))
        #expect(throws: FineTuningError(.missingPatient, "")) {
            try run.run(
                model: vectors.model, adapter: vectors.adapter, sequences: vectors.sequences, baseModel: "base",
                output: folder.path("out"))
        }
    }

    @Test("a sampling rate outside (0, 1] is refused", arguments: [0, -1, 1.5, .nan])
    func samplingRate(rate: Double) throws {
        let mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1)
        let run = TrainingRun(length: .steps(1), privacy: .init(mechanism: mechanism, samplingRate: rate))
        #expect(throws: PrivacyError.self) {
            try run.run(
                model: vectors.model, adapter: vectors.adapter, sequences: vectors.patients(2).flatMap { $0 },
                baseModel: "base", output: folder.path("out"))
        }
    }

    @Test("an error leaves nothing behind, and an existing folder is never overwritten")
    func nothingPartial() throws {
        let broken = TrainingSequence(inputIDs: [1, 61], labels: [1, 61])
        let run = TrainingRun(length: .steps(2))
        #expect(throws: LanguageModelsError(.invalidTokens, "")) {
            try run.run(
                model: vectors.model, adapter: vectors.adapter, sequences: [broken], baseModel: "base",
                output: folder.path("out"))
        }
        #expect(throws: FineTuningError(.invalidSettings, "")) {
            try TrainingRun(length: .steps(0)).run(
                model: vectors.model, adapter: vectors.adapter, sequences: vectors.sequences, baseModel: "base",
                output: folder.path("out"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
        try folder.write("taken/file", "mine")
        #expect(throws: FineTuningError(.outputExists, "")) {
            try run.run(
                model: vectors.model, adapter: vectors.adapter, sequences: vectors.sequences, baseModel: "base",
                output: folder.path("taken"))
        }
        #expect(try String(contentsOf: folder.path("taken/file"), encoding: .utf8) == "mine")
    }
}
