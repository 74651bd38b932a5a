internal import Foundation

/// Privacy loss distributions: the tight accountant for a plan that was fixed before its first step.
///
/// Each step's noise is cut into cells whose masses move to their ends, so that the losses dominate the truth (connect the
/// dots: Doroshenko, Ghazi, Kamath, Kumar, Manurangsi 2022). The steps are composed as characteristic functions, for adding and
/// for removing a patient; the larger result counts. Mass that is cut off counts as infinite loss, and what the composition
/// leaves out is added to delta. The losses are tilted exponentially, so that rounding stays small *relative* to the tail that
/// decides. Gaussians without sampling are computed exactly (Balle, Wang 2018).
///
/// Not for decisions about adaptive parameters: a filter on privacy loss distributions is not valid there. See ``RDPFilter``.
public struct PLDAccountant: Sendable {
    /// No two alike, those that spread the losses most first.
    let components: [PLDComponent]

    /// - Throws: ``PrivacyError`` `.unsupported` for sampling without replacement and for mixed relations,
    ///   `.invalidParameter` for numbers outside their range.
    public init(_ events: some Sequence<PrivacyEvent>) throws {
        var relation: NeighbouringRelation?
        var merged: [PLDComponent] = []
        var places: [PLDComponent.Identity: Int] = [:]
        for event in events {
            guard relation == nil || event.relation == relation else {
                throw PrivacyError(.unsupported, "Events with different neighbouring relations can't be composed.")
            }
            relation = event.relation
            guard let component = try PLDComponent(event) else { continue }
            if let place = places[component.identity] {
                merged[place].steps += component.steps
            } else {
                places[component.identity] = merged.count
                merged.append(component)
            }
        }
        components = merged.sorted { $0.variance > $1.variance }
    }

    /// An upper and a lower bound on epsilon at `delta`.
    public func epsilon(delta: Double) throws -> PLDBound {
        try RDPCurve.check(delta: delta)
        if let exact = exactEpsilon(delta: delta) { return PLDBound(epsilon: exact, lower: exact, interval: 0) }
        guard let worst = try worst(delta: delta), worst.epsilon > 0 else {
            return PLDBound(epsilon: 0, lower: 0, interval: 1 / density)
        }
        let lower = try lowerEpsilon(delta: delta, below: worst)
        return PLDBound(epsilon: worst.epsilon, lower: min(worst.epsilon, lower), interval: 1 / density)
    }

    /// The upper bound alone, at half the time.
    func upperEpsilon(delta: Double) throws -> Double {
        try exactEpsilon(delta: delta) ?? worst(delta: delta)?.epsilon ?? 0
    }

    /// The smallest delta at `epsilon`, an upper bound.
    public func delta(epsilon: Double) throws -> Double {
        guard epsilon.isFinite, epsilon >= 0 else {
            throw PrivacyError(.invalidParameter, "Epsilon is \(epsilon); it must be a number that is not negative.")
        }
        if components.isEmpty { return 0 }
        if components.contains(where: { $0.noise == 0 }) { return 1 }
        if let mu = gaussianMu { return AnalyticGaussian.delta(mu: mu, epsilon: epsilon) }
        let cut = Self.smallestMass / totalSteps
        let fine = parts(.upper, density: density * Self.densityForDelta, mass: cut)
        let rough = parts(.estimate, mass: cut)
        return try directions.map { direction in
            let estimate = PLDSum(parts: rough, direction: direction)
            let chernoff = estimate.chernoff(epsilon: epsilon, near: firstTilt(delta: 1e-5))
            let sum = PLDSum(parts: fine, direction: direction)
            let simple = sum.logMoment(chernoff.tilt) - chernoff.tilt * epsilon + PLDSum.logFactor(chernoff.tilt)
            let bound = exp(min(0, simple)) + sum.infiniteMass
            // Also where no loss is as large as epsilon: the tilt then has no best value.
            if simple < Self.logNothing { return bound }
            var path = PLDContour.Path(
                estimate, epsilon: epsilon, logDelta: chernoff.logDelta - 5, near: chernoff.tilt)
            var mu = Self.smoothing(slope: chernoff.tilt)
            var contour = try PLDContour(sum, path: path, smoothing: mu)
            for _ in 0..<4 {
                // What the small Gaussian adds grows with the slope, and the path was made for a delta: both are known only now.
                let found = contour.value(epsilon)
                let wanted = Self.smoothing(slope: -found.slope / found.delta)
                let isAliased = path.alias(epsilon, smoothing: 0) > 2e-5 * found.delta
                guard found.delta > found.slack, isAliased || (!contour.isAtLimit && contour.smoothing > 1.4 * wanted)
                else { break }
                if isAliased {
                    let logDelta = log(found.delta) - 2
                    path = PLDContour.Path(estimate, epsilon: epsilon, logDelta: logDelta, near: path.far[0].tilt)
                }
                mu = wanted.isFinite ? min(mu, wanted) : mu
                contour = try PLDContour(sum, path: path, smoothing: mu)
            }
            return min(bound, contour.delta(epsilon: epsilon))
        }.max() ?? 1
    }

    // MARK: - Bounds on epsilon

    struct Worst {
        var epsilon: Double
        var path: PLDContour.Path
        var direction: PLDSum.Direction
    }

