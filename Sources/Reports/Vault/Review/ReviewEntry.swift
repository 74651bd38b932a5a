public import Deidentification

/// What de-identification found in a report, beside its text.
public struct Findings: Codable, Sendable, Equatable {
    public var spans: [IdentifierSpan]
    /// Sentences without any of the text.
    public var reasons: [String]

    public init(spans: [IdentifierSpan], reasons: [String]) {
        self.spans = spans
        self.reasons = reasons
    }
}

/// A report and what de-identification made of it, for a person to judge.
public struct ReviewEntry: Sendable {
    public let stored: StoredReport
    public let findings: Findings
    public let receipt: DeidentificationReceipt
    /// The de-identified text; empty for a quarantined one.
    public let output: String
    /// 0 to 1; see ``ResidualRisk``.
    public let risk: Double
    /// The number of the newest decision about the report, 0 if there is none. A decision names the one that its reviewer
    /// saw, so that two reviewers can't decide over each other.
    public let decisionNumber: Int64
    public let decision: ReviewDecision?
}
