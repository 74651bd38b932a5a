import Foundation
import Testing

@testable import Reports

@Suite("Scans", .enabled(if: DocumentTools.canReadScans, Comment(rawValue: DocumentTools.scanReason)))
struct ImageReaderTests {
    private static let page = """
        Oak Hospital
        MRN: K100200

        FINDINGS: The lungs are clear.
        There is no pleural effusion.

        IMPRESSION: No acute disease.
        """

    @Test("pictures of all kinds are recognized, with their confidence", arguments: ["-png", "-jpeg", "-tiff", ""])
    func kinds(kind: String) throws {
        let pdf = DocumentTools.pdf([Self.page], size: 14)
        let picture =
            kind == "-tiff"
            ? try DocumentTools.tiff([DocumentTools.drawn(pdf, kind: [])])
            : try DocumentTools.drawn(pdf, kind: kind.isEmpty ? [] : [kind])
        let (reports, rejections) = try TestVault.outcomes(of: picture, name: "scan")
        #expect(rejections.isEmpty)
        let report = try #require(reports.first)
        #expect(report.text.contains("FINDINGS: The lungs are clear.\nThere is no pleural effusion."))
        #expect(report.patientKey == "K100200")
        #expect(report.source.format == .image)
        let quality = try #require(report.quality)
        #expect(quality.confidence > 80)
        #expect(!quality.needsReview)
    }

    @Test("pages of a PDF that are pictures are recognized, those with text are not")
    func scannedPDF() throws {
        let data = try DocumentTools.scannedPDF([Self.page, "IMPRESSION: Stable since the last examination."])
        let report = try #require(try TestVault.outcomes(of: data, name: "scan.pdf").reports.first)
        #expect(report.text.contains("There is no pleural effusion."))
        #expect(report.text.contains("\n\u{0C}IMPRESSION: Stable since the last examination."))
        #expect(report.quality?.recognizedPages == 2)
        #expect(report.patientKey == "K100200")
    }

    @Test("every page of a TIFF is recognized")
    func pages() throws {
        let pages = try ["First page of the report.", "Second page of the report."].map {
            try DocumentTools.drawn(DocumentTools.pdf([$0], size: 14), kind: [])
        }
        let report = try #require(try TestVault.outcomes(of: DocumentTools.tiff(pages), name: "a.tif").reports.first)
        #expect(report.text == "First page of the report.\n\u{0C}Second page of the report.")
        #expect(report.quality?.recognizedPages == 2)
    }

    @Test("a page on its side is turned")
    func turned() throws {
        let lines = (1...12).map { "Line \($0): the patient was seen in the clinic and felt well." }
        let upright = try DocumentTools.drawn(DocumentTools.pdf([lines.joined(separator: "\n")], size: 14), kind: [])
        let picture = try DocumentTools.turned(upright)
        let report = try #require(try TestVault.outcomes(of: picture, name: "a.pgm").reports.first)
        #expect(report.text.contains("the patient was seen in the clinic"))
    }

