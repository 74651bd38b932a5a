internal import Deidentification
internal import Foundation

/// Plain text: one file is one report.
public struct TextReader: ReportReader {
    private let encoding: TextEncoding?
    private let header: CompiledTextHeader

    /// - Throws: ``ReportsError`` `.badConfiguration` if a header pattern is not a regular expression.
    public init(_ configuration: ImportConfiguration = ImportConfiguration()) throws {
        encoding = configuration.textEncoding
        header = try CompiledTextHeader(configuration.textHeader)
    }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        guard file.data.count <= ReadLimit.recordBytes else { return try emit(file.tooLong("")) }
        let decoded: String
        do {
            decoded = try TextDecoding.decode(file.data, declared: encoding)
        } catch {
            return try emit(file.undecodable("", error))
        }
        if decoded.utf8.contains(0) {
            return try emit(
                file.rejection("", .binary, "This is a binary file, not plain text. Name its format with --format."))
        }
        var text = TextDecoding.normalizedLines(decoded)
        if text.utf8.last == 10 { text.removeLast() }
        guard !TextDecoding.isBlank(text) else {
            return try emit(file.rejection("", .empty, "The file has no text in it."))
        }
        try emit(.report(report(text, file)))
    }

    private func report(_ text: String, _ file: SourceFile) -> Report {
        var collector = IdentifierCollector()
        var patientKey: String?
        var date: String?
        for (field, value) in header.values(in: text) {
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
            text: text, patientKey: patientKey, date: date, source: file.source(.txt, ""),
            knownIdentifiers: collector.identifiers)
    }
}
