internal import ConsiliumCore
internal import Federation
internal import FineTuning
internal import Foundation
internal import LanguageModels

/// What trains a round's update in this clinic. Everything around it, from the reservation to the delivery, is the same for each.
protocol RoundTrainer: Sendable {
    /// How many patients a private round draws from.
    var patients: Int { get }

    /// Whether an empirical audit is possible: canaries are texts that a causal model continues.
    var isAuditable: Bool { get }

    /// What the canaries of an empirical audit are made of, and how long the longest sequence is.
    /// - Throws: ``NodeError`` `.badInput` where none is possible.
    func canaries(of recipe: TrainingRecipe) throws -> (vocabulary: CanarySet.Vocabulary, longest: Int)

    /// The local steps of a round.
    ///
    /// - Parameter request: where to start from and under which guarantee.
    /// - Throws: what ``LocalTraining`` throws; what `request.mayContinue` throws.
    func train(_ request: RoundTraining) throws -> LocalTraining.Outcome
}

/// What a ``RoundTrainer`` is asked for.
struct RoundTraining {
    var job: JobManifest
    var update: RoundUpdate
    /// Adam's moments after the last round that was trained here.
    var state: OptimizerState?
    var plan: PrivacyPlan?
    var canaries: [[TrainingSequence]]
    var random: any SecureRandom
    /// Asked before every step; what it throws ends the training.
    var mayContinue: () throws -> Void
    var progress: ProgressHandler
}

extension TrainingMaterial: RoundTrainer {
    var patients: Int { dataset.train.count }

    var isAuditable: Bool { model.configuration.head == .languageModel }

    func canaries(of recipe: TrainingRecipe) throws -> (vocabulary: CanarySet.Vocabulary, longest: Int) {
        (
            try CanarySet.Vocabulary(model.configuration, folder: modelFolder),
            min(recipe.sequenceLength, model.maximumLength - 1) + 1
        )
    }

    func train(_ request: RoundTraining) throws -> LocalTraining.Outcome {
        let round = request.update.round
        let first = (round - 1) * request.job.recipe.localSteps
        return try training(request.job).run(
            from: request.update.startingAdapter(adapterConfiguration, for: model.configuration), state: request.state,
            steps: first..<first + request.job.recipe.localSteps, dataset: dataset, label: "round-\(round)",
            plan: request.plan, canaries: request.canaries, activity: "round \(round)/\(request.job.rounds)",
            random: request.random, mayContinue: request.mayContinue, progress: request.progress)
    }
}
