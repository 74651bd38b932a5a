public import ConsiliumCore
internal import FineTuning
public import Foundation
internal import LanguageModels
internal import Privacy

/// What `consilium-node train` was asked for.
public struct TrainRequest: Sendable {
    public struct PrivacySettings: Sendable {
        public var clip: Double?
        public var noiseMultiplier: Double?
        public var samplingRate: Double?

        public init(clip: Double?, noiseMultiplier: Double?, samplingRate: Double?) {
            self.clip = clip
            self.noiseMultiplier = noiseMultiplier
            self.samplingRate = samplingRate
        }
    }

    public var model: URL
    public var data: URL
    public var out: URL
    public var adapter: URL?
    public var rank = 8
    public var alpha = 16.0
    public var targets = ["all"]
    public var steps: Int?
    public var epochs: Int?
    public var batchTokens = 512
    public var optimizer = "adamw"
    public var learningRate = 1e-3
    public var shuffle = true
    public var seed: UInt64 = 1
    public var threads = 1
    public var device = "auto"
    public var baseDType = "auto"
    public var checkpointing = false
    /// `nil`: without differential privacy.
    public var privacy: PrivacySettings?

    public init(model: URL, data: URL, out: URL, adapter: URL?) {
        self.model = model
        self.data = data
        self.out = out
        self.adapter = adapter
    }
}

/// Local training from files, outside any federation: no ledger, no coordinator.
public enum TrainService {
    public struct Outcome: Codable, Sendable {
        public var out: String
        public var steps: Int
        public var supervisedTokens: Int
        public var firstLoss: Double
        public var lastLoss: Double
        public var seconds: Double
        public var tokensPerSecond: Double
        /// What this run cost every patient if nothing else was released, at delta 1e-5; `nil` without privacy.
        public var epsilon: Double?

        public var text: String {
            var text = String(
                format: "%d steps in %.1f s (%.0f supervised tokens/s): loss %.4f → %.4f\nAdapter (PEFT): %@", steps,
                seconds,
                tokensPerSecond, firstLoss, lastLoss, out)
            if let epsilon {
                text += String(format: "\nPrivacy: epsilon %.3f at delta 1e-05 for every patient (RDP)", epsilon)
            }
            return text
        }
    }

    /// - Throws: ``NodeError`` `.badInput`, `.notBuiltYet`; errors of the model, the data and the disk. No folder is left then.
    public static func run(_ request: TrainRequest, progress: @escaping ProgressHandler) throws -> Outcome {
        try check(request)
        let model = try LanguageModel.load(
            from: request.model, storage: BaseStorage(rawValue: request.baseDType) ?? .automatic)
        let file = try TrainingFile(request.data, modelFolder: request.model, limit: model.maximumLength)
        let adapter =
            try request.adapter.map { try LoRAAdapter.load(from: $0, for: model.configuration) }
            ?? LoRAAdapter(
                configuration: LoRAConfiguration(rank: request.rank, alpha: request.alpha, targets: request.targets),
                for: model.configuration, seed: request.seed)
        var run = TrainingRun(
            optimizer: OptimizerConfiguration(
                method: request.optimizer == "sgd" ? .sgd : .adamW, learningRate: Float(request.learningRate)),
            length: request.steps.map { .steps($0) } ?? .epochs(request.epochs ?? 1), batchTokens: request.batchTokens,
            shuffles: request.shuffle, seed: request.seed, threads: request.threads)
        let privacy = try request.privacy.map { try settings($0) }
        run.privacy = privacy
        let summary = try run.run(
            model: model, adapter: adapter, sequences: file.lines.map(\.sequence), baseModel: request.model.path,
            output: request.out, progress: progress)
        return Outcome(
            out: request.out.path, steps: summary.steps, supervisedTokens: summary.supervisedTokens,
            firstLoss: summary.firstLoss, lastLoss: summary.lastLoss, seconds: summary.seconds,
            tokensPerSecond: Double(summary.supervisedTokens) / max(summary.seconds, 1e-9),
            epsilon: try privacy.map { try epsilon($0, steps: summary.steps) })
    }

    private static func check(_ request: TrainRequest) throws {
        guard ["adamw", "sgd"].contains(request.optimizer) else {
            throw NodeError(.badInput, "The optimiser “\(request.optimizer)” is unknown; use adamw or sgd.")
        }
        guard ["auto", "cpu"].contains(request.device) else {
            throw NodeError(.notBuiltYet, "Training on “\(request.device)” is not built yet; use --device cpu.")
        }
        guard BaseStorage(rawValue: request.baseDType) != nil else {
            let known = BaseStorage.allCases.map(\.rawValue).joined(separator: ", ")
            throw NodeError(
                .badInput, "A base can't be stored as “\(request.baseDType.prefix(40))”; use one of \(known).")
        }
        guard !request.checkpointing else {
            throw NodeError(.notBuiltYet, "--checkpointing is not built yet; use smaller batches (--batch-tokens).")
        }
        guard request.learningRate.isFinite, request.learningRate > 0 else {
            throw NodeError(.badInput, "--lr must be a positive number.")
        }
        try ThreadCount.check(request.threads)
        guard request.steps == nil || request.epochs == nil else {
            throw NodeError(.badInput, "Give --steps or --epochs, not both.")
        }
    }

    private static func settings(_ privacy: TrainRequest.PrivacySettings) throws -> TrainingRun.Privacy {
        guard let clip = privacy.clip, let noise = privacy.noiseMultiplier, let rate = privacy.samplingRate else {
            throw NodeError(.badInput, "--dp needs --clip, --noise-multiplier and --sampling-rate.")
        }
        return TrainingRun.Privacy(
            mechanism: try GaussianMechanism(clipNorm: clip, noiseMultiplier: noise), samplingRate: rate)
    }

    private static func epsilon(_ privacy: TrainingRun.Privacy, steps: Int) throws -> Double {
        let event = try PoissonSampler(rate: privacy.samplingRate, steps: steps).event(privacy.mechanism)
        return try RDPAccountant([event]).epsilon(delta: 1e-5).epsilon
    }
}
