internal import Foundation

/// The text of a PDF by poppler's programs, page by page; pages that are only a picture are recognized optically.
struct PDFExtractor: Sendable {
    private static let limits = ExternalTool.Limits(seconds: 60, outputBytes: ReadLimit.recordBytes, memoryBytes: 2 << 30)
    private static let resolution = 300
    private static let documentBytes = 256 << 20
    /// A page with fewer letters and digits may be a scan with a stamp on it.
    private static let fewLetters = 40

    private let recognition: TextRecognition
    private let textTool: ExternalTool
    private let pictureTool: ExternalTool
    private let recognizer: OpticalRecognizer

    /// - Parameter folders: where the programs are; `nil` for where systems have them.
    init(_ recognition: TextRecognition, folders: [String]? = nil) {
        self.recognition = recognition
        textTool = ExternalTool("pdftotext", package: "poppler-utils", folders: folders)
        pictureTool = ExternalTool("pdftoppm", package: "poppler-utils", folders: folders)
        recognizer = OpticalRecognizer(recognition, folders: folders)
    }

    /// The pages' texts with a form feed before each but the first.
    /// - Throws: ``UnusableDocument``.
    func text(of data: Data) throws -> DocumentText {
        guard data.count <= Self.documentBytes else {
            throw UnusableDocument(
                reason: .tooLong, sentence: "The PDF is larger than \(Self.documentBytes >> 20) MiB. Split it.")
        }
        do {
            let input = try PrivateInput(data)
            var pages = try textPages(input)
            let recognized = try recognizePictures(in: &pages, input)
            let text = pages.joined(separator: "\n\u{0C}")
            guard !TextDecoding.isBlank(text) else {
                throw UnusableDocument(reason: .missingText, sentence: "The PDF has no text and no scan with text in it.")
            }
            return DocumentText(text: text, quality: recognizer.quality(of: recognized))
        } catch let failure as ExternalTool.Failure {
            throw Self.unusable(failure, textTool)
        }
    }

    private func textPages(_ input: PrivateInput) throws -> [String] {
        let output = try textTool.run(
            ["-layout", "-enc", "UTF-8", "-eol", "unix", "/dev/stdin", "-"], input: input, limits: Self.limits)
        var pages = String(decoding: output, as: UTF8.self).unicodeScalars.split(
            separator: "\u{0C}", omittingEmptySubsequences: false)
        // Every page ends with a form feed.
        if pages.last?.allSatisfy({ $0.properties.isWhitespace }) == true { pages.removeLast() }
        guard !pages.isEmpty else { throw ExternalTool.Failure.failed(status: 1, diagnostics: "") }
        return pages.map { PageLayout.trimmed(String($0)) }
    }

    private func recognizePictures(in pages: inout [String], _ input: PrivateInput) throws
        -> [(page: Int, found: RecognizedPage)]
    {
        let doubtful = pages.indices.filter { !hasOwnText(pages[$0]) }
        guard doubtful.count <= recognition.maximumPages else {
            throw UnusableDocument(
                reason: .tooLong,
                sentence:
                    "The PDF has \(doubtful.count) scanned pages; at most \(recognition.maximumPages) of one document are recognized. Split it."
            )
        }
        var recognized: [(page: Int, found: RecognizedPage)] = []
        for index in doubtful {
            let picture = try rendered(page: index + 1, input)
            guard let picture, !GrayPicture.isBlank(picture) else { continue }
            let found = try recognizer.pages(of: picture, resolution: Self.resolution)
            let page = RecognizedPage(merging: found)
            // A text layer says what is printed better than a recognition does, unless it is only a stamp.
            let hasText = PageLayout.isReadable(pages[index])
            guard !hasText || page.letters > PageLayout.letters(in: pages[index]) * 3 / 2 else { continue }
            pages[index] = page.text
            recognized.append((index + 1, page))
        }
        return recognized
    }

    private func hasOwnText(_ page: String) -> Bool {
        PageLayout.letters(in: page) >= Self.fewLetters && PageLayout.isReadable(page)
    }

    private func rendered(page: Int, _ input: PrivateInput) throws -> Data? {
        var limits = Self.limits
        limits.outputBytes = 256 << 20
        limits.seconds = recognition.secondsPerPage
        let words = ["-f", "\(page)", "-l", "\(page)", "-r", "\(Self.resolution)", "-gray", "/dev/stdin"]
        do {
            let picture = try pictureTool.run(words, input: input, limits: limits)
            return picture.isEmpty ? nil : picture
        } catch ExternalTool.Failure.failed {
            throw UnusableDocument(
                reason: .malformed, sentence: "Page \(page) of the PDF can't be drawn. Save the document again.")
        }
    }

    private static func unusable(_ failure: ExternalTool.Failure, _ tool: ExternalTool) -> UnusableDocument {
        switch failure {
        case .missing:
            UnusableDocument(
                reason: .toolMissing,
                sentence:
                    "Reading PDF files needs \(tool.name). Install the package \(tool.package) (apt-get install \(tool.package)) and import again."
            )
        case .failed(let status, let diagnostics) where status == 3 || diagnostics.contains("assword"):
            UnusableDocument(
                reason: .encrypted,
                sentence: "The PDF is protected by a password or against copying. Save it without protection.")
        case .failed:
            UnusableDocument(
                reason: .malformed, sentence: "The PDF is damaged, or it is none. Save or export it again.")
        case .timedOut, .tooMuchOutput, .killed:
            UnusableDocument(
                reason: .tooExpensive,
                sentence:
                    "The PDF needs more time, memory or text than a document may. Check where it comes from, and split it if it is genuine."
            )
        case .notStarted:
            UnusableDocument(
                reason: .toolMissing,
                sentence: "\(tool.name) can't be started. Check the installation of \(tool.package) and import again.")
        }
    }
}

/// The lines of a page as `pdftotext -layout` gives them.
enum PageLayout {
    /// Without the margin that all lines share, white space at the ends of lines, and empty lines around the page.
    static func trimmed(_ page: String) -> String {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring.UnicodeScalarView in
            var scalars = line.unicodeScalars
            while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
            return scalars
        }
        let margin = lines.lazy.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { String($0.dropFirst(margin)) }.joined(separator: "\n").trimmingLineBreaks
    }

    static func letters(in page: String) -> Int {
        page.unicodeScalars.count { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    }

    /// Fonts without a table of their characters give private or replacement characters instead of letters.
    static func isReadable(_ page: String) -> Bool {
        var all = 0
        var unknown = 0
        for scalar in page.unicodeScalars where !scalar.properties.isWhitespace {
            all += 1
            let isPrivate = (0xE000...0xF8FF).contains(scalar.value) || scalar == "\u{FFFD}"
            if isPrivate || scalar.value < 32 { unknown += 1 }
        }
        return all > 0 && unknown * 5 <= all
    }
}
