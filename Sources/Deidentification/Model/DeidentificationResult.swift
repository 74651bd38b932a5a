/// What ``Deidentifier`` says about one text.
public struct DeidentificationResult: Sendable, Equatable {
    /// Sorted and disjoint, over the Unicode scalars of the input.
    public let spans: [IdentifierSpan]
    /// The text with every span replaced. Empty if the input could not be read at all.
    public let text: String
    /// Whether it may be used.
    public let status: DeidentificationStatus
    /// The proof, also for a quarantined text.
    public let receipt: DeidentificationReceipt
    /// `nil` unless the text may be used.
    public let report: DeidentifiedReport?
    /// Sentences without any of the text, empty if the status is `clean`.
    public let reasons: [String]
}
