internal import CKernels
internal import Foundation

/// One mechanism of a composition and how its loss distribution is computed.
struct PLDComponent: Sendable {
    enum Kind: Sendable, Equatable {
        case gaussian
        case laplace
        case discreteGaussian(sigma: Double, sensitivity: Int)
        /// A Gaussian on a Poisson sample that is cut at a cap: in a share `full` of the steps the patient takes somebody
        /// else's place, with probability `rate`.
        case truncated(full: Double, rate: Double)
    }
    enum Direction: Sendable { case remove, add, replace }
    enum Bound: Sendable { case upper, lower }

    var kind: Kind
    var rate: Double
    /// Relative to the add/remove sensitivity.
    var noise: Double
    /// A double, because sums of steps may be larger than any integer type.
    var steps: Double

    /// `nil` for what costs nothing.
    init?(_ event: PrivacyEvent) throws {
        let noise = event.mechanism.noiseMultiplier
        guard noise.isFinite, noise >= 0, event.steps >= 0 else {
            throw PrivacyError(.invalidParameter, "Noise multiplier and steps must be numbers that are not negative.")
        }
        rate = try Self.rate(of: event.sampling)
        switch event.mechanism {
        case .gaussian:
            kind = .gaussian
            if case .truncatedPoisson(_, let population, let cap) = event.sampling {
                kind = try Self.truncated(rate: rate, population: population, cap: cap)
            }
        case .laplace:
            kind = .laplace
            guard case .none = event.sampling, event.relation == .addRemove else {
                throw PrivacyError(
                    .unsupported, "Laplace noise is accounted here without sampling and for add_remove only.")
            }
        case .discreteGaussian(let sigma, let sensitivity):
            kind = .discreteGaussian(sigma: sigma, sensitivity: sensitivity)
            guard sensitivity >= 1, sensitivity <= 1 << 40, event.relation == .addRemove else {
                throw PrivacyError(
                    .unsupported,
                    "Discrete Gaussian noise is accounted here for add_remove and sensitivities of 1 or more.")
            }
            if case .truncatedPoisson = event.sampling {
                throw PrivacyError(.unsupported, "Samples with a cap are accounted here for the Gaussian only.")
            }
            guard sigma >= 0.2 || sigma == 0, sigma <= 1e6, sensitivity <= 1_000_000 else {
                throw PrivacyError(
                    .unsupported, "Discrete Gaussians are accounted here for sigma from 0.2 to 1e6.")
            }
        }
        guard event.steps > 0, rate > 0 else { return nil }
        self.noise = noise
        steps = Double(event.steps)
        guard noise == 0 || (noise >= 0.05 && noise <= 1e6) else {
            throw PrivacyError(
                .unsupported, "Privacy loss distributions are computed for noise multipliers from 0.05 to 1e6.")
        }
    }

    private static func rate(of sampling: Sampling) throws -> Double {
        switch sampling {
        case .none: return 1
        case .poisson(let rate), .truncatedPoisson(let rate, _, _):
            guard rate.isFinite, rate >= 0, rate <= 1 else {
                throw PrivacyError(.invalidParameter, "The sampling rate is \(rate); it must be from 0 to 1.")
            }
            return rate
        case .withoutReplacement:
            throw PrivacyError(
                .unsupported, "No privacy loss distribution is known for sampling without replacement.")
        }
    }

    /// Whether the others alone fill the cap is independent of the patient. If they do, the patient can only be in the sample
    /// by pushing one of them out.
    private static func truncated(rate: Double, population: Int, cap: Int) throws -> Kind {
        guard population >= 1, population <= 1_000_000_000, cap >= 1 else {
            throw PrivacyError(.invalidParameter, "A capped sample needs a population and a cap of 1 or more.")
        }
        let full = BinomialTail.atLeast(cap, of: population - 1, probability: rate)
        guard full > 0 else { return .gaussian }
        let sampled = BinomialTail.atLeast(cap + 1, of: population, probability: rate)
        return .truncated(full: full, rate: min(1, sampled * Double(cap) / full / Double(population)))
    }

    func isSameMechanism(as other: PLDComponent) -> Bool {
        kind == other.kind && rate == other.rate && noise == other.noise
    }

    /// Whether adding and removing a patient give the same losses.
    var isSymmetric: Bool {
        switch kind {
        case .laplace: true
        case .gaussian, .discreteGaussian: rate == 1
        case .truncated: false
        }
    }

    /// About the variance of one step's loss where the patient was not drawn: sets the grid, never the result.
    ///
    /// Under the mixture itself a few huge losses may dominate the variance, and the grid would be too wide for the rest.
    var variance: Double {
        let full = 1 / (noise * noise)
        if kind == .laplace || rate == 1 { return full }
        var sums = (weight: 0.0, first: 0.0, second: 0.0)
        for index in -160...160 {
            let x = Double(index) / 20
            let exponent = (2 * x * noise - 1) / (2 * noise * noise)
            let loss = exponent > 30 ? exponent + log(rate) : log1p(rate * expm1(exponent))
            let weight = exp(-x * x / 2)
            sums.weight += weight
            sums.first += weight * loss
            sums.second += weight * loss * loss
        }
        let mean = sums.first / sums.weight
        return max(1e-24, sums.second / sums.weight - mean * mean)
    }

    /// A grid on which all losses lie exactly, where there is one: multiples of it are as good.
    var latticeSpacing: Double? {
        guard case .discreteGaussian(let sigma, let sensitivity) = kind, rate == 1 else { return nil }
        return Double(sensitivity) / (2 * sigma * sigma)
    }
}
