/// What a model wrote beside what should stand there.
public struct GenerationResult: Sendable, Equatable {
    /// The patient, where a patient may have several; otherwise anything that is its own.
    public var unit: String
    public var prediction: String
    public var references: [String]
    /// The report that the text is about; `nil` where there is none to hold it against.
    public var source: String?

    public init(unit: String, prediction: String, references: [String], source: String? = nil) {
        self.unit = unit
        self.prediction = prediction
        self.references = references
        self.source = source
    }
}

extension ScoreSheet {
    /// ROUGE (F measure, mean over items), corpus BLEU and chrF, token F1, exact match, and how much of the numbers and
    /// negations the source supports.
    ///
    /// - Throws: ``EvaluationError`` `.invalidInput` without items or for an item without a reference.
    public init(_ results: [GenerationResult], stemming: Bool = false) throws {
        guard !results.isEmpty else {
            throw EvaluationError(.invalidInput, "There is nothing to score. Give at least one item.")
        }
        guard results.allSatisfy({ !$0.references.isEmpty }) else {
            throw EvaluationError(.invalidInput, "An item has no reference. Give each at least one.")
        }
        let scorer = RougeScorer(stemming: stemming)
        let rouge = results.map { scorer.score($0.prediction, references: $0.references) }
        let bleu = results.map { TranslationScore(prediction: $0.prediction, references: $0.references) }
        let chrf = results.map { CharacterScore(prediction: $0.prediction, references: $0.references) }
        let answers = results.map { AnswerMatch(prediction: $0.prediction, references: $0.references) }
        var metrics = [
            Metric("rouge1", mean: rouge.map(\.rouge1.fMeasure)),
            Metric("rouge2", mean: rouge.map(\.rouge2.fMeasure)),
            Metric("rougeL", mean: rouge.map(\.rougeL.fMeasure)),
            Metric("bleu", sums: bleu.map { $0.counts.map(Double.init) }) { TranslationScore.value($0) },
            Metric("chrf", sums: chrf.map { $0.counts.map(Double.init) }) { CharacterScore.value($0) },
            Metric("token_f1", mean: answers.map(\.f1)),
            Metric("exact_match", mean: answers.map(\.exact)),
        ]
        if results.contains(where: { $0.source != nil }) {
            metrics += Self.support(results)
        }
        self.init(units: results.map(\.unit), metrics: metrics)
    }

    private static func support(_ results: [GenerationResult]) -> [Metric] {
        let checks = results.map { result in
            result.source.map { SupportCheck(text: result.prediction, source: $0) } ?? SupportCheck()
        }
        return [
            Metric(
                "numbers_supported",
                ratio: checks.map { (Double($0.numbers - $0.unsupportedNumbers), Double($0.numbers)) }),
            Metric(
                "items_with_unsupported_numbers", isHigherBetter: false,
                mean: checks.map { $0.unsupportedNumbers > 0 ? 1 : 0 }),
            Metric(
                "negations_supported",
                ratio: checks.map { (Double($0.negations - $0.unsupportedNegations), Double($0.negations)) }),
            Metric(
                "items_with_contradicted_findings", isHigherBetter: false,
                mean: checks.map { $0.unsupportedNegations + $0.lostNegations > 0 ? 1 : 0 }),
        ]
    }
}
