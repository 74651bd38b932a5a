/// One stretch of private computation: the same mechanism on the same kind of sample, `steps` times.
///
/// Its JSON form is the one that auditors exchange:
///
///
///
///
///
///
/// `{"mechanism":"gaussian","noise_multiplier":1.1,"sampling":{"type":"poisson","q":0.01},"steps":500,"neighbouring":"add_remove"}`.
///
/// Training never builds one by hand: ``PoissonSampler`` emits the event of what it draws. The public initializer is
/// for
/// questions ("what would 10 more rounds cost?") and for audits.
public struct PrivacyEvent: Sendable, Hashable {
    public var mechanism: Mechanism
    public var sampling: Sampling
    /// How often the mechanism is applied; all of them count, empty samples too.
    public var steps: Int
    public var relation: NeighbouringRelation

    public init(
        mechanism: Mechanism, sampling: Sampling = .none, steps: Int, relation: NeighbouringRelation = .addRemove
    ) {
        self.mechanism = mechanism
        self.sampling = sampling
        self.steps = steps
        self.relation = relation
    }

    /// Refuses what must never be spent: no noise, no steps, rates outside (0, 1], numbers that are not finite.
    ///
    /// The accountants accept more (zero steps cost nothing, zero noise costs infinity) because an auditor's
    /// question may
    /// be about exactly that.
    /// - Throws: ``PrivacyError`` `.invalidParameter`.
    public func validate() throws {
        let noise = mechanism.noiseMultiplier
        guard noise.isFinite, noise > 0 else {
            throw PrivacyError(
                .invalidParameter,
                "The noise multiplier is \(noise); it must be a positive number. Without noise there is no privacy.")
        }
        guard noise >= Self.smallestNoiseMultiplier, noise <= Self.largestNoiseMultiplier else {
            throw PrivacyError(
                .invalidParameter,
                "The noise multiplier is \(noise); values from \(Self.smallestNoiseMultiplier) to "
                    + "\(Self.largestNoiseMultiplier) are accepted."
            )
        }
        guard steps >= 1, steps <= Self.mostSteps else {
            throw PrivacyError(
                .invalidParameter, "The number of steps is \(steps); it must be from 1 to \(Self.mostSteps).")
        }
        try sampling.validate()
    }

    static let smallestNoiseMultiplier = 0.01
    static let largestNoiseMultiplier = 1e6
    static let mostSteps = 1_000_000_000
}

/// Which two data sets count as neighbours. An epsilon means nothing without it.
public enum NeighbouringRelation: String, Sendable, Hashable, Codable {
    /// One patient more or fewer; the sensitivity is the clip norm.
    case addRemove = "add_remove"
    /// One patient's data exchanged for another's; the sensitivity is twice the clip norm.
    case replaceOne = "replace_one"
}
