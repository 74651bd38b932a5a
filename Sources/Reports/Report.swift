public import ConsiliumCore
public import Deidentification
internal import Foundation

/// One clinical text as a reader found it: raw, with the patient's identifiers in it. It never leaves the node.
public struct Report: Sendable, Hashable, Identifiable, Codable {
    /// Where in which file the text stood.
    public struct Source: Sendable, Hashable, Codable {
        /// The path below the imported folder, or the file's name when a single file was imported.
        public var file: String
        /// Where in the file: `row=3;column=report`, `[5].text`, `message=2;OBX-5 joined by line`; empty for a whole file.
        public var locator: String
        /// The folder that was imported. Together with ``file`` it tells two exports with equal file names apart.
        public var root: String
        public var format: ReportFormat

        public init(file: String, locator: String, root: String = "", format: ReportFormat) {
            self.file = file
            self.locator = locator
            self.root = root
            self.format = format
        }

        /// What stays the same when the text at this place changes.
        public var place: String { "\(root)\u{0}\(file)\u{0}\(locator)" }
    }

    /// SHA-256 of the file's name, the locator, the patient key and the text. The folder is not in it, so that an export
    /// that moved to another folder is recognized.
    public let id: ContentHash
    /// Line breaks are `\n`; a single line break at the very end of a text file is not part of the text.
    public let text: String
    /// What tells patients apart inside the clinic, normally the medical record number; `nil` if the record names none.
    public let patientKey: String?
    /// The day of the report as `yyyy-MM-dd` where it could be read, otherwise as the record writes it.
    public let date: String?
    /// Department, document type or the like, as the record has it.
    public let kind: String?
    public let source: Source
    /// What the record itself says about the patient, contacts and staff: searched in the text by the de-identification.
    public let knownIdentifiers: [KnownIdentifier]
    /// How well the text could be recognized, if it comes from a scan.
    public let quality: ReadQuality?

    public init(
        text: String, patientKey: String?, date: String? = nil, kind: String? = nil, source: Source,
        knownIdentifiers: [KnownIdentifier] = [], quality: ReadQuality? = nil
    ) {
        let patientKey = patientKey.flatMap(Report.normalizedKey)
        self.text = text
        self.patientKey = patientKey
        self.date = date
        self.kind = kind
        self.source = source
        self.knownIdentifiers = knownIdentifiers
        self.quality = quality
        let name = source.file.split(separator: "/").last.map(String.init) ?? ""
        // Lengths before the parts: two different records can never give the same bytes.
        var bytes = Data("consilium/report/v1".utf8)
        for part in [name, source.locator, patientKey ?? "", text] {
            let utf8 = Data(part.utf8)
            withUnsafeBytes(of: UInt64(utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(utf8)
        }
        id = ContentHash(of: bytes)
    }

    /// The same report with another patient key, for clinics whose configuration names a fallback.
    func with(patientKey: String) -> Report {
        Report(
            text: text, patientKey: patientKey, date: date, kind: kind, source: source,
            knownIdentifiers: knownIdentifiers, quality: quality)
    }

    /// The same report with another text: the repaired one.
    func with(text: String) -> Report {
        Report(
            text: text, patientKey: patientKey, date: date, kind: kind, source: source,
            knownIdentifiers: knownIdentifiers, quality: quality)
    }

    /// The same number in two spellings must be one patient, or that patient's share of the privacy budget is counted twice.
    static func normalizedKey(_ key: String) -> String? {
        let key = key.trimmingCharacters(in: .whitespacesAndNewlines).uppercased()
        return key.isEmpty ? nil : key
    }
}
