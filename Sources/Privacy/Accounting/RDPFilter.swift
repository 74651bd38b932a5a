internal import Foundation

/// Decides whether one more piece of work fits a budget when its parameters may depend on everything that went
/// before.
///
/// A Rényi filter of one fixed order is valid for adaptive parameters with no loss (Feldman, Zrnic 2021, arXiv
/// 2008.11193).
/// Eight orders are fixed here once and for all; each has a budget B_a, the largest divergence at order a that
/// converts to the
/// cap at δ/8, and work is admitted while *some* order stays within its budget. A union bound over the eight makes
/// that valid.
/// The price is at most log 8 / (a − 1) in epsilon, so the filter's figure is a little above ``RDPAccountant``'s.
///
/// What it does not promise: anything for events whose relation or unit differs; keep those in ledgers of their own.
public struct RDPFilter: Sendable {
    /// Fixed: choosing the order after seeing results would void the proof.
    public static let orders: [Double] = [2, 3, 4, 6, 8, 12, 20, 40]

    public let cap: PrivacyBudget

    public init(cap: PrivacyBudget) { self.cap = cap }

    /// The numbers behind a decision, in the filter's own epsilon.
    public struct Decision: Sendable, Equatable {
        public var isAdmitted: Bool
        /// What the work so far amounts to.
        @InfinityAsText public var spent: Double
        /// What it would amount to with the proposal.
        @InfinityAsText public var after: Double
        public var cap: PrivacyBudget

        /// A sentence with the numbers.
        public var explanation: String {
            let verdict = isAdmitted ? "fits" : "does not fit"
            return
                "The proposal \(verdict): spent epsilon \(Self.text(spent)), with the proposal "
                + "\(Self.text(after)), cap \(Self.text(cap.epsilon)) (delta \(cap.delta))."
        }

        private static func text(_ value: Double) -> String {
            value.isFinite ? String(format: "%.4g", value) : "infinite"
        }
    }

    /// - Parameter spent: everything committed *and* everything reserved.
    /// - Throws: ``PrivacyError`` if the proposal itself is not acceptable (no noise, no steps, …).
    public func admits(spent: [PrivacyEvent], proposal: [PrivacyEvent]) throws -> Decision {
        for event in proposal { try event.validate() }
        return try admits(spentCurve: Self.curve(of: spent), proposalCurve: Self.curve(of: proposal))
    }

    /// The same with running sums, so that a ledger of any length is one addition.
    public func admits(spentCurve: RDPCurve, proposalCurve: RDPCurve) throws -> Decision {
        var total = spentCurve
        total.add(proposalCurve, steps: 1)
        let fits = zip(Self.orders, total.values).contains { order, value in
            let budget = Self.budget(order: order, cap: cap)
            return value.isFinite && budget >= 0 && value <= budget
        }
        return Decision(
            isAdmitted: fits, spent: Self.epsilon(of: spentCurve, delta: cap.delta),
            after: Self.epsilon(of: total, delta: cap.delta), cap: cap)
    }

    public static func curve(of events: some Sequence<PrivacyEvent>) throws -> RDPCurve {
        try RDPAccountant(events, orders: orders).curve
    }

    /// The smallest cap that would still admit this much; 0 for nothing.
    public static func epsilon(of curve: RDPCurve, delta: Double) -> Double {
        if curve.values.allSatisfy({ $0 == 0 }) { return 0 }
        let share = delta / Double(orders.count)
        var best = Double.infinity
        for (order, value) in zip(orders, curve.values) where value.isFinite {
            best = min(best, max(0, value + log1p(-1 / order) - log(share * order) / (order - 1)))
        }
        return best
    }

    /// How many more times `events` fit after `spentCurve`.
    public func repetitionsLeft(of events: [PrivacyEvent], after spentCurve: RDPCurve) throws -> Int {
        for event in events { try event.validate() }
        let once = try Self.curve(of: events)
        var most = 0
        for (index, order) in Self.orders.enumerated() {
            let room = Self.budget(order: order, cap: cap) - spentCurve.values[index]
            guard room >= 0, once.values[index].isFinite, once.values[index] > 0 else { continue }
            most = max(most, Int(min(1e9, (room / once.values[index]).rounded(.down))))
        }
        return most
    }

    private static func budget(order: Double, cap: PrivacyBudget) -> Double {
        let share = cap.delta / Double(orders.count)
        return cap.epsilon - log1p(-1 / order) + log(share * order) / (order - 1)
    }
}
