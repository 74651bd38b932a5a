internal import ConsiliumCore
internal import Evaluation
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// Classes of texts: by a classifier's own head, or by how likely a causal model finds each label's words.
struct ClassificationTask {
    private struct Line: Decodable {
        enum CodingKeys: String, CodingKey { case id, patient, text, label }

        var id: String?
        var patient: String?
        var text: String
        /// The name of the class, or its number as text.
        var label: String

        init(from decoder: any Decoder) throws {
            let line = try decoder.container(keyedBy: CodingKeys.self)
            id = try EvaluationLines.name(.id, in: line)
            patient = try EvaluationLines.name(.patient, in: line)
            guard let text = try line.decodeIfPresent(String.self, forKey: .text) else {
                throw EvaluationLines.Refusal(reason: "it has no \"text\"")
            }
            guard let label = try EvaluationLines.name(.label, in: line) else {
                throw EvaluationLines.Refusal(reason: "it has no \"label\"")
            }
            self.text = text
            self.label = label
        }
    }

    private struct Item {
        var id: String
        var unit: String
        var text: String
        var label: Int
    }

    let context: EvaluationContext

    func run() throws -> EvaluationFindings {
        let url = context.request.data
        let lines = context.limited(
            try EvaluationLines.read(url) { data, _ in try JSONDecoder().decode(Line.self, from: data) })
        let labels = try labels(of: lines)
        let items = try lines.enumerated().map { index, line in
            guard let label = labels.firstIndex(of: line.label) ?? number(line.label, of: labels) else {
                throw NodeError(
                    .badInput,
                    "\(url.lastPathComponent), item \(index + 1): its \"label\" is none of the \(labels.count) classes."
                )
            }
            let id = line.id ?? "item \(index + 1)"
            return Item(id: id, unit: line.patient ?? id, text: line.text, label: label)
        }
        var findings = EvaluationFindings(sheets: [])
        for subject in context.subjects {
            let scores =
                context.model.configuration.head.isClassification
                ? try byHead(items, subject) : try byWords(items, labels, subject, &findings)
            let results = zip(items, scores).map {
                ClassificationResult(unit: $0.unit, scores: $1, label: $0.label)
            }
            findings.sheets.append(try ScoreSheet(results, classes: labels.count))
            findings.samples += zip(items, results).map {
                EvaluationSample(
                    model: subject.name, id: $0.id, scores: $1.scores, prediction: $1.prediction, gold: $1.label)
            }
        }
        return findings
    }

    /// A classifier's own names, else what was asked for, else what occurs, in order.
    private func labels(of lines: [Line]) throws -> [String] {
        let asked = context.request.labels
        if let classes = context.model.configuration.head.classes {
            guard context.model.configuration.head.isClassification else {
                throw NodeError(
                    .badInput, "This model has a class for every token. Evaluate classification with one class a text.")
            }
            guard asked.isEmpty else {
                throw NodeError(
                    .badInput, "This model is a classifier with classes of its own. Leave out --labels.")
            }
            let names = context.model.configuration.classNames
            return names.count == classes ? names : (0..<classes).map { "LABEL_\($0)" }
        }
        let labels = asked.isEmpty ? Set(lines.map(\.label)).sorted() : asked
        guard labels.count >= 2, labels.count <= 1000, Set(labels).count == labels.count,
            labels.allSatisfy({ !$0.isEmpty })
        else {
            throw NodeError(
                .badInput,
                "There must be 2 to 1000 different labels. Name them with --labels, with commas between.")
        }
        return labels
    }

    /// A classifier's classes may be given by their numbers.
    private func number(_ label: String, of labels: [String]) -> Int? {
        guard context.model.configuration.head.isClassification, let number = Int(label) else { return nil }
        return labels.indices.contains(number) ? number : nil
    }

    private func byHead(_ items: [Item], _ subject: EvaluationSubject) throws -> [[Double]] {
        let tokenizer = try context.tokenizer()
        let report = context.progress(of: subject)
        return try items.enumerated().map { index, item in
            var ids = try tokenizer.encodeWithSpecialTokens(item.text)
            // Cut so that the last token, which marks the end, stays.
            if ids.count > context.model.maximumLength, let last = ids.last {
                ids = ids.prefix(context.model.maximumLength - 1) + [last]
            }
            guard !ids.isEmpty else {
                throw NodeError(.badInput, "Item \(index + 1) has no text. Leave it out.")
            }
            let logits = try context.model.logits(ids: ids, adapter: subject.adapter)
            report(
                ProgressUpdate(
                    activity: "", completed: Double(index + 1), total: Double(items.count), unit: "items"))
            return ClassificationResult.softmax(logits.map(Double.init))
        }
    }

    private func byWords(
        _ items: [Item], _ labels: [String], _ subject: EvaluationSubject, _ findings: inout EvaluationFindings
    ) throws -> [[Double]] {
        let encoder = ContinuationEncoder(try context.tokenizer())
        let question =
            context.request.instruction ?? "Question: Which of these is it: \(labels.joined(separator: ", "))?"
        let groups = try items.map { item in
            try labels.map {
                try encoder.encode(context: "\(item.text)\n\(question)\nAnswer:", continuation: " \($0)")
            }
        }
        let scored = try context.model.logLikelihoods(
            of: groups, adapter: subject.adapter, progress: context.progress(of: subject))
        if findings.sheets.isEmpty { findings.cutContexts = scored.cut }
        return scored.values.map { ClassificationResult.softmax($0) }
    }
}
