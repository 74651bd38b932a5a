internal import Foundation

/// How a clinic's files are to be read: the part of the site configuration that concerns import.
public struct ImportConfiguration: Sendable, Hashable, Codable {
    public enum PatientKeyFallback: String, Sendable, Hashable, Codable {
        /// A report that names no patient is quarantined: it can't be protected per patient.
        case none
        /// Each such report counts as a patient of its own. Only right where a patient has at most one report.
        case report
    }

    /// Of plain text and CSV files without a byte order mark. `nil` means UTF-8; whatever else is found out is told.
    public var textEncoding: TextEncoding?
    public var patientKeyFallback: PatientKeyFallback
    /// Which column holds what, by its header; fields that are absent here are found by common header names.
    public var columns: [RecordField: String]
    /// Which JSON member holds what, as a dotted path (`patient.mrn`).
    public var jsonFields: [RecordField: String]
    /// How headers of plain text files name things.
    public var textHeader: TextHeaderPatterns
    /// How scans are read.
    public var recognition: TextRecognition
    /// What is repaired in a text before it is stored; none means that texts stay as they are read.
    public var cleaning: Set<CleaningStep>

    public init(
        textEncoding: TextEncoding? = nil, patientKeyFallback: PatientKeyFallback = .none,
        columns: [RecordField: String] = [:], jsonFields: [RecordField: String] = [:],
        textHeader: TextHeaderPatterns = TextHeaderPatterns(), recognition: TextRecognition = TextRecognition(),
        cleaning: Set<CleaningStep> = []
    ) {
        self.textEncoding = textEncoding
        self.patientKeyFallback = patientKeyFallback
        self.columns = columns
        self.jsonFields = jsonFields
        self.textHeader = textHeader
        self.recognition = recognition
        self.cleaning = cleaning
    }
}

/// Character encodings that a configuration may declare.
public enum TextEncoding: String, Sendable, Hashable, Codable, CaseIterable {
    case utf8
    case latin1
    case windows1252
    case utf16LittleEndian = "utf16le"
    case utf16BigEndian = "utf16be"

    /// The encoding that records and XML documents call by this name, in any case; `nil` for one that is not known here.
    init?(name: String) {
        switch name.trimmingCharacters(in: CharacterSet(charactersIn: "\"' \t")).lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii", "unicode utf-8", "unicode": self = .utf8
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "8859/1", "latin1", "latin-1": self = .latin1
        case "windows-1252", "cp1252", "cp-1252": self = .windows1252
        case "utf-16le": self = .utf16LittleEndian
        case "utf-16", "utf-16be": self = .utf16BigEndian
        default: return nil
        }
    }
}
