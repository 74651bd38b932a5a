internal import Foundation

/// Bounds for noise that several clinics add in shares to a sum of integer vectors.
///
/// With `2^10` grid units of noise or more the differences to one Gaussian are far below any delta, so the ledger accounts a
/// plain Gaussian; these are for auditors who want the terms.
public enum DistributedNoise {
    /// ρ of one release of a sum with `clients` discrete Gaussians, each with parameter `localSigma`: the privacy is
    /// ρ-concentrated, RDP(a) = a ρ (Kairouz, Liu, Steinke 2021, theorem 1 and proposition 13).
    ///
    /// - Parameters:
    ///   - l2: and `l1`: the sensitivity in grid units.
    ///   - dimension: of the vectors.
    /// - Throws: ``PrivacyError`` `.invalidParameter`.
    public static func discreteGaussianRho(
        clients: Int, localSigma: Double, dimension: Int, l2: Double, l1: Double
    ) throws -> (rho: Double, tau: Double) {
        try require(clients >= 1 && clients <= 1_000_000 && dimension >= 1, "clients and dim must be 1 or more")
        try require(localSigma.isFinite && localSigma > 0, "local_sigma must be a positive number")
        try require(l2.isFinite && l2 >= 0 && l1.isFinite && l1 >= 0, "sensitivities can't be negative")
        var tau = 0.0
        for k in 1..<max(2, clients) where clients > 1 {
            tau += 10 * exp(-2 * .pi * .pi * localSigma * localSigma * Double(k) / Double(k + 1))
        }
        let deviation = Double(clients).squareRoot() * localSigma
        let d = Double(dimension)
        let plain = l2 * l2 / (deviation * deviation)
        let squared = min(
            plain + tau * d / 2, plain + 2 * l1 / deviation * tau + tau * tau * d,
            pow(l2 / deviation + tau * d.squareRoot(), 2))
        return (squared / 2, tau)
    }

    /// RDP of one release with Skellam noise of the given total variance (Agarwal, Kairouz, Liu 2021, theorem 3.5); whole
    /// orders only.
    public static func skellam(order a: Double, variance: Double, l2: Double, l1: Double) -> Double {
        guard variance > 0 else { return .infinity }
        let correction = ((2 * a - 1) * l2 * l2 + 6 * l1) / (4 * variance * variance)
        return a * l2 * l2 / (2 * variance) + min(correction, 3 * l1 / (2 * variance))
    }

    /// The largest L2 norm after conditional stochastic rounding of a vector of norm `l2` to integers (Kairouz, Liu, Steinke
    /// 2021, equation 9); `beta` is the probability that a rounding is drawn again, at most.
    public static func roundedNorm(l2: Double, dimension: Int, beta: Double) throws -> Double {
        try require(l2.isFinite && l2 >= 0 && dimension >= 0, "l2 and dim can't be negative")
        try require(beta >= 0 && beta < 1, "beta must be from 0 to less than 1")
        let root = Double(dimension).squareRoot()
        let certain = l2 + root
        guard beta > 0 else { return certain }
        let likely = l2 * l2 + Double(dimension) / 4 + (2 * log(1 / beta)).squareRoot() * (l2 + root / 2)
        return min(certain, likely.squareRoot())
    }

    private static func require(_ condition: Bool, _ what: String) throws {
        guard condition else { throw PrivacyError(.invalidParameter, "This can't be accounted: \(what).") }
    }
}
