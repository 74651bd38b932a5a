/// The record formats that `import` knows by name.
public enum ReportFormat: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    case txt, csv, json, hl7, fhir, ccda, pdf, image

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
