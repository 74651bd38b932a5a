internal import CKernels
internal import Foundation

/// Rényi divergences at a fixed list of orders: what composes by addition.
public struct RDPCurve: Sendable, Equatable {
    /// The orders, each greater than 1.
    public let orders: [Double]
    /// One divergence for each order; infinite where no bound is known.
    public var values: [Double]

    /// 1.1 … 10.9 in steps of 0.1, 11 … 63, 128, 256, 512, 1024.
    public static let standardOrders: [Double] = {
        let fractional: [Double] = (11...109).map { Double($0) / 10 }
        let whole: [Double] = (11...63).map { Double($0) }
        return fractional + whole + [128, 256, 512, 1024]
    }()

    private static let logFactorials: [Double] = {
        var sum = 0.0
        return (0..<Int(consilium_noise_rdp_factorials)).map { number in
            if number > 1 { sum += log(Double(number)) }
            return sum
        }
    }()

    /// Nothing spent.
    public init(orders: [Double] = standardOrders) {
        self.orders = orders
        values = Array(repeating: 0, count: orders.count)
    }

    /// One step of an event.
    ///
    /// - Gaussian: a / (2 z²) (Mironov 2017). Replace-one doubles the sensitivity.
    /// - Poisson-sampled Gaussian, add/remove: Mironov, Talwar, Zhang 2019, §3.3, the larger direction; integer
    ///   orders by the
    ///   binomial sum, others by quadrature.
    /// - Gaussian on a sample without replacement, replace-one: Wang, Balle, Kasiviswanathan 2019, theorem 27; the
    ///   noise
    ///   multiplier is then relative to the replace-one sensitivity.
    /// - Laplace: Mironov 2017, table II.
    /// - Discrete Gaussian: as the Gaussian; an upper bound.
    ///
    /// - Throws: ``PrivacyError`` `.unsupported` for a combination without a proof here, `.invalidParameter` for
    ///   numbers that
    ///   are negative or not finite.
    public init(
        oneStepOf mechanism: Mechanism, sampling: Sampling, relation: NeighbouringRelation,
        orders: [Double] = standardOrders
    )
        throws
    {
        self.init(orders: orders)
        let noise = mechanism.noiseMultiplier
        guard noise.isFinite, noise >= 0 else {
            throw PrivacyError(
                .invalidParameter, "The noise multiplier is \(noise); it must be a number that is not negative.")
        }
        if case .poisson(let rate) = sampling {
            guard rate.isFinite, rate >= 0, rate <= 1 else {
                throw PrivacyError(.invalidParameter, "The sampling rate is \(rate); it must be from 0 to 1.")
            }
            if rate == 0 { return }
        }
        if noise == 0 {
            values = Array(repeating: .infinity, count: orders.count)
            return
        }
        let factor: Double = relation == .replaceOne ? 2 : 1
        switch (mechanism, sampling) {
        case (.gaussian, .none), (.gaussian, .poisson(rate: 1)):
            values = orders.map { $0 * factor * factor / (2 * noise * noise) }
        case (.gaussian, .poisson(let rate)) where relation == .addRemove:
            consilium_noise_rdp_poisson_gaussian(rate, noise, orders, orders.count, Self.logFactorials, &values)
        case (.gaussian, .withoutReplacement(let size, let population)) where relation == .replaceOne:
            try sampling.validate()
            let rate = Double(size) / Double(population)
            if rate == 1 {
                values = orders.map { $0 / (2 * noise * noise) }
            } else {
                consilium_noise_rdp_wor_gaussian(rate, noise, orders, orders.count, Self.logFactorials, &values)
            }
        case (.discreteGaussian, .none), (.discreteGaussian, .poisson(rate: 1)):
            // Concentrated DP as that of the continuous Gaussian (Canonne, Kamath, Steinke 2020, theorem 4).
            values = orders.map { $0 * factor * factor / (2 * noise * noise) }
        case (.laplace, .none):
            values = orders.map { Self.laplace(order: $0, scale: noise / factor) }
        default:
            throw PrivacyError(
                .unsupported,
                "No Rényi bound is known here for \(mechanism.name) noise with this sampling and "
                    + "\(relation.rawValue). Use Poisson sampling with add_remove."
            )
        }
    }

    /// Adds `steps` repetitions of `other`.
    public mutating func add(_ other: RDPCurve, steps: Int) {
        guard steps > 0, other.orders.count == orders.count else { return }
        let count = Double(steps)
        for index in values.indices { values[index] += count * other.values[index] }
    }

    private static func laplace(order a: Double, scale b: Double) -> Double {
        let first = log(a / (2 * a - 1)) + (a - 1) / b
        let second = log((a - 1) / (2 * a - 1)) - a / b
        let high = max(first, second)
        return max(0, (high + log1p(exp(min(first, second) - high))) / (a - 1))
    }
}
