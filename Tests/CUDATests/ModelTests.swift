import CUDAFakes
import ConsiliumCore
import FineTuning
import Foundation
import LanguageModels
import Privacy
import Tensors
import Testing

@testable import CUDA

/// The whole engine on the emulated GPU against the CPU, for every family: models, adapters and texts of LanguageModelsTests.
@Suite("Models on the emulated GPU")
struct ModelTests {
    static let causal = [
        "plain", "tied-half", "biases-llama3", "linear-rope", "llama-old", "llama-yarn", "qwen2-yarn",
        "mistral-window", "mixtral", "mixtral-window", "qwen2-tied", "qwen2-window", "qwen3", "gemma", "gemma2", "phi",
        "gpt2", "gpt2-old", "biogpt", "biogpt-unscaled", "llama-nf4", "llama-nf4-double", "llama-int8",
    ]
    static let names = causal + ["bert-mlm", "bert-mlm-old", "bert-classification", "bert-tokens"]

    /// A model in both memories.
    struct Pair {
        struct Tokens: Decodable {
            var ids: [[Int32]]
            var labels: [[Int32]]
        }

        let host: LanguageModel
        let device: LanguageModel
        let adapter: LoRAAdapter
        let tokens: Tokens

        init(_ name: String, _ setup: FakeSetup, trainable: Bool = false, on backend: CUDABackend? = nil) throws {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("LanguageModelsTests/Vectors/\(name)")
            host = try LanguageModel.load(from: folder, trainable: trainable)
            device = try LanguageModel.load(from: folder, trainable: trainable, backend: backend ?? setup.backend())
            adapter = try LoRAAdapter.load(from: folder.appendingPathComponent("adapter"), for: host.configuration)
            tokens = try JSONDecoder().decode(
                Tokens.self, from: Data(contentsOf: folder.appendingPathComponent("tokens.json")))
        }

        var sequences: [TokenSequence] {
            zip(tokens.ids, tokens.labels).map { TokenSequence(inputIDs: $0, labels: $1) }
        }

        /// The sum of the losses and the gradient of every group.
        func gradients(
            _ model: LanguageModel, _ groups: [AdapterGradientPass.Group], checkpointing: Bool = false
        ) throws -> [(loss: Double, gradient: [Float])] {
            var results: [(Double, [Float])] = []
            let pass = try AdapterGradientPass(model: model, adapter: adapter, checkpointing: checkpointing)
            try pass.run(groups, factors: (true, true)) { results.append(($1, Array($2))) }
            return results
        }
    }

    @Test("losses and gradients of the adapter are the CPU's", arguments: names, FakeSetup.allCases)
    func gradients(name: String, setup: FakeSetup) throws {
        let pair = try Pair(name, setup)
        let group = AdapterGradientPass.Group(sequences: pair.sequences, tokenWeight: 0.1)
        let expected = try pair.gradients(pair.host, [group])[0]
        let found = try pair.gradients(pair.device, [group])[0]
        #expect(abs(found.loss - expected.loss) <= (setup == .float32 ? 1e-5 : 1e-2) * expected.loss)
        #expect(distance(found.gradient, expected.gradient) <= bound(name, setup))
    }

    @Test("logits are the CPU's", arguments: names, [FakeSetup.float32, .bfloat16])
    func logits(name: String, setup: FakeSetup) throws {
        let pair = try Pair(name, setup)
        let expected = try pair.host.logits(ids: pair.tokens.ids[0], adapter: pair.adapter)
        let found = try pair.device.logits(ids: pair.tokens.ids[0], adapter: pair.adapter)
        #expect(distance(found, expected) <= bound(name, setup))
    }

    /// bf16 has 8 bits. In a mixture a token may go to another expert when all but equally likely.
    private func bound(_ name: String, _ setup: FakeSetup) -> Double {
        setup == .float32 ? 1e-5 : name.hasPrefix("mixtral") ? 0.2 : 5e-2
    }

    @Test(
        "every patient's gradient by one backward pass is the CPU's, with layers computed again or not",
        arguments: ["plain", "gpt2", "bert-classification"], [false, true])
    func groups(name: String, checkpointing: Bool) throws {
        for setup in [FakeSetup.float32, .bfloat16] {
            let pair = try Pair(name, setup)
            let groups = pair.sequences.map { AdapterGradientPass.Group(sequences: [$0], tokenWeight: 1) }
            let expected = try pair.gradients(pair.host, groups)
            let found = try pair.gradients(pair.device, groups, checkpointing: checkpointing)
            #expect(found.count == expected.count && groups.count > 1)
            for (found, expected) in zip(found, expected) {
                #expect(distance(found.gradient, expected.gradient) <= (setup == .float32 ? 1e-5 : 5e-2))
            }
        }
    }

