public import Deidentification

/// A synthetic report with the truth about its identifiers. Nobody in it exists.
public struct SampleReport: Sendable {
    /// An identifier in the text: offsets in Unicode scalars, end exclusive.
    public struct Span: Sendable, Hashable, Codable {
        public var start: Int
        public var end: Int
        public var label: IdentifierLabel
    }

    public let text: String
    public let spans: [Span]
    /// `cardiology-0007`.
    public let accession: String
    public let kind: String
    let facility: String
    let patient: SamplePatient
    let provider: SamplePatient
    let day: SampleDay

    /// What tells patients apart.
    public var patientKey: String { patient.recordNumber }

    /// The text with every identifier replaced by its label in brackets.
    public var clean: String {
        let scalars = Array(text.unicodeScalars)
        var clean = String.UnicodeScalarView()
        var position = 0
        for span in spans {
            clean.append(contentsOf: scalars[position..<span.start])
            clean.append(contentsOf: "[\(span.label.rawValue)]".unicodeScalars)
            position = span.end
        }
        clean.append(contentsOf: scalars[position...])
        return String(clean)
    }
}
