import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("The filter's own JSON reads and writes what the general one does")
struct FilterLineTests {
    private struct Output: Codable, Equatable {
        var id: String
        var spans: [IdentifierSpan]
        var text: String
        var status: DeidentificationStatus
        var reasons: [String]?
    }

    private static let pieces = [
        "a", "é", "\u{1F600}", "\"", "\\", "/", "\n", "\r", "\t", "\u{8}", "\u{c}", "\u{0}", "\u{1f}", "\u{7f}",
        "\u{2028}",
        " ", "{", "}", "e\u{301}", "中", "\u{10ffff}",
    ]

    @Test("any text is written as the canonical encoder writes it, and read back", arguments: 0..<30)
    func roundTrip(_ seed: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "filter line fuzz")
        func text() -> String {
            (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
            }.joined()
        }
        for _ in 0..<50 {
            let scores: [Double] = [0, 0.5, 1, 0.1 + 0.2, 1e-7, 0.65, Double.random(in: 0...1, using: &generator)]
            let score = scores.randomElement(using: &generator) ?? 0
            let spans = [IdentifierSpan(start: 0, end: 3, label: .ageOver89, score: score)]
            let status = DeidentificationStatus.allCases.randomElement(using: &generator) ?? .clean
            let reasons = Bool.random(using: &generator) ? [] : [text(), text()]
            let output = Output(
                id: text(), spans: spans, text: text(), status: status, reasons: reasons.isEmpty ? nil : reasons)
            var result = try Fixtures.deidentifier().deidentify(text: "x")
            result = DeidentificationResult(
                spans: spans, text: output.text, status: status, receipt: result.receipt, report: nil, reasons: reasons)
            let line = FilterOutputLine(id: output.id, result: result).data
            #expect(try line == CanonicalJSON.encode(output) + Data([0x0a]))
            let members = ["id": output.id, "text": output.text, "patient": text()]
            #expect(try JSONLineScanner.strings(in: CanonicalJSON.encode(members)) == members)
        }
    }

    @Test("any bytes give what the general decoder gives, or are left to it", arguments: 0..<40)
    func agreement(_ seed: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "filter bytes fuzz")
        let base = Array(#" {"id":"a\u00e9\ud83d\ude00","text":"M\"r\\ x\n\/","patient":"p"} "#.utf8)
        for _ in 0..<300 {
            var bytes = base
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: index)
                default: bytes.insert(base[Int.random(in: 0..<base.count, using: &generator)], at: index)
                }
            }
            let line = Data(bytes)
            guard let members = JSONLineScanner.strings(in: line) else { continue }
            #expect(try JSONDecoder().decode([String: String].self, from: line) == members)
        }
    }

    @Test(
        "what the scanner is not sure of is left to the general decoder",
        arguments: [
            "", "{", "{}", #"{"id":1}"#, #"{"id":"a"} x"#, #"{"id":"a","id":"b"}"#, #"{"id":"\ud800"}"#,
            #"{"id":"\x"}"#, #"{"id":"a",}"#, "{\"id\":\"a\u{1}\"}", #"["id"]"#, #"{"id":"\u12"#, #"{"id":"a\"#,
        ])
    func unsure(_ text: String) {
        #expect(JSONLineScanner.strings(in: Data(text.utf8)) == nil)
        #expect(JSONLineScanner.known(in: Data(text.utf8)) == nil)
    }

    @Test("known identifiers are read in any order of members")
    func known() throws {
        let line = #"{"known":[{"label":"NAME","value":"Zorgiebel^A"},{"value":"77","label":"MRN"}],"id":"a"}"#
        let entry = try #require(JSONLineScanner.known(in: Data(line.utf8)))
        #expect(entry.id == "a")
        #expect(
            entry.known == [
                KnownIdentifier(value: "Zorgiebel^A", label: .name),
                KnownIdentifier(value: "77", label: .medicalRecordNumber),
            ])
        #expect(JSONLineScanner.known(in: Data(#"{"id":"a","known":[]}"#.utf8))?.known == [])
        #expect(JSONLineScanner.known(in: Data(#"{"id":"a","known":[{"value":"x","label":"SHOE"}]}"#.utf8)) == nil)
    }

    @Test(
        "a text whose known identifiers can't be read wholly is quarantined, and what can be read is looked for",
        arguments: [
            (#"[{"value":"Zorgiebel","label":"SHOE"}]"#, true), (#"[{"value":"Zorgiebel"}]"#, true),
            (#"[{"value":7,"label":"MRN"},{"value":"Zorgiebel","label":"NAME"}]"#, true), (#"["Zorgiebel"]"#, true),
            (#"[null,{"value":"Zorgiebel","label":null}]"#, true), ("null", false), (#""Zorgiebel""#, false),
        ])
    func partlyKnown(known: String, isFound: Bool) throws {
        var filter = DeidentifyFilter(try Fixtures.deidentifier())
        filter.addKnown(line: Data(#"{"id":"a","known":\#(known)}"#.utf8), number: 1)
        filter.addKnown(line: Data(#"{"id":"b","known":[]}"#.utf8), number: 2)
        #expect(filter.summary.errorCount == 1)
        func output(_ id: String) throws -> (status: String?, text: String?) {
            let line = Data(#"{"id":"\#(id)","text":"flow at zorgiebel is stable"}"#.utf8)
            let output = filter.process(line: line, number: 1)
            let data = try #require(output)
            let members = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            return (members["status"] as? String, members["text"] as? String)
        }
        let quarantined = try output("a")
        #expect(quarantined.status == "quarantine")
        #expect(quarantined.text?.contains("zorgiebel") == !isFound)
        #expect(try output("b").status == "clean")
    }

    @Test("a file of another kind fills no list without end")
    func errorLimit() throws {
        var filter = DeidentifyFilter(try Fixtures.deidentifier())
        for number in 1...1500 { #expect(filter.process(line: Data("no".utf8), number: number) == nil) }
        #expect(filter.summary.errorCount == 1500)
        #expect(filter.summary.errors.count == DeidentifyFilter.Summary.errorLimit)
        #expect(filter.summary.exitCode == 65)
    }
}
