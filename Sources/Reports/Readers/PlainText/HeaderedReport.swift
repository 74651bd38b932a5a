internal import Deidentification
internal import Foundation

/// Makes a report of a text whose own head says what it is about.
struct HeaderedReport: Sendable {
    private let header: CompiledTextHeader

    /// - Throws: ``ReportsError`` `.badConfiguration` if a header pattern is not a regular expression.
    init(_ configuration: ImportConfiguration) throws { header = try CompiledTextHeader(configuration.textHeader) }

    func report(_ document: DocumentText, _ file: SourceFile, _ format: ReportFormat) -> Report {
        var collector = IdentifierCollector()
        var patientKey: String?
        var date: String?
        for (field, value) in header.values(in: document.text) {
            if field == .patientKey, patientKey == nil { patientKey = value }
            if field == .date, date == nil { date = DateForm.day(value) }
            collector.add(value, field: field)
        }
        if patientKey == nil {
            let name = file.name.split(separator: "/").last.map(String.init) ?? file.name
            patientKey = header.patientKey(fileName: name)
            collector.add(patientKey, .medicalRecordNumber)
        }
        return Report(
            text: document.text, patientKey: patientKey, date: date, source: file.source(format, ""),
            knownIdentifiers: collector.identifiers, quality: document.quality)
    }
}
