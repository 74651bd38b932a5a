public import ConsiliumCore
public import Foundation
public import LanguageModels
public import Privacy

/// A whole training on one machine: sequences in, a PEFT folder and `metrics.jsonl` out.
public struct TrainingRun: Sendable {
    /// Patient-level DP-SGD with Poisson sampling of the patients.
    ///
    /// What is released is the final adapter. A step that was started and then lost, because the process ended before the
    /// next checkpoint, is taken again with fresh sampling and fresh noise; noise is never drawn twice for one sample. As
    /// somebody may have read the checkpoint or the metrics in between, ``Summary/startedSteps`` counts every step that was
    /// started in any session: report the epsilon of that number.
    public struct Privacy: Sendable {
        public var mechanism: GaussianMechanism
        public var samplingRate: Double
        /// Draws the patients and the noise.
        public var random: any SecureRandom
        /// For tests that show what a fault would do; products leave it alone.
        package var fault: PrivateStepFault?

        public init(mechanism: GaussianMechanism, samplingRate: Double, random: any SecureRandom = SystemRandom()) {
            self.mechanism = mechanism
            self.samplingRate = samplingRate
            self.random = random
        }
    }

    /// How long it trains.
    public enum Length: Sendable, Equatable {
        case steps(Int)
        /// Passes over the data; with privacy, ceil(1 / sampling rate) steps each.
        case epochs(Int)
    }

    /// The loss on sequences that are not trained on.
    public struct Validation: Sendable {
        public var sequences: [TrainingSequence]
        /// In steps; the last step is always evaluated.
        public var every: Int
        /// Training ends after so many evaluations in a row without a lower loss, and the adapter of the lowest loss is
        /// written. `nil`: the loss is only recorded. Not with privacy, because the choice would depend on the validation
        /// patients without noise.
        public var patience: Int?

        public init(sequences: [TrainingSequence], every: Int, patience: Int? = nil) {
            self.sequences = sequences
            self.every = every
            self.patience = patience
        }
    }

    public var optimizer: OptimizerConfiguration
    /// `nil`: the optimizer's rate throughout. A schedule without `totalSteps` spans the run.
    public var schedule: LearningRateSchedule?
    public var length: Length
    public var batchTokens: Int
    /// Batches of one step: their union's gradient in the memory of one.
    public var accumulation = 1
    public var shuffles: Bool
    public var seed: UInt64
    public var clipNorm: Float?
    public var trainable: TrainableFactors
    public var threads: Int
    public var privacy: Privacy?
    public var validation: Validation?
    /// Steps between checkpoints, from which an interrupted run goes on; `nil`: none are written.
    public var checkpointEvery: Int?
    /// Go on from the checkpoint of an interrupted run into the same folder, if there is one. The result has the bits that
    /// it would have had without the interruption, on the same kind of processor; with privacy the randomness is fresh.
    public var resumes = false
    /// A step whose loss or gradient is not finite changes nothing. After so many in a row the run ends with an error.
    public var nonFiniteLimit = 10
    /// Keep only every block's input for the backward pass: about a third more time for a fraction of the memory.
    public var checkpointsLayers = false
    /// Also writes `loss.svg`.
    public var writesLossCurve = false

    public init(
        optimizer: OptimizerConfiguration = OptimizerConfiguration(), schedule: LearningRateSchedule? = nil,
        length: Length = .epochs(1), batchTokens: Int = 2048, shuffles: Bool = true, seed: UInt64 = 0,
        clipNorm: Float? = nil, trainable: TrainableFactors = .both, threads: Int = 1, privacy: Privacy? = nil
    ) {
        self.optimizer = optimizer
        self.schedule = schedule
        self.length = length
        self.batchTokens = batchTokens
        self.shuffles = shuffles
        self.seed = seed
        self.clipNorm = clipNorm
        self.trainable = trainable
        self.threads = threads
        self.privacy = privacy
    }

