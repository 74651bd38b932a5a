/// Privacy loss distributions: the tight accountant for a plan that was fixed before its first step.
///
/// Each step's loss is put on a grid so that it dominates the truth (connect the dots: Doroshenko, Ghazi, Kamath,
/// Kumar,
/// Manurangsi 2022), composed by Fourier transforms, for adding and for removing a patient; the larger result
/// counts. Mass
/// that is cut off counts as infinite loss. Before the transform the distribution is tilted exponentially, so that
/// rounding
/// stays small *relative* to the tail that decides. Gaussians without sampling are computed exactly (Balle, Wang
/// 2018).
///
/// Not for decisions about adaptive parameters: a filter on privacy loss distributions is not valid there. See
/// ``RDPFilter``.
public struct PLDAccountant: Sendable {
    let components: [PLDComponent]
    let relation: NeighbouringRelation

    /// - Throws: ``PrivacyError`` `.unsupported` for sampling without replacement and for mixed relations,
    ///   `.invalidParameter` for numbers outside their range.
    public init(_ events: some Sequence<PrivacyEvent>) throws {
        let events = Array(events)
        relation = events.first?.relation ?? .addRemove
        guard events.allSatisfy({ $0.relation == events.first?.relation }) else {
            throw PrivacyError(.unsupported, "Events with different neighbouring relations can't be composed.")
        }
        var merged: [PLDComponent] = []
        for event in events {
            guard let component = try PLDComponent(event) else { continue }
            if let index = merged.firstIndex(where: { $0.isSameMechanism(as: component) }) {
                merged[index].steps += component.steps
            } else {
                merged.append(component)
            }
        }
        components = merged
    }

    /// An upper and a lower bound on epsilon at `delta`.
    public func epsilon(delta: Double) throws -> PLDBound {
        try RDPCurve.check(delta: delta)
        if components.isEmpty { return PLDBound(epsilon: 0, lower: 0, interval: 0) }
        if components.contains(where: { $0.noise == 0 }) {
            return PLDBound(epsilon: .infinity, lower: .infinity, interval: 0)
        }
        if let mu = gaussianMu {
            let exact = AnalyticGaussian.epsilon(mu: mu, delta: delta)
            return PLDBound(epsilon: exact, lower: exact, interval: 0)
        }
        guard let (composition, epsilon) = try worst(delta: delta) else {
            return PLDBound(epsilon: 0, lower: 0, interval: 0)
        }
        let lower = try PLDComposition(
            components, direction: composition.direction, bound: .lower, target: .delta(delta), step: composition.step)
        return PLDBound(
            epsilon: epsilon, lower: min(epsilon, lower.epsilon(delta: delta)), interval: composition.step)
    }

    /// The smallest delta at `epsilon`, an upper bound.
    public func delta(epsilon: Double) throws -> Double {
        guard epsilon.isFinite, epsilon >= 0 else {
            throw PrivacyError(.invalidParameter, "Epsilon is \(epsilon); it must be a number that is not negative.")
        }
        if components.isEmpty { return 0 }
        if components.contains(where: { $0.noise == 0 }) { return 1 }
        if let mu = gaussianMu { return AnalyticGaussian.delta(mu: mu, epsilon: epsilon) }
        return try directions.map {
            try PLDComposition(components, direction: $0, bound: .upper, target: .epsilon(epsilon)).delta(
                epsilon: epsilon)
        }.max() ?? 1
    }

    /// The upper bound alone, at half the time.
    func upperEpsilon(delta: Double) throws -> Double {
        if components.isEmpty || components.contains(where: { $0.noise == 0 }) || gaussianMu != nil {
            return try epsilon(delta: delta).epsilon
        }
        return try worst(delta: delta)?.epsilon ?? 0
    }

    private func worst(delta: Double) throws -> (composition: PLDComposition, epsilon: Double)? {
        var worst: (PLDComposition, Double)?
        for direction in directions {
            let composition = try PLDComposition(components, direction: direction, bound: .upper, target: .delta(delta))
            let epsilon = composition.epsilon(delta: delta)
            if epsilon >= worst?.1 ?? -1 { worst = (composition, epsilon) }
        }
        return worst
    }

    /// Gaussians without sampling compose to one Gaussian.
    private var gaussianMu: Double? {
        guard components.allSatisfy({ $0.kind == .gaussian && $0.rate == 1 }) else { return nil }
        let factor: Double = relation == .replaceOne ? 2 : 1
        return components.reduce(0) { $0 + $1.steps * factor * factor / ($1.noise * $1.noise) }.squareRoot()
    }

    private var directions: [PLDComponent.Direction] {
        switch relation {
        case .replaceOne: [.replace]
        case .addRemove: components.allSatisfy(\.isSymmetric) ? [.remove] : [.remove, .add]
        }
    }
}
