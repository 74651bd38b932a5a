/// How a question is put to a model: the forms of lm-evaluation-harness 0.4.13 for the task of the same name.
public enum MultipleChoicePrompt: String, Sendable, CaseIterable {
    /// By the item's source: `medmcqa`, `mmlu-…`, `pubmedqa` as they are named, else `pubmedqa` for items with a context and
    /// `medqa` for those without.
    case auto
    /// `Question: …`, the options with their letters, `Answer:`; letters are scored.
    case medqa
    /// The same with `Choices:` above the options.
    case medmcqa
    /// The question as it is, options with letters, `Answer:`, and a sentence that names the subject before all.
    case mmlu
    /// `Abstract: …`, `Question: …`, `Answer:`; the options' texts are scored.
    case pubmedqa
    /// `Question: …`, `Answer:`; the options' texts are scored and never shown (`arc_easy`).
    case cloze

    static let targetDelimiter = " "
    static let shotDelimiter = "\n\n"

    func resolved(for item: MultipleChoiceItem) -> MultipleChoicePrompt {
        guard self == .auto else { return self }
        if item.source.hasPrefix("mmlu") { return .mmlu }
        if item.source.hasPrefix("medmcqa") { return .medmcqa }
        if item.source.hasPrefix("medqa") { return .medqa }
        return item.source.hasPrefix("pubmedqa") || item.context != nil ? .pubmedqa : .medqa
    }

    /// What stands before all examples.
    func description(for item: MultipleChoiceItem) -> String {
        guard resolved(for: item) == .mmlu else { return "" }
        let subject = item.source.split(separator: "-", maxSplits: 1).dropFirst().first ?? "medicine"
        return
            "The following are multiple choice questions (with answers) about \(subject.replacing("_", with: " ")).\n\n"
    }

    /// Up to and with `Answer:`.
    func text(of item: MultipleChoiceItem) -> String {
        let options = item.options.map { "\($0.letter). \($0.text)\n" }.joined()
        let about = item.context.map { "Abstract: \($0)\n" } ?? ""
        switch resolved(for: item) {
        case .medmcqa: return "\(about)Question: \(item.question)\nChoices:\n\(options)Answer:"
        case .mmlu: return "\(about)\(PythonText.stripped(item.question))\n\(options)Answer:"
        case .pubmedqa, .cloze: return "\(about)Question: \(item.question)\nAnswer:"
        case .auto, .medqa: return "\(about)Question: \(item.question)\n\(options)Answer:"
        }
    }

    /// What is scored behind the text and a blank.
    func choices(of item: MultipleChoiceItem) -> [String] {
        switch resolved(for: item) {
        case .pubmedqa, .cloze: item.options.map(\.text)
        case .auto, .medqa, .medmcqa, .mmlu: item.options.map(\.letter)
        }
    }

    /// Worked examples with their answers.
    func prefix(for item: MultipleChoiceItem, shots: [MultipleChoiceItem]) -> String {
        description(for: item)
            + shots.map { shot in
                "\(text(of: shot))\(Self.targetDelimiter)\(choices(of: shot)[shot.gold])\(Self.shotDelimiter)"
            }.joined()
    }
}
