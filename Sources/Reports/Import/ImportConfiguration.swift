/// How a clinic's files are to be read: the part of the site configuration that concerns import.
public struct ImportConfiguration: Sendable, Hashable, Codable {
    public enum PatientKeyFallback: String, Sendable, Hashable, Codable {
        /// A report that names no patient is quarantined: it can't be protected per patient.
        case none
        /// Each such report counts as a patient of its own. Only right where a patient has at most one report.
        case report
    }

    /// Of plain text and CSV files without a byte order mark. `nil` means UTF-8; nothing is ever guessed.
    public var textEncoding: TextEncoding?
    public var patientKeyFallback: PatientKeyFallback
    /// Which column holds what, by its header; fields that are absent here are found by common header names.
    public var columns: [RecordField: String]
    /// Which JSON member holds what, as a dotted path (`patient.mrn`).
    public var jsonFields: [RecordField: String]
    /// How headers of plain text files name things.
    public var textHeader: TextHeaderPatterns

    public init(
        textEncoding: TextEncoding? = nil, patientKeyFallback: PatientKeyFallback = .none,
        columns: [RecordField: String] = [:], jsonFields: [RecordField: String] = [:],
        textHeader: TextHeaderPatterns = TextHeaderPatterns()
    ) {
        self.textEncoding = textEncoding
        self.patientKeyFallback = patientKeyFallback
        self.columns = columns
        self.jsonFields = jsonFields
        self.textHeader = textHeader
    }
}

/// Character encodings that a configuration may declare.
public enum TextEncoding: String, Sendable, Hashable, Codable, CaseIterable {
    case utf8
    case latin1
    case utf16LittleEndian = "utf16le"
    case utf16BigEndian = "utf16be"
}
