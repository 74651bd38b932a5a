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
    /// - Parameters:
    ///   - accountant: the epsilon of a list of events, when another accountant than ``RDPAccountant`` is to be satisfied. It must
    ///     not grow with the noise multiplier.
    ///   - guess: where to look first.
    public static func noiseMultiplier(
        target: PrivacyBudget, alreadySpent: [PrivacyEvent] = [], near guess: Double = 1,
        accountant: (([PrivacyEvent]) throws -> Double)? = nil, plan: (Double) -> [PrivacyEvent]
    ) throws -> Double {
        for event in plan(1) { try event.validate() }
        if let accountant {
            return try search(target: target, precision: 2e-5, near: guess) { try accountant(alreadySpent + plan($0)) }
        }
        let spent = try RDPAccountant(alreadySpent).curve
        return try search(target: target, precision: 1e-7, near: guess) { noise in
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
        target: PrivacyBudget, precision: Double, near guess: Double, cost: (Double) throws -> Double
    ) throws -> Double {
        let smallest = PrivacyEvent.smallestNoiseMultiplier, largest = PrivacyEvent.largestNoiseMultiplier
        // A multiplier that costs too much and one that does not, each with log(cost ÷ target).
        var low: (noise: Double, excess: Double) = (smallest, .infinity)
        var high: (noise: Double, excess: Double)
        func excess(_ noise: Double) throws -> Double { log(try cost(noise) / target.epsilon) }
        var noise = min(max(guess, smallest), largest)
        var found = try excess(noise)
        var factor = 1.2
        if found > 0 {
            while found > 0 {
                low = (noise, found)
                guard noise < largest else {
                    throw PrivacyError(
                        .unreachableTarget,
                        "Epsilon \(target.epsilon) at delta \(target.delta) can't be reached: what was spent before, "
                            + "or delta alone, already exceeds it. Take fewer steps, a smaller sampling rate or a "
                            + "larger budget."
                    )
                }
                noise = min(largest, noise * factor)
                factor = min(4, factor * factor)
                found = try excess(noise)
            }
            high = (noise, found)
        } else {
            repeat {
                high = (noise, found)
                noise /= factor
                factor = min(4, factor * factor)
                if noise > smallest { found = try excess(noise) }
            } while noise > smallest && found <= 0
            if noise > smallest { low = (noise, found) }
        }
        // The logarithm of the cost is almost a line over the logarithm of the noise: secants, with bisection as the safeguard.
        var isNarrow = true
        while high.noise - low.noise > precision * high.noise {
            let width = log(high.noise / low.noise)
            var share = low.excess.isFinite && high.excess.isFinite ? low.excess / (low.excess - high.excess) : 0.5
            // A little beyond the root as seen from the end that is farther from it, so that both ends close in.
            share += (share > 0.5 ? -0.3 : 0.3) * min(0.5, precision / width)
            if !isNarrow || !(share > 0 && share < 1) { share = 0.5 }
            noise = low.noise * exp(share * width)
            guard noise > low.noise, noise < high.noise else { break }
            found = try excess(noise)
            if found > 0 { low = (noise, found) } else { high = (noise, found) }
            isNarrow = log(high.noise / low.noise) < 0.6 * width
        }
        // Rounded up to six decimals for people; the larger value costs no more, which is checked, not assumed.
        for candidate in [(high.noise * 1e6).rounded(.up) / 1e6, high.noise] {
            if try cost(candidate) <= target.epsilon { return candidate }
        }
        throw PrivacyError(.unreachableTarget, "No noise multiplier could be verified for epsilon \(target.epsilon).")
    }
}
