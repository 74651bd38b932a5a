internal import FineTuning
public import LanguageModels
internal import Tensors

/// What `consilium-node bench` was asked for.
public struct BenchRequest: Sendable, Equatable {
    public var shape = BenchShape.smol
    public var batch = 4
    public var sequence = 256
    /// Mixed lengths instead of ``sequence``, see ``lengths(from:)``.
    public var lengths: ClosedRange<Int>?
    /// Share of each sequence's tokens whose loss counts.
    public var supervised = 1.0
    public var rank = 8
    public var alpha = 16.0
    /// How the frozen weights are kept in memory.
    public var dtype = BaseStorage.float32
    public var threads = 1
    public var steps = 5
    public var warmup = 1
    public var checkpointing = false
    public var clock = BenchClock.auto
    public var device = ComputeDevice.cpu
    /// For `decode`: tokens of the prompt and new ones.
    public var promptTokens = 32
    public var newTokens = 48

    public init() {}

    /// `32-256`: lengths from 32 to 256.
    /// - Throws: ``NodeError`` `.badInput`.
    public static func lengths(from text: String) throws -> ClosedRange<Int> {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let low = Int(parts[0]), let high = Int(parts[1]), low <= high else {
            throw NodeError(.badInput, "--lengths must be the shortest and the longest sequence, such as 32-256.")
        }
        return low...high
    }

    /// - Throws: ``NodeError`` `.badInput` or `.notBuiltYet` with what to change.
    func check() throws {
        func within(_ name: String, _ value: Int, _ allowed: ClosedRange<Int>) throws {
            guard allowed.contains(value) else {
                throw NodeError(.badInput, "\(name) must be \(allowed.lowerBound) to \(allowed.upperBound).")
            }
        }
        try ThreadCount.check(threads)
        try within("--batch", batch, 1...1024)
        try within("--seq", sequence, 2...LanguageModel.longestSequence)
        try within("--rank", rank, 1...1024)
        try within("--steps", steps, 1...10000)
        try within("--warmup", warmup, 0...1000)
        try within("--prompt-tokens", promptTokens, 1...LanguageModel.longestSequence / 2)
        try within("--new-tokens", newTokens, 1...LanguageModel.longestSequence / 4)
        if let lengths {
            let allowed = 2...LanguageModel.longestSequence
            guard allowed.contains(lengths.lowerBound), allowed.contains(lengths.upperBound) else {
                throw NodeError(
                    .badInput, "--lengths must lie between \(allowed.lowerBound) and \(allowed.upperBound).")
            }
        }
        guard supervised > 0, supervised <= 1 else {
            throw NodeError(.badInput, "--supervised must be above 0 and at most 1.")
        }
        guard dtype != .automatic else {
            throw NodeError(
                .badInput, "Random weights have no storage of their own; use --dtype fp32, bf16, int8 or nf4.")
        }
    }

    /// The sequences of a training step.
    var work: BenchWork {
        BenchWork(
            configuration: configuration, batch: batch, sequence: sequence, lengths: lengths, fraction: supervised)
    }

    var configuration: ModelConfiguration {
        shape.configuration(positions: max(sequence, lengths?.upperBound ?? 0, promptTokens + newTokens + 4))
    }

    /// The frozen model with random weights.
    func model() throws -> LanguageModel {
        ComputeThreads.set(threads)
        return try LanguageModel.random(configuration, seed: 0, storage: dtype, backend: device.backend())
    }

    /// Processor time says nothing about a GPU.
    func resolvedClock() throws -> BenchClock {
        try device.isGPU() ? .wall : clock.resolved(threads: threads)
    }

    /// A trainer with the peers' settings: all seven linear layers, AdamW at 1e-4 without decay.
    func trainer(of model: LanguageModel) throws -> LoRATrainer {
        let adapter = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: rank, alpha: alpha), for: model.configuration, seed: 0)
        return try LoRATrainer(
            model: model, adapter: adapter, optimizer: OptimizerConfiguration(learningRate: 1e-4), threads: threads,
            checkpointing: checkpointing)
    }
}
