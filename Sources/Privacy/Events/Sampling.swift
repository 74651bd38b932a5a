/// How the patients of a step are chosen.
public enum Sampling: Sendable, Hashable {
    /// Everybody takes part in every step.
    case none
    /// Each patient takes part with probability `rate`, independently of all others and of all other steps.
    case poisson(rate: Double)
    /// A uniformly random set of exactly `size` of `population` patients.
    case withoutReplacement(size: Int, population: Int)
    /// As ``poisson(rate:)`` from `population` patients, but of a sample of more than `cap` a uniformly random `cap` stay
    /// (Chua et al. 2024, "Scalable DP-SGD").
    case truncatedPoisson(rate: Double, population: Int, cap: Int)

    /// - Throws: ``PrivacyError`` `.invalidParameter` for rates outside (0, 1] and impossible set sizes.
    public func validate() throws {
        switch self {
        case .none: return
        case .poisson(let rate): try Self.validate(rate)
        case .truncatedPoisson(let rate, let population, let cap):
            try Self.validate(rate)
            guard cap >= 1, population >= 1 else {
                throw PrivacyError(
                    .invalidParameter,
                    "At most \(cap) of \(population) patients a step is impossible. Check both numbers.")
            }
        case .withoutReplacement(let size, let population):
            guard size >= 1, population >= size else {
                throw PrivacyError(
                    .invalidParameter,
                    "A sample of \(size) from \(population) patients is impossible. Check both numbers.")
            }
        }
    }

    private static func validate(_ rate: Double) throws {
        guard rate.isFinite, rate > 0, rate <= 1 else {
            throw PrivacyError(
                .invalidParameter,
                "The sampling rate is \(rate); it must be greater than 0 and at most 1 (expected patients a step ÷ patients)."
            )
        }
    }
}
