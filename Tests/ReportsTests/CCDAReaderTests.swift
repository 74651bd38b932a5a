import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("C-CDA")
struct CCDAReaderTests {
    static let header = """
        <id extension="DOC-778812"/><code code="18842-5" displayName="Discharge summary"/><title>Discharge <b>letter</b></title>
        <effectiveTime value="20240506101500-0500"/>
        <recordTarget><patientRole><id root="2.16.840.1.113883.4.1" extension="950-11-2222"/><id root="1.2.3" extension="K100200"/>
         <id nullFlavor="UNK"/><addr><streetAddressLine>5 Heron Way</streetAddressLine><city>Ashgrove</city><state>VT</state>
         <postalCode>05401</postalCode></addr><telecom value="tel:+1(207)555-0142"/><telecom value="mailto:n.t@example.org"/>
         <patient><name><given>Noor</given><given>Beatriz</given><family>Thorne</family></name><birthTime value="19610304"/>
          <guardian><guardianPerson><name><given>Ana</given><family>Thorne</family></name></guardianPerson></guardian></patient>
         <providerOrganization><name>Oak Hospital</name></providerOrganization></patientRole></recordTarget>
        <author><assignedAuthor><id extension="9912345"/><assignedPerson><name>Dr. Lena Moss</name></assignedPerson></assignedAuthor></author>
        <componentOf><encompassingEncounter><effectiveTime><low value="20240501"/></effectiveTime></encompassingEncounter></componentOf>
        """

    static func document(body: String, header: String = header) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="CDA.xsl"?>
        <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc">\(header)<component>\(body)</component></ClinicalDocument>
        """
    }

    static let document = document(
        body: """
            <structuredBody>
             <component><section><title>FINDINGS</title><text>Clear   lungs.<br/>No effusion.
              <paragraph>Ejection fraction 55 %, 10<sup>9</sup>/L</paragraph>
              <table><caption>Labs</caption><thead><tr><th>Test</th><th>Value</th></tr></thead>
               <tbody><tr><td>Sodium</td><td><content ID="a">140</content> mmol/L</td></tr><tr><td>Potassium</td><td/></tr></tbody></table>
              <list listType="ordered"><item>first</item><item>second<list><item>inner</item></list></item></list></text>
              <component><section><code displayName="Plan"/><text>Rest <content revised="delete">run</content>at home.</text></section></component>
             </section></component>
             <component><section><title>Empty</title><text/></section></component>
            </structuredBody>
            """)

    private func one(_ text: String) throws -> Report {
        let (reports, rejections) = try TestVault.outcomes(of: text, name: "a.xml")
        #expect(rejections.isEmpty)
        #expect(reports.count == 1)
        return try #require(reports.first)
    }

    @Test("sections become headings with readable text")
    func narrative() throws {
        let report = try one(Self.document)
        #expect(
            report.text == """
                Discharge letter

                FINDINGS:
                Clear lungs.
                No effusion.

                Ejection fraction 55 %, 10^9/L

                Labs
                Test | Value
                Sodium | 140 mmol/L
                Potassium

                1. first
                2. second
                  - inner

