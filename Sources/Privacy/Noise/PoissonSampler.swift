public import ConsiliumCore

/// Draws the patients of each step and emits the event that the ledger charges, so that the two can't differ.
///
/// Every patient takes part in a step with probability ``rate``, independently. Shuffled or fixed-size batches are
/// *not*
/// Poisson samples, and accounting them as such understates epsilon several times over; there is no way to do so
/// here.
public struct PoissonSampler: Sendable {
    public let rate: Double
    /// How many steps were planned and reserved.
    public let steps: Int
    /// How many were drawn. Only grows.
    public private(set) var drawnSteps = 0

    /// - Throws: ``PrivacyError`` `.invalidParameter` for a rate outside (0, 1] or no steps.
    public init(rate: Double, steps: Int) throws {
        try PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 1), sampling: .poisson(rate: rate), steps: steps)
            .validate()
        self.rate = rate
        self.steps = steps
    }

    /// What to reserve: all planned steps with this noise.
    public func event(_ mechanism: GaussianMechanism) -> PrivacyEvent {
        PrivacyEvent(
            mechanism: mechanism.mechanism, sampling: rate == 1 ? .none : .poisson(rate: rate), steps: steps,
            relation: .addRemove)
    }

    /// The patients of the next step, as ascending indices into the clinic's list; often none, and then the step
    /// still runs.
    ///
    /// - Throws: ``PrivacyError`` `.stepsUsedUp` once ``steps`` were drawn: reserve again before going on.
    public mutating func drawStep(patients: Int, source: any SecureRandom = SystemRandom()) throws -> [Int] {
        guard drawnSteps < steps else {
            throw PrivacyError(
                .stepsUsedUp, "All \(steps) reserved steps were taken. Reserve budget for more before training on.")
        }
        // Counted before the randomness is drawn: a failure half-way costs the step, never hides it.
        drawnSteps += 1
        guard patients > 0 else { return [] }
        if rate == 1 { return Array(0..<patients) }
        // ⌊rate 2^64⌋ of 2^64 equally likely words: the true rate is never above the one that is charged.
        let threshold = UInt64(rate * 0x1p64)
        var words = [UInt64](repeating: 0, count: patients)
        try words.withUnsafeMutableBytes { try source.fill($0) }
        return words.indices.filter { words[$0] < threshold }
    }
}
