/// The noise that is added, in multiples of the sensitivity to adding or removing one patient.
public enum Mechanism: Sendable, Hashable {
    /// Gaussian noise with standard deviation `noiseMultiplier` × clip norm (L2 sensitivity).
    ///
    /// The exact discrete Gaussian on a grid of at least 2^10 steps a standard deviation is accounted as this: the
    /// two
    /// differ by less than exp(-2 π² 4^10) (Canonne, Kamath, Steinke 2020; Kairouz, Liu, Steinke 2021).
    case gaussian(noiseMultiplier: Double)
    /// Laplace noise with scale `noiseMultiplier` × L1 sensitivity.
    case laplace(noiseMultiplier: Double)
    /// Discrete Gaussian noise on the integers with parameter `sigma`, for a sum of integers that one patient changes by at
    /// most `sensitivity` (Canonne, Kamath, Steinke 2020).
    case discreteGaussian(sigma: Double, sensitivity: Int)

    public var noiseMultiplier: Double {
        switch self {
        case .gaussian(let value), .laplace(let value): value
        case .discreteGaussian(let sigma, let sensitivity): sigma / Double(max(1, sensitivity))
        }
    }

    /// The same mechanism with another amount of noise.
    public func with(noiseMultiplier: Double) -> Mechanism {
        switch self {
        case .gaussian: .gaussian(noiseMultiplier: noiseMultiplier)
        case .laplace: .laplace(noiseMultiplier: noiseMultiplier)
        case .discreteGaussian(_, let sensitivity):
            .discreteGaussian(sigma: noiseMultiplier * Double(sensitivity), sensitivity: sensitivity)
        }
    }

    /// The word in JSON.
    public var name: String {
        switch self {
        case .gaussian: "gaussian"
        case .laplace: "laplace"
        case .discreteGaussian: "discrete_gaussian"
        }
    }
}
