/// A clinic of the test consortium and what it has.
struct Clinic: Sendable {
    var id: String
    var specialty: String
    var format: String
    /// The cap that its ledger is born with.
    var epsilonCap: Double

    static let reports = 36

    /// The last one has a small budget.
    static let all = [
        Clinic(id: "alpha", specialty: "cardiology", format: "hl7", epsilonCap: 10),
        Clinic(id: "bravo", specialty: "orthopedics", format: "csv", epsilonCap: 10),
        Clinic(id: "charlie", specialty: "pathology", format: "json", epsilonCap: 10),
        Clinic(id: "delta", specialty: "family-medicine", format: "fhir", epsilonCap: 1),
    ]

    static let ids = all.map(\.id)
}
