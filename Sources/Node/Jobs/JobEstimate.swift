internal import ConsiliumCore
internal import Federation
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Privacy
internal import Reports
internal import Tensors

/// What a job will cost a clinic, measured on its own machine before its officer decides. Random tokens are trained on and thrown
/// away: no report is read, nothing is kept, nothing leaves.
public struct JobEstimate: Codable, Sendable, Equatable {
    /// Of the training alone; waiting for others is not in it.
    public var secondsPerRound: Double
    public var seconds: Double
    /// Updates, over the whole job.
    public var bytesSent: Int
    /// Adapters, over the whole job.
    public var bytesReceived: Int
    /// Patients in the vault now.
    public var patients: Int
    /// What the clinic's ledger will charge at the most, and the noise that this clinic will calibrate to it; `nil` without a
    /// budget.
    public var epsilon: Double?
    public var noiseMultiplier: Double?

    /// Training on windows of random tokens is measured with at most so many in a step, and scaled.
    static let mostWindows = 4

    /// - Throws: ``NodeError`` `.baseModelMissing` or `.baseModelMismatch`; `LanguageModelsError` for a model that can't be read.
    init(_ job: JobManifest, hash: ContentHash, services: NodeServices) throws {
        let windows = job.privacy?.expectedPatients ?? job.recipe.batchSequences
        let step = try Self.secondsPerStep(job, windows: windows, services: services)
        secondsPerRound = step * Double(job.recipe.localSteps)
        seconds = secondsPerRound * Double(job.rounds)
        bytesSent = try job.parametersSent(by: services.site.clinic.id) * 4
        bytesReceived = job.initialAdapter.parameters * 4 * (job.rounds + 1)
        let counts = try services.vault().counts()
        patients = counts.patients
        if let privacy = job.privacy, patients > 0 {
            epsilon = privacy.epsilon
            noiseMultiplier = try PrivacyPlan(job: job, jobHash: hash, privacy: privacy, patients: patients)
                .noiseMultiplier
        }
    }

    private static func secondsPerStep(_ job: JobManifest, windows: Int, services: NodeServices) throws -> Double {
        let library = BaseModelLibrary(folders: services.site.model.folders.map { URL(fileURLWithPath: $0) })
        let model = try LanguageModel.load(from: library.folder(for: job.baseModel))
        let adapter = try LoRAAdapter(
            configuration: LoRAConfiguration(
                rank: job.recipe.rank, alpha: job.recipe.alpha, targets: job.recipe.targets),
            for: model.configuration, seed: 1)
        let trainer = try LoRATrainer(
            model: model, adapter: adapter,
            optimizer: OptimizerConfiguration(method: .adamW, learningRate: 1e-4),
            threads: services.site.compute.threads)
        let length = max(2, min(job.recipe.sequenceLength, model.maximumLength - 1))
        let measured = max(1, min(windows, mostWindows))
        var generator = ReproducibleGenerator(seed: 1, label: "estimate")
        let vocabulary = UInt64(max(2, model.configuration.vocabularySize))
        let batch = (0..<measured).map { _ in
            let ids = (0..<length).map { _ in Int32(truncatingIfNeeded: generator.next() % vocabulary) }
            return TrainingSequence(inputIDs: ids, labels: ids)
        }
        // The first step also fills caches.
        var fastest = Double.infinity
        for _ in 0..<2 {
            let start = ContinuousClock.now
            if let privacy = job.privacy {
                _ = try trainer.privateStep(
                    patients: batch.map { [$0] },
                    mechanism: GaussianMechanism(clipNorm: privacy.clipNorm, noiseMultiplier: 1),
                    expectedPatients: Double(measured), learningRate: 1e-4, random: SystemRandom())
            } else {
                _ = try trainer.step(batch: batch, learningRate: 1e-4, clipNorm: 1)
            }
            let (whole, part) = start.duration(to: .now).components
            fastest = min(fastest, Double(whole) + Double(part) / 1e18)
        }
        return fastest * Double(windows) / Double(measured)
    }

    /// For the officer, under the explanation.
    public var text: String {
        var text =
            "On this machine, measured now with random words: about \(Self.time(secondsPerRound)) of computing a round, "
            + "\(Self.time(seconds)) for the whole job; about \(Self.size(bytesSent)) leave and \(Self.size(bytesReceived)) arrive."
        if let epsilon, let noiseMultiplier {
            text += String(
                format:
                    " With your %d patients the noise multiplier will be %.2f, and your ledger will charge at most epsilon %g.",
                patients, noiseMultiplier, epsilon)
        }
        return text + " (An estimate; it is not part of what you approve.)"
    }

    private static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<1: "a second"
        case ..<90: String(format: "%.0f seconds", seconds)
        case ..<5400: String(format: "%.0f minutes", seconds / 60)
        default: String(format: "%.1f hours", seconds / 3600)
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1_000_000
            ? String(format: "%.0f kB", Double(bytes) / 1e3) : String(format: "%.1f MB", Double(bytes) / 1e6)
    }
}
