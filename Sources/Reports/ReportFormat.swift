/// The record formats that `import` knows by name.
public enum ReportFormat: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    case txt, csv, json, hl7, fhir, ccda, pdf, image

    /// Whether there is a reader. The others are refused with a sentence.
    public var isReadable: Bool {
        switch self {
        case .txt, .csv, .json, .hl7, .fhir: true
        case .ccda, .pdf, .image: false
        }
    }

    var displayName: String {
        switch self {
        case .txt: "plain text"
        case .csv: "CSV"
        case .json: "JSON"
        case .hl7: "HL7 v2"
        case .fhir: "FHIR"
        case .ccda: "C-CDA"
        case .pdf: "PDF"
        case .image: "image"
        }
    }
}
