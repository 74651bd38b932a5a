internal import Foundation

/// The inverse question: how much noise does a target epsilon need?
public enum NoiseCalibration {
    /// The smallest noise multiplier, rounded **up**, for which `steps` of Poisson-sampled Gaussian noise stay
    /// within `target`.
    ///
    /// What is returned has been put through the accountant again: epsilon(returned) ≤ target always holds.
    ///
    /// - Parameter alreadySpent: events whose cost counts towards the same target.
    /// - Throws: ``PrivacyError`` `.unreachableTarget` when even the largest multiplier does not suffice.
    public static func noiseMultiplier(
        target: PrivacyBudget, samplingRate: Double, steps: Int, relation: NeighbouringRelation = .addRemove,
        alreadySpent: [PrivacyEvent] = []
    ) throws -> Double {
        let sampling: Sampling = samplingRate == 1 ? .none : .poisson(rate: samplingRate)
        return try noiseMultiplier(target: target, alreadySpent: alreadySpent) { noise in
            [
                PrivacyEvent(
                    mechanism: .gaussian(noiseMultiplier: noise), sampling: sampling, steps: steps, relation: relation)
            ]
        }
    }

    /// The same for any plan that depends on one noise multiplier.
    ///
    /// - Parameter accountant: the epsilon of a list of events, when another accountant than ``RDPAccountant`` is to
    ///   be
    ///   satisfied. It must not grow with the noise multiplier.
    public static func noiseMultiplier(
        target: PrivacyBudget, alreadySpent: [PrivacyEvent] = [],
        accountant: (([PrivacyEvent]) throws -> Double)? = nil, plan: (Double) -> [PrivacyEvent]
    ) throws -> Double {
        for event in plan(1) { try event.validate() }
        if let accountant {
            return try search(target: target, precision: 2e-5) { try accountant(alreadySpent + plan($0)) }
        }
        let spent = try RDPAccountant(alreadySpent).curve
        return try search(target: target) { noise in
            var curve = spent
            for event in plan(noise) {
                curve.add(
                    try RDPCurve(oneStepOf: event.mechanism, sampling: event.sampling, relation: event.relation),
                    steps: event.steps)
            }
            return try curve.epsilon(delta: target.delta).epsilon
        }
    }

    private static func search(
        target: PrivacyBudget, precision: Double = 1e-7, cost: (Double) throws -> Double
    ) throws -> Double {
        var low = PrivacyEvent.smallestNoiseMultiplier
        var high = 1.0
        while try cost(high) > target.epsilon {
            low = high
            high *= 2
            guard high <= PrivacyEvent.largestNoiseMultiplier else {
                throw PrivacyError(
                    .unreachableTarget,
                    "Epsilon \(target.epsilon) at delta \(target.delta) can't be reached: what was spent before, "
                        + "or delta alone, already exceeds it. Take fewer steps, a smaller sampling rate or a "
                        + "larger budget."
                )
            }
        }
        while high - low > precision * high {
            let middle = (low + high) / 2
            if try cost(middle) > target.epsilon { low = middle } else { high = middle }
        }
        // Rounded up to six decimals for people; the larger value costs no more, which is checked, not assumed.
        for candidate in [(high * 1e6).rounded(.up) / 1e6, high] {
            if try cost(candidate) <= target.epsilon { return candidate }
        }
        throw PrivacyError(.unreachableTarget, "No noise multiplier could be verified for epsilon \(target.epsilon).")
    }
}
