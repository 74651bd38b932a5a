/// What may be shown of an evaluation: aggregates over enough items.
public struct ScoreSummary: Sendable, Equatable {
    public struct Figure: Sendable, Equatable {
        public var name: String
        public var estimate: Estimate
        public var isHigherBetter: Bool
    }

    public var items: Int
    /// Patients, or items where each is its own unit: what the intervals are drawn from.
    public var units: Int
    public var figures: [Figure]

    public subscript(name: String) -> Estimate? { figures.first { $0.name == name }?.estimate }
}
