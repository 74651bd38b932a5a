import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("FHIR")
struct FHIRReaderTests {
    static let patient = """
        {"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:x","value":"other"},
         {"type":{"coding":[{"code":"MR"}]},"value":"K100200"}],"name":[{"family":"Thorne","given":["Noor","B"]}],
         "birthDate":"1961-03-04","telecom":[{"system":"email","value":"n.t@example.org"}],
         "address":[{"line":["5 Heron Way"],"city":"Ashgrove","state":"VT"}]}
        """

    private static func data(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static func document(_ members: String) -> String {
        "{\"resourceType\":\"DocumentReference\",\"status\":\"current\",\(members)}"
    }

    private static func bundle(_ resources: [String]) -> String {
        "{\"resourceType\":\"Bundle\",\"entry\":[" + resources.map { "{\"resource\":\($0)}" }.joined(separator: ",")
            + "]}"
    }

    private static func content(_ attachment: String) -> String { "\"content\":[{\"attachment\":\(attachment)}]" }

    @Test("the patient is found by reference, before or after the document")
    func references() throws {
        let document = Self.document(
            "\"subject\":{\"reference\":\"Patient/p1\"},\(Self.content("{\"data\":\"\(Self.data("a\r\nb"))\"}"))")
        for (resources, index) in [([Self.patient, document], 1), ([document, Self.patient], 0)] {
            let (reports, rejections) = try TestVault.outcomes(of: Self.bundle(resources), name: "x.json")
            #expect(rejections.isEmpty)
            let report = try #require(reports.first)
            #expect(report.source.locator == "Bundle.entry[\(index)].resource.content[0].attachment.data (base64)")
            #expect(report.text == "a\nb")
            #expect(report.patientKey == "K100200")
            for known in [
                KnownIdentifier(value: "Noor Thorne", label: .name),
                KnownIdentifier(value: "n.t@example.org", label: .email),
                KnownIdentifier(value: "Ashgrove", label: .location),
                KnownIdentifier(value: "1961-03-04", label: .date),
            ] {
                #expect(report.knownIdentifiers.contains(known))
            }
        }
    }

    @Test("lines of NDJSON refer to each other")
    func lines() throws {
        let document = Self.document(
            "\"subject\":{\"reference\":\"https://x/fhir/Patient/p1/_history/2\"},\(Self.content("{\"data\":\"\(Self.data("a"))\"}"))"
        )
        let ndjson = document + "\n" + Self.patient.replacingOccurrences(of: "\n", with: "") + "\n"
        let reports = try TestVault.outcomes(of: ndjson, name: "x.ndjson").reports
        #expect(reports.map(\.patientKey) == ["K100200"])
        #expect(reports.first?.source.locator == "line=1;DocumentReference.content[0].attachment.data (base64)")
    }

