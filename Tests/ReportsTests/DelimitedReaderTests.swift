import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("CSV and TSV")
struct DelimitedReaderTests {
    @Test(
        "quoted fields keep separators, quotes and line breaks",
        arguments: [
            ("mrn,report\r\n1001,\"a, \"\"b\"\"\r\nc\"\r\n", "x.csv"),
            ("mrn\treport\n1001\t\"a, \"\"b\"\"\nc\"", "x.tsv"),
            ("mrn;report\n1001;\"a, \"\"b\"\"\nc\"\n\n", "x.csv"),
            ("\u{FEFF}MRN|Report Text\r1001|\"a, \"\"b\"\"\rc\"", "x.csv"),
        ])
    func quoting(table: String, name: String) throws {
        let (reports, rejections) = try TestVault.outcomes(of: table, name: name)
        #expect(rejections.isEmpty)
        #expect(reports.map(\.text) == ["a, \"b\"\nc"])
        #expect(reports.first?.patientKey == "1001")
        #expect(reports.first?.source.locator.hasPrefix("row=1;column=") == true)
    }

    @Test(
        "a bad row is rejected and the rows around it are read",
        arguments: [
            ("mrn,report\n1001,good\n1002\n1003,fine\n", ImportRejection.Reason.columnCount, 2),
            ("mrn,report\n1001,good\n1002,a,b\n1003,fine\n", .columnCount, 2),
            ("mrn,report\n1001,good\n1002,\"x\"y\n1003,fine\n", .malformed, 2),
            ("mrn,report\n1001,good\n1002,\"never closed\n1003,fine\n", .malformed, 1),
            ("mrn,report\n1001,good\n1002,\n1003,fine\n", .missingText, 2),
            ("mrn,note_id\n1001,5\n", .missingColumn, 0),
            ("mrn,report\n", .empty, 0),
        ])
    func badRows(table: String, reason: ImportRejection.Reason, read: Int) throws {
        let (reports, rejections) = try TestVault.outcomes(of: table, name: "x.csv")
        #expect(reports.count == read)
        #expect(rejections.map(\.reason) == [reason])
    }

    @Test("a row that is not UTF-8 is rejected alone")
    func badEncoding() throws {
        let data = Data("mrn,report\n1001,good\n1002,".utf8) + Data([0xE9]) + Data("\n1003,fine\n".utf8)
        let (reports, rejections) = try TestVault.outcomes(of: data, name: "x.csv")
        #expect(reports.map(\.text) == ["good", "fine"])
        #expect(rejections.map(\.reason) == [.undecodable])
        #expect(rejections.first?.locator == "row=2;column=report")
    }

    @Test("columns are taken from the configuration before common names, and what was taken is shown")
    func mapping() throws {
        let configuration = ImportConfiguration(columns: [.text: "Befund", .patientKey: "Fallnummer"])
        var shown: [String: String] = [:]
        var reports: [Report] = []
        let file = SourceFile(
            name: "x.csv", data: Data("Fallnummer,text,Befund,first_name,last_name\n77,no,yes,Noor,Thorne\n".utf8))
        try ReportImporter(configuration).read(file) { outcome in
            if case .mapping(let fields) = outcome { shown = fields }
            if case .report(let report) = outcome { reports.append(report) }
        }
        #expect(
            shown == [
                "text": "Befund", "patientKey": "Fallnummer", "firstName": "first_name", "lastName": "last_name",
                "separator": "comma",
            ])
        #expect(reports.map(\.text) == ["yes"])
        #expect(reports.first?.patientKey == "77")
        #expect(reports.first?.knownIdentifiers.contains(KnownIdentifier(value: "Thorne, Noor", label: .name)) == true)
        let missing = ImportConfiguration(columns: [.text: "Bericht"])
        #expect(
            try TestVault.outcomes(of: "mrn,report\n1,a\n", name: "x.csv", configuration: missing).rejections.map(
                \.reason) == [.missingColumn])
    }
}
