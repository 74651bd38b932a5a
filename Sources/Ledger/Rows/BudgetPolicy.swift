public import Privacy

/// What one ledger guards: one dataset of one clinic, one unit, one relation, one cap.
public struct BudgetPolicy: Sendable, Hashable, Codable {
    public enum Unit: String, Sendable, Codable {
        /// All reports of one patient together.
        case patient
        /// Everything that a clinic contributes to a sum of updates.
        case clinic
    }

    /// The dataset whose patients are protected. Patients who join a dataset later are charged all of its past.
    public var scope: String
    public var unit: Unit
    public var relation: NeighbouringRelation
    /// Never raised afterwards in the same ledger.
    public var cap: PrivacyBudget

    public init(scope: String, cap: PrivacyBudget, unit: Unit = .patient, relation: NeighbouringRelation = .addRemove) {
        self.scope = scope
        self.unit = unit
        self.relation = relation
        self.cap = cap
    }
}