    /// Trains `adapter` on `sequences` and writes `output`, which must not exist or be an empty folder. It appears whole
    /// at the end; on an error nothing of it exists. While it runs, and after an interruption, `.NAME.training` beside it
    /// holds the metrics so far and the checkpoint.
    ///
    /// - Parameters:
    ///   - baseModel: the name or path that PEFT shows as the base model.
    ///   - baseHash: the identity of the base model (`BaseModelIdentity`), by which a checkpoint of another base is refused.
    ///     Without it only another shape is noticed.
    ///   - mayContinue: asked before every step. What it throws ends the run, after a checkpoint if there are any.
    ///   - completing: gets the trained adapter and the folder that becomes `output`, to add to it.
    /// - Throws: ``FineTuningError``, `LanguageModelsError`, or a `CoreError` of the disk.
    public func run(
        model: LanguageModel, adapter: LoRAAdapter, sequences: [TrainingSequence], baseModel: String,
        baseHash: ContentHash? = nil, output: URL, mayContinue: () throws -> Void = {},
        progress: ProgressHandler? = nil, completing: (LoRAAdapter, URL) throws -> Void = { _, _ in }
    ) throws -> Summary {
        let source = try AdapterGradientSource(model: model, adapter: adapter, checkpointing: checkpointsLayers)
        let trainer = try ParameterTrainer(
            source: source, parameters: adapter.parameters, optimizer: optimizer, factors: trainable.flags,
            threads: threads)
        let identity = [
            "base model": Self.identity(of: model, baseHash), "adapter": try RunIdentity.hash(of: adapter),
        ]
        return try run(
            trainer, identity: identity, sequences: sequences, output: output, mayContinue: mayContinue,
            progress: progress
        ) { parameters, folder in
            let trained = try source.adapter(parameters)
            try trained.save(to: folder, baseModel: baseModel)
            try completing(trained, folder)
        }
    }

    /// Trains all weights of `model`, which was loaded as trainable and is changed; otherwise like the other one.
    ///
    /// - Parameter save: writes the trained weights, in the order of `LanguageModel.parameters`, into a folder.
    public func run(
        model: LanguageModel, sequences: [TrainingSequence], baseHash: ContentHash? = nil, output: URL,
        mayContinue: () throws -> Void = {}, progress: ProgressHandler? = nil, save: ([Float], URL) throws -> Void
    ) throws -> Summary {
        let source = try ModelGradientSource(model: model, checkpointing: checkpointsLayers)
        let trainer = try ParameterTrainer(
            source: source, parameters: source.parameters, optimizer: optimizer, threads: threads)
        let identity = ["base model": Self.identity(of: model, baseHash), "choice of parameters": "all"]
        return try run(
            trainer, identity: identity, sequences: sequences, output: output, mayContinue: mayContinue,
            progress: progress, save: save)
    }

    private static func identity(of model: LanguageModel, _ hash: ContentHash?) -> String {
        let shape = model.configuration
        let weights = hash?.hex ?? "\(shape.layers) \(shape.hiddenSize) \(shape.vocabularySize)"
        return "\(weights) as \(model.storage.rawValue)"
    }

    /// The same for whatever `trainer` trains.
    ///
    /// - Parameters:
    ///   - identity: hashes of the base and of the parameters at the start, under names for people.
    ///   - save: writes parameters into the output folder.
    func run(
        _ trainer: ParameterTrainer, identity: [String: String], sequences: [TrainingSequence], output: URL,
        mayContinue: () throws -> Void, progress: ProgressHandler?, save: ([Float], URL) throws -> Void
    ) throws -> Summary {
        try validate()
        let folder = try RunFolder(output: output, resumes: resumes)
        do {
            let session = try TrainingSession(
                run: self, trainer: trainer, sequences: sequences, identity: identity, folder: folder)
            try session.train(mayContinue: mayContinue, progress: progress)
            try folder.finish { part in
                try save(session.result, part)
                if writesLossCurve {
                    let curve = LossCurve(lines: try MetricsLine.lines(of: folder.metricsData()))
                    try DurableFile.write(
                        Data(curve.svg().utf8), to: part.appendingPathComponent("loss.svg"), permissions: 0o644)
                }
            }
            return session.summary
        } catch {
            folder.abandon()
            throw error
        }
    }

    private func validate() throws {
        func require(_ condition: Bool, _ message: String) throws {
            guard condition else { throw FineTuningError(.invalidSettings, message) }
        }
        try optimizer.validate()
        try schedule?.validate()
        try require(accumulation >= 1, "A step needs at least one batch.")
        try require(nonFiniteLimit >= 1, "At least one step that is not finite must be allowed.")
        try require(clipNorm.map { $0.isFinite && $0 > 0 } ?? true, "The gradient's clip norm must be positive.")
        try require(checkpointEvery.map { $0 >= 1 } ?? true, "Checkpoints need at least one step in between.")
        if let validation {
            try require(
                validation.every >= 1 && validation.patience ?? 1 >= 1,
                "Validation needs at least one step in between and a patience of at least one.")
        }
        guard privacy != nil else { return }
        try require(
            accumulation == 1, "With privacy a step has one sample of patients. Raise the sampling rate instead.")
        try require(
            validation?.patience == nil,
            "Early stopping would choose the adapter by the validation patients without noise. Train privately without it."
        )
    }
}
