internal import CKernels
internal import Foundation

/// The composed, tilted loss distribution of a whole plan in one direction.
struct PLDComposition: Sendable {
    /// What will be asked: decides where the tilt puts the precision.
    enum Target: Sendable {
        case delta(Double)
        case epsilon(Double)
    }

    let direction: PLDComponent.Direction
    let step: Double
    private var composed: [Double] = []
    private var size = 0
    private var first: Int64 = 0
    private var tilt = 0.0
    private var logMoment = 0.0
    private var infinityMass = 0.0

    private static let tilts: [Double] = (0..<15).map { 0.05 * pow(2, Double($0)) }
    private static let largestSize = 1 << 22
    /// Tilted mass below the window may wrap around to its top; this little is never seen.
    private static let logNegligible = log(1e-22)

    /// - Parameter step: the grid; chosen from the spread of one step's loss unless given.
    init(
        _ components: [PLDComponent], direction: PLDComponent.Direction, bound: PLDComponent.Bound, target: Target,
        step given: Double? = nil
    ) throws {
        self.direction = direction
        let steps = components.reduce(0) { $0 + $1.steps }
        let variance = components.reduce(0) { $0 + $1.steps * $1.variance } / steps
        // A fortieth of a step's standard deviation widens the composed distribution by 2e-4 of its variance at most.
        var step = given ?? min(0.005, variance.squareRoot() / 40)
        if given == nil, components.count == 1, let lattice = components[0].latticeSpacing {
            step = lattice / (lattice / step).rounded(.up)
        }
        while true {
            let cut = Self.tailMass(target)
            let cells = try components.map { try $0.cells(direction, bound: bound, step: step, mass: cut / $0.steps) }
            func total(_ tilt: Double) -> Double {
                zip(components, cells).reduce(0) { $0 + $1.0.steps * $1.1.logMoment(tilt: tilt, step: step) }
            }
            let moments = Self.tilts.map { ($0, total($0)) }
            let tilt = Self.chooseTilt(moments, target)
            let moment = total(tilt)
            let top = moments.map { ($1 - log(cut)) / $0 }.min() ?? 0
            var bottom = -Double.infinity
            for factor in [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] {
                let shift: Double = factor * tilt
                bottom = max(bottom, (Self.logNegligible + moment - total(tilt - shift)) / shift)
            }
            guard top < 650 else {
                throw PrivacyError(
                    .unsupported, "Epsilon is beyond 650; a privacy loss distribution says nothing more there.")
            }
            let length = (max(top, bottom) - bottom) / step + 8
            if length > Double(Self.largestSize), given == nil {
                step *= 2
                continue
            }
            size = 1024
            while Double(size) < length, size < Self.largestSize { size *= 2 }
            self.step = step
            self.tilt = tilt
            logMoment = moment
            first = Int64((bottom / step).rounded(.down)) - 2
            if bound == .upper { infinityMass = cut * Double(components.count + 1) }
            compose(components, cells)
            return
        }
    }

    private mutating func compose(_ components: [PLDComponent], _ cells: [PLDCells]) {
        var product = [Double](repeating: 0, count: 2 * size)
        for index in stride(from: 0, to: 2 * size, by: 2) { product[index] = 1 }
        var spectrum = [Double](repeating: 0, count: 2 * size)
        for (component, part) in zip(components, cells) {
            let moment = part.logMoment(tilt: tilt, step: step)
            consilium_noise_pld_fold(part.masses, part.masses.count, part.first, step, tilt, moment, &spectrum, size)
            consilium_noise_fft(&spectrum, size, 0)
            consilium_noise_spectrum_multiply_power(&product, spectrum, size, component.steps)
        }
        consilium_noise_fft(&product, size, 1)
        composed = product
    }

    func epsilon(delta: Double) -> Double {
        consilium_noise_pld_epsilon(composed, size, first, step, tilt, logMoment, infinityMass, delta)
    }

    func delta(epsilon: Double) -> Double {
        min(1, consilium_noise_pld_delta(composed, size, first, step, tilt, logMoment, infinityMass, epsilon))
    }

    /// What may be cut off at each end: far below any delta that is asked for.
    private static func tailMass(_ target: Target) -> Double {
        switch target {
        case .delta(let delta): min(1e-18, delta * 1e-8)
        case .epsilon: 1e-22
        }
    }

    /// Half of the tilt for which Chernoff's bound on the answer is best.
    ///
    /// With all of it the bulk may lie beyond the answer when few steps with huge losses decide, and the answer would then
    /// drown in rounding; with half of it the answer lies in the upper tail, where rounding is small against it.
    private static func chooseTilt(_ moments: [(Double, Double)], _ target: Target) -> Double {
        let scored = moments.filter { $0.1.isFinite }.map { tilt, moment in
            switch target {
            case .delta(let delta): (tilt, (moment - log(delta)) / tilt)
            case .epsilon(let epsilon): (tilt, moment - tilt * epsilon)
            }
        }
        return (scored.min { $0.1 < $1.1 }?.0 ?? 1) / 2
    }
}