    @Test("a page below the limits of confidence asks for review")
    func review() throws {
        let picture = try DocumentTools.drawn(DocumentTools.pdf([Self.page], size: 14))
        let strict = ImportConfiguration(recognition: TextRecognition(pageConfidence: 99.9))
        let quality = try #require(
            try TestVault.outcomes(of: picture, name: "a.png", configuration: strict).reports.first?.quality)
        #expect(quality.lowConfidencePages == [1])
        #expect(quality.needsReview)
    }

    @Test("a faint picture of few dots has a lower confidence than a clear one")
    func faint() throws {
        let pdf = DocumentTools.pdf([Self.page], size: 8)
        func quality(_ resolution: Int) throws -> ReadQuality? {
            let picture = try DocumentTools.drawn(pdf, resolution: resolution)
            return try TestVault.outcomes(of: picture, name: "a.png").reports.first?.quality
        }
        let clear = try #require(try quality(300))
        // Nothing recognized at all is a rejection, which is right too.
        #expect((try quality(50)?.confidence ?? 0) < clear.confidence)
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        var head: [UInt8]
        var filler: UInt8 = 0
        var count = 0
        var name: String
        var reason: ImportRejection.Reason
        var testDescription: String { "\(name) \(reason.rawValue)" }
    }

    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let broken = [
        Broken(head: png, filler: 7, count: 200, name: "a.png", reason: .tooExpensive),
        Broken(
            head: png + [0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0, 0, 0, 1, 0], name: "a.png", reason: .malformed
        ),
        Broken(head: [0xFF, 0xD8, 0xFF, 0xE0], count: 100, name: "a.jpg", reason: .malformed),
        Broken(head: [0x49, 0x49, 0x2A, 0x00, 8, 0, 0, 0], name: "a.tif", reason: .missingText),
        Broken(head: Array("no picture".utf8), name: "a.png", reason: .malformed),
        Broken(head: Array("P5 999999 999999 255\n".utf8), name: "a.pgm", reason: .tooExpensive),
        Broken(head: Array("P5 400 400 255\n".utf8), filler: 255, count: 160_000, name: "a.pgm", reason: .missingText),
        Broken(
            head: [UInt8](repeating: 0, count: 128) + Array("DICM".utf8), name: "a.dcm", reason: .unsupportedContent),
    ]

    @Test("pictures that are none, empty or gigantic are rejected with a sentence", arguments: broken)
    func rejected(broken: Broken) throws {
        let data = Data(broken.head + [UInt8](repeating: broken.filler, count: broken.count))
        let (name, reason) = (broken.name, broken.reason)
        let (reports, rejections) = try TestVault.outcomes(of: data, name: name)
        #expect(reports.isEmpty)
        #expect(rejections.map(\.reason) == [reason])
        #expect(rejections.allSatisfy { $0.sentence.hasSuffix(".") })
    }

    @Test("a missing program and a missing language are named with their packages")
    func missing() throws {
        let picture = try DocumentTools.drawn(DocumentTools.pdf(["A line of text."], size: 14))
        func sentence(_ recognition: TextRecognition, _ folders: [String]?) throws -> String? {
            do {
                _ = try OpticalRecognizer(recognition, folders: folders).pages(of: picture)
                return nil
            } catch let unusable as UnusableDocument {
                #expect(unusable.reason == .toolMissing)
                return unusable.sentence
            }
        }
        #expect(try sentence(TextRecognition(), ["/nonexistent"])?.contains("tesseract-ocr") == true)
        #expect(try sentence(TextRecognition(languages: ["xyz"]), nil)?.contains("tesseract-ocr-xyz") == true)
        for language in ["", "../eng", "eng;ls", "-c"] {
            #expect(try sentence(TextRecognition(languages: [language]), nil)?.contains("languages") == true)
        }
    }
}

@Suite("Tables of recognized words")
struct RecognizedPageTests {
    @Test("words become lines and paragraphs, wide gaps columns; confidence is by length")
    func layout() throws {
        let table = """
            level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
            1\t1\t0\t0\t0\t0\t0\t0\t900\t900\t-1\t
            5\t1\t1\t1\t1\t1\t0\t0\t40\t10\t90\tHemo
            5\t1\t1\t1\t1\t2\t200\t0\t40\t10\t90\t13.2
            5\t1\t1\t1\t2\t1\t0\t20\t20\t10\t30\tab
            5\t1\t1\t1\t2\t2\t25\t20\t20\t10\t90\tcd
            5\t1\t2\t1\t1\t1\t0\t80\t20\t10\t90\tef
            5\t1\t2\t1\t1\t2\t0\t80\t20\t10\t95\t \n
            1\t2\t0\t0\t0\t0\t0\t0\t900\t900\t-1\t
            5\tx\ty
            """
        let pages = RecognizedPage.pages(table: table, doubtful: 60)
        #expect(pages.map(\.text) == ["Hemo    13.2\nab cd\n\nef", ""])
        let first = try #require(pages.first)
        #expect(first.letters == 14)
        #expect(abs(first.confidence - (90.0 * 12 + 30 * 2) / 14) < 1e-9)
        #expect(first.doubtfulShare == 0.2)
        #expect(pages.last?.confidence == 0)
    }
}