    /// The larger of the upper bounds in both directions.
    func worst(delta: Double) throws -> Worst? {
        let cut = delta * Self.cut / totalSteps
        let fine = parts(.upper, density: density, mass: cut)
        let rough = parts(.estimate, mass: cut)
        var worst: Worst?
        var start = firstTilt(delta: delta)
        for direction in directions {
            let estimate = PLDSum(parts: rough, direction: direction)
            let chernoff = estimate.chernoff(delta: delta, near: start)
            start = chernoff.tilt
            let sum = PLDSum(parts: fine, direction: direction)
            // Bounded losses: no epsilon beyond their sum, since what is infinite is less than delta.
            let largest = sum.largestLoss
            // Chernoff's bound is mostly a few percent too high.
            var expected = 0.92 * chernoff.epsilon
            var path = PLDContour.Path(estimate, epsilon: expected, logDelta: log(delta), near: start)
            var mu = Self.smoothing(slope: start, epsilon: expected)
            var found: Worst?
            for _ in 0..<5 {
                let contour = try PLDContour(sum, path: path, smoothing: mu)
                let epsilon = min(largest, contour.epsilon(delta: delta, near: expected))
                found = Worst(epsilon: epsilon, path: path, direction: direction)
                if epsilon == 0 { break }
                // If epsilon is far below what the path was made for, the trapezoidal rule adds too much; if delta falls more
                // steeply there, the small Gaussian does.
                let value = contour.value(epsilon)
                let wanted = Self.smoothing(slope: -value.slope / value.delta, epsilon: epsilon)
                let isAliased = path.alias(epsilon, smoothing: 0) > 2e-5 * delta
                guard isAliased || (!contour.isAtLimit && contour.smoothing > 1.4 * wanted)
                else { break }
                expected = 0.98 * epsilon
                if isAliased {
                    path = PLDContour.Path(estimate, epsilon: expected, logDelta: log(delta), near: path.far[0].tilt)
                }
                mu = min(mu, wanted)
            }
            if let found, found.epsilon > worst?.epsilon ?? -1 { worst = found }
        }
        return worst
    }

    /// The small Gaussian g of the contour moves delta: D(ε) = E[δ(ε - g)] ≤ δ(ε - c) + P[g > c]. So where D is still above
    /// `delta` plus this probability, epsilon is at least c less.
    func lowerEpsilon(delta: Double, below worst: Worst) throws -> Double {
        let missing = 1e-3 * delta
        let cut = delta * Self.cut / totalSteps
        let deviations = (-2 * log(missing)).squareRoot()
        let sum = PLDSum(parts: parts(.lower, density: min(density / 2, 48), mass: cut), direction: worst.direction)
        var path = worst.path
        let estimate = PLDSum(parts: parts(.estimate, mass: cut), direction: worst.direction)
        for factor in [1.5, 2, 4, 8] { path.add(far: factor * path.tilt, estimate) }
        let contour = try PLDContour(
            sum, path: path, smoothing: Self.lowerShare * worst.epsilon / deviations)
        let mu = contour.smoothing
        let found = contour.lowerEpsilon(delta: delta + missing, below: worst.epsilon) { epsilon in
            path.alias(epsilon, smoothing: mu)
        }
        return max(0, found - mu * mu / 2 - mu * deviations)
    }

    /// μ of the small Gaussian that raises epsilon by about `smoothing` of itself where -d log δ/dε is `slope`.
    private static func smoothing(slope: Double, epsilon: Double) -> Double {
        // An epsilon that is tiny against the spread of the losses needs no such precision.
        (2 * smoothing * max(epsilon, 0.1 / slope) / (slope + 1)).squareRoot()
    }

    /// The same for delta.
    private static func smoothing(slope: Double) -> Double {
        (4 * smoothing / (slope * (slope + 1))).squareRoot()
    }

    // MARK: - The plan

    /// Share of delta that may be cut off as infinite loss.
    private static let cut = 1e-8
    private static let smallestMass = 1e-40
    private static let mostKept = 5000
    private static let logNothing = -80.0
    private static let smoothing = 5e-6
    private static let lowerShare = 2e-3
    private static let densityForDelta = 2.0

    /// Cells in a standard deviation of the noise: widens the composed distribution by 1/6 of its inverse square.
    private var density: Double { min(128, max(48, 48_000 / Double(components.count))) }

    private func parts(_ bound: PLDPoints.Bound, density: Double = 1, mass: Double) -> [PLDSum.Part] {
        // A part has about 1,000 points of 16 bytes, or 100 for an estimate.
        let keeps = bound == .estimate || components.count <= Self.mostKept
        return components.map { component in
            PLDSum.Part(steps: component.steps, keeps: keeps) {
                component.points(bound, density: density, mass: mass)
            }
        }
    }

    private var totalSteps: Double { components.reduce(0) { $0 + $1.steps } }

    /// About the best tilt for a normal distribution of the losses.
    private func firstTilt(delta: Double) -> Double {
        let variance = components.reduce(0) { $0 + $1.variance }
        return min(1e6, max(1e-3, (-2 * log(delta) / variance).squareRoot()))
    }

    private func exactEpsilon(delta: Double) -> Double? {
        if components.isEmpty { return 0 }
        if components.contains(where: { $0.noise == 0 }) { return .infinity }
        return gaussianMu.map { AnalyticGaussian.epsilon(mu: $0, delta: delta) }
    }

    /// Gaussians without sampling compose to one Gaussian.
    private var gaussianMu: Double? {
        var sum = 0.0
        for component in components {
            guard let mu = component.gaussianMu else { return nil }
            sum += component.steps * mu * mu
        }
        return sum.squareRoot()
    }

    private var directions: [PLDSum.Direction] {
        components.allSatisfy(\.isSymmetric) ? [.remove] : [.remove, .add]
    }
}
