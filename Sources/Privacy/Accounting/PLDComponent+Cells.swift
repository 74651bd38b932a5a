internal import CKernels
internal import Foundation

extension PLDComponent {
    /// The grid cells of one step.
    ///
    /// - Parameter mass: what may be cut off on each side; for the upper bound it counts as infinite loss.
    /// - Throws: ``PrivacyError`` `.unsupported` if the grid would be too long.
    func cells(_ direction: Direction, bound: Bound, step: Double, mass: Double) throws -> PLDCells {
        let parts = parts(direction)
        let ranges = parts.map { range($0, mass: mass) }
        let low = ((ranges.map(\.lowerBound).min() ?? 0) / step).rounded(.down) - 1
        let high = ((ranges.map(\.upperBound).max() ?? 0) / step).rounded(.up) + 1
        guard high - low < Double(1 << 23), abs(low) < 1e15 else {
            throw PrivacyError(
                .unsupported, "The losses of this mechanism spread too far for a privacy loss distribution.")
        }
        let count = Int(high - low)
        var masses = [Double](repeating: 0, count: count + 1)
        for part in parts {
            var own = [Double](repeating: 0, count: count + 1)
            let upper: Int32 = bound == .upper ? 1 : 0
            if case .discreteGaussian(let sigma, let sensitivity) = kind {
                consilium_noise_pld_lattice_cells(
                    part.pair, part.rate, sigma, Int64(sensitivity), Self.reach(mass), step, Int64(low), count, upper,
                    &own)
            } else {
                consilium_noise_pld_cells(part.pair, part.rate, part.noise, step, Int64(low), count, upper, &own)
            }
            // What lies below the range moves up to its lowest point.
            if bound == .upper { own[0] += max(0, 1 - own.reduce(0, +)) }
            for index in masses.indices { masses[index] += part.weight * own[index] }
        }
        return PLDCells(first: Int64(low), masses: masses)
    }

    /// A pair of distributions that occurs in a share `weight` of the steps, whoever the patient is.
    private struct Part {
        var pair: consilium_noise_pair
        var rate: Double
        var noise: Double
        var weight: Double
    }

    private func parts(_ direction: Direction) -> [Part] {
        let pair =
            switch (kind, direction) {
            case (.laplace, _): consilium_noise_pair_laplace
            case (_, .remove): consilium_noise_pair_remove
            case (_, .add): consilium_noise_pair_add
            case (_, .replace): consilium_noise_pair_replace
            }
        guard case .truncated(let full, let fullRate) = kind else {
            return [Part(pair: pair, rate: rate, noise: noise, weight: 1)]
        }
        return [
            Part(pair: pair, rate: rate, noise: noise, weight: 1 - full),
            // Taking somebody's place moves the sum by up to twice the clip norm. The pair of replace-one is an upper bound of
            // both directions.
            Part(pair: consilium_noise_pair_replace, rate: fullRate, noise: noise / 2, weight: full),
        ]
    }

    /// Standard deviations beyond which a normal distribution has less than `mass`.
    private static func reach(_ mass: Double) -> Double { (2 * max(1, -log(mass))).squareRoot() }

    /// The range of losses outside of which lies at most `mass` on each side.
    private func range(_ part: Part, mass: Double) -> ClosedRange<Double> {
        if kind == .laplace { return -1 / noise...1 / noise }
        let noise = part.noise
        var reach = noise * Self.reach(mass)
        // The tails of the discrete Gaussian are those of the continuous one, one integer further out.
        if case .discreteGaussian(_, let sensitivity) = kind { reach += 2 / Double(sensitivity) }
        func loss(_ z: Double) -> Double {
            let exponent = (2 * z - 1) / (2 * noise * noise)
            return exponent > 30
                ? exponent + log(part.rate + (1 - part.rate) * exp(-exponent)) : log1p(part.rate * expm1(exponent))
        }
        switch part.pair {
        case consilium_noise_pair_add: return -loss(1 + reach) ... -loss(-reach)
        case consilium_noise_pair_replace:
            let top = loss(1 + reach) - loss(-1 - reach)
            return -top...top
        default: return loss(-reach)...loss(1 + reach)
        }
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
