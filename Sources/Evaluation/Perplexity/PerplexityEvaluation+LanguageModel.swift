public import ConsiliumCore
public import LanguageModels

extension PerplexityEvaluation {
    /// The same with a model in this process.
    ///
    /// - Throws: ``EvaluationError`` `.invalidInput` if a window is longer than the model's positions, and the model's own
    ///   errors.
    public func run(
        _ documents: [EvaluationDocument], model: LanguageModel, adapter: LoRAAdapter? = nil,
        progress: ProgressHandler? = nil
    ) throws -> PerplexityResult {
        guard windowTokens <= model.maximumLength else {
            throw EvaluationError(
                .invalidInput,
                "A window of \(windowTokens) tokens is longer than the model's \(model.maximumLength) positions.")
        }
        return try run(
            documents,
            score: { try model.negativeLogLikelihood(of: $0.map { TokenSequence($0) }, adapter: adapter) },
            progress: progress)
    }
}
