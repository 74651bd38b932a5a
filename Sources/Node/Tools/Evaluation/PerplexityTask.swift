internal import Evaluation
internal import FineTuning
internal import LanguageModels

/// Perplexity and bits per byte of continued texts by several models.
struct PerplexityTask {
    let context: EvaluationContext

    func run() throws -> EvaluationFindings {
        let request = context.request
        // Texts are cut into windows, so their length is not bounded by the model's positions.
        let file = try TrainingFile(
            request.data, modelFolder: request.model, model: context.model.configuration, limit: .max)
        guard file.lines.allSatisfy(\.isText) else {
            throw NodeError(
                .badInput,
                "Models are compared by the perplexity of {\"text\"} lines alone. Leave out the comparison, or give such lines."
            )
        }
        let documents = file.lines.enumerated().map { number, line in
            EvaluationDocument(
                unit: line.sequence.patient ?? "line \(number)", ids: line.sequence.inputIDs, utf8Bytes: line.bytes ?? 0
            )
        }
        let evaluation = PerplexityEvaluation(windowTokens: min(request.window, context.model.maximumLength - 1))
        return EvaluationFindings(
            sheets: try context.subjects.map { subject in
                ScoreSheet(
                    try evaluation.run(
                        documents, model: context.model, adapter: subject.adapter,
                        progress: context.progress(of: subject)))
            })
    }
}
