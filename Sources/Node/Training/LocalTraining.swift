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
    /// Which factors a round trains.
    let aggregation: AggregationPlan

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
        let batches = try BatchSource(
            dataset: dataset, recipe: recipe, length: min(recipe.sequenceLength, model.maximumLength - 1),
            label: "\(job)/\(clinic)/\(label)", plan: plan, canaries: canaries, steps: steps.count, random: random)
        return try run(
            from: start, state: state, steps: steps, batches: batches, activity: activity, mayContinue: mayContinue,
            progress: progress)
    }

    func run(
        from start: LoRAAdapter, state: OptimizerState?, steps: Range<Int>, batches: BatchSource, activity: String,
        mayContinue: () throws -> Void = {}, progress: ProgressHandler = { _ in }
    ) throws -> Outcome {
        var batches = batches
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
        var losses = 0.0
        for step in steps {
            try mayContinue()
            if step == steps.lowerBound || step % recipe.localSteps == 0 {
                try beginRound(step / recipe.localSteps + 1, trainer)
            }
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

    private func beginRound(_ round: Int, _ trainer: LoRATrainer) throws {
        trainer.trainable =
            switch aggregation.factors(inRound: round) {
            case .both: .both
            case .onlyA: .onlyA
            case .onlyB: .onlyB
            }
        if let strength = recipe.proximal, strength > 0 {
            try trainer.setProximal(ProximalTerm(strength: Float(strength), anchor: trainer.adapter.parameters))
        }
    }
}
