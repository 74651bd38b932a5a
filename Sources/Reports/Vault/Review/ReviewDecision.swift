public import Deidentification
public import Foundation

/// What a person decided about a report's de-identification. Kept in the vault, sealed, for good: it is what thresholds are
/// tuned by, and what is applied again when a report is de-identified anew.
public struct ReviewDecision: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// The text may be used, as corrected.
        case approved
        /// The report is never used.
        case rejected
        /// An identifier was found in an audit: the report waits for review.
        case leaked
    }

    public var kind: Kind
    /// As given; not authenticated.
    public var reviewer: String
    public var date: Date
    /// The reviewer's own words. They may name a patient, so they never leave the vault.
    public var reason: String?
    /// The spans that were found before the person looked.
    public var found: [IdentifierSpan]
    /// How sure the detection had been that nothing was overlooked.
    public var certainty: Double?
    public var corrections: SpanCorrections
    /// The spans that were replaced in the end.
    public var replaced: [IdentifierSpan]
    /// Under which rules they were found.
    public var ruleVersion: String

    public init(
        kind: Kind, reviewer: String, date: Date, reason: String? = nil, found: [IdentifierSpan],
        certainty: Double? = nil, corrections: SpanCorrections = SpanCorrections(), replaced: [IdentifierSpan],
        ruleVersion: String
    ) {
        self.kind = kind
        self.reviewer = reviewer
        self.date = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
        self.reason = reason
        self.found = found
        self.certainty = certainty
        self.corrections = corrections
        self.replaced = replaced
        self.ruleVersion = ruleVersion
    }
}
