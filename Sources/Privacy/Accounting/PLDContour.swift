internal import CKernels
internal import Foundation

/// delta(epsilon) of a plan as an integral over frequencies.
///
/// With M(s) = E[exp(s L)] for the composed loss L and any tilt > 0,
/// δ(ε) = 1/(2πi) ∫ M(s) e^(-sε) / (s (s+1)) ds over s = tilt + iω (Zhu, Dong, Wang 2022; Alghamdi et al. 2023). Three things
/// make a sum over a few hundred frequencies a bound:
///
/// - The points of each step dominate the truth (``PLDPoints``), and M is a finite sum over them.
/// - The trapezoidal rule with period Y adds e^(tilt m Y) δ(ε + m Y) for all m ≠ 0 (Poisson's summation formula): nothing
///   negative.
/// - One more Gaussian mechanism with tiny μ is composed. It only raises δ, and its factor exp(-ω² μ² / 2) bounds what is
///   left beyond the last frequency, however slowly the rest falls. Where some of the factors are already negligible the
///   others are at most 1.
struct PLDContour: Sendable {
    /// μ of the small Gaussian: what was asked for, unless that needed too many frequencies.
    let smoothing: Double
    /// Whether a smaller one would do no good.
    let isAtLimit: Bool
    private let tilt: Double
    /// log M(tilt), with the small Gaussian.
    private let logMoment: Double
    /// The mean of the tilted loss; the coefficients are relative to it.
    private let center: Double
    private let frequency: Double
    private var real: [Double] = []
    private var imaginary: [Double] = []
    /// What rounding and everything left out may amount to, in units of exp(logMoment - tilt × epsilon).
    private var slack = 0.0
    private let infiniteMass: Double
    /// Relative error of exp(logMoment) by rounding.
    private let momentError: Double

    /// Magnitudes below e^this are left out, and counted.
    private static let logNegligible = -37.0
    private static let mostFrequencies = 1 << 16
    private static let boundedParts = 64

    /// Where to integrate for delta near an epsilon.
    struct Path: Sendable {
        var tilt: Double
        /// Period of the trapezoidal rule, in units of loss.
        var period: Double
        /// Larger tilts with log E[exp(tilt × loss)], for Chernoff's bounds on what the rule adds from above.
        var far: [(tilt: Double, moment: Double)]

        /// Of delta ≈ e^`logDelta` the rule adds e^`logAlias` of it from below, because all deltas are at most 1, and as much from
        /// above.
        init(_ estimate: PLDSum, epsilon: Double, logDelta: Double, near start: Double) {
            let goal = logDelta + PLDContour.logAlias
            let top = estimate.top(logMass: 2 * goal, near: start)
            period = max(top.loss - epsilon, -goal / PLDContour.largestTilt)
            tilt = -goal / period
            far = []
            add(far: max(top.tilt, 1.01 * tilt), estimate)
        }

        /// Makes ``alias(_:smoothing:)`` smaller at some epsilons.
        mutating func add(far tilt: Double, _ estimate: PLDSum) { far.append((tilt, estimate.logMoment(tilt))) }

        /// What the trapezoidal rule adds to delta at `epsilon`, at most; `mu` as in ``PLDContour/init(_:path:smoothing:)``.
        func alias(_ epsilon: Double, smoothing mu: Double) -> Double {
            let above = far.map { higher, moment in
                let gap = (higher - tilt) * period
                let log = moment + mu * mu * higher * (higher + 1) / 2 - higher * epsilon - gap
                return exp(log) / -expm1(-gap)
            }
            return exp(-tilt * period) / -expm1(-tilt * period) + (above.min() ?? 1)
        }
    }

    private static let logAlias = -12.0
    private static let largestTilt = 1e6

