import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("HL7 v2")
struct HL7ReaderTests {
    static let header = "MSH|^~\\&|A|Oak Hospital|B|C|20240105||ORU^R01|1|P|2.5"
    static let patient =
        "PID|1||K100200^^^OAK^MR~950-11-2222^^^^SS||Thorne&van^Noor^B||19610304|F|||5 Heron Way^^Ashgrove^VT^05401||(207) 555-0142"

    private func message(_ segments: [String], ending: String = "\r") -> String {
        segments.map { $0 + ending }.joined()
    }

    @Test("segments may end in CR, LF or CR LF, in frames or in batches", arguments: ["\r", "\n", "\r\n"])
    func endings(ending: String) throws {
        let one = [
            Self.header, Self.patient, "OBR|1||55|X^Echo|||20240105", "OBX|1|TX|||first", "OBX|2|TX|||",
            "OBX|3|TX|||third",
        ]
        let text =
            "FHS|^~\\&\(ending)\u{0B}" + message(one, ending: ending) + "\u{1C}\(ending)" + message(one, ending: ending)
            + "FTS|1\(ending)"
        let (reports, rejections) = try TestVault.outcomes(of: text, name: "x.hl7")
        #expect(rejections.isEmpty)
        #expect(reports.map(\.text) == ["first\n\nthird", "first\n\nthird"])
        #expect(reports.map(\.source.locator) == ["message=1;OBX-5 joined by line", "message=2;OBX-5 joined by line"])
        let report = try #require(reports.first)
        #expect(report.patientKey == "K100200")
        #expect(report.date == "2024-01-05")
        #expect(report.kind == "Echo")
        for known in [
            KnownIdentifier(value: "Noor Thorne", label: .name), KnownIdentifier(value: "Thorne, Noor B", label: .name),
            KnownIdentifier(value: "950-11-2222", label: .socialSecurityNumber),
            KnownIdentifier(value: "1961-03-04", label: .date),
            KnownIdentifier(value: "5 Heron Way", label: .location), KnownIdentifier(value: "05401", label: .location),
            KnownIdentifier(value: "(207) 555-0142", label: .phone),
            KnownIdentifier(value: "Oak Hospital", label: .location),
        ] {
            #expect(report.knownIdentifiers.contains(known), "\(known)")
        }
        #expect(!report.knownIdentifiers.contains { $0.value == "VT" })
    }

