internal import ConsiliumCore
public import Foundation
public import Tensors

/// A transformer with frozen weights; all arithmetic is in float32.
///
/// Immutable after loading: several tasks may use one value at the same time, each call has a workspace of its own.
public struct LanguageModel: Sendable {
    public let configuration: ModelConfiguration
    let weights: ModelWeights
    package let backend: any TensorBackend
    /// [positions, rotated size / 2] each; empty without rotary positions.
    let cosine: TensorBuffer
    let sine: TensorBuffer
    /// How the weights are kept.
    public let storage: BaseStorage
    /// In the order of the flat vector; empty where the weights are frozen.
    public let parameters: [ModelParameter]

    /// Loads a Hugging Face folder: `config.json` and `model.safetensors` or its shards; F32, F16, BF16, and the NF4 and INT8
    /// layouts of bitsandbytes. What needs no conversion is mapped from the file and shared between processes.
    ///
    /// - Parameters:
    ///   - storage: how the weights are kept in memory.
    ///   - trainable: for training all parameters: every weight becomes float32 memory of its own.
    /// - Throws: ``LanguageModelsError``, or ``TensorsError`` for a malformed weight file.
    public static func load(
        from folder: URL, storage: BaseStorage = .automatic, trainable: Bool = false,
        backend: any TensorBackend = CPUBackend()
    ) throws -> LanguageModel {
        let described = try ModelConfiguration.load(from: folder)
        let source = try CheckpointSource(folder: folder, aliases: { ModelNames.aliases($0, described.family) })
        let configuration = try source.settled(described)
        let model = try LanguageModel(
            configuration, source: source, storage: trainable ? .float32 : try source.resolve(storage),
            trainable: trainable, backend: backend)
        try source.requireNothingElse { ModelNames.isRedundant($0, configuration) }
        return model
    }

    /// Random weights of the given shape, for benchmarks and tests: norms 1, the rest uniform with a deviation of about
    /// 1/sqrt(input).
    public static func random(
        _ configuration: ModelConfiguration, seed: UInt64, storage: BaseStorage = .float32, trainable: Bool = false,
        backend: any TensorBackend = CPUBackend()
    ) throws -> LanguageModel {
        try LanguageModel(
            configuration, source: RandomWeights(seed: seed), storage: storage, trainable: trainable,
            backend: backend)
    }

    init(
        _ configuration: ModelConfiguration, source: any WeightSource, storage: BaseStorage, trainable: Bool = false,
        backend: any TensorBackend
    ) throws {
        try configuration.validate()
        self.configuration = configuration
        self.backend = backend
        let loader = WeightLoader(source, storage: storage, trains: trainable, backend: backend)
        weights = try ModelWeights(configuration, loader: loader)
        parameters = loader.parameters
        self.storage = storage
        // Tables for a context of 100,000 tokens would cost more than a small model: they are as long as needed in practice.
        let positions = min(configuration.maximumPositions, LanguageModel.longestSequence)
        if case .rotary(let rotary, let size) = configuration.positions {
            let tables = rotary.tables(positions: positions, rotarySize: size)
            cosine = try TensorBuffer(tables.cosine, backend: backend)
            sine = try TensorBuffer(tables.sine, backend: backend)
        } else {
            cosine = try TensorBuffer(count: 0, backend: backend)
            sine = try TensorBuffer(count: 0, backend: backend)
        }
    }

    /// Longer sequences are refused even where the model has more positions.
    public static let longestSequence = 32768

    /// How many tokens one sequence may have.
    public var maximumLength: Int { min(configuration.maximumPositions, Self.longestSequence) }

    /// See `TensorBackend`.
    package var tokensPerTrainingPass: Int { backend.tokensPerPass }

    /// The number of predictions in `sequence` that count, by the model's own reading of labels.
    public func supervisedTokens(in sequence: TokenSequence) -> Int {
        switch configuration.head {
        case .languageModel: sequence.labels.dropFirst().count { $0 != TokenSequence.ignored }
        case .maskedLanguageModel, .classification, .tokenClassification:
            sequence.labels.count { $0 != TokenSequence.ignored }
        }
    }

    /// - Throws: ``LanguageModelsError`` `.invalidTokens` if the model can't take the sequence with its labels.
    public func check(_ sequence: TokenSequence) throws { _ = try PackedBatch([sequence], model: self) }
}
