internal import Evaluation
public import Foundation
public import LanguageModels

/// What `consilium-node evaluate` was asked for.
public struct EvaluationRequest: Sendable {
    public enum Task: String, Sendable, CaseIterable {
        case perplexity, mcq, generation, classification

        /// The figure by which models are compared first.
        var mainMetric: String {
            switch self {
            case .perplexity: "bits_per_byte"
            case .mcq: "acc"
            case .generation: "rougeL"
            case .classification: "accuracy"
            }
        }
    }

    public struct Adapter: Sendable {
        public var name: String
        public var folder: URL

        public init(name: String, folder: URL) {
            self.name = name
            self.folder = folder
        }

        /// `NAME=DIR`, or `DIR` alone for the name `adapter`.
        public init(typed text: String) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            // A folder may have “=” in its name.
            let isNamed = parts.count == 2 && !parts[0].contains("/") && !FileManager.default.fileExists(atPath: text)
            self.init(
                name: isNamed ? parts[0] : "adapter", folder: URL(fileURLWithPath: isNamed ? parts[1] : text))
        }
    }

    public var task: Task
    public var model: URL
    /// None: the base model is judged. The first one is what the result's own figures are of.
    public var adapters: [Adapter] = []
    public var data: URL
    /// Also score the base model, and every adapter against it.
    public var comparesBase = false
    /// Multiple choice: a name of ``MultipleChoicePrompt``.
    public var prompt = "auto"
    public var shots = 0
    /// Where worked examples come from; `nil`: the data themselves.
    public var shotsFrom: URL?
    /// Only the first so many items of the data; `nil`: all. Not of ``Task/perplexity``.
    public var maximumItems: Int?
    /// Classification by label words, in their order; empty: those in the data.
    public var labels: [String] = []
    /// Classification by label words: what is asked behind the text.
    public var instruction: String?
    /// Generation: the most new tokens of an answer.
    public var maximumTokens = 128
    /// Generation: give the prompt as a user's message in the model's chat template.
    public var isChat = false
    /// Generation: compare words by their stems in ROUGE.
    public var stemming = false
    /// Perplexity: predicted tokens in a window.
    public var window = 256
    /// Where the score of every single item is written. It can hold text of patients and must stay in the clinic.
    public var samples: URL?
    /// Where the page with the choice is written; needs the base model and a common adapter.
    public var report: URL?
    /// Keep the figures beside the judged adapter (`EvaluationRecord`); a base model's folder is never written to.
    public var keepsRecord = true
    public var storage = BaseStorage.automatic
    public var device = ComputeDevice.cpu
    public var threads = 1

    public init(task: Task, model: URL, data: URL) {
        self.task = task
        self.model = model
        self.data = data
    }

    /// - Throws: ``NodeError`` `.badInput`, saying which option to change.
    func validate() throws -> MultipleChoicePrompt {
        func require(_ condition: Bool, _ message: String) throws {
            guard condition else { throw NodeError(.badInput, message) }
        }
        try require(window >= 1, "--window must be at least 1.")
        try require(maximumItems.map { $0 >= 1 } ?? true, "--limit must be at least 1.")
        try require((0...64).contains(shots), "--shots must be 0 to 64.")
        try require(maximumTokens >= 1, "--max-tokens must be at least 1.")
        try require(
            Set(adapters.map(\.name) + ["base"]).count == adapters.count + 1,
            "Two adapters have one name, or one is called “base”. Name each: --adapter common=DIR --adapter local=DIR.")
        guard let prompt = MultipleChoicePrompt(rawValue: prompt) else {
            throw NodeError(
                .badInput,
                "--prompt must be one of \(MultipleChoicePrompt.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return prompt
    }
}
