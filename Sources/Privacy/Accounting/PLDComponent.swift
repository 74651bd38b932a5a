internal import Foundation

/// One mechanism of a composition and how its loss distribution is computed.
struct PLDComponent: Sendable {
    enum Kind: Sendable, Hashable {
        case gaussian
        /// A Gaussian under replace-one: the patient's gradient is on one side of the rest, or on the other.
        case replacement
        case laplace
        case discreteGaussian(sigma: Double, sensitivity: Int)
        /// A Gaussian on a Poisson sample that is cut at a cap: in a share `full` of the steps the patient takes somebody
        /// else's place, with probability `rate`.
        case truncated(full: Double, rate: Double, isReplacement: Bool)
    }
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
            kind = event.relation == .replaceOne ? .replacement : .gaussian
            if case .truncatedPoisson(_, let population, let cap) = event.sampling {
                kind = try Self.truncated(kind, rate: rate, population: population, cap: cap)
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
    private static func truncated(_ kind: Kind, rate: Double, population: Int, cap: Int) throws -> Kind {
        guard population >= 1, population <= 1_000_000_000, cap >= 1 else {
            throw PrivacyError(.invalidParameter, "A capped sample needs a population and a cap of 1 or more.")
        }
        let full = BinomialTail.atLeast(cap, of: population - 1, probability: rate)
        guard full > 0 else { return kind }
        let sampled = BinomialTail.atLeast(cap + 1, of: population, probability: rate)
        return .truncated(
            full: full, rate: min(1, sampled * Double(cap) / full / Double(population)),
            isReplacement: kind == .replacement)
    }

    /// What makes two components one, with the sum of their steps.
    struct Identity: Hashable {
        var kind: Kind
        var rate: Double
        var noise: Double
    }

    var identity: Identity { Identity(kind: kind, rate: rate, noise: noise) }

    /// Whether adding and removing a patient give the same losses.
    var isSymmetric: Bool {
        switch kind {
        case .laplace, .replacement: true
        case .gaussian, .discreteGaussian: rate == 1
        case .truncated(_, _, let isReplacement): isReplacement
        }
    }

    /// μ of one step as a Gaussian mechanism, if that is what it is: a step without sampling.
    var gaussianMu: Double? {
        switch kind {
        case .gaussian where rate == 1: 1 / noise
        case .replacement where rate == 1: 2 / noise
        default: nil
        }
    }

    /// About the variance of all steps' losses: sets an order of evaluation and where a search starts, never the result.
    var variance: Double {
        kind == .laplace || rate == 1
            ? steps / (noise * noise) : steps * rate * rate * expm1(min(50, 1 / (noise * noise)))
    }
}
