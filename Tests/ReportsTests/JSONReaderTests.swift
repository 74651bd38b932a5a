import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("JSON")
struct JSONReaderTests {
    @Test(
        "arrays, objects, wrapped lists and lines are read at their places",
        arguments: [
            ("[{\"text\":\"a\",\"patient\":{\"mrn\":7001}}]", "x.json", "[0].text"),
            ("{\"report\":\"a\",\"mrn\":\"7001\"}", "x.json", "report"),
            ("{\"reports\":[{\"note\":\"a\",\"patient_id\":\"7001\"}]}", "x.json", "reports[0].note"),
            ("\n{\"text\":\"a\",\"patient\":{\"id\":\"7001\"}}\n", "x.jsonl", "line=2;text"),
        ])
    func places(json: String, name: String, locator: String) throws {
        let (reports, rejections) = try TestVault.outcomes(of: json, name: name)
        #expect(rejections.isEmpty)
        #expect(reports.map(\.source.locator) == [locator])
        #expect(reports.map(\.text) == ["a"])
        #expect(reports.first?.patientKey == "7001")
    }

    @Test("escapes, pairs of surrogates and line breaks are decoded")
    func escapes() throws {
        let json = #"[{"mrn":"1","text":"a\u00e9\ud83d\ude00\r\n\"\\\/\tb"}]"#
        #expect(try TestVault.outcomes(of: json, name: "x.json").reports.first?.text == "aé😀\n\"\\/\tb")
    }

    @Test(
        "malformed records are rejected with the place, and those before are kept",
        arguments: [
            ("[{\"mrn\":\"1\",\"text\":\"a\"},{\"mrn\":}]", "x.json", ImportRejection.Reason.malformed, 1),
            ("[{\"mrn\":\"1\",\"text\":\"a\"}", "x.json", .malformed, 1),
            ("[{\"mrn\":\"1\",\"text\":\"\\ud83d\"}]", "x.json", .malformed, 0),
            ("[{\"mrn\":\"1\"}]", "x.json", .missingText, 0),
            ("[{\"mrn\":\"1\",\"text\":\"  \"}]", "x.json", .missingText, 0),
            ("[3]", "x.json", .malformed, 0), ("[]", "x.json", .empty, 0),
            ("{\"mrn\":\"1\",\"text\":\"a\"}\n{bad\n{\"mrn\":\"2\",\"text\":\"b\"}", "x.jsonl", .malformed, 2),
            ("[{\"mrn\":\"1\",\"text\":\"a\",\"x\":0123}]", "x.json", .malformed, 0),
        ])
    func malformed(json: String, name: String, reason: ImportRejection.Reason, read: Int) throws {
        let (reports, rejections) = try TestVault.outcomes(of: json, name: name)
        #expect(reports.count == read)
        #expect(rejections.map(\.reason) == [reason])
    }

    @Test("nesting beyond the limit is refused, whatever it is made of", arguments: ["[", "{\"a\":"])
    func nesting(opening: String) throws {
        let json = String(repeating: opening, count: 100_000)
        #expect(try TestVault.outcomes(of: json, name: "x.json").rejections.map(\.reason) == [.tooDeep])
    }

    @Test("the configured path is used")
    func configured() throws {
        let configuration = ImportConfiguration(jsonFields: [.text: "doc.body", .patientKey: "who.0"])
        let (reports, _) = try TestVault.outcomes(
            of: "[{\"text\":\"no\",\"doc\":{\"body\":\"yes\"},\"who\":[\"55\"]}]", name: "x.json",
            configuration: configuration)
        #expect(reports.map(\.text) == ["yes"])
        #expect(reports.first?.patientKey == "55")
        #expect(reports.first?.source.locator == "[0].doc.body")
    }
}
