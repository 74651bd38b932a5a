import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("Plain text")
struct PlainTextReaderTests {
    struct Header: Sendable, CustomTestStringConvertible {
        var text: String
        var key: String
        var name: String
        var testDescription: String { String(text.prefix(30)) }
    }

    @Test(
        "the header's record number becomes the patient key and its values known identifiers",
        arguments: [
            Header(
                text: "PATIENT NAME: Thorne, Noor B.\nMRN: K100200   DOB: 3/4/1961\nPHONE: (207) 555-0142\n\nText.",
                key: "K100200",
                name: "Noor Thorne"),
            Header(
                text:
                    "Some Clinic\nRe: Noor Thorne (K100200)\nBorn March 4, 1961, seen 5 Jan 2024\nTel 207-555-0142\n\nText.",
                key: "K100200", name: "Noor Thorne"),
            Header(
                text:
                    "Patient: Noor Thorne | Medical Record Number: k100200 | SSN: 950-11-2222 | D.O.B.: 1961-03-04\n\nText.",
                key: "K100200", name: "Noor Thorne"),
            Header(text: "Name: Noor Thorne\nPatient ID: 44-7781\n\nText.", key: "44-7781", name: "Noor Thorne"),
        ])
    func headers(header: Header) throws {
        let (reports, rejections) = try TestVault.outcomes(of: header.text, name: "a.txt")
        #expect(rejections.isEmpty)
        let report = try #require(reports.first)
        #expect(report.patientKey == header.key)
        #expect(report.text == header.text)
        #expect(report.knownIdentifiers.contains(KnownIdentifier(value: header.name, label: .name)))
        #expect(report.knownIdentifiers.contains { $0.label == .medicalRecordNumber })
    }

    @Test("the file's name gives the key where the header has none and the configuration says how")
    func fileName() throws {
        let text = "No header at all, only a text."
        #expect(try TestVault.outcomes(of: text, name: "778_note.txt").reports.first?.patientKey == nil)
        let configuration = ImportConfiguration(textHeader: TextHeaderPatterns(fileName: #"^(\d+)_"#))
        #expect(
            try TestVault.outcomes(of: text, name: "in/778_note.txt", configuration: configuration).reports.first?
                .patientKey == "778")
    }

    @Test("a pattern without a group is refused")
    func badPattern() {
        let configuration = ImportConfiguration(textHeader: TextHeaderPatterns(patterns: [.patientKey: ["MRN"]]))
        #expect(throws: ReportsError(.badConfiguration, "")) { try ReportImporter(configuration) }
    }

    @Test(
        "marks and declarations decide the encoding, and line breaks become one kind",
        arguments: [
            (Data([0xEF, 0xBB, 0xBF]) + Data("é\r\nb\r".utf8), TextEncoding?.none, "é\nb"),
            (Data([0xFF, 0xFE, 0xE9, 0x00, 0x0A, 0x00, 0x62, 0x00]), nil, "é\nb"),
            (Data([0xFE, 0xFF, 0x00, 0xE9, 0x00, 0x0A, 0x00, 0x62]), nil, "é\nb"),
            (Data([0xE9, 0x0A, 0x62]), .latin1, "é\nb"),
            (Data("é\nb\n\n".utf8), nil, "é\nb\n"),
        ])
    func encodings(data: Data, declared: TextEncoding?, expected: String) throws {
        let configuration = ImportConfiguration(textEncoding: declared)
        #expect(
            try TestVault.outcomes(of: data, name: "a.txt", configuration: configuration).reports.map(\.text) == [
                expected
            ])
    }

    @Test(
        "what is no text is rejected with its reason",
        arguments: [
            (Data([0xE9, 0x0A, 0x62]), ImportRejection.Reason.undecodable), (Data([0xFF, 0xFE, 0x00]), .undecodable),
            (Data("a\u{0}b".utf8), .binary), (Data(" \n\n".utf8), .empty), (Data(), .empty),
        ])
    func rejected(data: Data, reason: ImportRejection.Reason) throws {
        let (reports, rejections) = try TestVault.outcomes(of: data, name: "a.txt")
        #expect(reports.isEmpty)
        #expect(rejections.map(\.reason) == [reason])
        #expect(rejections.allSatisfy { $0.sentence.hasSuffix(".") })
    }
}
