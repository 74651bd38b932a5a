internal import Foundation

/// C-CDA and other CDA documents: one document is one report with all its sections.
///
/// A section on its own is read too. As it names no patient, the import sets it aside unless the configuration says how to
/// tell patients apart.
public struct CCDAReader: ReportReader {
    private let extractor: DocumentExtractor

    public init(_ configuration: ImportConfiguration = ImportConfiguration()) {
        extractor = DocumentExtractor(configuration)
    }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        let outcome: ReadOutcome
        do {
            outcome = .report(try report(file))
        } catch let unusable as UnusableDocument {
            outcome = file.rejection("", unusable.reason, unusable.sentence)
        }
        try emit(outcome)
    }

    private func report(_ file: SourceFile) throws -> Report {
        let document = try CDADocument(file.data)
        let text = try document.text(extractor)
        let people = CDAPeople(document)
        let root = document.root
        let code = root.first("code")
        return Report(
            text: text.text, patientKey: people.patientKey,
            date: CDAPeople.day(root.first("effectiveTime")),
            kind: code?["displayName"] ?? root.first("title")?.phrase,
            source: file.source(.ccda, document.place), knownIdentifiers: people.collector.identifiers,
            quality: text.quality)
    }
}
