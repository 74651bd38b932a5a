/// How far a report has come.
public enum ReportStatus: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    /// Waits for de-identification.
    case imported
    /// De-identified with a clean receipt: may become examples.
    case deidentified
    /// De-identified, but an identifier may have been overlooked: waits for a person.
    case review
    /// Never used; the reason is stored with it.
    case quarantined
}

/// A report as the vault has it.
public struct StoredReport: Sendable {
    public let report: Report
    /// `nil` if the record names no patient.
    public let patient: PatientPseudonym?
    public let status: ReportStatus
    /// Why it is quarantined or in review.
    public let reason: String?
    /// 1 for the first text at its place, then counting.
    public let version: Int
}

/// What a vault holds, in numbers. Only current versions are counted in ``byStatus`` and ``byFormat``.
public struct VaultCounts: Sendable, Hashable, Codable {
    public var byStatus: [ReportStatus: Int] = [:]
    public var byFormat: [ReportFormat: Int] = [:]
    public var patients = 0
    public var superseded = 0

    /// All current reports.
    public var total: Int { byStatus.values.reduce(0, +) }
}

/// What storing a report did.
public enum UpsertResult: String, Sendable, Hashable, Codable {
    case new
    /// The same report is there already.
    case unchanged
    /// The text or the patient at this place was another one: that version is kept, this one is current.
    case changed
}
