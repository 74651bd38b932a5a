internal import Foundation

/// Recognizes the text of pictures by Tesseract.
struct OpticalRecognizer: Sendable {
    /// Below this mean confidence the page may stand on its side or upside down.
    private static let turnedConfidence = 50.0

    private let settings: TextRecognition
    private let tool: ExternalTool

    init(_ settings: TextRecognition, folders: [String]? = nil) {
        self.settings = settings
        tool = ExternalTool("tesseract", package: "tesseract-ocr", folders: folders)
    }

    /// - Parameters:
    ///   - picture: any picture that Leptonica reads; a TIFF may have several pages.
    ///   - resolution: dots per inch where the picture itself does not say.
    /// - Throws: ``UnusableDocument``.
    func pages(of picture: Data, resolution: Int? = nil) throws -> [RecognizedPage] {
        do {
            let input = try PrivateInput(picture)
            let upright = try recognize(input, resolution, segmentation: 3)
            guard upright.contains(where: { $0.confidence < Self.turnedConfidence }) else { return upright }
            // With the detection of orientation, which needs a data file that may be missing.
            guard let turned = try? recognize(input, resolution, segmentation: 1), turned.count == upright.count else {
                return upright
            }
            return zip(upright, turned).map { $0.isBetter(than: $1) ? $0 : $1 }
        } catch let failure as ExternalTool.Failure {
            throw unusable(failure)
        }
    }

    private func recognize(_ input: PrivateInput, _ resolution: Int?, segmentation: Int) throws -> [RecognizedPage] {
        guard settings.hasValidLanguages else {
            throw UnusableDocument(
                reason: .toolMissing,
                sentence: "The languages of text recognition are not Tesseract's names, such as eng or spa. Correct them.")
        }
        var words = ["stdin", "stdout", "-l", settings.languages.joined(separator: "+"), "--psm", "\(segmentation)"]
        if let resolution { words += ["--dpi", "\(resolution)"] }
        let limits = ExternalTool.Limits(
            seconds: settings.secondsPerPage, outputBytes: 64 << 20, memoryBytes: 3 << 30)
        let table = try tool.run(words + ["tsv"], input: input, limits: limits)
        return RecognizedPage.pages(table: String(decoding: table, as: UTF8.self), doubtful: settings.wordConfidence)
    }

    /// Which of the pages a person should look at, `nil` without pages.
    func quality(of pages: [(page: Int, found: RecognizedPage)]) -> ReadQuality? {
        guard !pages.isEmpty else { return nil }
        let low = pages.filter { _, page in
            page.confidence < settings.pageConfidence || page.doubtfulShare > settings.doubtfulWords
        }
        let letters = pages.reduce(0) { $0 + $1.found.letters }
        let sum = pages.reduce(0.0) { $0 + $1.found.confidence * Double($1.found.letters) }
        return ReadQuality(
            confidence: letters == 0 ? 0 : sum / Double(letters), recognizedPages: pages.count,
            lowConfidencePages: low.map(\.page))
    }

    private func unusable(_ failure: ExternalTool.Failure) -> UnusableDocument {
        switch failure {
        case .missing:
            return UnusableDocument(
                reason: .toolMissing,
                sentence:
                    "Reading scans needs tesseract. Install the package tesseract-ocr (apt-get install tesseract-ocr) and import again."
            )
        case .failed(_, let diagnostics) where diagnostics.contains("traineddata"):
            let packages = settings.languages.map { "tesseract-ocr-\($0.replacing("_", with: "-"))" }
            return UnusableDocument(
                reason: .toolMissing,
                sentence:
                    "Tesseract lacks a language of the configuration. Install \(packages.joined(separator: " ")) and import again."
            )
        case .failed:
            return UnusableDocument(
                reason: .malformed, sentence: "The picture is damaged or of a kind that can't be read. Scan it again.")
        case .timedOut, .tooMuchOutput, .killed:
            return UnusableDocument(
                reason: .tooExpensive,
                sentence: "The picture needs more time or memory than a scanned page may. Scan it with 300 dots per inch.")
        case .notStarted:
            return UnusableDocument(
                reason: .toolMissing,
                sentence: "tesseract can't be started. Check the installation of tesseract-ocr and import again.")
        }
    }
}
