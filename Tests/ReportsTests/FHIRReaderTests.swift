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
            ("{\"contentType\":\"application/pdf\",\"data\":\"JVBERi0=\"}", ImportRejection.Reason.unsupportedContent),
            ("{\"contentType\":\"text/html\",\"data\":\"YQ==\"}", .unsupportedContent),
            ("{\"data\":\"JVBERi0xLjc=\"}", .unsupportedContent),
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
}
