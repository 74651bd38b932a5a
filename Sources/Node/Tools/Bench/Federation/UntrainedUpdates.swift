internal import Federation
internal import FineTuning
internal import Foundation

/// Stands in for training where the cost of everything else is measured: every number of the adapter moves by a little.
struct UntrainedUpdates: RoundTrainer {
    /// Differs from clinic to clinic, so that a sum over other clinics would be another one.
    let step: Float

    var patients: Int { 1 }
    var isAuditable: Bool { false }

    func canaries(of recipe: TrainingRecipe) throws -> (vocabulary: CanarySet.Vocabulary, longest: Int) {
        throw NodeError(.badInput, "A benchmark without a model has no canaries.")
    }

    func train(_ request: RoundTraining) throws -> LocalTraining.Outcome {
        try request.mayContinue()
        var values = request.update.start.values
        values.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] += step }
        }
        return LocalTraining.Outcome(parameters: values, state: OptimizerState(), meanLoss: 0)
    }
}
