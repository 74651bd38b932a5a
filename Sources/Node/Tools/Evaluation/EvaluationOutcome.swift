public import Evaluation

/// The figures of an evaluation. They are aggregates; single scores are written to a file, if at all.
public struct EvaluationOutcome: Encodable, Sendable {
    public struct Model: Sendable {
        public var name: String
        public var summary: ScoreSummary
    }

    public struct Comparison: Encodable, Sendable {
        public var candidate: String
        public var baseline: String
        public var metrics: [MetricComparison]
    }

    /// A collection within the data, such as one subject.
    public struct Source: Sendable {
        public var name: String
        public var summary: ScoreSummary
    }

    public var task: String
    /// The one that is judged comes first; the base model, if it was compared, last.
    public var models: [Model]
    public var comparisons: [Comparison]
    public var sources: [Source]
    /// Contexts that were too long and lost their beginning, for the model that is judged.
    public var cutContexts: Int
    /// What to use, where the base model and a common adapter were both scored.
    public var benefit: BenefitReport?

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    private struct Figures: Encodable {
        let summary: ScoreSummary

        func encode(to encoder: any Encoder) throws {
            var figures = encoder.container(keyedBy: Key.self)
            for figure in summary.figures { try figures.encode(figure.estimate, forKey: Key(figure.name)) }
        }
    }

    private struct Named: Encodable {
        var name: String
        var items: Int
        var metrics: Figures
    }

    /// Figures of the judged model by their names at the top, intervals beneath `models`.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(task, forKey: Key("task"))
        if let judged = models.first {
            try object.encode(judged.name, forKey: Key("model"))
            try object.encode(judged.summary.items, forKey: Key("items"))
            try object.encode(judged.summary.units, forKey: Key("units"))
            for figure in judged.summary.figures { try object.encode(figure.estimate.value, forKey: Key(figure.name)) }
        }
        func named(_ name: String, _ summary: ScoreSummary) -> Named {
            Named(name: name, items: summary.items, metrics: Figures(summary: summary))
        }
        try object.encode(models.map { named($0.name, $0.summary) }, forKey: Key("models"))
        try object.encode(comparisons, forKey: Key("comparisons"))
        if !sources.isEmpty {
            try object.encode(sources.map { named($0.name, $0.summary) }, forKey: Key("sources"))
        }
        try object.encode(cutContexts, forKey: Key("cut_contexts"))
        try object.encodeIfPresent(benefit, forKey: Key("benefit"))
    }
}
