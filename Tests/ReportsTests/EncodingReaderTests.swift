import Foundation
import Testing

@testable import Reports

@Suite("Encodings that nobody declared")
struct EncodingReaderTests {
    private func read(_ data: Data, _ name: String) throws -> (
        texts: [String], shown: [String], rejected: [ImportRejection.Reason]
    ) {
        var texts: [String] = []
        var shown: [String] = []
        var rejected: [ImportRejection.Reason] = []
        try ReportImporter(ImportConfiguration(textEncoding: .utf8)).read(SourceFile(name: name, data: data)) {
            outcome in
            switch outcome {
            case .report(let report): texts.append(report.text)
            case .mapping(let fields): shown += fields["encoding"].map { [$0] } ?? []
            case .rejected(let rejection): rejected.append(rejection.reason)
            }
        }
        return (texts, shown, rejected)
    }

    private static func narrow(_ text: String) -> Data {
        Data(
            text.unicodeScalars.map { scalar in
                (0...255).first { TextDecoding.windows1252Scalar($0) == scalar } ?? UInt8(ascii: "?")
            })
    }

    @Test(
        "Windows-1252 is read where nothing else fits, and told",
        arguments: [
            "El paciente Núñez refiere dolor torácico desde ayer.", "Patient’s café au lait spots measure 3 mm.",
            "MÜLLER, Jürgen: 37,5 °C, naïve patient; Lasègue negative – see note.", "¿Dónde? Año 2023, µg/dL, garçon",
        ])
    func western(text: String) throws {
        let found = try read(Self.narrow(text), "a.txt")
        #expect(found.texts == [text])
        #expect(found.shown.count == 1)
        #expect(found.shown.first?.hasPrefix("Windows-1252") == true)
    }

    /// DOS (é is 0x82), Mac (é is 0x8E), Russian, Greek, Polish, a lone letter, a lone letter in a line.
    private static let unclear: [[UInt8]] = [
        Array("caf".utf8) + [0x82] + Array(" au lait".utf8), Array("caf".utf8) + [0x8E] + Array(" au lait".utf8),
        [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], [0xE1, 0xF3, 0xE8, 0xE5, 0xED, 0xDE, 0xF2],
        Array("Micha".utf8) + [0xB3] + Array(" ma to".utf8), [0xE9], Array("10 ".utf8) + [0xE9],
    ]

    @Test("bytes that could mean several texts are never guessed", arguments: unclear.map { Data($0) })
    func ambiguous(data: Data) throws {
        let found = try read(data, "a.txt")
        #expect(found.texts.isEmpty)
        #expect(found.rejected == [.undecodable])
    }

    @Test("UTF-16 without a mark is known by its zeros, and told", arguments: [true, false])
    func wide(isLittle: Bool) throws {
        let text = "Findings: clear lungs, café."
        let data = Data(
            text.utf16.flatMap { unit -> [UInt8] in
                let bytes = [UInt8(unit >> 8), UInt8(unit & 255)]
                return isLittle ? bytes.reversed() : bytes
            })
        let found = try read(data, "a")
        #expect(found.texts == [text])
        #expect(found.shown.first?.hasPrefix(isLittle ? "UTF-16LE" : "UTF-16BE") == true)
    }

    @Test("a table in Windows-1252 is read whole and told; one with an unclear row loses that row")
    func tables() throws {
        let table = try read(Self.narrow("mrn,report\n1,café torácico\n2,“quoted” text\n"), "a.csv")
        #expect(table.texts == ["café torácico", "“quoted” text"])
        #expect(table.shown.count == 1)
        let unclear = try read(Data("mrn,report\n1,good\n2,".utf8) + Data([0x82, 0x8E]) + Data("\n".utf8), "a.csv")
        #expect(unclear.texts == ["good"])
        #expect(unclear.rejected == [.undecodable])
        #expect(unclear.shown.isEmpty)
    }

    @Test("proper UTF-8 is read without a word")
    func plain() throws {
        let found = try read(Data("Núñez – 37 °C".utf8), "a.txt")
        #expect(found.texts == ["Núñez – 37 °C"])
        #expect(found.shown.isEmpty)
    }

    @Test(
        "NUL characters are refused, however they are written",
        arguments: [
            ("[{\"mrn\":\"1\",\"text\":\"a\\u0000b\"}]", "a.json"), ("mrn,report\n1,a\u{0}b\n", "a.csv"),
            ("{\\rtf1 a\\u0 b}", "a.rtf"), ("a\u{0}b", "a.txt"),
            ("MSH|^~\\&|A|B|C|D|1||ORU^R01|1|P|2.5\rOBX|1|TX|||a\\X00\\b\r", "a.hl7"),
        ])
    func zeros(text: String, name: String) throws {
        let found = try read(Data(text.utf8), name)
        #expect(found.texts.isEmpty)
        #expect(found.rejected == [.binary])
    }
}
