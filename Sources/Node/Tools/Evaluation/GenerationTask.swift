internal import ConsiliumCore
internal import Evaluation
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// Texts that a model writes, beside what should stand there.
struct GenerationTask {
    private struct Line: Decodable {
        enum CodingKeys: String, CodingKey {
            case id, patient, prompt, messages, response, reference, references, source, prediction
        }

        var id: String?
        var patient: String?
        var messages: [ChatMessage]
        /// Whether the line was a conversation.
        var isChat: Bool
        var references: [String]
        var source: String?
        var prediction: String?

        init(from decoder: any Decoder) throws {
            let line = try decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) throws -> String? { try line.decodeIfPresent(String.self, forKey: key) }
            id = try EvaluationLines.name(.id, in: line)
            patient = try EvaluationLines.name(.patient, in: line)
            prediction = try text(.prediction)
            references = try line.decodeIfPresent([String].self, forKey: .references) ?? []
            references += [try text(.reference), try text(.response)].compactMap { $0 }
            var turns = try line.decodeIfPresent([ChatMessage].self, forKey: .messages) ?? []
            isChat = !turns.isEmpty
            if references.isEmpty, let last = turns.last, last.role == .assistant {
                references = [last.content]
                turns.removeLast()
            }
            if let prompt = try text(.prompt) { turns.append(ChatMessage(role: .user, content: prompt)) }
            messages = turns
            source = try text(.source) ?? turns.last { $0.role == .user }?.content
            guard prediction != nil || !turns.isEmpty else {
                throw EvaluationLines.Refusal(reason: "it has neither \"prompt\", nor \"messages\", nor \"prediction\"")
            }
            guard !references.isEmpty else {
                throw EvaluationLines.Refusal(
                    reason: "it has no \"response\", \"reference\" or \"references\" to compare with")
            }
        }
    }

    let context: EvaluationContext

    func run() throws -> EvaluationFindings {
        let request = context.request
        let lines = try EvaluationLines.read(request.data) { data, _ in
            try JSONDecoder().decode(Line.self, from: data)
        }
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
    private func write(_ lines: [Line], _ subject: EvaluationSubject) throws -> [String] {
        let tokenizer = try context.tokenizer()
        let model = context.model
        let isChat = context.request.isChat || lines.contains { $0.isChat }
        let template = isChat ? try ChatTemplate.load(from: context.request.model, tokenizer: tokenizer) : nil
        let settings = SamplingSettings(
            maximumTokens: context.request.maximumTokens,
            stopTokens: Array(Set(model.configuration.endOfText + tokenizer.endIDs)))
        let report = context.progress(of: subject)
        let started = Date()
        var texts: [String] = []
        for line in lines {
            let prompt: [Int32]
            if let template, line.isChat || context.request.isChat {
                prompt = try tokenizer.encodePrompt(line.messages, template: template, date: started)
            } else {
                // As training lines begin.
                let begin = tokenizer.bosID.map { [$0] } ?? []
                prompt = begin + (try tokenizer.encode(line.messages.map(\.content).joined(separator: "\n")))
            }
            guard !prompt.isEmpty, prompt.count < model.maximumLength else {
                throw NodeError(
                    .badInput,
                    "\(context.request.data.lastPathComponent), item \(texts.count + 1): its prompt has \(prompt.count) tokens; the model takes 1 to \(model.maximumLength - 1) with room for an answer. Shorten it."
                )
            }
            var text = GeneratedText(tokenizer: tokenizer, stops: [])
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
}
