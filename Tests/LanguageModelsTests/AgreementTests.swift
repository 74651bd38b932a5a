import ConsiliumTesting
import Foundation
import LanguageModels
import Testing

/// Biases, grouped heads, tied heads, scaled rotations, half-precision and sharded checkpoints, both dialects of
/// `config.json`: each of the tiny models has some of these.
@Suite("Agreement with transformers and PEFT")
struct AgreementTests {
    @Test("logits of the bare model", arguments: ModelVectors.names)
    func bareLogits(name: String) throws {
        let vectors = try ModelVectors(name)
        let logits = try vectors.model.logits(ids: vectors.tokens.ids[0])
        #expect(relativeDifference(logits, try vectors.tensor("expected.safetensors", "logits.base")) < 1e-4)
    }

    @Test("a head of its own counts, also where config.json calls it tied; an equal one is tied")
    func ownHead() throws {
        let vectors = try ModelVectors("plain")
        let folder = try TemporaryFolder()
        let description = try String(contentsOf: vectors.folder.appendingPathComponent("config.json"), encoding: .utf8)
        let tied = description.replacing(#""tie_word_embeddings": false"#, with: #""tie_word_embeddings": true"#)
        try folder.write("config.json", tied)
        try FileManager.default.copyItem(
            at: vectors.folder.appendingPathComponent("model.safetensors"), to: folder.path("model.safetensors"))
        let model = try LanguageModel.load(from: folder.url)
        #expect(!model.configuration.tiedHead)
        let logits = try model.logits(ids: vectors.tokens.ids[0])
        #expect(relativeDifference(logits, try vectors.tensor("expected.safetensors", "logits.base")) < 1e-4)
        // This one has a copy of its embedding as its head.
        #expect(try ModelVectors("llama-old").model.configuration.tiedHead)
    }

    @Test("logits with an adapter", arguments: ModelVectors.names)
    func adaptedLogits(name: String) throws {
        let vectors = try ModelVectors(name)
        let logits = try vectors.model.logits(ids: vectors.tokens.ids[0], adapter: vectors.adapter)
        let expected = try vectors.tensor("expected.safetensors", "logits")
        #expect(relativeDifference(logits, expected) < 1e-4)
        #expect(relativeDifference(try vectors.tensor("expected.safetensors", "logits.base"), expected) > 1e-2)
    }

    @Test("the loss and the gradient of every adapter tensor", arguments: ModelVectors.names, [false, true])
    func gradients(name: String, checkpointing: Bool) throws {
        let vectors = try ModelVectors(name)
        let supervised = vectors.supervised
        let pass = try AdapterGradientPass(
            model: vectors.model, adapter: vectors.adapter, checkpointing: checkpointing)
        let group = AdapterGradientPass.Group(sequences: vectors.sequences, tokenWeight: 1 / Float(supervised))
        var gradient: [Float] = []
        try pass.run([group], factors: (true, true)) { _, sum, values in
            #expect(abs(sum / Double(supervised) - vectors.tokens.loss) < 1e-4)
            gradient = Array(values)
        }
        for tensor in vectors.adapter.layout {
            let expected = try vectors.tensor("gradient.safetensors", tensor.name)
            #expect(relativeDifference(Array(gradient[tensor.range]), expected) < 1e-3, "\(tensor.name)")
        }
    }

    @Test("the gradient equals central differences of the loss")
    func finiteDifferences() throws {
        let vectors = try ModelVectors("biases-llama3")
        let pass = try AdapterGradientPass(model: vectors.model, adapter: vectors.adapter)
        let group = AdapterGradientPass.Group(sequences: vectors.sequences, tokenWeight: 1)
        func loss(_ parameters: [Float]) throws -> Double {
            var adapter = vectors.adapter
            try adapter.setParameters(parameters)
            return try vectors.model.negativeLogLikelihood(of: vectors.sequences, adapter: adapter).reduce(0) {
                $0 + $1.sum
            }
        }
        var gradient: [Float] = []
        try pass.run([group], factors: (true, true)) { _, _, values in gradient = Array(values) }
        let parameters = vectors.adapter.parameters
        for index in stride(from: 0, to: parameters.count, by: 41) {
            var moved = parameters
            moved[index] += 0.01
            let above = try loss(moved)
            moved[index] -= 0.02
            let difference = (above - (try loss(moved))) / 0.02
            #expect(abs(difference - Double(gradient[index])) < 0.02 * (1 + abs(difference)))
        }
    }

    @Test("groups have their own gradients, whose sum is that of all")
    func groupedGradients() throws {
        let vectors = try ModelVectors("plain")
        let pass = try AdapterGradientPass(model: vectors.model, adapter: vectors.adapter)
        let count = vectors.adapter.parameterCount
        var sum = [Float](repeating: 0, count: count)
        var groups: [[Float]] = []
        try pass.run(vectors.sequences.map { .init(sequences: [$0], tokenWeight: 1) }, factors: (true, true)) {
            _, _, values in
            groups.append(Array(values))
            for index in 0..<count { sum[index] += values[index] }
        }
        try pass.run([.init(sequences: vectors.sequences, tokenWeight: 1)], factors: (true, true)) { _, _, values in
            #expect(relativeDifference(sum, Array(values)) < 1e-5)
        }
        for (sequence, expected) in zip(vectors.sequences, groups) {
            try pass.run([.init(sequences: [sequence], tokenWeight: 1)], factors: (true, true)) { _, _, values in
                #expect(relativeDifference(Array(values), expected) < 1e-5)
            }
        }
    }

    @Test("the gradient of every parameter, where all are trained", arguments: ModelVectors.full, [false, true])
    func fullGradients(name: String, checkpointing: Bool) throws {
        let vectors = try ModelVectors(name, trainable: true)
        let pass = try ParameterGradientPass(model: vectors.model, checkpointing: checkpointing)
        let group = AdapterGradientPass.Group(
            sequences: vectors.sequences, tokenWeight: 1 / Float(vectors.supervised))
        var gradient: [Float] = []
        try pass.run([group]) { _, _, values in gradient = Array(values) }
        var largest: Float = 0
        for parameter in vectors.model.parameters {
            largest = max(largest, gradient[parameter.range].map(abs).max() ?? 0)
        }
        for parameter in vectors.model.parameters {
            var expected = try vectors.tensor("full_gradient.safetensors", parameter.name)
            if parameter.isTransposed { expected = transposed(expected, rows: parameter.shape[1]) }
            let difference = zip(gradient[parameter.range], expected).map { abs($0 - $1) }.max() ?? .infinity
            // Keys have a bias whose gradient is zero but for rounding: the scale is that of all gradients too.
            #expect(difference < 1e-3 * (expected.map(abs).max() ?? 0) + 1e-6 * largest, "\(parameter.name)")
        }
    }

    @Test("a frozen factor has no gradient", arguments: [(true, false), (false, true)])
    func frozenFactor(a: Bool, b: Bool) throws {
        let vectors = try ModelVectors("plain")
        let pass = try AdapterGradientPass(model: vectors.model, adapter: vectors.adapter)
        let group = AdapterGradientPass.Group(sequences: vectors.sequences, tokenWeight: 1)
        try pass.run([group], factors: (a, b)) { _, _, values in
            for tensor in vectors.adapter.layout {
                #expect(values[tensor.range].contains { $0 != 0 } == (tensor.isA ? a : b))
            }
        }
    }

    @Test("generation with a cache chooses what the whole sequence's logits say", arguments: ModelVectors.causal)
    func greedyGeneration(name: String) throws {
        let vectors = try ModelVectors(name)
        let settings = SamplingSettings(maximumTokens: 30, stopTokens: [])
        var seen: [Int32] = []
        let tokens = try vectors.model.generate(prompt: [1, 5, 9], adapter: vectors.adapter, settings: settings) {
            seen.append($0)
            return true
        }
        #expect(tokens.count == 30 && seen == tokens)
        let logits = try vectors.model.logits(ids: [1, 5, 9] + tokens, adapter: vectors.adapter)
        for (index, token) in tokens.enumerated() {
            let row = Array(logits[(index + 2) * 61..<(index + 3) * 61])
            #expect((row.max() ?? 0) - row[Int(token)] < 1e-4)
        }
    }

    @Test("generation ends at stop tokens, when told, and at the last position; equal seeds give equal text")
    func generationEnds() throws {
        let model = try ModelVectors("plain").model
        func generate(_ settings: SamplingSettings) throws -> [Int32] {
            try model.generate(prompt: [1], settings: settings)
        }
        let all = try generate(SamplingSettings(maximumTokens: 1000, temperature: 1, seed: 3, stopTokens: []))
        #expect(all.count == 63)
        #expect(try generate(SamplingSettings(maximumTokens: 1000, temperature: 1, seed: 3, stopTokens: [])) == all)
        #expect(try generate(SamplingSettings(maximumTokens: 1000, temperature: 1, seed: 4, stopTokens: [])) != all)
        let stop = all[7]
        let stopped = try generate(SamplingSettings(maximumTokens: 1000, temperature: 1, seed: 3, stopTokens: [stop]))
        #expect(stopped == Array(all.prefix { $0 != stop }))
        let told = try model.generate(prompt: [1], settings: SamplingSettings(stopTokens: [])) { _ in false }
        #expect(told.count == 1)
        #expect(throws: LanguageModelsError(.invalidTokens, "")) { try model.generate(prompt: []) }
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
            try generate(SamplingSettings(temperature: -1))
        }
    }

