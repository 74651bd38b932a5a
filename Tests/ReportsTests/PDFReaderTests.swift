import Foundation
import Testing

@testable import Reports

@Suite("PDF", .enabled(if: DocumentTools.canReadPDF, Comment(rawValue: DocumentTools.pdfReason)))
struct PDFReaderTests {
    private static let page = """
        Oak Hospital
        Patient: Thorne, Noor
        MRN: K100200
        Date of Service: 2024-05-06

        FINDINGS: The lungs are clear, without effusion (5 mm nodule unchanged).
        """

    private func outcomes(_ data: Data, name: String = "a.pdf") throws -> (
        reports: [Report], rejections: [ImportRejection]
    ) {
        try TestVault.outcomes(of: data, name: name)
    }

    @Test("pages with text are read with their lines; the header names the patient")
    func text() throws {
        let (reports, rejections) = try outcomes(
            DocumentTools.pdf([Self.page, "IMPRESSION: No acute disease of the chest is seen."]))
        #expect(rejections.isEmpty)
        let report = try #require(reports.first)
        let pages = report.text.split(separator: "\u{0C}")
        #expect(pages.count == 2)
        #expect(report.text.contains("Oak Hospital\nPatient: Thorne, Noor\nMRN: K100200\n"))
        #expect(report.text.contains("(5 mm nodule unchanged)."))
        #expect(pages.last == "IMPRESSION: No acute disease of the chest is seen.")
        #expect(report.patientKey == "K100200")
        #expect(report.date == "2024-05-06")
        #expect(report.source.format == .pdf)
        #expect(report.quality == nil)
    }

    @Test("a PDF inside of HL7, FHIR and CDA is read as the record's text")
    func embedded() throws {
        let base64 = DocumentTools.pdf([Self.page]).base64EncodedString()
        let hl7 =
            "\(HL7ReaderTests.header)\r\(HL7ReaderTests.patient)\rOBX|1|ED|PDF||^application^pdf^Base64^\(base64)\r"
        let pieces =
            "\(HL7ReaderTests.header)\r\(HL7ReaderTests.patient)\rOBX|1|ED|PDF|1|^AP^PDF^Base64^\(base64.prefix(400))\rOBX|2|ED|PDF|2|^AP^PDF^Base64^\(base64.dropFirst(400))\r"
        let fhir =
            "{\"resourceType\":\"DiagnosticReport\",\"status\":\"final\",\"presentedForm\":[{\"contentType\":\"application/pdf\",\"data\":\"\(base64)\"}]}"
        let cda = CCDAReaderTests.document(
            body: "<nonXMLBody><text mediaType='application/pdf' representation='B64'>\(base64)</text></nonXMLBody>")
        for (text, name) in [(hl7, "a.hl7"), (pieces, "b.hl7"), (fhir, "a.json"), (cda, "a.xml")] {
            let (reports, rejections) = try TestVault.outcomes(of: text, name: name)
            #expect(rejections.isEmpty, "\(name)")
            #expect(reports.map { $0.text.contains("FINDINGS: The lungs are clear") } == [true], "\(name)")
        }
    }

    @Test("an empty page is no page to recognize")
    func emptyPage() throws {
        let (reports, rejections) = try outcomes(DocumentTools.pdf([Self.page, ""]))
        guard DocumentTools.canReadScans else { return }
        #expect(rejections.isEmpty)
        #expect(reports.first?.quality == nil)
    }

    @Test("what is no PDF, broken or cut off is rejected, and the batch goes on")
    func broken() throws {
        let whole = DocumentTools.pdf([Self.page])
        for data in [Data("%PDF-1.7\nnothing".utf8), Data("no PDF at all".utf8), whole.prefix(60)] {
            let (reports, rejections) = try outcomes(data)
            #expect(reports.isEmpty)
            #expect(rejections.map(\.reason) == [.malformed])
        }
    }

    @Test("a PDF behind a password is rejected by name")
    func encrypted() throws {
        // The standard security handler with a user password that nobody here knows.
        let text = String(decoding: DocumentTools.pdf([Self.page]), as: UTF8.self)
        let zeros = String(repeating: "00", count: 32)
        let locked = text.replacing(
            "/Root 1 0 R >>",
            with:
                "/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <\(zeros)> /U <\(zeros)> /P -4 >> >>"
        )
        let (reports, rejections) = try outcomes(Data(locked.utf8))
        #expect(reports.isEmpty)
        #expect(rejections.map(\.reason) == [.encrypted])
    }

    @Test("a PDF that would unpack into gigabytes ends at the limits")
    func bomb() throws {
        // Each of the many pages draws the same long text.
        let line = "(\(String(repeating: "x", count: 4000))) Tj T* "
        let content = "BT /F1 1 Tf 1 TL 0 790 Td \(String(repeating: line, count: 500)) ET"
        let text = String(decoding: DocumentTools.pdf(["@"]), as: UTF8.self)
        let start = try #require(text.range(of: "BT /F1"))
        let end = try #require(text.range(of: "ET\nendstream"))
        var bomb = text.replacingCharacters(
            in: start.lowerBound..<text.index(end.lowerBound, offsetBy: 2), with: content)
        let kids = Array(repeating: "4 0 R", count: 400).joined(separator: " ")
        bomb = bomb.replacing("/Count 1 /Kids [4 0 R]", with: "/Count 400 /Kids [\(kids)]")
        let before = ContinuousClock.now
        let (reports, rejections) = try outcomes(Data(bomb.utf8))
        #expect(ContinuousClock.now - before < .seconds(120))
        // Poppler may refuse the repeated page; it must not fill the memory.
        #expect(reports.isEmpty)
        #expect(rejections.count == 1)
        #expect([.tooExpensive, .malformed, .missingText].contains(rejections.first?.reason))
    }

    @Test("without the programs the sentence names the package")
    func missing() throws {
        let reader = PDFReader(
            PDFExtractor(TextRecognition(), folders: ["/nonexistent"]), try HeaderedReport(ImportConfiguration()))
        var rejections: [ImportRejection] = []
        try reader.read(SourceFile(name: "a.pdf", data: DocumentTools.pdf([Self.page]))) { outcome in
            if case .rejected(let rejection) = outcome { rejections.append(rejection) }
        }
        #expect(rejections.map(\.reason) == [.toolMissing])
        #expect(rejections.first?.sentence.contains("poppler-utils") == true)
    }
}
