internal import ConsiliumCore
internal import Evaluation
public import Federation
internal import Foundation

/// The `evaluation:` mapping of a job's draft: with paths in place of hashes.
public struct EvaluationDraft: Sendable, Equatable, Decodable {
    public struct Task: Sendable, Equatable, Decodable {
        public var name: String
        public var kind: EvaluationPlan.Kind
        /// Public items, relative to the draft; `nil`: each clinic's own file of the task's name.
        public var file: String?
        public var prompt: EvaluationPlan.Prompt?
        public var shots: Int?
        public var templates: [EvaluationPlan.Template]?
        public var maximumTokens: Int?
        public var labels: [String]?
        public var instruction: String?
        public var maximumItems: Int?

        private enum Key: String, CodingKey {
            case name, task, file, prompt, shots, templates, maximumTokens, labels, instruction, maximumItems
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            func take<Value: Decodable>(_ key: Key) throws -> Value? {
                try container.decodeIfPresent(Value.self, forKey: key)
            }
            name = try container.decode(String.self, forKey: .name)
            kind = try container.decode(WordIn<EvaluationPlan.Kind>.self, forKey: .task).value
            file = try take(.file)
            prompt = try (take(.prompt) as WordIn<EvaluationPlan.Prompt>?)?.value
            shots = try take(.shots)
            templates = try (take(.templates) as [WordIn<EvaluationPlan.Template>]?)?.map(\.value)
            maximumTokens = try take(.maximumTokens)
            labels = try take(.labels)
            instruction = try take(.instruction)
            maximumItems = try take(.maximumItems)
        }
    }

    public var tasks: [Task]
    public var everyRounds: Int?

    /// With the hashes of the files.
    ///
    /// - Parameter located: finds a path of the draft.
    /// - Throws: ``AdminError`` `.fileMissing`; `.invalidDraft` for a file with items that no clinic could score, naming the
    ///   line.
    func plan(located: (String) -> URL) throws -> EvaluationPlan {
        EvaluationPlan(
            tasks: try tasks.map { task in
                EvaluationPlan.Task(
                    name: task.name, kind: task.kind, items: try task.file.map { try task.hash(of: located($0)) },
                    prompt: task.prompt, shots: task.shots, templates: task.templates,
                    maximumTokens: task.maximumTokens, labels: task.labels, instruction: task.instruction,
                    maximumItems: task.maximumItems)
            }, everyRounds: everyRounds)
    }
}

extension EvaluationDraft.Task {
    private struct Classified: Decodable {
        var text: String
        var label: String
    }

    fileprivate func hash(of file: URL) throws -> ContentHash {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw AdminError(
                .fileMissing,
                "There is no file \(file.path). “evaluation.tasks.file” of “\(name)” is relative to the draft's folder."
            )
        }
        let data = try DurableFile.read(file, limit: 1 << 28)
        var items = 0
        for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x0d || $0 == 0x09 }) { continue }
            if let problem = problem(in: Data(line), number: index + 1) {
                throw AdminError(
                    .invalidDraft, "\(file.lastPathComponent), line \(index + 1): \(problem). No clinic could score it."
                )
            }
            items += 1
        }
        guard items >= EvaluationMetrics.minimumUnits else {
            throw AdminError(
                .invalidDraft,
                "\(file.lastPathComponent) has \(items) items; at least \(EvaluationMetrics.minimumUnits) are needed for figures that leave a clinic."
            )
        }
        return ContentHash(of: data)
    }

    private func problem(in line: Data, number: Int) -> String? {
        switch kind {
        case .multipleChoice:
            do {
                _ = try MultipleChoiceItem(json: line, number: number)
                return nil
            } catch {
                return (error as? any ConsiliumError)?.message ?? "it can't be read"
            }
        case .classification:
            guard let item = try? JSONDecoder().decode(Classified.self, from: line) else {
                return "it is no JSON object with \"text\" and \"label\""
            }
            return labels?.contains(item.label) == true ? nil : "its \"label\" is none of the task's labels"
        case .generation: return nil
        }
    }
}
