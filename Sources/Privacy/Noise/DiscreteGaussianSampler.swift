internal import CKernels
public import ConsiliumCore

/// Exact discrete Gaussian noise on the integers with σ = 2^`log2Sigma`.
///
/// P(x) ∝ exp(−x² / (2 σ²)) for every integer x: Canonne, Kamath, Steinke 2020, by rejection from a discrete Laplace, in
/// integer arithmetic alone. The power of two makes every acceptance probability a comparison of fresh random bits with an
/// integer, so there is no rounding to attack (Mironov 2012) and one distribution to test for all jobs.
///
/// Not promised: constant time. Draw in bulk, and let nothing about the time of a single coordinate leave the clinic.
public final class DiscreteGaussianSampler {
    public static let scales: ClosedRange<Int> = 1...24

    public let log2Sigma: Int
    private let stream: CounterStream
    private var words: [UInt64]
    /// The first unused bit of the words.
    private var position: Int

    /// - Parameter source: seeds a stream of its own; make a new sampler for each use.
    /// - Throws: ``PrivacyError`` `.invalidParameter` if `log2Sigma` is outside ``scales``.
    public init(log2Sigma: Int, source: any SecureRandom = SystemRandom()) throws {
        guard Self.scales.contains(log2Sigma) else {
            throw PrivacyError(
                .invalidParameter,
                "The noise grid 2^\(log2Sigma) is outside 2^\(Self.scales.lowerBound) … 2^\(Self.scales.upperBound).")
        }
        self.log2Sigma = log2Sigma
        stream = try CounterStream(seededBy: source)
        words = Array(repeating: 0, count: 4096)
        position = words.count * 64
    }

    /// Fills the whole buffer with independent samples.
    public func fill(_ samples: UnsafeMutableBufferPointer<Int64>) throws {
        guard let base = samples.baseAddress else { return }
        var done = 0
        while done < samples.count {
            done += words.withUnsafeBufferPointer {
                consilium_noise_discrete_gaussian(
                    base + done, samples.count - done, UInt32(log2Sigma), $0.baseAddress, $0.count, &position)
            }
            if done < samples.count { try refill() }
        }
    }

    public func samples(_ count: Int) throws -> [Int64] {
        var result = [Int64](repeating: 0, count: max(0, count))
        try result.withUnsafeMutableBufferPointer { try fill($0) }
        return result
    }

    // The bits of an unfinished sample stay in front: dropping them would favour samples that need few.
    private func refill() throws {
        let used = position / 64
        let kept = words.count - used
        for index in 0..<kept { words[index] = words[used + index] }
        try words.withUnsafeMutableBufferPointer { try stream.fill(UnsafeMutableBufferPointer(rebasing: $0[kept...])) }
        position %= 64
    }
}
