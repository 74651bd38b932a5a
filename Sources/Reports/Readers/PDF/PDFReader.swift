internal import Foundation

/// PDF files: one file is one report. Its header names the patient, as in plain text.
public struct PDFReader: ReportReader {
    private let extractor: PDFExtractor
    private let header: HeaderedReport

    /// - Throws: ``ReportsError`` `.badConfiguration` if a header pattern is not a regular expression.
    public init(_ configuration: ImportConfiguration = ImportConfiguration()) throws {
        self.init(PDFExtractor(configuration.recognition), try HeaderedReport(configuration))
    }

    init(_ extractor: PDFExtractor, _ header: HeaderedReport) {
        self.extractor = extractor
        self.header = header
    }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        let outcome: ReadOutcome
        do {
            outcome = .report(header.report(try extractor.text(of: file.data), file, .pdf))
        } catch let unusable as UnusableDocument {
            outcome = file.rejection("", unusable.reason, unusable.sentence)
        }
        try emit(outcome)
    }
}
