internal import CKernels
public import ConsiliumCore
internal import Foundation

/// The sum of one step: each patient's gradient is clipped, rounded to the noise grid and added in integers.
///
/// Promise: whatever the floats are, one patient moves the integer sum by an L2 norm of at most ⌊2^20 / z⌋, because that
/// norm is computed on the rounded integers and checked. With discrete Gaussian noise of σ = 2^20 this is the Gaussian
/// mechanism with noise multiplier at least z (see ``Mechanism/gaussian(noiseMultiplier:)``).
///
/// A patient whose gradient is NaN or infinite counts as zero; the step still counts, or its failing would be
/// visible.
public struct PatientGradientSum {
    public let mechanism: GaussianMechanism
    private(set) var grid: [Int64]
    /// How many patients were added: for the progress line of this clinic alone, it must not leave.
    public private(set) var patients = 0
    /// How many of them were clipped.
    public private(set) var clipped = 0
    /// How many of them were left out because a value was not finite.
    public private(set) var dropped = 0

    public init(mechanism: GaussianMechanism, count: Int) throws {
        guard count > 0 else {
            throw PrivacyError(.wrongLength, "A gradient needs at least one number; \(count) were announced.")
        }
        self.mechanism = mechanism
        grid = Array(repeating: 0, count: count)
    }

    /// Clips and adds one patient's gradient (the sum or mean over that patient's reports).
    ///
    /// - Throws: ``PrivacyError`` `.wrongLength`. Nothing is then added.
    public mutating func add(_ gradient: [Float]) throws {
        try gradient.withUnsafeBufferPointer { try add($0) }
    }

    public mutating func add(_ gradient: UnsafeBufferPointer<Float>) throws {
        guard gradient.count == grid.count else {
            throw PrivacyError(
                .wrongLength,
                "A gradient has \(gradient.count) numbers where the sum has \(grid.count). Use one adapter "
                    + "layout a run."
            )
        }
        patients += 1
        let norm = consilium_noise_squared_norm(gradient.baseAddress, gradient.count).squareRoot()
        guard norm.isFinite else {
            dropped += 1
            return
        }
        if norm > mechanism.clipNorm { clipped += 1 }
        let bound = mechanism.integerClipNorm
        let largest = UInt64(bound) * UInt64(bound)
        // Rounding to nearest adds about 1/12 a coordinate to the squared norm, give or take the norm itself; leaving room
        // for that makes the first attempt the only one.
        let room = bound * bound - Double(gradient.count) / 8 - 4 * bound
        var scale = bound / max(norm, mechanism.clipNorm)
        if norm > mechanism.clipNorm, room > bound * bound / 2 { scale = room.squareRoot() / norm }
        // Rounding toward zero lifts the norm above the bound by the last bit of a double at most, and the loop ends that.
        var towardZero: Int32 = 0
        grid.withUnsafeMutableBufferPointer {
            while consilium_noise_quantize_add(
                $0.baseAddress, gradient.baseAddress, gradient.count, scale, towardZero) > largest
            {
                consilium_noise_quantize_subtract(
                    $0.baseAddress, gradient.baseAddress, gradient.count, scale, towardZero)
                if towardZero == 1 { scale *= 1 - 0x1p-40 }
                towardZero = 1
            }
        }
    }

    /// The sum plus fresh noise, in the gradient's units: release this once and throw the sum away.
    ///
    /// Divide it by a *public* constant (rate × a public number of patients), never by how many were drawn.
    ///
    /// - Parameter threads: how many draw noise at the same time; the result does not depend on it.
    public consuming func noisySum(source: any SecureRandom = SystemRandom(), threads: Int = 1) throws -> [Float] {
        try GaussianMechanism.noisy(
            grid, unit: mechanism.clipNorm / mechanism.integerClipNorm, source: source, threads: threads)
    }
}

extension PatientGradientSum {
    /// The L2 norm of the integer sum: what the tests hold against the bound.
    var integerNorm: Double {
        grid.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
}
