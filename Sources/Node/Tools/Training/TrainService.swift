public import ConsiliumCore
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Privacy
internal import Tensors

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
        public var bestValidationLoss: Double?
        public var bestStep: Int?
        public var stoppedEarly: Bool
        /// Lines whose end was cut off, because the model has no more positions.
        public var cutLines: Int
        /// Lines without a token to learn from.
        public var silentLines: Int
        /// Steps that changed nothing because their numbers were not finite.
        public var skippedSteps: Int
        /// The step after which an interrupted run went on.
        public var resumedAt: Int?
        /// Whether the folder has a whole model instead of an adapter.
        public var isWholeModel: Bool
        /// What the empirical audit found; `nil` without one.
        public var audit: AuditedTraining.Finding?

        public var text: String {
            var lines = [
                String(
                    format: "%d steps in %.1f s (%.0f supervised tokens/s): loss %.4f → %.4f", steps, seconds,
                    tokensPerSecond, firstLoss, lastLoss)
            ]
            if let resumedAt { lines[0] = "Went on after step \(resumedAt). " + lines[0] }
            if let bestValidationLoss, let bestStep {
                let end = stoppedEarly ? "; stopped early, that step's weights are written" : ""
                let best = String(format: "Best validation loss %.4f after step %d", bestValidationLoss, bestStep)
                lines.append(best + end)
            }
            if cutLines > 0 { lines.append("\(cutLines) lines were longer than the model's positions and were cut.") }
            if silentLines > 0 { lines.append("\(silentLines) lines had no token to learn from.") }
            if skippedSteps > 0 { lines.append("\(skippedSteps) steps were skipped: their numbers were not finite.") }
            lines.append("\(isWholeModel ? "Model (Hugging Face)" : "Adapter (PEFT)"): \(out)")
            if let epsilon {
                lines.append(
                    String(format: "Privacy: epsilon %.3f at delta 1e-05 for every patient (RDP)", epsilon))
                lines.append("metrics.jsonl has figures without noise: keep it here, share the adapter only.")
            }
            if let audit { lines.append(audit.text) }
            return lines.joined(separator: "\n")
        }
    }

    /// - Throws: ``NodeError`` `.badInput`, `.notBuiltYet`; errors of the model, the data and the disk. No folder is left
    ///   then, unless there is a checkpoint to go on from.
    public static func run(_ request: TrainRequest, progress: @escaping ProgressHandler) throws -> Outcome {
        try request.check()
        // Loading may quantize, on all threads.
        ComputeThreads.set(request.threads)
        let model = try LanguageModel.load(
            from: request.model, storage: request.storage, trainable: request.trainsAllWeights,
            backend: try request.device.backend())
        let lines = try lines(in: request.data, request, model)
        var sequences = lines.map(\.sequence)
        var run = TrainingRun(
            optimizer: OptimizerConfiguration(
                method: request.optimizer, learningRate: Float(request.learningRate),
                weightDecay: Float(request.weightDecay)),
            schedule: request.schedule(), length: request.steps.map { .steps($0) } ?? .epochs(request.epochs ?? 1),
            batchTokens: request.batchTokens, shuffles: request.shuffle, seed: request.seed,
            clipNorm: request.gradientClip.map(Float.init), threads: request.threads)
        run.accumulation = request.accumulation
        run.checkpointsLayers = request.checkpointsLayers
        run.checkpointEvery = request.saveEvery
        run.resumes = request.resumes
        run.writesLossCurve = request.writesLossCurve
        run.validation = try request.validation.map {
            .init(
                sequences: try self.lines(in: $0, request, model).map(\.sequence), every: request.validateEvery,
                patience: request.patience)
        }
        var privacy = try request.privacy.map { try settings($0) }
        privacy?.fault = request.fault
        run.privacy = privacy
        // Only a run that can be interrupted needs to know its base for sure.
        let hash =
            request.saveEvery != nil || request.resumes ? try baseIdentity(request) : nil
        let summary: TrainingRun.Summary
        var finding: AuditedTraining.Finding?
        if let audit = request.audit, let privacy {
            let start = try adapter(request, model)
            let training = try AuditedTraining(
                audit, request: request, privacy: privacy, model: model, start: start)
            defer { training.abandon() }
            sequences += training.patients
            summary = try run.run(
                model: model, adapter: start, sequences: sequences, baseModel: request.model.path, baseHash: hash,
                output: request.out, progress: progress
            ) { trained, folder in
                try training.finish(trained, in: folder, progress: progress)
            }
            finding = try training.finding()
        } else if request.trainsAllWeights {
            summary = try run.run(
                model: model, sequences: sequences, baseHash: hash, output: request.out, progress: progress
            ) { values, folder in
                try model.save(parameters: values, base: request.model, to: folder)
            }
        } else {
            summary = try run.run(
                model: model, adapter: adapter(request, model), sequences: sequences, baseModel: request.model.path,
                baseHash: hash, output: request.out, progress: progress)
        }
        return Outcome(
            out: request.out.path, steps: summary.steps, supervisedTokens: summary.supervisedTokens,
            firstLoss: summary.firstLoss, lastLoss: summary.lastLoss, seconds: summary.seconds,
            tokensPerSecond: Double(summary.supervisedTokens) / max(summary.seconds, 1e-9),
            epsilon: try privacy.map { try epsilon($0, steps: summary.startedSteps) },
            bestValidationLoss: summary.bestValidationLoss, bestStep: summary.bestStep,
            stoppedEarly: summary.stoppedEarly, cutLines: lines.count(where: \.isCut),
            silentLines: summary.silentSequences,
            skippedSteps: summary.skippedSteps, resumedAt: summary.resumedAt, isWholeModel: request.trainsAllWeights,
            audit: finding)
    }

    private static func lines(in file: URL, _ request: TrainRequest, _ model: LanguageModel) throws
        -> [TrainingFile.Line]
    {
        try TrainingFile(
            file, modelFolder: request.model, model: model.configuration, limit: model.maximumLength,
            seed: request.seed
        ).lines
    }

    private static func adapter(_ request: TrainRequest, _ model: LanguageModel) throws -> LoRAAdapter {
        if let folder = request.adapter { return try LoRAAdapter.load(from: folder, for: model.configuration) }
        return try LoRAAdapter(
            configuration: LoRAConfiguration(
                rank: request.rank, alpha: request.alpha, targets: request.targets, useRSLoRA: request.useRSLoRA),
            for: model.configuration, seed: request.seed)
    }

    /// The files of the base, and how they are kept in memory: other numbers would not go on bit for bit.
    private static func baseIdentity(_ request: TrainRequest) throws -> ContentHash {
        let files = try BaseModelIdentity.hash(of: request.model)
        guard request.storage != .automatic else { return files }
        return ContentHash(of: Data("\(files.hex) \(request.storage.rawValue)".utf8))
    }

    private static func settings(_ privacy: TrainRequest.PrivacySettings) throws -> TrainingRun.Privacy {
        guard let clip = privacy.clip, let noise = privacy.noiseMultiplier, let rate = privacy.samplingRate else {
            throw NodeError(.badInput, "--dp needs --clip, --noise-multiplier and --sampling-rate.")
        }
        return TrainingRun.Privacy(
            mechanism: try GaussianMechanism(clipNorm: clip, noiseMultiplier: noise), samplingRate: rate)
    }

    /// The delta that a local training's epsilon is told at.
    static let delta = 1e-5

    private static func epsilon(_ privacy: TrainingRun.Privacy, steps: Int) throws -> Double {
        let event = try PoissonSampler(rate: privacy.samplingRate, steps: steps).event(privacy.mechanism)
        return try RDPAccountant([event]).epsilon(delta: delta).epsilon
    }
}