    @Test("the gradient of all weights is the CPU's", arguments: ["plain", "gemma2", "gpt2"])
    func allWeights(name: String) throws {
        let pair = try Pair(name, .float32, trainable: true)
        func gradient(_ model: LanguageModel) throws -> [Float] {
            var result: [Float] = []
            let group = AdapterGradientPass.Group(sequences: pair.sequences, tokenWeight: 0.1)
            try ParameterGradientPass(model: model).run([group]) { result = Array($2) }
            return result
        }
        #expect(distance(try gradient(pair.device), try gradient(pair.host)) <= 1e-5)
    }

    @Test(
        "a continued text, alone and among others, is the CPU's",
        arguments: ["plain", "mistral-window", "gpt2", "gemma2", "mixtral", "llama-nf4"])
    func generation(name: String) throws {
        let pair = try Pair(name, .float32)
        let settings = SamplingSettings(maximumTokens: 8, stopTokens: [])
        let expected = try pair.host.generate(prompt: [1, 5, 9], adapter: pair.adapter, settings: settings)
        #expect(
            try pair.device.generate(prompt: [1, 5, 9], adapter: pair.adapter, settings: settings) == expected)
        let batch = try ContinuousBatch(model: pair.device, adapter: pair.adapter)
        let first = try batch.add(prompt: [1, 5, 9], settings: settings).text
        _ = try batch.add(prompt: [7, 7, 2, 30, 4], settings: settings)
        var tokens: [Int32] = []
        while batch.count > 0 {
            for progress in try batch.step() where progress.text == first {
                switch progress.state {
                case .token(let token), .lastToken(let token): tokens.append(token.token)
                default: break
                }
            }
        }
        #expect(tokens == expected)
    }

    @Test("multiple choice is scored as by the CPU", arguments: ["plain", "gemma2", "mistral-window", "gpt2"])
    func scoring(name: String) throws {
        for setup in [FakeSetup.float32, .bfloat16] {
            let pair = try Pair(name, setup)
            let shared = (0..<20).map { Int32($0 * 3 % 61) }
            let groups = (0..<3).map { question in
                (0..<4).map { option in
                    Continuation(context: shared + [Int32(question)], ids: [Int32(7 + option), Int32(option)])
                }
            }
            let expected = try pair.host.logLikelihoods(of: groups, adapter: pair.adapter).values
            let found = try pair.device.logLikelihoods(of: groups, adapter: pair.adapter).values
            for (found, expected) in zip(found.joined(), expected.joined()) {
                #expect(abs(found - expected) <= (setup == .float32 ? 1e-4 : 0.1))
            }
        }
    }

    @Test("training, plain and private, goes the CPU's way", arguments: FakeSetup.allCases)
    func training(setup: FakeSetup) throws {
        let pair = try Pair("plain", setup)
        let batch = pair.sequences.map { TrainingSequence(inputIDs: $0.inputIDs, labels: $0.labels) }
        // Steps in proportion to the gradient: Adam's first ones would be its signs.
        let optimizer = OptimizerConfiguration(method: .sgd, learningRate: 0.1)
        func train(_ model: LanguageModel) throws -> (losses: [Double], moved: [Float], clipped: Int) {
            let trainer = try LoRATrainer(model: model, adapter: pair.adapter, optimizer: optimizer)
            var losses = try (0..<3).map { _ in try trainer.step(batch: batch).loss }
            let moved = zip(trainer.adapter.parameters, pair.adapter.parameters).map { $0 - $1 }
            let mechanism = try GaussianMechanism(clipNorm: 0.5, noiseMultiplier: 1)
            let step = try trainer.privateStep(
                patients: batch.map { [$0] }, mechanism: mechanism, expectedPatients: 3)
            losses.append(step.loss)
            return (losses, moved, step.clippedPatients)
        }
        let expected = try train(pair.host)
        let found = try train(pair.device)
        for (found, expected) in zip(found.losses, expected.losses) {
            #expect(abs(found - expected) <= (setup == .float32 ? 1e-4 : 1e-2) * expected)
        }
        #expect(found.clipped == expected.clipped && found.clipped > 0)
        #expect(distance(found.moved, expected.moved) <= (setup == .float32 ? 1e-4 : 5e-2))
    }

    @Test("where memory is short, training takes shorter passes and goes the same way", arguments: [false, true])
    func shortMemory(isPrivate: Bool) throws {
        try withFakes {
            let pair = try Pair("plain", .float32)
            // Sixteen patients with 60 tokens each.
            let patients = (0..<16).map { patient in
                let ids = (0..<60).map { Int32(($0 * 7 + patient) % 61) }
                return [TrainingSequence(inputIDs: ids, labels: ids)]
            }
            let mechanism = try GaussianMechanism(clipNorm: 0.5, noiseMultiplier: 1)
            let optimizer = OptimizerConfiguration(method: .sgd, learningRate: 0.1)
            func step() throws -> (loss: Double, moved: [Float]) {
                let trainer = try LoRATrainer(model: pair.device, adapter: pair.adapter, optimizer: optimizer)
                guard !isPrivate else {
                    let result = try trainer.privateStep(patients: patients, mechanism: mechanism, expectedPatients: 16)
                    return (result.loss, [])
                }
                let loss = try trainer.step(batch: patients.flatMap { $0 }).loss
                return (loss, zip(trainer.adapter.parameters, pair.adapter.parameters).map { $0 - $1 })
            }
            let free = cuda_fakes().pointee.used_memory
            let expected = try step()
            let backend = try #require(pair.device.backend as? CUDABackend)
            backend.releaseUnused()
            let used = cuda_fakes().pointee.used_memory
            cuda_fakes().pointee.memory = used + (Int64(backend.peakBytes) - free) * 7 / 10
            let before = backend.refusals
            let found = try step()
            #expect(backend.refusals > before)
            #expect(abs(found.loss - expected.loss) <= 1e-5 * expected.loss)
            // Private updates carry fresh noise each.
            if !isPrivate { #expect(distance(found.moved, expected.moved) <= 1e-4) }
        }
    }

    @Test("activations in bf16 take less memory, and cost little of the gradient's accuracy")
    func roundedActivations() throws {
        try withFakes {
            func run(_ rounds: Bool) throws -> (gradient: [Float], bytes: Int) {
                let backend = try FakeSetup.bfloat16.backend { $0.roundsActivations = rounds }
                let pair = try Pair("plain", .bfloat16, on: backend)
                let before = backend.peakBytes
                let ids = (0..<64).map { Int32($0 * 7 % 61) }
                let sequences = [TokenSequence](repeating: .init(inputIDs: ids, labels: ids), count: 24)
                let group = AdapterGradientPass.Group(sequences: sequences, tokenWeight: 0.001)
                return (try pair.gradients(pair.device, [group])[0].gradient, backend.peakBytes - before)
            }
            let exact = try run(false)
            let rounded = try run(true)
            // Of a model this small the logits, which stay float32, take more than half.
            #expect(Double(rounded.bytes) < 0.85 * Double(exact.bytes))
            let apart = distance(rounded.gradient, exact.gradient)
            #expect(apart > 1e-5)
            #expect(apart < 8e-2)
        }
    }

    @Test("equal calls give equal bits")
    func repeatable() throws {
        let pair = try Pair("qwen3", .bfloat16)
        let groups = pair.sequences.map { AdapterGradientPass.Group(sequences: [$0], tokenWeight: 1) }
        let first = try pair.gradients(pair.device, groups)
        let second = try pair.gradients(pair.device, groups)
        for (first, second) in zip(first, second) {
            #expect(first.loss == second.loss && first.gradient == second.gradient)
        }
    }

    @Test("a step whose kernels fail throws, and hands no patient's gradient on")
    func failure() throws {
        try withFakes {
            let pair = try Pair("plain", .bfloat16)
            let groups = pair.sequences.map { AdapterGradientPass.Group(sequences: [$0], tokenWeight: 1) }
            let pass = try AdapterGradientPass(model: pair.device, adapter: pair.adapter)
            cuda_fakes().pointee.launches_until_failure = 60
            var handed = 0
            #expect(throws: CUDAError(.launchFailed, "")) {
                try pass.run(groups, factors: (true, true)) { _, _, _ in handed += 1 }
            }
            #expect(handed == 0)
        }
    }

}

/// ‖found − expected‖ / ‖expected‖
func distance(_ found: [Float], _ expected: [Float]) -> Double {
    guard found.count == expected.count else { return .infinity }
    func norm(_ values: some Sequence<Float>) -> Double {
        values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    return norm(zip(found, expected).map { $0 - $1 }) / max(norm(expected), .leastNormalMagnitude)
}
