internal import ConsiliumCore
internal import Privacy

/// Takes one gradient a patient and gives back what may be released of their sum.
package protocol PatientAggregation {
    /// - Parameter gradient: one patient's, over the trainable parameters in the order of the layout.
    mutating func add(_ gradient: UnsafeBufferPointer<Float>) throws
    /// The noisy sum.
    func released() throws -> [Float]
    var clipped: Int { get }
    var dropped: Int { get }
}

/// The exact sum on the integer grid with discrete Gaussian noise.
struct NoisyAggregation: PatientAggregation {
    var sum: PatientGradientSum
    let random: any SecureRandom
    let threads: Int

    mutating func add(_ gradient: UnsafeBufferPointer<Float>) throws { try sum.add(gradient) }
    func released() throws -> [Float] { try sum.noisySum(source: random, threads: threads) }
    var clipped: Int { sum.clipped }
    var dropped: Int { sum.dropped }
}
