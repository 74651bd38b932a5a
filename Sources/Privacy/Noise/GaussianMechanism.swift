internal import CKernels
public import ConsiliumCore
internal import Dispatch
internal import Foundation
internal import Synchronization

/// Gaussian noise for sums of clipped patient gradients, drawn exactly on an integer grid.
///
/// With clip norm C and noise multiplier z the noise has standard deviation at least z C in every coordinate. Two
/// ways in:
///
/// - ``PatientGradientSum`` clips and quantizes each patient's gradient and adds in integers. Its sensitivity is
///   proved on
///   the integers themselves; no floating-point rounding is left in the argument. Training uses this.
/// - ``addNoise(to:)`` takes a sum that was made elsewhere, rounds it to the grid and adds the noise there. Rounding
///   the sum
///   can move two neighbouring sums apart by one grid unit in each coordinate, so the noise is raised by that: it is
/// scaled
///   for the sensitivity C + γ √d. *Not* covered: rounding inside the caller's own summation in floating point.
public struct GaussianMechanism: Sendable, Hashable {
    /// C: the L2 norm that one patient's contribution never exceeds.
    public let clipNorm: Double
    /// z: standard deviation ÷ clip norm.
    public let noiseMultiplier: Double

    /// The grid: one standard deviation is 2^20 units, so rounding to it is a millionth of the noise.
    static let log2Sigma = 20

    /// - Throws: ``PrivacyError`` `.invalidParameter` for a clip norm or a multiplier that is zero, negative, huge
    ///   or not a
    ///   number. There is no "off": training without noise does not use this type.
    public init(clipNorm: Double, noiseMultiplier: Double) throws {
        guard clipNorm.isFinite, clipNorm >= 1e-9, clipNorm <= 1e9 else {
            throw PrivacyError(
                .invalidParameter,
                "The clip norm is \(clipNorm); it must be a positive number from 1e-9 to 1e9, often 0.1 to 10.")
        }
        try PrivacyEvent(mechanism: .gaussian(noiseMultiplier: noiseMultiplier), steps: 1).validate()
        guard noiseMultiplier <= 1000 else {
            throw PrivacyError(
                .invalidParameter,
                "The noise multiplier is \(noiseMultiplier); above 1000 nothing of the signal is left. Check the "
                    + "sampling rate and the budget."
            )
        }
        self.clipNorm = clipNorm
        self.noiseMultiplier = noiseMultiplier
    }

    public var mechanism: Mechanism { .gaussian(noiseMultiplier: noiseMultiplier) }

    /// The L2 bound in grid units that a contribution must satisfy: ⌊2^20 / z⌋, so that 2^20 ÷ bound is at least z. Its
    /// square has room in 64 bits, because no event has a multiplier below 0.01.
    var integerClipNorm: Double { (Double(1 << Self.log2Sigma) / noiseMultiplier).rounded(.down) }

    /// Rounds to the grid, adds exact integer noise, and scales back.
    ///
    /// - Parameter sum: the sum of contributions of norm at most ``clipNorm`` each; `[d]`.
    /// - Throws: ``PrivacyError`` `.invalidParameter` if the sum is not finite or lies beyond the grid's range;
    ///   `sum` is then
    ///   unchanged and must not be released.
    public func addNoise(to sum: inout [Float], source: any SecureRandom = SystemRandom()) throws {
        guard !sum.isEmpty else { return }
        let sigma = Double(1 << Self.log2Sigma)
        // γ = z (C + γ √d) / 2^s, solved for γ.
        let left = sigma - noiseMultiplier * Double(sum.count).squareRoot()
        guard left > sigma / 2 else {
            throw PrivacyError(
                .invalidParameter,
                "A sum of \(sum.count) numbers with noise multiplier \(noiseMultiplier) is too long for the "
                    + "noise grid. Use PatientGradientSum."
            )
        }
        let unit = noiseMultiplier * clipNorm / left
        let norm = sum.withUnsafeBufferPointer { consilium_noise_squared_norm($0.baseAddress, $0.count) }.squareRoot()
        guard norm.isFinite, norm / unit < 0x1p51 else {
            throw PrivacyError(
                .invalidParameter,
                "The sum of gradients holds NaN, infinity or a huge value, so nothing is released from it.")
        }
        var grid = [Int64](repeating: 0, count: sum.count)
        grid.withUnsafeMutableBufferPointer { grid in
            sum.withUnsafeBufferPointer {
                _ = consilium_noise_quantize_add(grid.baseAddress, $0.baseAddress, $0.count, 1 / unit, 0)
            }
        }
        sum = try Self.noisy(grid, unit: unit, source: source)
    }

    /// How many coordinates get their noise from one stream.
    static let piece = 1 << 17

    static func noisy(_ grid: [Int64], unit: Double, source: any SecureRandom, threads: Int = 1) throws -> [Float] {
        // Every piece has a stream of its own, seeded in the order of the pieces: whatever thread takes it, it gets the same.
        let starts = Array(stride(from: 0, to: grid.count, by: piece))
        let samplers = try starts.map { _ in try DiscreteGaussianSampler(log2Sigma: log2Sigma, source: source) }
        let workers = max(1, min(threads, starts.count))
        let fault = Mutex<(any Error)?>(nil)
        let result = [Float](unsafeUninitializedCapacity: grid.count) { result, count in
            count = grid.count
            guard let out = result.baseAddress else { return }
            nonisolated(unsafe) let target = out
            nonisolated(unsafe) let samplers = samplers
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                do {
                    for number in stride(from: worker, to: starts.count, by: workers) {
                        let range = starts[number]..<min(starts[number] + piece, grid.count)
                        try samplers[number].release(grid, range: range, unit: unit, into: target)
                    }
                } catch {
                    fault.withLock { $0 = error }
                }
            }
        }
        if let error = fault.withLock({ $0 }) { throw error }
        return result
    }
}

extension DiscreteGaussianSampler {
    /// target[i] = (grid[i] + noise) · unit for the places of `range`.
    fileprivate func release(
        _ grid: [Int64], range: Range<Int>, unit: Double, into target: UnsafeMutablePointer<Float>
    ) throws {
        try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 4096) { noise in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: 4096) {
                let part = UnsafeMutableBufferPointer(rebasing: noise[..<min(4096, range.upperBound - start)])
                try fill(part)
                grid.withUnsafeBufferPointer { grid in
                    guard let base = grid.baseAddress else { return }
                    consilium_noise_release(target + start, base + start, part.baseAddress, part.count, unit)
                }
            }
        }
    }
}