    /// - Parameter smoothing: μ of the small Gaussian; it is wider where the frequencies would not suffice.
    init(_ sum: PLDSum, path: Path, smoothing mu: Double) throws {
        tilt = path.tilt
        let frequency = 2 * Double.pi / path.period
        // The small Gaussian is negligible at the last frequency.
        let wanted = ((-2 * Self.logNegligible).squareRoot() / mu / frequency).rounded(.up) + 1
        let count = wanted < Double(Self.mostFrequencies) ? Int(wanted) : Self.mostFrequencies
        // With fewer frequencies than wanted it has to be wider.
        let mu = wanted <= Double(count) ? mu : (-2 * Self.logNegligible).squareRoot() / (frequency * Double(count - 1))
        smoothing = mu
        isAtLimit = wanted > Double(count)
        var magnitude = (0..<count).map { -0.5 * pow(Double($0) * frequency * mu, 2) }
        let failure = PrivacyError(.unsupported, "There is not enough memory for this account.")
        // Where bounds of the first parts are negligible nothing is computed.
        var bounds = magnitude
        for part in sum.parts.prefix(Self.boundedParts) {
            let points = part.points
            let status = consilium_noise_pld_bound_spectrum(
                points.loss, points.weight, points.loss.count, sum.exponent(tilt),
                sum.direction == .remove ? 1 : -1, part.steps, frequency, Self.logNegligible, &bounds, count)
            guard status == 0 else { throw failure }
        }
        for index in bounds.indices where bounds[index] <= Self.logNegligible { magnitude[index] = -.infinity }
        var angle = [Double](repeating: 0, count: count)
        var moment = mu * mu * tilt * (tilt + 1) / 2
        var center = mu * mu * (2 * tilt + 1) / 2
        var error = exp(Self.logNegligible) + 1e-14
        let totalSteps = sum.parts.reduce(0) { $0 + $1.steps }
        let trim = 1e-14 / (totalSteps * 1000)
        for part in sum.parts {
            var tilted = consilium_noise_pld_tilted()
            let points = part.points
            let status = consilium_noise_pld_multiply_spectrum(
                points.loss, points.weight, points.loss.count, sum.exponent(tilt),
                sum.direction == .remove ? 1 : -1, part.steps, frequency, trim, Self.logNegligible, &magnitude, &angle,
                count, &tilted)
            guard status == 0 else { throw failure }
            moment += part.steps * tilted.log_moment
            center += part.steps * tilted.mean
            error += part.steps * (tilted.dropped + 4e-16)
        }
        let alive = (magnitude.lastIndex { $0 > Self.logNegligible } ?? 0) + 1
        real.reserveCapacity(alive)
        imaginary.reserveCapacity(alive)
        var weights = 0.0
        for index in 0..<count {
            let omega = frequency * Double(index)
            // 1 / (s (s + 1)) = (a - i b) / (a² + b²)
            let a = tilt * (tilt + 1) - omega * omega
            let b = omega * (2 * tilt + 1)
            let square = a * a + b * b
            let weight = (index == 0 ? 0.5 : 1) * frequency / Double.pi
            weights += weight / square.squareRoot()
            guard index < alive else { continue }
            let size = magnitude[index] > Self.logNegligible ? weight * exp(magnitude[index]) / square : 0
            let (x, y) = (size * cos(angle[index]), size * sin(angle[index]))
            real.append(x * a + y * b)
            imaginary.append(y * a - x * b)
        }
        logMoment = moment
        self.center = center
        self.frequency = frequency
        slack = error * weights + exp(Self.logNegligible) / (Double.pi * frequency * Double(count - 1))
        infiniteMass = sum.infiniteMass
        momentError = totalSteps * 1e-15
    }

    /// The sum at `epsilon` with its derivative, and what may be missing from it.
    func value(_ epsilon: Double) -> (delta: Double, slope: Double, slack: Double) {
        let scale = exp(min(700, logMoment - tilt * epsilon))
        let turn = frequency * (center - epsilon)
        var sum = 0.0
        var slope = 0.0
        for index in real.indices {
            let angle = turn * Double(index)
            let (c, s) = (cos(angle), sin(angle))
            let x = real[index] * c - imaginary[index] * s
            sum += x
            slope -= tilt * x - frequency * Double(index) * (real[index] * s + imaginary[index] * c)
        }
        return (scale * sum, scale * slope, scale * (slack + abs(sum) * momentError) + infiniteMass)
    }

    /// An upper bound on delta.
    func delta(epsilon: Double) -> Double {
        let found = value(epsilon)
        return min(1, max(0, found.delta) + found.slack)
    }

    /// The smallest epsilon, from 0 and to 9 digits, at which the upper bound does not exceed `delta`.
    func epsilon(delta: Double, near guess: Double) -> Double {
        func excess(_ epsilon: Double) -> (delta: Double, slope: Double) {
            let found = value(epsilon)
            return (found.delta + found.slack, found.slope)
        }
        if excess(0).delta <= delta { return 0 }
        var low = 0.0
        var high = max(guess, 1e-12)
        while excess(high).delta > delta, high < 1e12 {
            low = high
            high *= 1.5
        }
        return Self.root(delta, low, high, excess).upperBound
    }

    /// An epsilon below `known` at which the sum, without what may be missing and without `alias(epsilon)`, is still `delta` or
    /// more: as large as the two ends of the last bracket allow; 0 if there is none.
    func lowerEpsilon(delta: Double, below known: Double, alias: (Double) -> Double) -> Double {
        func excess(_ epsilon: Double) -> (delta: Double, slope: Double) {
            let found = value(epsilon)
            return (found.delta - found.slack - alias(epsilon), found.slope)
        }
        var share = 1e-3
        while share < 1, excess(known * (1 - share)).delta < delta { share *= 2 }
        guard share < 1 else { return 0 }
        return Self.root(delta, known * (1 - share), known, excess).lowerBound
    }

    /// Where a falling function passes `delta`: above it at the lower end, not above it at the upper one.
    private static func root(
        _ delta: Double, _ low: Double, _ high: Double, _ excess: (Double) -> (delta: Double, slope: Double)
    ) -> ClosedRange<Double> {
        var (low, high) = (low, high)
        var place = high
        for _ in 0..<200 where high - low > 1e-9 * high {
            let found = excess(place)
            if found.delta <= delta { high = place } else { low = place }
            // Newton's method for log delta, and a little further, so that both ends close in.
            var next = place - log(found.delta / delta) * found.delta / found.slope
            next += (found.delta <= delta ? -3e-10 : 3e-10) * place
            place = next > low && next < high ? next : (low + high) / 2
        }
        return low...high
    }
}
