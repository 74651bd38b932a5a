internal import ConsiliumCore
internal import Federation
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Privacy

/// The local steps of one round, or of a whole local-only run, after a job's recipe.
struct LocalTraining: Sendable {
    let model: LanguageModel
    let recipe: TrainingRecipe
    let job: JobID
    let clinic: String
    /// Steps of the whole job, for the learning-rate schedule.
    let totalSteps: Int
    let threads: Int

    struct Outcome: Sendable {
        let parameters: [Float]
        let state: OptimizerState
        let meanLoss: Double
    }

    /// - Parameters:
    ///   - start: the adapter to start from, with its values.
    ///   - steps: the numbers of the steps within the job, counted from zero.
    ///   - label: seeds the order of the batches; the same label gives the same bits on one thread.
    ///   - plan: `nil` trains without noise.
    ///   - canaries: synthetic patients who are drawn, clipped and hidden by noise like those of the dataset. Without a plan there
    ///     are none.
    ///   - mayContinue: asked before every step; what it throws ends the training.
    /// - Throws: ``FineTuningError`` for numerical faults; what the privacy mechanism throws. Nothing is kept then.
    func run(
        from start: LoRAAdapter, state: OptimizerState?, steps: Range<Int>, dataset: ClinicDataset, label: String,
        plan: PrivacyPlan?, canaries: [[TrainingSequence]] = [], activity: String, random: any SecureRandom,
        mayContinue: () throws -> Void = {}, progress: ProgressHandler
    ) throws -> Outcome {
        let optimizer = OptimizerConfiguration(
            method: .adamW, learningRate: Float(recipe.optimizer.learningRate), beta1: Float(recipe.optimizer.beta1),
            beta2: Float(recipe.optimizer.beta2), epsilon: Float(recipe.optimizer.epsilon),
            weightDecay: Float(recipe.optimizer.weightDecay))
        let trainer = try LoRATrainer(
            model: model, adapter: start, optimizer: optimizer, state: state, threads: threads)
        let schedule = LearningRateSchedule(
            peak: Float(recipe.optimizer.learningRate), warmupSteps: recipe.optimizer.warmupSteps,
            totalSteps: totalSteps,
            finalFraction: Float(recipe.optimizer.finalFraction))
        var batches = try BatchSource(
            dataset: dataset, recipe: recipe, length: min(recipe.sequenceLength, model.maximumLength - 1),
            label: "\(job)/\(clinic)/\(label)", plan: plan, canaries: canaries, steps: steps.count, random: random)
        var losses = 0.0
        for step in steps {
            try mayContinue()
            let rate = schedule.rate(at: step)
            let loss = try batches.step(trainer, rate: rate, clipNorm: Float(recipe.gradientClipNorm))
            losses += loss
            progress(
                ProgressUpdate(
                    activity: activity, completed: Double(step - steps.lowerBound + 1), total: Double(steps.count),
                    unit: "steps",
                    note: String(format: "loss %.3f", loss)))
        }
        return Outcome(
            parameters: trainer.adapter.parameters, state: trainer.optimizerState,
            meanLoss: losses / Double(max(1, steps.count)))
    }
}

/// Where a step's tokens come from: random windows of all reports, of single examples, or one window of each sampled patient.
private enum BatchSource {
    case documents(DocumentWindows, count: Int)
    case windows(WindowSampler, count: Int)
    case patients(PatientWindows, PoissonSampler, GaussianMechanism, expected: Double, random: any SecureRandom)

    init(
        dataset: ClinicDataset, recipe: TrainingRecipe, length: Int, label: String, plan: PrivacyPlan?,
        canaries: [[TrainingSequence]], steps: Int, random: any SecureRandom
    ) throws {
        if let plan {
            let windows = try PatientWindows(
                documents: dataset.train.map { $0.map(\.sequence) } + canaries, length: length)
            self = .patients(
                windows, try plan.sampler(steps: steps), try plan.mechanism(), expected: Double(plan.expectedPatients),
                random: random)
        } else if dataset.train.contains(where: { $0.contains { !$0.isText } }) {
            self = .documents(
                try DocumentWindows(
                    documents: dataset.train.flatMap { $0.map(\.sequence) }, length: length,
                    generator: ReproducibleGenerator(seed: recipe.seed, label: label)),
                count: recipe.batchSequences)
        } else {
            let stream = dataset.train.flatMap { $0.flatMap(\.ids) }
            self = .windows(
                try WindowSampler(
                    stream: stream, length: length, generator: ReproducibleGenerator(seed: recipe.seed, label: label)),
                count: recipe.batchSequences)
        }
    }

    /// One optimizer step; returns the loss, which must not leave the clinic.
    mutating func step(_ trainer: LoRATrainer, rate: Float, clipNorm: Float) throws -> Double {
        switch self {
        case .documents(var windows, let count):
            let batch = windows.next(count)
            self = .documents(windows, count: count)
            return try trainer.step(batch: batch, learningRate: rate, clipNorm: clipNorm).loss
        case .windows(var sampler, let count):
            let batch = sampler.next(count)
            self = .windows(sampler, count: count)
            return try trainer.step(batch: batch, learningRate: rate, clipNorm: clipNorm).loss
        case .patients(let windows, var sampler, let mechanism, let expected, let random):
            let drawn = try sampler.drawStep(patients: windows.patientCount, source: random)
            let batch = try windows.windows(of: drawn, source: random)
            self = .patients(windows, sampler, mechanism, expected: expected, random: random)
            return try trainer.privateStep(
                patients: batch, mechanism: mechanism, expectedPatients: expected, learningRate: rate, random: random
            ).loss
        }
    }
}
