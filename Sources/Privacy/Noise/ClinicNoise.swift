public import ConsiliumCore
internal import Foundation

/// Noise that hides a whole clinic's part in a sum of updates: each clinic adds its share to its own update, on the integers
/// that are summed (Kairouz, Liu, Steinke 2021, “The distributed discrete Gaussian mechanism for federated learning”).
///
/// Every clinic clips to C, rounds at random to a grid (conditionally, so that the integers' norm is bounded for certain) and
/// adds a discrete Gaussian of σ = 2^s units. If at least h of the clinics in a sum are honest, the sum has noise of
/// 2^s √h ≥ z · (that norm) whatever the others do.
///
/// The unit is the clinic, neighboring by adding or removing its update. It says little about a patient: replacing one
/// patient's reports can move an update by 2 C, so a patient's multiplier is z / 2. Never add this epsilon to that of the
/// patients: they mean different neighbors.
///
/// Not covered: a sum of discrete Gaussians is not exactly one. For s ≥ 10 the difference is below e^(−10^7), and is accounted
/// as nothing (Theorem 1 there).
public struct ClinicNoise: Sendable, Hashable {
    /// C: the L2 norm to which an update is clipped.
    public let clipNorm: Double
    /// z: standard deviation of the noise that the honest clinics bring together ÷ the norm of one clinic's integers.
    public let noiseMultiplier: Double
    /// At most so many updates are added.
    public let clinics: Int
    /// h: at least so many of those in a sum add their noise.
    public let honestClinics: Int
    /// d: how many values an update has.
    public let count: Int
    /// s.
    public let log2Sigma: Int
    /// The L2 norm in units that no update's integers exceed: ⌊2^s √h / z⌋.
    public let integerNorm: Double
    /// How many units the clip norm has before rounding.
    public let unitsPerNorm: Double

    /// The share of updates whose first rounding is allowed to miss the bound: e^(−1/2), as in the paper.
    private static let slack = 1.0

    /// - Throws: ``PrivacyError`` `.invalidParameter` for numbers that are no norm, multiplier or count, for more honest clinics
    ///   than clinics, and where no grid has room for the sum in 32 bits.
    public init(clipNorm: Double, noiseMultiplier: Double, clinics: Int, honestClinics: Int, count: Int) throws {
        guard clipNorm.isFinite, clipNorm >= 1e-12, clipNorm <= 1e12 else {
            throw PrivacyError(
                .invalidParameter, "The clip norm of updates is \(clipNorm); it must be a positive number.")
        }
        try PrivacyEvent(mechanism: .gaussian(noiseMultiplier: noiseMultiplier), steps: 1).validate()
        guard (0.01...1000).contains(noiseMultiplier) else {
            throw PrivacyError(
                .invalidParameter, "The clinics' noise multiplier is \(noiseMultiplier); it must be 0.01 to 1,000.")
        }
        guard (1...1_000_000).contains(clinics), (1...clinics).contains(honestClinics), count > 0, count <= 1 << 33
        else {
            throw PrivacyError(
                .invalidParameter,
                "Noise of \(honestClinics) honest among \(clinics) clinics for updates of \(count) values can't be made: "
                    + "count on 1 honest clinic or more, and on no more than there are.")
        }
        let room = (10...20).reversed().lazy.compactMap { scale -> (Int, Double, Double)? in
            let sigma = Double(1 << scale)
            let bound = (sigma * Double(honestClinics).squareRoot() / noiseMultiplier).rounded(.down)
            // C_g² + d/4 + c (C_g + √d / 2) = bound², solved for C_g.
            let rest = Double(count) / 4 + Self.slack * Double(count).squareRoot() / 2 - bound * bound
            let discriminant = Self.slack * Self.slack - 4 * rest
            guard discriminant > 0 else { return nil }
            let units = (discriminant.squareRoot() - Self.slack) / 2
            // Coarser than this, rounding would add to the noise what it saves in bits.
            guard units >= bound / 2,
                Double(clinics) * bound + 12 * Double(clinics).squareRoot() * sigma < 0x1p31
            else { return nil }
            return (scale, bound, units)
        }.first
        guard let (scale, bound, units) = room else {
            throw PrivacyError(
                .invalidParameter,
                "No grid of 32 bits has room for \(clinics) updates of \(count) values with a noise multiplier of "
                    + "\(noiseMultiplier). Choose another multiplier, fewer clinics in a sum, or a smaller adapter.")
        }
        self.clipNorm = clipNorm
        self.noiseMultiplier = noiseMultiplier
        self.clinics = clinics
        self.honestClinics = honestClinics
        self.count = count
        log2Sigma = scale
        integerNorm = bound
        unitsPerNorm = units
    }

