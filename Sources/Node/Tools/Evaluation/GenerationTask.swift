internal import ConsiliumCore
internal import Evaluation
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// Texts that a model writes, beside what should stand there.
struct GenerationTask {
    let context: EvaluationContext

    func run() throws -> EvaluationFindings {
        let lines = try EvaluationLines.read(context.request.data) { data, _ in
            try JSONDecoder().decode(GenerationItem.self, from: data)
        }
        return try run(context.limited(lines))
    }

    /// Scores what the models write, or what stands in the items already.
    func run(_ lines: [GenerationItem]) throws -> EvaluationFindings {
        let request = context.request
        let given = lines.count { $0.prediction != nil }
        guard given == 0 || (given == lines.count && context.subjects.count == 1) else {
            throw NodeError(
                .badInput,
                "\"prediction\" must stand in every line or in none, and such lines are of one model: leave out the comparison."
            )
        }
        var findings = EvaluationFindings(sheets: [])
        for subject in context.subjects {
            let texts = given > 0 ? lines.map { $0.prediction ?? "" } : try write(lines, subject)
            let results = lines.enumerated().map { index, line in
                GenerationResult(
                    unit: line.patient ?? "item \(index + 1)", prediction: texts[index], references: line.references,
                    source: line.source)
            }
            findings.sheets.append(try ScoreSheet(results, stemming: request.stemming))
            findings.samples += zip(lines, texts).enumerated().map { index, pair in
                EvaluationSample(model: subject.name, id: pair.0.id ?? "item \(index + 1)", text: pair.1)
            }
        }
        return findings
    }

    /// The most likely token each time, so that the same model writes the same text.
    private func write(_ lines: [GenerationItem], _ subject: EvaluationSubject) throws -> [String] {
        let form = try PromptForm(context, isChat: context.request.isChat || lines.contains { $0.isChat })
        let model = context.model
        let settings = SamplingSettings(
            maximumTokens: context.request.maximumTokens,
            stopTokens: form.tokenizer.stopTokens(of: model.configuration))
        let report = context.progress(of: subject)
        var texts: [String] = []
        for line in lines {
            let prompt = try form.tokens(of: line)
            guard form.fits(prompt) else {
                throw NodeError(
                    .badInput,
                    "\(context.request.data.lastPathComponent), item \(texts.count + 1): its prompt has \(prompt.count) tokens; the model takes 1 to \(model.maximumLength - 1) with room for an answer. Shorten it."
                )
            }
            var text = GeneratedText(tokenizer: form.tokenizer, stops: [])
            _ = try model.generate(prompt: prompt, adapter: subject.adapter, settings: settings) { token in
                _ = text.append(token)
                return true
            }
            _ = text.finish()
            texts.append(text.shown)
            report(
                ProgressUpdate(
                    activity: "", completed: Double(texts.count), total: Double(lines.count), unit: "texts"))
        }
        return texts
    }

    /// The items whose prompts leave the model room for an answer.
    func fitting(_ items: [GenerationItem]) throws -> [GenerationItem] {
        let form = try PromptForm(context, isChat: context.request.isChat || items.contains { $0.isChat })
        return try items.filter { form.fits(try form.tokens(of: $0)) }
    }

    /// How a prompt becomes tokens: in the model's chat form, or plain.
    private struct PromptForm {
        let tokenizer: Tokenizer
        let template: ChatTemplate?
        let isForced: Bool
        let longest: Int
        let started = Date()

        init(_ context: EvaluationContext, isChat: Bool) throws {
            tokenizer = try context.tokenizer()
            template = isChat ? try ChatTemplate.load(from: context.request.model, tokenizer: tokenizer) : nil
            isForced = context.request.isChat
            longest = context.model.maximumLength - 1
        }

        func tokens(of item: GenerationItem) throws -> [Int32] {
            if let template, item.isChat || isForced {
                return try tokenizer.encodePrompt(item.messages, template: template, date: started)
            }
            // As training lines begin.
            return tokenizer.beginning + (try tokenizer.encode(item.messages.map(\.content).joined(separator: "\n")))
        }

        func fits(_ prompt: [Int32]) -> Bool { !prompt.isEmpty && prompt.count <= longest }
    }
}
