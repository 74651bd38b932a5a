internal import Foundation

/// The text of a scanned page that is a file of its own or part of a record.
struct PictureExtractor: Sendable {
    private static let pixels = 200_000_000
    private static let bytes = 256 << 20
    private let recognizer: OpticalRecognizer

    init(_ recognition: TextRecognition, folders: [String]? = nil) {
        recognizer = OpticalRecognizer(recognition, folders: folders)
    }

    /// - Throws: ``UnusableDocument``.
    func text(of data: Data, kind: PictureKind) throws -> DocumentText {
        guard kind != .dicom else {
            throw UnusableDocument(
                reason: .unsupportedContent,
                sentence: "This is a DICOM picture, which holds no report. Export the reports that belong to it.")
        }
        if let size = kind.claimedSize(data) {
            let (area, overflows) = size.width.multipliedReportingOverflow(by: size.height)
            guard !overflows, area > 0, area <= Self.pixels, data.count <= Self.bytes else {
                throw UnusableDocument(
                    reason: .tooExpensive,
                    sentence: "The picture is larger than any scanned page. Scan it with 300 dots per inch.")
            }
        }
        let pages = try recognizer.pages(of: data)
        let text = pages.map(\.text).joined(separator: "\n\u{0C}")
        guard !TextDecoding.isBlank(text) else {
            throw UnusableDocument(reason: .missingText, sentence: "No text was recognized in the picture.")
        }
        return DocumentText(
            text: text, quality: recognizer.quality(of: pages.enumerated().map { ($0.offset + 1, $0.element) }))
    }
}

/// Scanned pages: one file is one report. Its header names the patient, as in plain text.
public struct ImageReader: ReportReader {
    private let extractor: PictureExtractor
    private let header: HeaderedReport

    /// - Throws: ``ReportsError`` `.badConfiguration` if a header pattern is not a regular expression.
    public init(_ configuration: ImportConfiguration = ImportConfiguration()) throws {
        self.init(PictureExtractor(configuration.recognition), try HeaderedReport(configuration))
    }

    init(_ extractor: PictureExtractor, _ header: HeaderedReport) {
        self.extractor = extractor
        self.header = header
    }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        let outcome: ReadOutcome
        if let kind = PictureKind(file.data) {
            do {
                outcome = .report(header.report(try extractor.text(of: file.data, kind: kind), file, .image))
            } catch let unusable as UnusableDocument {
                outcome = file.rejection("", unusable.reason, unusable.sentence)
            }
        } else {
            outcome = file.rejection(
                "", .malformed, "The file is no picture of a kind that is read here: PNG, JPEG, TIFF or PBM.")
        }
        try emit(outcome)
    }
}
