internal import ConsiliumCore
internal import Evaluation
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// A model that is scored: the base model, with an adapter or without.
struct EvaluationSubject: Sendable {
    let name: String
    let adapter: LoRAAdapter?
}

/// What all tasks have in common.
struct EvaluationContext: Sendable {
    let request: EvaluationRequest
    let prompt: MultipleChoicePrompt
    let model: LanguageModel
    let subjects: [EvaluationSubject]
    let progress: ProgressHandler

    func tokenizer() throws -> Tokenizer {
        let tokenizer = try Tokenizer.load(from: request.model)
        guard tokenizer.vocabularySize <= model.configuration.vocabularySize else {
            throw NodeError(
                .badInput,
                "The tokenizer in \(request.model.path) has more tokens than the model. They don't belong together.")
        }
        return tokenizer
    }

    /// The first items, where no more are asked for.
    func limited<Item>(_ items: [Item]) -> [Item] { request.maximumItems.map { Array(items.prefix($0)) } ?? items }

    /// Progress under the subject's name.
    func progress(of subject: EvaluationSubject) -> ProgressHandler {
        { [progress] update in
            var update = update
            update.activity = "evaluate \(subject.name)"
            progress(update)
        }
    }
}

/// What a task found.
struct EvaluationFindings {
    /// In the order of the subjects.
    var sheets: [ScoreSheet]
    /// Parts of the items of the first subject.
    var sources: [(name: String, sheet: ScoreSheet)] = []
    var samples: [EvaluationSample] = []
    var cutContexts = 0
}