                Plan:
                Rest at home.
                """)
        #expect(report.kind == "Discharge summary")
        #expect(report.date == "2024-05-06")
        #expect(report.source.format == .ccda)
    }

    @Test("the header gives the patient key and the known identifiers")
    func people() throws {
        let report = try one(Self.document)
        #expect(report.patientKey == "K100200")
        for known in [
            KnownIdentifier(value: "Noor Thorne", label: .name), KnownIdentifier(value: "Beatriz", label: .name),
            KnownIdentifier(value: "Ana Thorne", label: .name), KnownIdentifier(value: "Lena Moss", label: .name),
            KnownIdentifier(value: "950-11-2222", label: .socialSecurityNumber),
            KnownIdentifier(value: "K100200", label: .medicalRecordNumber),
            KnownIdentifier(value: "1961-03-04", label: .date), KnownIdentifier(value: "2024-05-01", label: .date),
            KnownIdentifier(value: "5 Heron Way", label: .location),
            KnownIdentifier(value: "Oak Hospital", label: .location),
            KnownIdentifier(value: "+1(207)555-0142", label: .phone),
            KnownIdentifier(value: "n.t@example.org", label: .email), KnownIdentifier(value: "9912345", label: .other),
        ] {
            #expect(report.knownIdentifiers.contains(known), "\(known.label)")
        }
        #expect(!report.knownIdentifiers.contains { $0.value == "VT" })
    }

    @Test("names of drugs and devices are nobody's")
    func products() throws {
        let entry = """
            <entry><substanceAdministration><consumable><manufacturedProduct><manufacturedMaterial><name>Coumadin</name>
            </manufacturedMaterial><manufacturerOrganization><name>Some Pharma</name></manufacturerOrganization></manufacturedProduct>
            </consumable><performer><assignedEntity><assignedPerson><name><given>Iva</given><family>Kell</family></name></assignedPerson>
            </assignedEntity></performer></substanceAdministration></entry>
            """
        let report = try one(
            Self.document(
                body:
                    "<structuredBody><component><section><text>a</text>\(entry)</section></component></structuredBody>")
        )
        let values = report.knownIdentifiers.map(\.value)
        #expect(values.contains("Kell, Iva"))
        #expect(!values.contains("Coumadin"))
        #expect(!values.contains("Some Pharma"))
    }

    @Test("a document about two patients has no key, one with a social security number alone has that")
    func keys() throws {
        let body = "<structuredBody><component><section><text>a</text></section></component></structuredBody>"
        func key(_ ids: [String]) throws -> String? {
            let roles = ids.map { "<recordTarget><patientRole>\($0)</patientRole></recordTarget>" }.joined()
            return try one(Self.document(body: body, header: roles)).patientKey
        }
        #expect(try key(["<id root='1.2' extension='A1'/>", "<id root='1.2' extension='B2'/>"]) == nil)
        #expect(try key(["<id root='1.2' extension='A1'/>", "<id root='1.2' extension='A1'/>"]) == "A1")
        #expect(try key(["<id root='2.16.840.1.113883.4.1' extension='950-11-2222'/>"]) == "950-11-2222")
        #expect(try key(["<id nullFlavor='MSK' root='1.2' extension='A1'/>"]) == nil)
        #expect(
            try key(["<id root='7d1f2a6e-0b0e-4c1e-9a55-3c5a6f0b9a11'/>"]) == "7D1F2A6E-0B0E-4C1E-9A55-3C5A6F0B9A11")
    }

    @Test(
        "an attached body is decoded",
        arguments: [
            "<text mediaType=\"text/plain\" representation=\"B64\">\(base64("café\r\nb"))</text>",
            "<text mediaType=\"text/rtf\" representation=\"B64\">\n \(base64("{\\rtf1 caf\\'e9\\par b}"))\n</text>",
            "<text mediaType=\"text/html\" representation=\"B64\">\(base64("<p>caf&eacute;<br>b"))</text>",
            "<text mediaType=\"text/plain\">café\nb</text>",
        ])
    func attached(text: String) throws {
        let report = try one(Self.document(body: "<nonXMLBody>\(text)</nonXMLBody>"))
        #expect(report.text == "café\nb")
        #expect(report.source.locator == "nonXMLBody")
        #expect(report.patientKey == "K100200")
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test("a section on its own is read without a patient; an entry has no narrative and is rejected")
    func fragments() throws {
        let report = try one("<section><title>Plan</title><text>Rest.</text></section>")
        #expect(report.text == "Plan:\nRest.")
        #expect(report.patientKey == nil)
        let nested = try one(
            "<component><structuredBody><component><section><text>a</text></section></component></structuredBody></component>"
        )
        #expect(nested.text == "a")
    }

    @Test(
        "what gives no text is rejected with its reason",
        arguments: [
            ("<observation><text>x</text></observation>", ImportRejection.Reason.noReport),
            (document(body: "<structuredBody/>"), .missingText),
            (
                document(
                    body: "<nonXMLBody><text mediaType='application/pdf'><reference value='a.pdf'/></text></nonXMLBody>"
                ), .externalContent
            ),
            (document(body: "<nonXMLBody><text/></nonXMLBody>"), .missingText),
            (document(body: "<nonXMLBody><text representation='B64'>***</text></nonXMLBody>"), .malformed),
            (
                document(body: "<nonXMLBody><text representation='B64' compression='DF'>YQ==</text></nonXMLBody>"),
                .unsupportedContent
            ),
            (
                document(body: "<nonXMLBody><text mediaType='audio/ogg' representation='B64'>YQ==</text></nonXMLBody>"),
                .unsupportedContent
            ),
            (
                "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><ClinicalDocument>&a;</ClinicalDocument>",
                .unsupportedContent
            ),
            ("<ClinicalDocument><component>", .malformed), ("<ClinicalDocument>&x;</ClinicalDocument>", .malformed),
            ("<Bundle xmlns=\"http://hl7.org/fhir\"><id value=\"a\"/></Bundle>", .unsupportedContent),
            (String(repeating: "<a>", count: 5000), .tooDeep),
        ])
    func rejected(text: String, reason: ImportRejection.Reason) throws {
        let (reports, rejections) = try TestVault.outcomes(of: text, name: "a.xml")
        #expect(reports.isEmpty)
        #expect(rejections.map(\.reason) == [reason])
        #expect(rejections.allSatisfy { $0.sentence.hasSuffix(".") })
    }

    @Test("documents inside of documents end at the second")
    func nesting() throws {
        func wrap(_ text: String) -> String {
            Self.document(
                body:
                    "<nonXMLBody><text mediaType=\"text/xml\" representation=\"B64\">\(Self.base64(text))</text></nonXMLBody>"
            )
        }
        let inner = Self.document(
            body: "<structuredBody><component><section><text>deep</text></section></component></structuredBody>")
        #expect(try one(wrap(inner)).text == "Discharge letter\n\ndeep")
        let many = (0..<6).reduce(inner) { text, _ in wrap(text) }
        #expect(try TestVault.outcomes(of: many, name: "a.xml").rejections.map(\.reason) == [.missingText])
    }
}
