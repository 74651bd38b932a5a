import ConsiliumCore
import ConsiliumTesting
import FineTuning
import Foundation
import LanguageModels
import Privacy
import Synchronization
import Testing

@Suite("Accumulation, validation and guards of a run")
struct TrainingGuardTests {
    let vectors: TrainingVectors
    let folder: TemporaryFolder

    init() throws {
        vectors = try TrainingVectors("plain")
        folder = try TemporaryFolder()
    }

    @discardableResult
    func train(_ run: TrainingRun, adapter: LoRAAdapter? = nil, _ sequences: [TrainingSequence]? = nil) throws
        -> TrainingRun.Summary
    {
        try run.run(
            model: vectors.model, adapter: adapter ?? vectors.adapter, sequences: sequences ?? vectors.sequences,
            baseModel: "base", output: folder.path("out"))
    }

    func lines(_ name: String = "out") throws -> [[String: Double]] {
        let text = try String(contentsOf: folder.path("\(name)/metrics.jsonl"), encoding: .utf8)
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode([String: Double].self, from: Data($0.utf8))
        }
    }

    @Test("several batches give the gradient of their union, whatever their numbers of supervised tokens are")
    func union() throws {
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        var parts = vectors.patients(6)
        // Unequal supervision: a mean of the batches' means would be far off.
        parts[1] = parts[1].map { sequence in
            var labels = sequence.labels
            for index in labels.indices.dropLast() { labels[index] = TokenSequence.ignored }
            return TrainingSequence(inputIDs: sequence.inputIDs, labels: labels)
        }
        let once = try trainer.gradient(batch: parts.flatMap { $0 })
        let apart = try trainer.gradient(batches: parts)
        #expect(apart.result.supervisedTokens == once.result.supervisedTokens)
        #expect(abs(apart.result.loss - once.result.loss) < 1e-6)
        #expect(norm(zip(apart.gradient, once.gradient).map { $0 - $1 }) < 1e-6 * once.result.gradientNorm)
        var means = [Float](repeating: 0, count: once.gradient.count)
        for part in parts {
            for (index, value) in try trainer.gradient(batch: part).gradient.enumerated() { means[index] += value / 6 }
        }
        #expect(norm(zip(means, once.gradient).map { $0 - $1 }) > 1e-2 * once.result.gradientNorm)
    }

    @Test("accumulated steps are the steps of larger batches, and an epoch's rest is a step")
    func accumulatedRun() throws {
        var run = TrainingRun(length: .epochs(2), batchTokens: 1, shuffles: false)
        run.accumulation = 4
        // Three sequences, two epochs: six batches in steps of four and two.
        let summary = try train(run)
        #expect(summary.steps == 2)
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        let all = vectors.sequences
        _ = try trainer.step(batches: [[all[0]], [all[1]], [all[2]], [all[0]]])
        _ = try trainer.step(batches: [[all[1]], [all[2]]])
        #expect(try LoRAAdapter.load(from: folder.path("out"), for: vectors.model.configuration) == trainer.adapter)
    }

    @Test("validation is evaluated every few steps and at the end, and equals the model's own loss")
    func validation() throws {
        var run = TrainingRun(length: .steps(5), batchTokens: 30)
        let held = vectors.patients(3).flatMap { $0 }
        run.validation = .init(sequences: held, every: 2)
        let summary = try train(run)
        let losses = try lines().map { $0["validation_loss"] }
        #expect(losses.map { $0 != nil } == [false, true, false, true, true])
        let adapter = try LoRAAdapter.load(from: folder.path("out"), for: vectors.model.configuration)
        let sums = try vectors.model.negativeLogLikelihood(of: held.map(\.tokens), adapter: adapter)
        let expected = sums.reduce(0) { $0 + $1.sum } / Double(sums.reduce(0) { $0 + $1.tokens })
        #expect(abs((losses[4] ?? 0) - expected) < 1e-6)
        #expect(summary.bestValidationLoss == losses.compactMap { $0 }.min() && !summary.stoppedEarly)
    }

    @Test("training stops once patience is used up, and the best adapter is written")
    func earlyStopping() throws {
        // Much too large steps: the validation loss soon rises.
        var run = TrainingRun(
            optimizer: OptimizerConfiguration(learningRate: 0.05), length: .steps(60), batchTokens: 1000,
            shuffles: false)
        run.validation = .init(sequences: vectors.patients(4).flatMap { $0 }, every: 1, patience: 3)
        let summary = try train(run)
        let losses = try lines().compactMap { $0["validation_loss"] }
        let best = try #require(summary.bestStep)
        #expect(summary.stoppedEarly && summary.steps == best + 3 && losses.count == summary.steps)
        #expect(summary.bestValidationLoss == losses.min() && losses[best - 1] == losses.min())
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter, optimizer: run.optimizer)
        for _ in 0..<best { _ = try trainer.step(batch: vectors.sequences) }
        #expect(try LoRAAdapter.load(from: folder.path("out"), for: vectors.model.configuration) == trainer.adapter)
    }

    @Test("steps that are not finite change nothing, are counted, and end the run after a few in a row")
    func notFinite() throws {
        var wild = vectors.adapter
        try wild.setParameters(wild.parameters.map { $0 * 1e18 })
        var run = TrainingRun(length: .steps(5), batchTokens: 1)
        run.nonFiniteLimit = 3
        #expect(throws: FineTuningError(.numericalFault, "")) { try train(run, adapter: wild) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
        // Nor is a run a result in which nothing was learned. With checkpoints its lines stay.
        run.nonFiniteLimit = 6
        run.checkpointEvery = 1
        #expect(throws: FineTuningError(.numericalFault, "")) { try train(run, adapter: wild) }
        #expect(!FileManager.default.fileExists(atPath: folder.path("out").path))
        #expect(try lines(".out.training").map { $0["skipped_in_a_row"] } == [1, 2, 3, 4, 5])
        #expect(try lines(".out.training").allSatisfy { $0["loss"] == nil })
    }

    @Test(
        "an update that would overflow changes neither the adapter nor the moments",
        arguments: [.adamW, .sgd] as [OptimizerConfiguration.Method])
    func overflow(method: OptimizerConfiguration.Method) throws {
        let trainer = try LoRATrainer(
            model: vectors.model, adapter: vectors.adapter, optimizer: OptimizerConfiguration(method: method))
        _ = try trainer.step(batch: vectors.sequences)
        let adapter = trainer.adapter
        let state = trainer.optimizerState
        #expect(throws: FineTuningError(.numericalFault, "")) {
            try trainer.step(batch: vectors.sequences, learningRate: 3e38)
        }
        #expect(trainer.adapter == adapter && trainer.optimizerState == state)
        _ = try trainer.step(batch: vectors.sequences)
        #expect(trainer.adapter != adapter)
    }

    @Test("sequences without supervised tokens change nothing and are counted; with no others nothing begins")
    func silentData() throws {
        let silent = TrainingSequence(inputIDs: [5, 6, 7], labels: [5, -100, -100])
        var run = TrainingRun(length: .epochs(2), batchTokens: 1, shuffles: false)
        let mixed = [silent] + vectors.sequences.flatMap { [$0, silent] }
        let summary = try train(run, mixed)
        #expect(summary.silentSequences == 4 && summary.steps == 6)
        let trainer = try LoRATrainer(model: vectors.model, adapter: vectors.adapter)
        for index in 0..<6 { _ = try trainer.step(batch: [vectors.sequences[index % 3]]) }
        #expect(try LoRAAdapter.load(from: folder.path("out"), for: vectors.model.configuration) == trainer.adapter)
        try FileManager.default.removeItem(at: folder.path("out"))
        #expect(throws: FineTuningError(.noSupervisedTokens, "")) { try train(run, [silent, silent]) }
        #expect(throws: FineTuningError(.invalidSettings, "")) { try train(run, []) }
        run.validation = .init(sequences: [silent], every: 1)
        #expect(throws: FineTuningError(.noSupervisedTokens, "")) { try train(run) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("a bad sequence anywhere is named before the first step")
    func badSequence() throws {
        var started = false
        let run = TrainingRun(length: .steps(3), batchTokens: 1, shuffles: false)
        do {
            _ = try run.run(
                model: vectors.model, adapter: vectors.adapter,
                sequences: vectors.sequences + [TrainingSequence(inputIDs: [1, 61], labels: [1, 61])],
                baseModel: "base", output: folder.path("out"), mayContinue: { started = true })
            Issue.record("a token outside of the vocabulary was taken")
        } catch let error as LanguageModelsError {
            #expect(error.code == .invalidTokens && error.message.contains("number 4"))
        }
        #expect(!started)
    }

    static let senseless: [@Sendable (inout TrainingRun) -> Void] = [
        { $0.accumulation = 0 }, { $0.nonFiniteLimit = 0 }, { $0.clipNorm = .nan }, { $0.clipNorm = 0 },
        { $0.checkpointEvery = 0 }, { $0.schedule = LearningRateSchedule(peak: .nan) },
        { $0.validation = .init(sequences: [], every: 0) }, { $0.validation = .init(sequences: [], every: 1) },
        { $0.length = .epochs(0) }, { $0.length = .epochs(-1) }, { $0.batchTokens = 0 },
        {
            $0.privacy = (try? GaussianMechanism(clipNorm: 1, noiseMultiplier: 1)).map {
                .init(mechanism: $0, samplingRate: 0.5)
            }
            $0.accumulation = 2
        },
        {
            $0.privacy = (try? GaussianMechanism(clipNorm: 1, noiseMultiplier: 1)).map {
                .init(mechanism: $0, samplingRate: 0.5)
            }
            $0.validation = .init(
                sequences: [TrainingSequence(inputIDs: [1, 2], labels: [1, 2])], every: 1, patience: 1)
        },
    ]

    @Test("senseless settings are refused", arguments: senseless.indices)
    func refusals(index: Int) throws {
        var run = TrainingRun(length: .steps(1))
        Self.senseless[index](&run)
        #expect(throws: FineTuningError(.invalidSettings, "")) { try train(run, vectors.patients(2).flatMap { $0 }) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("metrics have the speed and the time left, and progress names loss and speed")
    func speed() throws {
        var run = TrainingRun(length: .steps(4), batchTokens: 30)
        run.writesLossCurve = true
        let notes = Mutex<[String]>([])
        let summary = try run.run(
            model: vectors.model, adapter: vectors.adapter, sequences: vectors.sequences, baseModel: "base",
            output: folder.path("out"), progress: { update in notes.withLock { $0.append(update.note) } })
        #expect(notes.withLock { $0.count { $0.hasPrefix("loss ") && $0.hasSuffix(" tokens/s") } } == 4)
        let lines = try lines()
        #expect(lines.allSatisfy { ($0["tokens_per_second"] ?? 0) > 0 && ($0["seconds"] ?? 0) > 0 })
        #expect(lines.last?["seconds_left"] == 0 && (lines.first?["seconds_left"] ?? 0) > 0)
        #expect(lines.reduce(0) { $0 + ($1["tokens"] ?? 0) } == Double(summary.tokens))
        let picture = try String(contentsOf: folder.path("out/loss.svg"), encoding: .utf8)
        #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"))
    }
}
