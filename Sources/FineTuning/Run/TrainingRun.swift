public import ConsiliumCore
public import Foundation
public import LanguageModels
public import Privacy

/// A whole training on one machine: sequences in, a PEFT folder and `metrics.jsonl` out.
public struct TrainingRun: Sendable {
    /// Patient-level DP-SGD with Poisson sampling of the patients.
    public struct Privacy: Sendable {
        public var mechanism: GaussianMechanism
        public var samplingRate: Double
        /// Draws the patients and the noise.
        public var random: any SecureRandom

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

    public struct Summary: Sendable, Equatable {
        public var steps: Int
        public var supervisedTokens: Int
        /// Of the first and the last step.
        public var firstLoss: Double
        public var lastLoss: Double
        public var seconds: Double
    }

    public var optimizer: OptimizerConfiguration
    /// `nil`: the optimiser's rate throughout.
    public var schedule: LearningRateSchedule?
    public var length: Length
    public var batchTokens: Int
    public var shuffles: Bool
    public var seed: UInt64
    public var clipNorm: Float?
    public var trainable: TrainableFactors
    public var threads: Int
    public var privacy: Privacy?

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
    /// at the end; on an error nothing of it exists.
    ///
    /// - Parameter baseModel: the name or path that PEFT shows as the base model.
    /// - Throws: ``FineTuningError``, `LanguageModelsError`, or a `CoreError` of the disk.
    public func run(
        model: LanguageModel, adapter: LoRAAdapter, sequences: [TrainingSequence], baseModel: String, output: URL,
        progress: ProgressHandler? = nil
    ) throws -> Summary {
        let existing = try? FileManager.default.contentsOfDirectory(atPath: output.path)
        guard existing?.isEmpty ?? !FileManager.default.fileExists(atPath: output.path) else {
            throw FineTuningError(.outputExists, "\(output.path) already exists. Choose another folder or remove it.")
        }
        let trainer = try LoRATrainer(
            model: model, adapter: adapter, optimizer: optimizer, trainable: trainable, threads: threads)
        let temporary = output.deletingLastPathComponent().appendingPathComponent(
            ".\(output.lastPathComponent).\(UInt32.random(in: 0 ... .max)).part")
        defer { try? FileManager.default.removeItem(at: temporary) }
        try DurableFile.createFolder(temporary, permissions: 0o755)
        let metrics = MetricsLog()
        let summary =
            if let privacy {
                try runPrivately(privacy, trainer, sequences, metrics, progress)
            } else {
                try runPlainly(trainer, sequences, metrics, progress)
            }
        try trainer.adapter.save(to: temporary, baseModel: baseModel)
        try DurableFile.write(metrics.data, to: temporary.appendingPathComponent("metrics.jsonl"), permissions: 0o644)
        do {
            if existing != nil { try FileManager.default.removeItem(at: output) }
            try FileManager.default.moveItem(at: temporary, to: output)
            try DurableFile.synchronizeFolder(output.deletingLastPathComponent())
        } catch {
            throw FineTuningError(
                .outputUnwritable, "Can't create \(output.path). Check the path and this user's rights.", cause: error)
        }
        return summary
    }

    private func runPlainly(
        _ trainer: LoRATrainer, _ sequences: [TrainingSequence], _ metrics: MetricsLog, _ progress: ProgressHandler?
    ) throws -> Summary {
        var batcher = try SequentialBatcher(
            sequences: sequences, batchTokens: batchTokens, shuffleSeed: shuffles ? seed : nil)
        let total = try steps(inAnEpoch: {
            var counter = batcher
            var count = 0
            while counter.epoch == 0 {
                _ = counter.next()
                count += 1
            }
            return count
        })
        return try loop(total, metrics, progress) { rate in
            let result = try trainer.step(batch: batcher.next(), learningRate: rate, clipNorm: clipNorm)
            return MetricsLog.Line(
                step: 0, loss: result.loss, learningRate: rate, supervisedTokens: result.supervisedTokens,
                gradientNorm: result.gradientNorm)
        }
    }

    private func runPrivately(
        _ privacy: Privacy, _ trainer: LoRATrainer, _ sequences: [TrainingSequence], _ metrics: MetricsLog,
        _ progress: ProgressHandler?
    ) throws -> Summary {
        var byPatient: [String: [TrainingSequence]] = [:]
        for sequence in sequences {
            guard let patient = sequence.patient, !patient.isEmpty else {
                throw FineTuningError(
                    .missingPatient,
                    "A sequence has no patient. Differential privacy protects patients: give every line its \"patient\"."
                )
            }
            byPatient[patient, default: []].append(sequence)
        }
        let patients = byPatient.sorted { $0.key < $1.key }.map(\.value)
        guard !patients.isEmpty else {
            throw FineTuningError(.invalidSettings, "Training needs at least one sequence.")
        }
        // The rate is checked by the sampler; this only keeps the division below from overflowing.
        let total = try steps(inAnEpoch: { Int((1 / max(privacy.samplingRate, 1e-9)).rounded(.up)) })
        var sampler = try PoissonSampler(rate: privacy.samplingRate, steps: total)
        let expected = privacy.samplingRate * Double(patients.count)
        return try loop(total, metrics, progress) { rate in
            let drawn = try sampler.drawStep(patients: patients.count, source: privacy.random).map { patients[$0] }
            let result = try trainer.privateStep(
                patients: drawn, mechanism: privacy.mechanism, expectedPatients: expected, learningRate: rate,
                random: privacy.random)
            return MetricsLog.Line(
                step: 0, loss: result.loss, learningRate: rate, supervisedTokens: result.supervisedTokens,
                patients: result.patients, clippedPatients: result.clippedPatients)
        }
    }

    private func steps(inAnEpoch count: () -> Int) throws -> Int {
        let (given, unit) =
            switch length {
            case .steps(let steps): (steps, 1)
            case .epochs(let epochs): (epochs, count())
            }
        let (total, overflow) = given.multipliedReportingOverflow(by: unit)
        guard given >= 1, !overflow else {
            throw FineTuningError(.invalidSettings, "The number of steps or epochs must be at least 1.")
        }
        return total
    }

    private func loop(
        _ total: Int, _ metrics: MetricsLog, _ progress: ProgressHandler?,
        _ step: (_ rate: Float) throws -> MetricsLog.Line
    ) throws -> Summary {
        let start = ContinuousClock.now
        var summary = Summary(steps: total, supervisedTokens: 0, firstLoss: 0, lastLoss: 0, seconds: 0)
        for number in 0..<total {
            let began = ContinuousClock.now
            var line = try step(schedule?.rate(at: number) ?? optimizer.learningRate)
            line.step = number + 1
            line.seconds = (ContinuousClock.now - began) / .seconds(1)
            try metrics.append(line)
            if number == 0 { summary.firstLoss = line.loss }
            summary.lastLoss = line.loss
            summary.supervisedTokens += line.supervisedTokens
            progress?(
                ProgressUpdate(
                    activity: "train", completed: Double(number + 1), total: Double(total), unit: "steps",
                    note: String(format: "loss %.3f", line.loss)))
        }
        summary.seconds = (ContinuousClock.now - start) / .seconds(1)
        return summary
    }
}
