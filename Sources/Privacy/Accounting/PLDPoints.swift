internal import CKernels
internal import Foundation

/// The privacy losses of one step as a list of points.
///
/// Each has a loss and the logarithm of its mass under Q, the outputs without the patient; under P, with the patient, the
/// mass is e^loss times that.
struct PLDPoints: Sendable {
    enum Bound: Sendable {
        /// The points dominate the truth.
        case upper
        /// The truth dominates the points.
        case lower
        /// No bound: where to look. Few points with moments that are close to the truth.
        case estimate
    }

    var loss: [Double] = []
    var weight: [Double] = []
    /// Mass under P and under Q that no point has: it counts as infinite loss.
    var infinite = (with: 0.0, without: 0.0)

    /// log of the sum of exp(weight + exponent × loss)
    func logMoment(_ exponent: Double) -> Double {
        consilium_noise_pld_log_moment(loss, weight, loss.count, exponent)
    }
}

extension PLDComponent {
    /// - Parameters:
    ///   - density: cells in one standard deviation of the noise. The error of bounds falls with its square; for estimates it is
    ///     not used.
    ///   - mass: what may be cut off at each end; for the upper bound it counts as infinite loss.
    func points(_ bound: PLDPoints.Bound, density: Double, mass: Double) -> PLDPoints {
        let density = bound == .estimate ? 24 : density
        // A normal distribution has at most this mass beyond so many standard deviations.
        let reach = (2 * max(1, -log(mass))).squareRoot()
        switch kind {
        case .gaussian:
            return gaussian(rate: rate, noise: noise, isReplacement: false, bound, density, reach)
        case .replacement:
            return gaussian(rate: rate, noise: noise, isReplacement: true, bound, density, reach)
        case .truncated(let full, let fullRate, let isReplacement):
            // Taking somebody's place moves the sum by up to twice the clip norm. The pair of replace-one is an upper bound of
            // both directions.
            var sum = gaussian(rate: rate, noise: noise, isReplacement: isReplacement, bound, density, reach)
            let other = gaussian(rate: fullRate, noise: noise / 2, isReplacement: true, bound, density, reach)
            let shares = (log1p(-full), log(full))
            sum.weight = sum.weight.map { $0 + shares.0 } + other.weight.map { $0 + shares.1 }
            sum.loss += other.loss
            sum.infinite.with = (1 - full) * sum.infinite.with + full * other.infinite.with
            sum.infinite.without = (1 - full) * sum.infinite.without + full * other.infinite.without
            return sum
        case .laplace:
            let count = Int((density * max(1, 1 / noise)).rounded(.up))
            return filled(count + 2) { loss, weight in
                consilium_noise_pld_laplace_points(noise, count, bound == .lower ? 0 : 1, loss, weight)
            }
        case .discreteGaussian(let sigma, let sensitivity):
            let far = (sigma * reach).rounded(.up) + 1
            let group = max(1, (sigma / density).rounded(.down))
            let cells = Int((2 * far + Double(sensitivity)) / group) + 2
            var points = filled(2 * cells) { loss, weight in
                consilium_noise_pld_lattice_points(
                    rate, sigma, Int64(sensitivity), Int64(far), Int64(group), bound == .lower ? 0 : 1, loss, weight)
            }
            if bound == .upper { points.infinite = (2 * mass, 2 * mass) }
            return points
        }
    }

    private func gaussian(
        rate: Double, noise: Double, isReplacement: Bool, _ bound: PLDPoints.Bound, _ density: Double,
        _ reach: Double
    ) -> PLDPoints {
        // Everybody takes part: the centers 1 and -1 are those of no sampling with half the noise.
        if isReplacement, rate == 1 {
            return gaussian(rate: 1, noise: noise / 2, isReplacement: false, bound, density, reach)
        }
        let pair = isReplacement ? consilium_noise_pair_replace : consilium_noise_pair_remove
        let from: Double = isReplacement ? 0 : -reach * noise
        // The trapezoidal rule converges exponentially: the integrand is analytic in a strip of half-width π noise² and decays
        // like a Gaussian.
        let width = bound == .estimate ? min(noise / 3, 0.4 * noise * noise) : noise / density
        let count = Int(((1 + reach * noise - from) / width).rounded(.up))
        if bound == .estimate {
            return filled(2 * count + 4) { loss, weight in
                consilium_noise_pld_gaussian_nodes(pair, rate, noise, from, width, count, loss, weight)
            }
        }
        var infinite = [0.0, 0.0]
        var points = filled(2 * count + 4) { loss, weight in
            consilium_noise_pld_gaussian_points(
                pair, rate, noise, from, width, count, bound == .upper ? 1 : 0, loss, weight, &infinite)
        }
        points.infinite = (infinite[0], infinite[1])
        return points
    }

    private func filled(
        _ room: Int, _ fill: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Int
    ) -> PLDPoints {
        var points = PLDPoints()
        points.weight = [Double](unsafeUninitializedCapacity: room) { weight, count in
            points.loss = [Double](unsafeUninitializedCapacity: room) { loss, lossCount in
                if let loss = loss.baseAddress, let weight = weight.baseAddress { lossCount = fill(loss, weight) }
                count = lossCount
            }
        }
        return points
    }
}
