internal import ConsiliumCore
internal import Evaluation
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// Multiple choice by log-likelihood.
struct MultipleChoiceTask {
    let context: EvaluationContext

    func run() throws -> EvaluationFindings {
        let request = context.request
        let all = try EvaluationLines.read(request.data, MultipleChoiceItem.init(json:number:))
        let items = context.limited(all)
        let examples = try request.shotsFrom.map { try EvaluationLines.read($0, MultipleChoiceItem.init(json:number:)) }
        let tokenizer = try context.tokenizer()
        let evaluation = MultipleChoiceEvaluation(prompt: context.prompt, shots: request.shots)
        var findings = EvaluationFindings(sheets: [])
        for (number, subject) in context.subjects.enumerated() {
            var done = 0
            let report = context.progress(of: subject)
            let results = try evaluation.run(items, examples: examples ?? all, tokenizer: tokenizer) { groups in
                let finished = done
                let scored = try context.model.logLikelihoods(of: groups, adapter: subject.adapter) { update in
                    var update = update
                    update.completed += Double(finished)
                    update.total = Double(items.count)
                    report(update)
                }
                done += groups.count
                if number == 0 { findings.cutContexts += scored.cut }
                return scored.values
            }
            findings.sheets.append(try ScoreSheet(results))
            if number == 0 { findings.sources = try Self.sources(results) }
            findings.samples += results.map {
                EvaluationSample(
                    model: subject.name, id: $0.id, logLikelihoods: $0.logLikelihoods, prediction: $0.prediction,
                    gold: $0.gold)
            }
        }
        return findings
    }

    /// Each collection by itself, if there are several.
    private static func sources(_ results: [MultipleChoiceResult]) throws -> [(name: String, sheet: ScoreSheet)] {
        let groups = Dictionary(grouping: results, by: \.source)
        guard groups.count > 1 else { return [] }
        return try groups.sorted { $0.key < $1.key }.map { ($0.key, try ScoreSheet($0.value)) }
    }
}
