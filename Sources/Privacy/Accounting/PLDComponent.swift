internal import CKernels
internal import Foundation

/// One mechanism of a composition and how its loss distribution is computed.
struct PLDComponent: Sendable {
    enum Kind: Sendable { case gaussian, laplace }
    enum Direction: Sendable { case remove, add, replace }
    enum Bound: Sendable { case upper, lower }

    var kind: Kind
    var rate: Double
    var noise: Double
    /// A double, because sums of steps may be larger than any integer type.
    var steps: Double

    /// `nil` for what costs nothing.
    init?(_ event: PrivacyEvent) throws {
        let noise = event.mechanism.noiseMultiplier
        guard noise.isFinite, noise >= 0, event.steps >= 0 else {
            throw PrivacyError(.invalidParameter, "Noise multiplier and steps must be numbers that are not negative.")
        }
        switch event.sampling {
        case .none: rate = 1
        case .poisson(let value):
            guard value.isFinite, value >= 0, value <= 1 else {
                throw PrivacyError(.invalidParameter, "The sampling rate is \(value); it must be from 0 to 1.")
            }
            rate = value
        case .withoutReplacement:
            throw PrivacyError(
                .unsupported,
                "No privacy loss distribution is known for sampling without replacement.")
        }
        switch event.mechanism {
        case .gaussian: kind = .gaussian
        case .laplace:
            kind = .laplace
            guard rate == 1, event.relation == .addRemove else {
                throw PrivacyError(
                    .unsupported, "Laplace noise is accounted here without sampling and for add_remove only.")
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

    func isSameMechanism(as other: PLDComponent) -> Bool {
        kind == other.kind && rate == other.rate && noise == other.noise
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

    private func pair(_ direction: Direction) -> consilium_noise_pair {
        if kind == .laplace { return consilium_noise_pair_laplace }
        switch direction {
        case .remove: return consilium_noise_pair_remove
        case .add: return consilium_noise_pair_add
        case .replace: return consilium_noise_pair_replace
        }
    }

    /// The range of losses outside of which lies at most `mass` on each side.
    private func range(_ direction: Direction, mass: Double) -> ClosedRange<Double> {
        if kind == .laplace { return -1 / noise...1 / noise }
        let reach = noise * (2 * max(1, -log(mass))).squareRoot()
        func loss(_ z: Double) -> Double {
            let exponent = (2 * z - 1) / (2 * noise * noise)
            return exponent > 30 ? exponent + log(rate + (1 - rate) * exp(-exponent)) : log1p(rate * expm1(exponent))
        }
        switch direction {
        case .remove: return loss(-reach)...loss(1 + reach)
        case .add: return -loss(reach) ... -loss(-reach)
        case .replace:
            let top = loss(1 + reach) - loss(-1 - reach)
            return -top...top
        }
    }

    /// The grid cells of one step.
    ///
    /// - Parameter mass: what may be cut off on each side; for the upper bound it counts as infinite loss.
    /// - Throws: ``PrivacyError`` `.unsupported` if the grid would be too long.
    func cells(_ direction: Direction, bound: Bound, step: Double, mass: Double) throws -> PLDCells {
        let range = range(direction, mass: mass)
        let low = (range.lowerBound / step).rounded(.down) - 1
        let high = (range.upperBound / step).rounded(.up) + 1
        guard high - low < Double(1 << 23), abs(low) < 1e15 else {
            throw PrivacyError(
                .unsupported, "The losses of this mechanism spread too far for a privacy loss distribution.")
        }
        let count = Int(high - low)
        var masses = [Double](repeating: 0, count: count + 1)
        consilium_noise_pld_cells(
            pair(direction), rate, noise, step, Int64(low), count, bound == .upper ? 1 : 0, &masses)
        // What lies below the range moves up to its lowest point.
        if bound == .upper { masses[0] += max(0, 1 - masses.withUnsafeBufferPointer { $0.reduce(0, +) }) }
        return PLDCells(first: Int64(low), masses: masses)
    }
}

/// Masses on a grid of losses: place i is the loss (first + i) × step.
struct PLDCells: Sendable {
    var first: Int64
    var masses: [Double]

    func logMoment(tilt: Double, step: Double) -> Double {
        consilium_noise_pld_log_moment(masses, masses.count, first, step, tilt)
    }
}
