public import ConsiliumCore

/// What a job measures in its clinics beside bits per byte: the base model and the common adapter on the same items.
///
/// It is part of what the admin signs and the officers approve. A clinic may leave out any of it.
public struct EvaluationPlan: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Multiple choice by log-likelihood.
        case multipleChoice = "mcq"
        /// Answers that the model writes for a clinic's own held-out patients.
        case generation
        /// Classes of texts by how likely the model finds each label's words.
        case classification
    }

    /// Built-in templates that make a question and its answer of a report.
    public enum Template: String, Codable, Sendable, CaseIterable {
        case impression, summary, labs, assessment
    }

    /// The forms of lm-evaluation-harness in which a question is put to a model.
    public enum Prompt: String, Codable, Sendable, CaseIterable {
        case auto, medqa, medmcqa, mmlu, pubmedqa, cloze
    }

    /// One thing to measure. What belongs to another kind is `nil`.
    public struct Task: Codable, Sendable, Equatable {
        /// Names the figures. Without ``items`` also the clinic's own file: `NAME.jsonl`.
        public var name: String
        public var kind: Kind
        /// SHA-256 of a file of public items, the same in every clinic; `nil`: each clinic's own file of that name. Never with
        /// ``Kind/generation``, whose items are made of held-out reports.
        public var items: ContentHash?
        /// Of ``Kind/multipleChoice``.
        public var prompt: Prompt?
        /// Worked examples before each question; none if `nil`.
        public var shots: Int?
        /// Of ``Kind/generation``.
        public var templates: [Template]?
        /// The most new tokens of an answer; 128 if `nil`.
        public var maximumTokens: Int?
        /// The classes of ``Kind/classification``, in their order.
        public var labels: [String]?
        /// What is asked behind a text that is classified.
        public var instruction: String?
        /// Only the first so many items; all if `nil`, but of ``Kind/generation`` ``EvaluationPlan/writtenItems``.
        public var maximumItems: Int?

        public init(
            name: String, kind: Kind, items: ContentHash? = nil, prompt: Prompt? = nil, shots: Int? = nil,
            templates: [Template]? = nil, maximumTokens: Int? = nil, labels: [String]? = nil,
            instruction: String? = nil, maximumItems: Int? = nil
        ) {
            self.name = name
            self.kind = kind
            self.items = items
            self.prompt = prompt
            self.shots = shots
            self.templates = templates
            self.maximumTokens = maximumTokens
            self.labels = labels
            self.instruction = instruction
            self.maximumItems = maximumItems
        }

        /// Whether the items are the same in every clinic and nobody's patients.
        public var isPublic: Bool { items != nil }
    }

    /// How many answers are written where a task does not say it.
    public static let writtenItems = 50

    public var tasks: [Task]
    /// Also after every so many rounds, not only after the last.
    public var everyRounds: Int?

    public init(tasks: [Task], everyRounds: Int? = nil) {
        self.tasks = tasks
        self.everyRounds = everyRounds
    }

    public subscript(name: String) -> Task? { tasks.first { $0.name == name } }

    /// Whether the adapter that `rounds` rounds made is measured before the next round begins.
    public func isDue(after rounds: Int) -> Bool {
        guard let everyRounds, everyRounds > 0 else { return false }
        return rounds > 0 && rounds % everyRounds == 0
    }
}

extension EvaluationPlan.Kind {
    /// The figures that may leave a clinic, with the largest value that each can have.
    public var figures: [(name: String, largest: Double)] {
        switch self {
        case .multipleChoice: [("acc", 1), ("acc_norm", 1), ("acc_bytes", 1)]
        case .generation:
            [
                ("rouge1", 1), ("rouge2", 1), ("rougeL", 1), ("bleu", 100), ("chrf", 100), ("token_f1", 1),
                ("exact_match", 1), ("numbers_supported", 1), ("negations_supported", 1),
            ]
        case .classification: [("accuracy", 1), ("f1_macro", 1), ("f1_micro", 1), ("auroc", 1)]
        }
    }
}

extension EvaluationPlan {
    static let mostTasks = 20

    func problems(rounds: Int) -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append(sentence) }
        }
        need((1...Self.mostTasks).contains(tasks.count), "evaluation.tasks must list 1 to \(Self.mostTasks) tasks.")
        need(Set(tasks.map(\.name)).count == tasks.count, "evaluation.tasks must not use a name twice.")
        need(
            everyRounds.map { (1...max(1, rounds)).contains($0) } ?? true,
            "evaluation.everyRounds must be 1 to the number of rounds (\(rounds)).")
        for task in tasks.prefix(Self.mostTasks) { found += task.problems() }
        return found
    }
}

extension EvaluationPlan.Task {
    func problems() -> [String] {
        var found: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { found.append("evaluation task “\(name.prefix(40))”: \(sentence)") }
        }
        let isName =
            (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 || $0 == 95 }
        need(isName, "a name has 1 to 40 lower-case letters, digits, hyphens and underscores.")
        need(maximumItems.map { (10...100_000).contains($0) } ?? true, "maximumItems must be 10 to 100,000.")
        let isWritten = kind == .generation
        need(kind == .multipleChoice || (prompt == nil && shots == nil), "prompt and shots are of mcq tasks.")
        need(shots.map { (0...64).contains($0) } ?? true, "shots must be 0 to 64.")
        need(isWritten || (templates == nil && maximumTokens == nil), "templates and maximumTokens are of generation.")
        need(
            !isWritten || items == nil, "generation is measured on each clinic's own held-out patients, not on a file.")
        need(!isWritten || !(templates ?? []).isEmpty, "generation needs templates, such as [impression].")
        need(Set(templates ?? []).count == (templates ?? []).count, "a template stands there twice.")
        need(maximumTokens.map { (1...2048).contains($0) } ?? true, "maximumTokens must be 1 to 2,048.")
        let classifies = kind == .classification
        need(classifies || (labels == nil && instruction == nil), "labels and instruction are of classification.")
        let classes = labels ?? []
        need(
            !classifies
                || ((2...100).contains(classes.count) && Set(classes).count == classes.count
                    && classes.allSatisfy { (1...100).contains($0.utf8.count) }),
            "classification needs 2 to 100 different labels of 1 to 100 bytes.")
        need((instruction?.utf8.count ?? 0) <= 2000, "instruction must have at most 2,000 bytes.")
        return found
    }
}
