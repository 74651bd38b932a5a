public import LanguageModels
public import Tokenizers

/// Multiple choice by log-likelihood with zero or more worked examples, with the prompts, tokens and scores of
/// lm-evaluation-harness.
public struct MultipleChoiceEvaluation: Sendable {
    /// The log-likelihood of each continuation of each item.
    public typealias Scorer = (_ groups: [[Continuation]]) throws -> [[Double]]

    public var prompt: MultipleChoicePrompt
    /// Worked examples before each item.
    public var shots: Int

    public init(prompt: MultipleChoicePrompt = .auto, shots: Int = 0) {
        self.prompt = prompt
        self.shots = shots
    }

    /// - Parameters:
    ///   - examples: where worked examples come from: the first ones of the item's own source that are not the item itself
    ///     (the harness's sampler `first_n`).
    ///   - score: gets items that begin with the same examples in one call, so that those go through the model once.
    /// - Returns: in the order of the items.
    /// - Throws: ``EvaluationError`` `.invalidInput` without items or with too few examples, `.invalidLoss` if the scorer fails
    ///   its contract; what the scorer and the tokenizer throw.
    public func run(
        _ items: [MultipleChoiceItem], examples: [MultipleChoiceItem], tokenizer: Tokenizer, score: Scorer
    ) throws -> [MultipleChoiceResult] {
        guard !items.isEmpty else {
            throw EvaluationError(.invalidInput, "There is nothing to score. Give at least one item.")
        }
        let encoder = ContinuationEncoder(tokenizer)
        var results = [MultipleChoiceResult?](repeating: nil, count: items.count)
        for (prefix, members) in try grouped(items, examples) {
            let choices = members.map { prompt.choices(of: items[$0]) }
            let groups = try zip(members, choices).map { member, choices in
                let context = prefix + prompt.text(of: items[member])
                return try choices.map {
                    try encoder.encode(
                        context: context, continuation: MultipleChoicePrompt.targetDelimiter + $0)
                }
            }
            let scores = try score(groups)
            guard scores.map(\.count) == groups.map(\.count), scores.joined().allSatisfy(\.isFinite) else {
                throw EvaluationError(
                    .invalidLoss,
                    "The model gave no number for some of the options. Check the adapter: its training may have diverged."
                )
            }
            for (index, member) in members.enumerated() {
                results[member] = MultipleChoiceResult(
                    items[member], choices: choices[index], logLikelihoods: scores[index])
            }
        }
        return results.compactMap { $0 }
    }

    /// Items by what stands before them, in order of first appearance.
    private func grouped(_ items: [MultipleChoiceItem], _ examples: [MultipleChoiceItem]) throws
        -> [(prefix: String, members: [Int])]
    {
        guard shots >= 0 else { throw EvaluationError(.invalidInput, "The number of examples can't be negative.") }
        let pools = Dictionary(grouping: examples, by: \.source)
        var order: [String: Int] = [:]
        var groups: [(prefix: String, members: [Int])] = []
        for (index, item) in items.enumerated() {
            var chosen: [MultipleChoiceItem] = []
            for example in pools[item.source] ?? [] {
                guard chosen.count < shots else { break }
                if example.question != item.question || example.options != item.options { chosen.append(example) }
            }
            guard chosen.count == shots else {
                throw EvaluationError(
                    .invalidInput,
                    "There are \(chosen.count) worked examples of the source “\(item.source)” and \(shots) are asked for. Ask for fewer, or give a file with more."
                )
            }
            let prefix = prompt.prefix(for: item, shots: chosen)
            if let known = order[prefix] {
                groups[known].members.append(index)
            } else {
                order[prefix] = groups.count
                groups.append((prefix, [index]))
            }
        }
        return groups
    }
}
