/// What the privacy loss distribution proves.
public struct PLDBound: Sendable, Hashable, Codable {
    /// An upper bound: report this.
    @InfinityAsText public var epsilon: Double
    /// A lower bound on the true epsilon: how tight the upper one is.
    @InfinityAsText public var lower: Double
    /// The distance of the points that each step's noise is put on, in its standard deviations; 0 for an exact formula.
    public var interval: Double

    public init(epsilon: Double, lower: Double, interval: Double) {
        self.epsilon = epsilon
        self.lower = lower
        self.interval = interval
    }
}
