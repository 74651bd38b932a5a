internal import Synchronization

/// Sums Rényi divergences over events and turns the sum into (epsilon, delta).
///
/// Composition by addition at each fixed order is valid for parameters that were all chosen beforehand. For
/// parameters that
/// depend on earlier results (later jobs, later rounds) decide with ``RDPFilter`` and report with this.
public struct RDPAccountant: Sendable {
    public private(set) var curve: RDPCurve

    public init(orders: [Double] = RDPCurve.standardOrders) { curve = RDPCurve(orders: orders) }

    public init(_ events: some Sequence<PrivacyEvent>, orders: [Double] = RDPCurve.standardOrders) throws {
        self.init(orders: orders)
        for event in events { try add(event) }
    }

    /// - Throws: ``PrivacyError`` for negative steps, numbers that are not finite, and combinations without a proof.
    public mutating func add(_ event: PrivacyEvent) throws {
        guard event.steps >= 0 else {
            throw PrivacyError(.invalidParameter, "The number of steps is \(event.steps); it can't be negative.")
        }
        curve.add(try CurveCache.shared.curve(of: event, orders: curve.orders), steps: event.steps)
    }

    public func epsilon(delta: Double) throws -> RDPBound { try curve.epsilon(delta: delta) }
    public func delta(epsilon: Double) throws -> Double { try curve.delta(epsilon: epsilon) }
}

/// One curve for each distinct mechanism: a ledger of thousands of rows has a handful of them.
final class CurveCache: Sendable {
    static let shared = CurveCache()

    private struct Key: Hashable {
        var mechanism: Mechanism
        var sampling: Sampling
        var relation: NeighbouringRelation
        var orders: [Double]
    }

    private let curves = Mutex<[Key: RDPCurve]>([:])

    func curve(of event: PrivacyEvent, orders: [Double]) throws -> RDPCurve {
        let key = Key(mechanism: event.mechanism, sampling: event.sampling, relation: event.relation, orders: orders)
        if let known = curves.withLock({ $0[key] }) { return known }
        let curve = try RDPCurve(
            oneStepOf: event.mechanism, sampling: event.sampling, relation: event.relation, orders: orders)
        curves.withLock { curves in
            if curves.count >= 4096 { curves.removeAll() }
            curves[key] = curve
        }
        return curve
    }
}
