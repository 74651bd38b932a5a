internal import Foundation

/// Plain text: one file is one report. Files of HTML and RTF are read as the text that they show.
public struct TextReader: ReportReader {
    private let encoding: TextEncoding?
    private let header: HeaderedReport

    /// - Throws: ``ReportsError`` `.badConfiguration` if a header pattern is not a regular expression.
    public init(_ configuration: ImportConfiguration = ImportConfiguration()) throws {
        encoding = configuration.textEncoding
        header = try HeaderedReport(configuration)
    }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        guard file.data.count <= ReadLimit.recordBytes else { return try emit(file.tooLong("")) }
        if RTFText.isDocument(file.data) { return try emit(richText(file)) }
        let decoded: String
        do {
            let found = try TextDecoding.decodeOrDetect(file.data, declared: encoding)
            if let detected = found.detected { try emit(.mapping(EncodingDetector.shown(detected))) }
            decoded = found.text
        } catch {
            return try emit(file.undecodable("", error))
        }
        if decoded.utf8.contains(0) {
            return try emit(
                file.rejection("", .binary, "This is a binary file, not plain text. Name its format with --format."))
        }
        if HTMLText.isDocument(decoded) { return try emit(outcome(HTMLText.text(of: decoded), file)) }
        var text = TextDecoding.normalizedLines(decoded)
        if text.utf8.last == 10 { text.removeLast() }
        try emit(outcome(text, file))
    }

    private func richText(_ file: SourceFile) -> ReadOutcome {
        guard let text = try? RTFText.text(of: file.data) else {
            return file.rejection(
                "", .malformed, "This RTF file is damaged or uses an unusual code page. Save it as plain text in UTF-8.")
        }
        return outcome(text, file)
    }

    private func outcome(_ text: String, _ file: SourceFile) -> ReadOutcome {
        guard !TextDecoding.isBlank(text) else {
            return file.rejection("", .empty, "The file has no text in it.")
        }
        return .report(header.report(DocumentText(text: text), file, .txt))
    }
}
