/// The log-likelihoods of one item's options. They stay where the items are.
public struct MultipleChoiceResult: Sendable, Equatable {
    public var id: String
    public var unit: String
    public var source: String
    /// In nats, one an option.
    public var logLikelihoods: [Double]
    /// Lengths of what was scored, without the blank before it.
    public var characters: [Int]
    public var bytes: [Int]
    public var gold: Int

    init(_ item: MultipleChoiceItem, choices: [String], logLikelihoods: [Double]) {
        id = item.id
        unit = item.unit
        source = item.source
        self.logLikelihoods = logLikelihoods
        characters = choices.map(\.unicodeScalars.count)
        bytes = choices.map(\.utf8.count)
        gold = item.gold
    }

    /// The most likely option, the first of equally likely ones.
    public var prediction: Int { Self.best(logLikelihoods) }
    /// By log-likelihood a character.
    public var predictionByCharacters: Int { Self.best(zip(logLikelihoods, characters).map { $0 / Double($1) }) }
    /// By log-likelihood a byte.
    public var predictionByBytes: Int { Self.best(zip(logLikelihoods, bytes).map { $0 / Double($1) }) }

    private static func best(_ values: [Double]) -> Int {
        var best = 0
        for index in values.indices where values[index] > values[best] { best = index }
        return best
    }
}

extension ScoreSheet {
    /// `acc`, `acc_norm` and `acc_bytes` as lm-evaluation-harness names them: by the log-likelihood, by it a character, by it
    /// a byte.
    ///
    /// - Throws: ``EvaluationError`` `.invalidInput` without items.
    public init(_ results: [MultipleChoiceResult]) throws {
        guard !results.isEmpty else {
            throw EvaluationError(.invalidInput, "There is nothing to score. Give at least one item.")
        }
        func share(_ name: String, _ prediction: KeyPath<MultipleChoiceResult, Int>) -> Metric {
            Metric(name, mean: results.map { $0[keyPath: prediction] == $0.gold ? 1 : 0 })
        }
        self.init(
            units: results.map(\.unit),
            metrics: [
                share("acc", \.prediction), share("acc_norm", \.predictionByCharacters),
                share("acc_bytes", \.predictionByBytes),
            ])
    }
}
