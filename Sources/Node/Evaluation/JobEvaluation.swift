public import Evaluation
public import Federation

/// What one task of a job's evaluation gave in this clinic. Stays here; what leaves of it is ``EvaluationMetrics``.
public struct JobEvaluation: Codable, Sendable, Equatable {
    public struct Figure: Codable, Sendable, Equatable {
        public var name: String
        public var isHigherBetter: Bool
        public var base: Estimate
        public var common: Estimate
        /// Both on the same items.
        public var difference: MetricComparison?
    }

    public var task: String
    public var kind: EvaluationPlan.Kind
    /// After how many rounds.
    public var round: Int
    public var items: Int
    /// Patients, or items where each is its own.
    public var units: Int
    public var figures: [Figure]
    /// Why it was not measured; `nil` if it was.
    public var omission: String?

    init(_ task: EvaluationPlan.Task, round: Int, omission: String) {
        self.task = task.name
        kind = task.kind
        self.round = round
        items = 0
        units = 0
        figures = []
        self.omission = omission
    }

    /// - Parameter common, base: of the same items.
    init(_ task: EvaluationPlan.Task, round: Int, common: ScoreSheet, base: ScoreSheet) throws {
        // The figures stay here; what may leave is decided where it leaves.
        let statistics = ScoreSheet.Statistics(minimumDocuments: 1)
        let (after, before) = (try common.summary(statistics), try base.summary(statistics))
        let differences = try common.comparison(with: base, statistics)
        self.task = task.name
        kind = task.kind
        self.round = round
        items = after.items
        units = after.units
        figures = after.figures.compactMap { figure in
            before[figure.name].map { estimate in
                Figure(
                    name: figure.name, isHigherBetter: figure.isHigherBetter, base: estimate, common: figure.estimate,
                    difference: differences.first { $0.name == figure.name })
            }
        }
    }

    /// What may leave; `nil` if nothing may.
    func metrics(of task: EvaluationPlan.Task) -> EvaluationMetrics.Task? {
        EvaluationMetrics.Task(
            of: task, items: items, units: units,
            measured: figures.map { .init(name: $0.name, base: $0.base.value, common: $0.common.value) })
    }

    /// “multiple choice “medqa””
    public var title: String {
        switch kind {
        case .multipleChoice: "multiple choice “\(task)”"
        case .generation: "written answers “\(task)”"
        case .classification: "classification “\(task)”"
        }
    }
}