    /// Clips, rounds at random and adds noise.
    ///
    /// - Parameter delta: `[count]`
    /// - Returns: `[count]`, two's complement modulo 2^32, in units of `clipNorm / unitsPerNorm`.
    /// - Throws: ``PrivacyError`` `.invalidParameter` for an update of another length or with NaN or infinity; nothing of it may
    ///   leave then.
    public func protect(_ delta: [Float], source: any SecureRandom = SystemRandom()) throws -> [UInt32] {
        let squared = delta.reduce(into: 0.0) { $0 += Double($1) * Double($1) }
        guard delta.count == count, squared.isFinite else {
            throw PrivacyError(
                .invalidParameter,
                "The update has \(delta.count) values or holds NaN or infinity; \(count) numbers are expected. It is not sent."
            )
        }
        let scale = unitsPerNorm / max(squared.squareRoot(), clipNorm)
        var units = try rounded(delta, scale: scale, source: source)
        let sampler = try DiscreteGaussianSampler(log2Sigma: log2Sigma, source: source)
        var noise = [Int64](repeating: 0, count: min(4096, count))
        for start in stride(from: 0, to: count, by: noise.count) {
            let size = min(noise.count, count - start)
            try noise.withUnsafeMutableBufferPointer {
                try sampler.fill(UnsafeMutableBufferPointer(rebasing: $0[..<size]))
            }
            for index in 0..<size { units[start + index] &+= UInt32(truncatingIfNeeded: noise[index]) }
        }
        return units
    }

    /// Each value to one of its two neighbors, at random and without bias; again where the whole became too long.
    private func rounded(_ delta: [Float], scale: Double, source: any SecureRandom) throws -> [UInt32] {
        let stream = try CounterStream(seededBy: source)
        var bits = [UInt64](repeating: 0, count: min(4096, (count + 1) / 2))
        var units = [UInt32](repeating: 0, count: count)
        let bound = UInt64(integerNorm)
        // The first try fails with probability 0.6 at worst, so a thousand never all fail.
        for _ in 0..<1000 {
            var norm: UInt64 = 0
            var overflows = false
            for start in stride(from: 0, to: count, by: bits.count * 2) {
                try bits.withUnsafeMutableBufferPointer { try stream.fill($0) }
                for index in start..<min(start + bits.count * 2, count) {
                    let random = UInt32(truncatingIfNeeded: bits[(index - start) / 2] >> (index % 2 == 0 ? 0 : 32))
                    let value = Double(delta[index]) * scale
                    let below = value.rounded(.down)
                    let unit = Int64(below) + (Double(random) < (value - below) * 0x1p32 ? 1 : 0)
                    units[index] = UInt32(truncatingIfNeeded: unit)
                    let (sum, overflow) = norm.addingReportingOverflow(UInt64(unit.magnitude * unit.magnitude))
                    norm = sum
                    overflows = overflows || overflow
                }
            }
            if !overflows, norm <= bound * bound { return units }
        }
        throw PrivacyError(
            .untrustworthyRandomness,
            "Rounding never met its bound: the random numbers are not random. Nothing is sent.")
    }
}