    @Test("the likelihood of a continuation is that of its tokens", arguments: ["plain", "gemma2", "gpt2"])
    func continuations(name: String) throws {
        let vectors = try ModelVectors(name)
        let prompt: [Int32] = [1, 5, 9]
        let continuations: [[Int32]] = [[7], [4, 4, 20, 31], [], [60, 0]]
        let found = try vectors.model.logLikelihoods(of: continuations, after: prompt, adapter: vectors.adapter)
        for (continuation, value) in zip(continuations, found) {
            let labels = prompt.map { _ in TokenSequence.ignored } + continuation
            let losses = try vectors.model.tokenLosses(
                ids: prompt + continuation, labels: labels, adapter: vectors.adapter)
            #expect(losses.count == continuation.count)
            #expect(abs(value + losses.reduce(0) { $0 + Double($1) }) < 1e-4)
        }
        #expect(throws: LanguageModelsError(.invalidTokens, "")) {
            try vectors.model.logLikelihoods(of: [[1]], after: [])
        }
    }

    @Test("greedy text is what transformers generates", arguments: ["plain", "mistral-window", "gpt2", "gemma2"])
    func generated(name: String) throws {
        struct Expected: Decodable {
            var prompt: [Int32]
            var tokens: [Int32]
        }
        let vectors = try ModelVectors(name)
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: vectors.folder.appendingPathComponent("generated.json")))
        let settings = SamplingSettings(maximumTokens: expected.tokens.count, stopTokens: [])
        #expect(try vectors.model.generate(prompt: expected.prompt, settings: settings) == expected.tokens)
    }

    @Test(
        "models that see the whole text can't continue one",
        arguments: ["bert-mlm", "bert-classification", "bert-tokens"])
    func noGeneration(name: String) throws {
        let model = try ModelVectors(name).model
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) { try model.generate(prompt: [1, 2]) }
    }

    @Test("windows predict every token but the first exactly once", arguments: [1, 2, 4, 9, 10, 50])
    func windows(length: Int) {
        let ids = (0..<10).map { Int32($0) }
        let windows = TokenSequence.windows(ids, length: length)
        #expect(windows.flatMap { $0.labels.dropFirst() } == Array(1..<10))
        #expect(windows.allSatisfy { $0.inputIDs.count <= length + 1 && $0.labels.count >= 2 })
        #expect(TokenSequence.windows([7], length: length).isEmpty && TokenSequence.windows([], length: length).isEmpty)
    }

    @Test("ids and labels that the model can't have are refused")
    func refusedTokens() throws {
        let model = try ModelVectors("plain").model
        let refused = LanguageModelsError(.invalidTokens, "")
        #expect(throws: refused) { try model.logits(ids: [1, 61]) }
        #expect(throws: refused) { try model.logits(ids: [-1]) }
        #expect(throws: refused) { try model.logits(ids: [Int32](repeating: 1, count: 65)) }
        #expect(throws: refused) { try model.tokenLosses(ids: [1, 2], labels: [1]) }
        #expect(throws: refused) { try model.tokenLosses(ids: [1, 2], labels: [1, -5]) }
        #expect(try model.logits(ids: [Int32](repeating: 1, count: 64)).count == 64 * 61)
        #expect(try model.logits(ids: []).isEmpty)
        #expect(try model.tokenLosses(ids: [4], labels: [4]).isEmpty)
    }
}
