/// Epsilon at a delta by each accountant; the smaller one is what is reported.
public struct EpsilonReport: Sendable, Hashable, Codable {
    public var delta: Double
    /// Missing when no Rényi bound is known for the events.
    public var rdp: RDPBound?
    /// Missing when the privacy loss distribution can't be computed for the events.
    public var pld: PLDBound?
    /// The smaller of the two: both are valid upper bounds.
    @InfinityAsText public var epsilon: Double

    init(delta: Double, rdp: RDPBound?, pld: PLDBound?) {
        self.delta = delta
        self.rdp = rdp
        self.pld = pld
        epsilon = min(rdp?.epsilon ?? .infinity, pld?.epsilon ?? .infinity)
    }
}

/// Delta at an epsilon by each accountant.
public struct DeltaReport: Sendable, Hashable, Codable {
    public var epsilon: Double
    public var rdp: Double?
    public var pld: Double?
    public var delta: Double

    init(epsilon: Double, rdp: Double?, pld: Double?) {
        self.epsilon = epsilon
        self.rdp = rdp
        self.pld = pld
        delta = min(rdp ?? 1, pld ?? 1)
    }
}

/// The noise multiplier that reaches a target, by each accountant; both are verified not to exceed it.
public struct CalibrationReport: Sendable, Hashable, Codable {
    public var target: PrivacyBudget
    public var rdp: Double?
    public var pld: Double?
    /// The smaller of the two, valid for a plan that is fixed before its first step.
    public var noiseMultiplier: Double

    private enum CodingKeys: String, CodingKey {
        case target, rdp, pld
        case noiseMultiplier = "noise_multiplier"
    }

    init(target: PrivacyBudget, rdp: Double?, pld: Double?) {
        self.target = target
        self.rdp = rdp
        self.pld = pld
        noiseMultiplier = min(rdp ?? .infinity, pld ?? .infinity)
    }
}
