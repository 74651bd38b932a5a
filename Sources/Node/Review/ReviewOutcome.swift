internal import ConsiliumCore
internal import Foundation
internal import Reports

/// What came of one decision.
public struct ReviewOutcome: Codable, Sendable {
    public var id: String
    /// `approved` or `rejected`.
    public var decision: String
    public var reviewer: String
    public var added: Int
    public var removed: Int
}

/// How far an audit is, and what it says so far.
public struct AuditReport: Codable, Sendable {
    public var number: Int
    public var population: Int
    public var sample: Int
    public var looked: Int
    public var leaks: Int
    /// The share of clean reports with an identifier left is below this with 95 % confidence.
    public var upperBound: Double?
    /// Ids that are to be looked at.
    public var left: [String]

    init(_ audit: ReviewAudit, left: [ContentHash]) {
        number = Int(audit.number)
        population = audit.population
        sample = audit.sample.count
        looked = audit.looked
        leaks = audit.leaks
        upperBound = audit.upperBound
        self.left = left.map(\.hex)
    }

    public var text: String {
        let begin =
            "Audit \(number): \(looked) of \(sample) looked at, of \(population) clean reports; \(leaks) with an identifier left."
        guard let upperBound else { return begin }
        let share = String(format: "%.2f", upperBound * 100)
        return begin + "\nWith 95 % confidence fewer than \(share) % of the clean reports hold one"
            + (leaks == 0 ? " (3/n)." : " (Clopper and Pearson).")
    }
}
