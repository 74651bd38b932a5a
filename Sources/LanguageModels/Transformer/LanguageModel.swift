internal import ConsiliumCore
public import Foundation
public import Tensors

/// A frozen decoder-only transformer in float32.
///
/// Immutable after loading: several tasks may use one value at the same time, each call has a workspace of its own.
public struct LanguageModel: Sendable {
    public let configuration: ModelConfiguration
    let weights: ModelWeights
    let backend: any TensorBackend
    /// [positions, head size / 2] each.
    let cosine: TensorBuffer
    let sine: TensorBuffer

    /// Loads a Hugging Face folder: `config.json` and `model.safetensors` or its shards; F32, F16 and BF16.
    ///
    /// - Throws: ``LanguageModelsError``, or ``TensorsError`` for a malformed weight file.
    public static func load(from folder: URL, backend: any TensorBackend = CPUBackend()) throws -> LanguageModel {
        let configuration = try ModelConfiguration(
            huggingFace: DurableFile.read(folder.appendingPathComponent("config.json"), limit: 10_000_000))
        let checkpoint = try Checkpoint(folder: folder)
        var used: Set<String> = []
        let model = try LanguageModel(configuration, backend: backend) { name, shape, target in
            used.insert(name)
            try checkpoint.read(name, shape: shape, into: target)
        }
        try checkpoint.requireNothingElse(than: used, tiedHead: configuration.tiedHead)
        return model
    }

    /// Random weights of the given shape, for benchmarks and tests: norms 1, the rest uniform with a deviation of about
    /// 1/sqrt(input).
    public static func random(
        _ configuration: ModelConfiguration, seed: UInt64, backend: any TensorBackend = CPUBackend()
    ) throws -> LanguageModel {
        var generator = ReproducibleGenerator(seed: seed, label: "random weights")
        return try LanguageModel(configuration, backend: backend) { name, shape, target in
            let isNorm = name.hasSuffix("norm.weight")
            let bound = 1.7 / Double(shape.count == 2 ? shape[1] : 16).squareRoot()
            for index in target.indices {
                target[index] = isNorm ? 1 : Float((generator.unit() * 2 - 1) * bound)
            }
        }
    }

    init(
        _ configuration: ModelConfiguration, backend: any TensorBackend,
        source: (String, [Int], UnsafeMutableBufferPointer<Float>) throws -> Void
    ) throws {
        try configuration.validate()
        self.configuration = configuration
        self.backend = backend
        weights = try ModelWeights(configuration, backend: backend, source: source)
        // Tables for a context of 100,000 tokens would cost more than a small model: they are as long as needed in practice.
        let positions = min(configuration.maximumPositions, LanguageModel.longestSequence)
        let tables = configuration.positions.tables(positions: positions, rotarySize: configuration.headSize)
        cosine = try TensorBuffer(tables.cosine, backend: backend)
        sine = try TensorBuffer(tables.sine, backend: backend)
    }

    /// Longer sequences are refused even where the model has more positions.
    public static let longestSequence = 32768

    /// How many tokens one sequence may have.
    public var maximumLength: Int { min(configuration.maximumPositions, Self.longestSequence) }
}
