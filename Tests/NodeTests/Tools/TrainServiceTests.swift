import ConsiliumCore
import ConsiliumTesting
import FineTuning
import Foundation
import LanguageModels
import Testing

@testable import Node

@Suite("Training from files")
struct TrainServiceTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let lines = (0..<6).map {
        #"{"input_ids":[\#($0 + 5),7,9,11,\#($0 + 20)],"patient":"P\#($0 / 2)"}"#
    }.joined(separator: "\n")

    private func request(_ change: (inout TrainRequest) -> Void = { _ in }) throws -> TrainRequest {
        var request = TrainRequest(
            model: NodeFixture.demoBase, data: try folder.write("data.jsonl", Self.lines), out: folder.path("out"),
            adapter: nil)
        request.steps = 2
        request.rank = 2
        request.batchTokens = 10
        change(&request)
        return request
    }

    private func isClean() throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy { $0 == "data.jsonl" }
    }

    private func metrics(_ name: String = "out") throws -> [[String: Double]] {
        try DurableFile.read(folder.path("\(name)/metrics.jsonl")).split(separator: 10).map {
            try JSONDecoder().decode([String: Double].self, from: Data($0))
        }
    }

    @Test("a training leaves a PEFT folder and a line of metrics for every step")
    func output() throws {
        let outcome = try TrainService.run(request(), progress: { _ in })
        #expect(outcome.steps == 2)
        #expect(outcome.supervisedTokens == 2 * 2 * 4)
        #expect(outcome.epsilon == nil)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("out").path).sorted()
        #expect(names == ["adapter_config.json", "adapter_model.safetensors", "metrics.jsonl"])
        let metrics = try metrics()
        #expect(metrics.compactMap { $0["step"] } == [1, 2])
        #expect(metrics.first?["loss"] == outcome.firstLoss)
        #expect(metrics.last?["loss"] == outcome.lastLoss)
        #expect(outcome.firstLoss > 1)
    }

    @Test("the same request gives the same adapter to the bit, another seed another")
    func repeatable() throws {
        func hash(_ name: String, seed: UInt64) throws -> ContentHash {
            _ = try TrainService.run(
                request {
                    $0.out = folder.path(name)
                    $0.seed = seed
                }, progress: { _ in })
            return try ContentHash(ofFile: folder.path("\(name)/adapter_model.safetensors"))
        }
        let first = try hash("a", seed: 3)
        #expect(try hash("b", seed: 3) == first)
        #expect(try hash("c", seed: 4) != first)
    }

    @Test("an epoch is one pass over all lines, in order if shuffling is off")
    func epochs() throws {
        let outcome = try TrainService.run(
            request {
                $0.steps = nil
                $0.epochs = 2
                $0.shuffle = false
            }, progress: { _ in })
        // Two lines of five tokens a batch, three batches a pass.
        #expect(outcome.steps == 6)
        #expect(outcome.supervisedTokens == 2 * 6 * 4)
    }

    @Test("a training goes on from an adapter, whose rank counts")
    func resumed() throws {
        _ = try TrainService.run(request { $0.out = folder.path("first") }, progress: { _ in })
        let outcome = try TrainService.run(
            request {
                $0.adapter = folder.path("first")
                $0.rank = 64
                $0.learningRate = 1e-12
            }, progress: { _ in })
        let model = try LanguageModel.load(from: NodeFixture.demoBase)
        let first = try LoRAAdapter.load(from: folder.path("first"), for: model.configuration)
        let second = try LoRAAdapter.load(from: folder.path("out"), for: model.configuration)
        #expect(second.configuration.rank == 2)
        #expect(zip(first.parameters, second.parameters).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(outcome.steps == 2)
    }

    @Test(
        "bases in fewer bits, recomputed layers, schedules and several batches a step train too",
        arguments: BaseStorage.allCases)
    func storages(storage: BaseStorage) throws {
        let outcome = try TrainService.run(
            request {
                $0.storage = storage
                $0.checkpointsLayers = true
                $0.accumulation = 3
                $0.warmupSteps = 1
                $0.decay = .cosine
                $0.steps = 4
                $0.writesLossCurve = true
            }, progress: { _ in })
        #expect(outcome.lastLoss < outcome.firstLoss)
        #expect(outcome.supervisedTokens == 4 * 6 * 4)
        let curve = try DurableFile.read(folder.path("out/loss.svg"))
        #expect(String(decoding: curve, as: UTF8.self).contains("<svg"))
    }

    @Test("all weights of a small model are trained into a model of its own, which loads and has learned")
    func allWeights() throws {
        let outcome = try TrainService.run(
            request {
                $0.trainsAllWeights = true
                $0.steps = 6
            }, progress: { _ in })
        #expect(outcome.isWholeModel && outcome.lastLoss < outcome.firstLoss)
        let ids: [Int32] = [5, 7, 9, 11, 20]
        func loss(_ folder: URL) throws -> Float {
            try LanguageModel.load(from: folder).tokenLosses(ids: ids, labels: ids).reduce(0, +)
        }
        #expect(try loss(folder.path("out")) < loss(NodeFixture.demoBase))
    }

    @Test("a merged adapter says what base and adapter say")
    func merge() throws {
        _ = try TrainService.run(request { $0.steps = 6 }, progress: { _ in })
        _ = try MergeService.run(
            model: NodeFixture.demoBase, adapter: folder.path("out"), out: folder.path("merged"), progress: { _ in })
        let base = try LanguageModel.load(from: NodeFixture.demoBase)
        let adapter = try LoRAAdapter.load(from: folder.path("out"), for: base.configuration)
        let expected = try base.logits(ids: [5, 7, 9], adapter: adapter)
        let found = try LanguageModel.load(from: folder.path("merged")).logits(ids: [5, 7, 9])
        let largest = expected.map(abs).max() ?? 0
        // The weights are stored in bfloat16.
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 0.03 * largest })
        #expect(throws: (any Error).self) {
            try MergeService.run(
                model: NodeFixture.demoBase, adapter: folder.path("out"), out: folder.path("merged"),
                progress: { _ in })
        }
    }

    @Test("training stops at the validation's best, and says so")
    func validation() throws {
        let outcome = try TrainService.run(
            request {
                $0.validation = $0.data
                $0.validateEvery = 1
                $0.patience = 1
                $0.learningRate = 10
                $0.steps = 50
            }, progress: { _ in })
        #expect(outcome.stoppedEarly && outcome.steps < 50)
        #expect(outcome.bestValidationLoss != nil && outcome.text.contains("stopped early"))
    }

    @Test("with privacy the cost of the run is told, and more noise costs less")
    func epsilon() throws {
        func epsilon(_ noise: Double) throws -> Double {
            let outcome = try TrainService.run(
                request {
                    $0.out = folder.path("noise-\(noise)")
                    $0.privacy = .init(clip: 1, noiseMultiplier: noise, samplingRate: 0.5)
                }, progress: { _ in })
            return try #require(outcome.epsilon)
        }
        let little = try epsilon(1)
        let much = try epsilon(4)
        #expect(little > much)
        #expect(much > 0)
        #expect(little < 20)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        let code: NodeError.Code
        let word: String
        let change: @Sendable (inout TrainRequest) -> Void
        var testDescription: String { name }
    }

    static let refusals = [
        Refusal(name: "negative decay", code: .badInput, word: "--weight-decay") { $0.weightDecay = -1 },
        Refusal(name: "a negative warm-up", code: .badInput, word: "--warmup") { $0.warmupSteps = -1 },
        Refusal(name: "patience without validation", code: .badInput, word: "--validation") { $0.patience = 2 },
        Refusal(name: "all weights and an adapter", code: .badInput, word: "--adapter") {
            $0.trainsAllWeights = true
            $0.adapter = $0.model
        },
        Refusal(name: "all weights in four bits", code: .badInput, word: "--base-dtype") {
            $0.trainsAllWeights = true
            $0.storage = .nf4
        },
        Refusal(name: "a learning rate of zero", code: .badInput, word: "--lr") { $0.learningRate = 0 },
        Refusal(name: "no learning rate", code: .badInput, word: "--lr") { $0.learningRate = .nan },
        Refusal(name: "steps and epochs", code: .badInput, word: "not both") { $0.epochs = 1 },
        Refusal(name: "privacy without a clip norm", code: .badInput, word: "--clip") {
            $0.privacy = .init(clip: nil, noiseMultiplier: 1, samplingRate: 0.5)
        },
        Refusal(name: "privacy without noise", code: .badInput, word: "--noise-multiplier") {
            $0.privacy = .init(clip: 1, noiseMultiplier: nil, samplingRate: 0.5)
        },
        Refusal(name: "privacy without a sampling rate", code: .badInput, word: "--sampling-rate") {
            $0.privacy = .init(clip: 1, noiseMultiplier: 1, samplingRate: nil)
        },
    ]

    @Test("what is not understood or not built is refused by name, and leaves nothing behind", arguments: refusals)
    func refused(refusal: Refusal) throws {
        let error = try #require(throws: NodeError.self) {
            try TrainService.run(request(refusal.change), progress: { _ in })
        }
        #expect(error.code == refusal.code)
        #expect(error.message.contains(refusal.word))
        #expect(try isClean())
    }

    @Test("privacy without patients is refused: there would be nothing to protect")
    func noPatients() throws {
        var request = try request { $0.privacy = .init(clip: 1, noiseMultiplier: 1, samplingRate: 0.5) }
        request.data = try folder.write(
            "data.jsonl", "{\"input_ids\":[1,2,3],\"patient\":\"a\"}\n{\"input_ids\":[1,2]}\n")
        #expect(throws: FineTuningError(.missingPatient, "")) { try TrainService.run(request, progress: { _ in }) }
        #expect(try isClean())
    }

    static let faults: [Refusal] = [
        Refusal(name: "no steps", code: .badInput, word: "") { $0.steps = 0 },
        Refusal(name: "negative steps", code: .badInput, word: "") { $0.steps = -3 },
        Refusal(name: "no epochs", code: .badInput, word: "") {
            $0.steps = nil
            $0.epochs = 0
        },
        Refusal(name: "endless epochs", code: .badInput, word: "") {
            $0.steps = nil
            $0.epochs = .max
        },
        Refusal(name: "no tokens in a batch", code: .badInput, word: "") { $0.batchTokens = 0 },
        Refusal(name: "no rank", code: .badInput, word: "") { $0.rank = 0 },
        Refusal(name: "a negative rank", code: .badInput, word: "") { $0.rank = -1 },
        Refusal(name: "an absurd rank", code: .badInput, word: "") { $0.rank = .max },
        Refusal(name: "no threads", code: .badInput, word: "") { $0.threads = 0 },
        Refusal(name: "a rank larger than the layers", code: .badInput, word: "") { $0.rank = 1000 },
        Refusal(name: "no batches in a step", code: .badInput, word: "") { $0.accumulation = 0 },
        Refusal(name: "a gradient bound of zero", code: .badInput, word: "") { $0.gradientClip = 0 },
        Refusal(name: "no steps between checkpoints", code: .badInput, word: "") { $0.saveEvery = 0 },
        Refusal(name: "an infinite alpha", code: .badInput, word: "") { $0.alpha = .infinity },
        Refusal(name: "unknown layers", code: .badInput, word: "") { $0.targets = ["lm_brain"] },
        Refusal(name: "no layers", code: .badInput, word: "") { $0.targets = [] },
        Refusal(name: "negative noise", code: .badInput, word: "") {
            $0.privacy = .init(clip: 1, noiseMultiplier: -1, samplingRate: 0.5)
        },
        Refusal(name: "no clip norm", code: .badInput, word: "") {
            $0.privacy = .init(clip: 0, noiseMultiplier: 1, samplingRate: 0.5)
        },
        Refusal(name: "a sampling rate above one", code: .badInput, word: "") {
            $0.privacy = .init(clip: 1, noiseMultiplier: 1, samplingRate: 1.5)
        },
        Refusal(name: "a sampling rate of zero", code: .badInput, word: "") {
            $0.privacy = .init(clip: 1, noiseMultiplier: 1, samplingRate: 0)
        },
        Refusal(name: "a model that is not there", code: .badInput, word: "") {
            $0.model = URL(fileURLWithPath: "/nowhere")
        },
        Refusal(name: "an adapter that is not there", code: .badInput, word: "") {
            $0.adapter = URL(fileURLWithPath: "/nowhere")
        },
        Refusal(name: "data that are not there", code: .badInput, word: "") {
            $0.data = URL(fileURLWithPath: "/nowhere")
        },
    ]

    @Test(
        "numbers without sense are refused with a sentence, never a crash, and leave nothing behind", arguments: faults)
    func senseless(fault: Refusal) throws {
        let error = try #require(throws: (any Error).self) {
            try TrainService.run(request(fault.change), progress: { _ in })
        }
        let known = try #require(error as? any ConsiliumError)
        #expect(known.message.hasSuffix("."))
        #expect([.usage, .badData, .inputOutput].contains(known.category))
        #expect(try isClean())
    }

    @Test("ids outside the vocabulary are refused", arguments: ["-1", "100000"])
    func vocabulary(id: String) throws {
        var request = try request()
        request.data = try folder.write("data.jsonl", "{\"input_ids\":[1,\(id),3]}\n")
        let error = try #require(throws: (any Error).self) { try TrainService.run(request, progress: { _ in }) }
        #expect((error as? any ConsiliumError)?.category == .badData)
        #expect(try isClean())
    }

    @Test("a folder that exists is never written into")
    func existing() throws {
        try folder.write("out/mine.txt", "kept")
        #expect(throws: FineTuningError(.outputExists, "")) {
            try TrainService.run(request(), progress: { _ in })
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out").path) == ["mine.txt"])
    }
}