    @Test(
        "escape sequences are resolved",
        arguments: [
            (#"a\F\b\S\c\T\d\R\e\E\f"#, "a|b^c&d~e\\f"), (#"one\.br\two\.sp 2\three"#, "one\ntwo\n\nthree"),
            (#"\X48\\X49\"#, "HI"),
            (#"caf\XC3A9\"#, "café"), (#"\H\bold\N\ C:\dir"#, #"bold C:\dir"#), ("p~q", "p\nq"), ("\"\"x", "\"\"x"),
        ])
    func escapes(raw: String, expected: String) throws {
        let (reports, _) = try TestVault.outcomes(
            of: message([Self.header, Self.patient, "OBX|1|FT|||\(raw)"]), name: "x.hl7")
        #expect(reports.map(\.text) == [expected])
    }

    @Test("own separators, documents and several orders are understood")
    func shapes() throws {
        let own =
            "MSH#*~\\&#A#B#C#D#20240105##MDM*T02#1#P#2.5\rPID#1##K7001*** #\rTXA#1#DS#TX#20240106\rOBX#1#TX###a|b^c\r"
        let document = try TestVault.outcomes(of: own, name: "x.hl7").reports
        #expect(document.map(\.text) == ["a|b^c"])
        #expect(document.first?.patientKey == "K7001")
        #expect(document.first?.kind == "DS")
        let orders = message([
            Self.header, Self.patient, "OBR|1||5555", "OBX|1|TX|||one", "OBR|2||6666", "OBX|1|TX|||two", "OBX|2|NM|||3",
        ])
        let two = try TestVault.outcomes(of: orders, name: "x.hl7").reports
        #expect(
            two.map(\.source.locator) == [
                "message=1;OBR=1;OBX-5 joined by line", "message=1;OBR=2;OBX-5 joined by line",
            ])
        #expect(two.map(\.text) == ["one", "two"])
    }

    @Test("an escape character quoted twice in the header is understood")
    func doubledEscape() throws {
        let text = "MSH|^~\\\\&|A|B|C|D|2024||ORU^R01|1\rPID|1||7001\rOBX|1|TX|||a\\T\\b\r"
        #expect(try TestVault.outcomes(of: text, name: "x.hl7").reports.map(\.text) == ["a&b"])
    }

    @Test("nothing of one patient sticks to the next in the same message")
    func patients() throws {
        let second = "PID|2||K300400^^^OAK^MR||Iyer^Keiko"
        let text = message([
            Self.header, Self.patient, "OBR|1||5555", "OBX|1|TX|||one", second, "OBR|2||6666", "OBX|1|TX|||two",
        ])
        let reports = try TestVault.outcomes(of: text, name: "x.hl7").reports
        #expect(reports.map(\.patientKey) == ["K100200", "K300400"])
        #expect(reports.last?.knownIdentifiers.contains { $0.value.contains("Thorne") } == false)
    }

    @Test(
        "what carries no report is rejected with its reason",
        arguments: [
            (["MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5", "PID|1||7"], ImportRejection.Reason.unsupportedMessage),
            ([header, patient, "OBR|1||5", "OBX|1|NM|||3.2"], .noReport), ([header, patient], .noReport),
            ([header, patient, "OBX|1|RP|||http://example.org/1"], .externalContent),
            ([header, patient, "OBX|1|ED|||^application^pdf^Base64^YQ=="], .malformed),
            ([header, patient, "OBX|1|ED|||^audio^ogg^Base64^YQ=="], .unsupportedContent),
            ([header, patient, "OBX|1|ED|||^TEXT^^Base64^!!!"], .malformed),
            ([header, patient, "OBX|1|ED|||^TEXT^^Base64^6Q=="], .undecodable),
            ([header, patient, "OBX|1|ED|||^TEXT^^Base64"], .malformed),
            ([header, patient, "OBX|1|TX|||  "], .missingText),
            (["MSH|^~"], .malformed), (["MSH|^^^^|A"], .malformed), (["PID|1||7"], .malformed),
            (["MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5|||||USA|KOI8-R", "OBX|1|TX|||a"], .undecodable),
        ])
    func rejected(segments: [String], reason: ImportRejection.Reason) throws {
        let (reports, rejections) = try TestVault.outcomes(of: message(segments), name: "x.hl7")
        #expect(reports.isEmpty)
        #expect(rejections.map(\.reason) == [reason])
    }

    @Test("bytes that are not in the declared character set are rejected, and read where Latin-1 is declared")
    func charsets() throws {
        let start = Data("MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5|||||USA|".utf8)
        let rest = Data("\rPID|1||7001\rOBX|1|TX|||caf".utf8) + Data([0xE9, 0x0D])
        #expect(
            try TestVault.outcomes(of: start + Data("8859/1".utf8) + rest, name: "x.hl7").reports.map(\.text) == [
                "café"
            ])
        #expect(try TestVault.outcomes(of: start + rest, name: "x.hl7").rejections.map(\.reason) == [.undecodable])
    }

    @Test(
        "embedded documents are decoded, whole or in pieces, also where they hide in a text field",
        arguments: [
            ["OBX|1|ED|N||^TEXT^PLAIN^Base64^\(base64("caf\u{E9}\r\nb"))"],
            ["OBX|1|ED|N||^text^html^Base64^\(base64("<p>café<br>b</p>"))"],
            ["OBX|1|ED|N||^AP^RTF^Base64^\(base64(rich))"],
            [
                "OBX|1|ED|N||^AP^RTF^Base64^\(base64(rich).prefix(40))",
                "OBX|2|ED|N||^AP^RTF^Base64^\(base64(rich).dropFirst(40))",
            ],
            ["OBX|1|ED|N||^TEXT^^Hex^636166C3A90A62"], ["OBX|1|ED|N||^TEXT^^A^café\\.br\\b"],
            ["OBX|1|TX|N||\(base64(rich))"], ["OBX|1|FT|N||\(rich.replacingOccurrences(of: "\\", with: "\\E\\"))"],
        ])
    func embedded(observations: [String]) throws {
        let (reports, rejections) = try TestVault.outcomes(
            of: message([Self.header, Self.patient] + observations), name: "x.hl7")
        #expect(rejections.isEmpty)
        #expect(reports.map(\.text) == ["café\nb"])
    }

    private static let rich =
        #"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\colortbl;\red0\green0\blue0;}\f0\fs20 caf\'e9\par b\par}"#

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test("a patient whom only a social security number tells apart has that as key")
    func onlySecurityNumber() throws {
        let patient = "PID|1||950-11-2222^^^^SS||Thorne^Noor||19610304"
        let reports = try TestVault.outcomes(of: message([Self.header, patient, "OBX|1|TX|||a"]), name: "x.hl7").reports
        #expect(reports.map(\.patientKey) == ["950-11-2222"])
    }
}