    @Test("a Binary, contained or in the bundle, gives the text; nothing is fetched")
    func binaries() throws {
        let binary =
            "{\"resourceType\":\"Binary\",\"id\":\"b\",\"contentType\":\"text/plain\",\"data\":\"\(Self.data("inside"))\"}"
        let contained = Self.document(
            "\"contained\":[\(binary)],\"subject\":{\"reference\":\"Patient/p1\"},\(Self.content("{\"url\":\"#b\"}"))")
        let apart = Self.document(
            "\"subject\":{\"reference\":\"Patient/p1\"},\(Self.content("{\"url\":\"Binary/b\"}"))")
        let elsewhere = Self.document(
            "\"subject\":{\"reference\":\"Patient/p1\"},\(Self.content("{\"url\":\"http://example.org/b\"}"))")
        #expect(try TestVault.outcomes(of: contained, name: "x.json").reports.map(\.text) == ["inside"])
        #expect(
            try TestVault.outcomes(of: Self.bundle([apart, binary]), name: "x.json").reports.map(\.text) == ["inside"])
        #expect(try TestVault.outcomes(of: elsewhere, name: "x.json").rejections.map(\.reason) == [.externalContent])
    }

    @Test("references in a circle end, missing ones leave the server's id, meaningless ones no key")
    func hostileReferences() throws {
        let circle = """
            {"resourceType":"Patient","id":"a","link":[{"type":"replaced-by","other":{"reference":"Patient/b"}}]}
            """
        let back = circle.replacingOccurrences(of: "\"a\"", with: "\"b\"").replacingOccurrences(
            of: "Patient/b", with: "Patient/a")
        let text = Self.content("{\"data\":\"\(Self.data("a"))\"}")
        func key(_ reference: String, _ others: [String]) throws -> String? {
            let document = Self.document("\"subject\":{\"reference\":\"\(reference)\"},\(text)")
            return try #require(
                try TestVault.outcomes(of: Self.bundle([document] + others), name: "x.json").reports.first
            ).patientKey
        }
        #expect(try key("Patient/a", [circle, back]) == "PATIENT/A")
        #expect(try key("Patient/gone", []) == "PATIENT/GONE")
        #expect(try key("urn:uuid:1234", []) == nil)
        #expect(try key("#none", []) == nil)
        #expect(
            try key(
                "Encounter/e",
                [
                    "{\"resourceType\":\"Encounter\",\"id\":\"e\",\"subject\":{\"reference\":\"Patient/p1\"}}",
                    Self.patient,
                ]) == "K100200")
        let merged =
            "{\"resourceType\":\"Patient\",\"id\":\"m\",\"identifier\":[{\"system\":\"x/mrn\",\"value\":\"OLD1\"}],\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":\"Patient/p1\"}}]}"
        #expect(try key("Patient/m", [merged, Self.patient]) == "K100200")
    }

    @Test(
        "attachments that can't be read are rejected with the reason",
        arguments: [
            ("{\"contentType\":\"application/pdf\",\"data\":\"YQ==\"}", ImportRejection.Reason.malformed),
            ("{\"contentType\":\"audio/ogg\",\"data\":\"YQ==\"}", .unsupportedContent),
            ("{\"contentType\":\"text/xml\",\"data\":\"YQ==\"}", .malformed),
            ("{\"contentType\":\"text/html\",\"data\":\"PGJyLz4=\"}", .missingText),
            ("{\"data\":\"***\"}", .malformed), ("{\"data\":\"YQ\"}", .malformed),
            ("{\"data\":\"6Q==\"}", .undecodable),
            ("{\"contentType\":\"text/plain; charset=koi8-r\",\"data\":\"YQ==\"}", .undecodable),
            ("{\"data\":\"IA==\"}", .missingText),
            ("{}", .missingText),
        ])
    func attachments(attachment: String, reason: ImportRejection.Reason) throws {
        let (reports, rejections) = try TestVault.outcomes(of: Self.document(Self.content(attachment)), name: "x.json")
        #expect(reports.isEmpty)
        #expect(rejections.map(\.reason) == [reason])
    }

    @Test("a declared character set is used")
    func charset() throws {
        let document = Self.document(
            Self.content("{\"contentType\":\"text/plain; charset=ISO-8859-1\",\"data\":\"6Q==\"}"))
        #expect(try TestVault.outcomes(of: document, name: "x.json").reports.map(\.text) == ["é"])
    }

    @Test("files without documents and documents in error are rejected")
    func nothing() throws {
        #expect(try TestVault.outcomes(of: Self.patient, name: "x.json").rejections.map(\.reason) == [.noReport])
        let wrong = Self.document(Self.content("{\"data\":\"YQ==\"}")).replacingOccurrences(
            of: "current", with: "entered-in-error")
        #expect(try TestVault.outcomes(of: wrong, name: "x.json").rejections.map(\.reason) == [.noReport])
        #expect(
            try TestVault.outcomes(of: "{\"resourceType\":\"Bundle\",", name: "x.json").rejections.map(\.reason) == [
                .malformed
            ])
    }

    @Test("of several renditions of one document the one that reads best is read, once")
    func renditions() throws {
        let pdf = "{\"contentType\":\"application/pdf\",\"url\":\"http://example.org/a.pdf\"}"
        let page = "{\"contentType\":\"text/html\",\"data\":\"\(Self.data("<p>a<br/>b &amp; c</p>"))\"}"
        let document = Self.document(
            "\"subject\":{\"reference\":\"Patient/p1\"},\"content\":[{\"attachment\":\(pdf)},{\"attachment\":\(page)}]")
        let (reports, rejections) = try TestVault.outcomes(of: document, name: "x.json")
        #expect(rejections.isEmpty)
        #expect(reports.map(\.text) == ["a\nb & c"])
        #expect(reports.first?.source.locator == "DocumentReference.content[1].attachment.data (base64)")
    }

    @Test("a composition of R4 or R5 gives its sections under their headings", arguments: [true, false])
    func composition(isR5: Bool) throws {
        let subject = "{\"reference\":\"Patient/p1\"}"
        let composition = """
            {"resourceType":"Composition","status":"final","title":"Discharge letter","date":"2024-05-06T10:00:00Z",
             "type":{"text":"Discharge summary"},"subject":\(isR5 ? "[\(subject)]" : subject),
             "section":[{"title":"History","text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>One</p><ul><li>a</li><li>b</li></ul></div>"}},
              {"title":"Labs","section":[{"code":{"text":"Blood"},"text":{"status":"generated","div":"<div><table><tr><th>K</th><td>4.1</td></tr></table></div>"}}]},
              {"title":"Empty","text":{"status":"empty","div":"<div>none</div>"}}]}
            """
        let reports = try TestVault.outcomes(of: Self.bundle([Self.patient, composition]), name: "x.json").reports
        let report = try #require(reports.first)
        #expect(report.text == "Discharge letter\n\nHistory:\nOne\n\n- a\n- b\n\nLabs:\n\nBlood:\nK | 4.1")
        #expect(report.patientKey == "K100200")
        #expect(report.date == "2024-05-06")
        #expect(report.kind == "Discharge summary")
    }

    @Test("a Binary that no document refers to is a document of its own")
    func loneBinary() throws {
        let binary =
            "{\"resourceType\":\"Binary\",\"id\":\"b\",\"contentType\":\"text/plain\",\"securityContext\":{\"reference\":\"Patient/p1\"},\"data\":\"\(Self.data("alone"))\"}"
        let reports = try TestVault.outcomes(of: Self.bundle([Self.patient, binary]), name: "x.json").reports
        #expect(reports.map(\.text) == ["alone"])
        #expect(reports.first?.patientKey == "K100200")
        let document = Self.document(Self.content("{\"url\":\"https://x/fhir/Binary/b\"}"))
        #expect(try TestVault.outcomes(of: Self.bundle([document, binary]), name: "x.json").reports.count == 1)
    }

    @Test(
        "a report without attachments gives its conclusion, else its narrative; an attached CDA document its sections")
    func otherTexts() throws {
        func report(_ members: String) throws -> [String] {
            let json = "{\"resourceType\":\"DiagnosticReport\",\"status\":\"final\",\(members)}"
            return try TestVault.outcomes(of: json, name: "x.json").reports.map(\.text)
        }
        let narrative = "\"text\":{\"status\":\"generated\",\"div\":\"<div>narrative</div>\"}"
        #expect(try report("\"conclusion\":\"fine\",\(narrative)") == ["fine"])
        #expect(try report(narrative) == ["narrative"])
        let cda = Self.data(CCDAReaderTests.document)
        #expect(
            try report("\"presentedForm\":[{\"contentType\":\"application/hl7-v3+xml\",\"data\":\"\(cda)\"}]").first?
                .contains("FINDINGS:\nClear lungs.") == true)
        #expect(
            try report("\"presentedForm\":[{\"url\":\"data:text/plain;base64,\(Self.data("inline"))\"}]") == ["inline"])
    }
}
