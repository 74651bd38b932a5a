import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Reports

/// Damaged and hostile input for every reader. A reader must give an outcome for each, in bounded time, and never a crash:
/// a trap would end the whole run.
@Suite("Readers of damaged input")
struct ReaderMutationTests {
    struct Seed: Sendable, CustomTestStringConvertible {
        var format: ReportFormat
        var name: String
        var data: Data
        var testDescription: String { name }
    }

    static let seeds: [Seed] = {
        let hl7 =
            "MSH|^~\\&|A|Oak|B|C|20240105||ORU^R01|1|P|2.5\rPID|1||K100^^^OAK^MR||Thorne^Noor||19610304\rOBR|1||55|X^Echo|||20240105\rOBX|1|TX|||a\\.br\\b\\X41\\\\T\\\rOBX|2|ED|||^TEXT^PLAIN^Base64^YWJj\r"
        let fhir =
            "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":\"Patient/p\"}}]}},{\"resource\":{\"resourceType\":\"DocumentReference\",\"subject\":{\"reference\":\"Patient/p\"},\"content\":[{\"attachment\":{\"contentType\":\"text/html\",\"data\":\"PHA+YTwvcD4=\"}}]}},{\"resource\":{\"resourceType\":\"Composition\",\"section\":[{\"title\":\"T\",\"text\":{\"div\":\"<div><table><tr><td>a<td>b</table></div>\"}}]}}]}"
        let html =
            "<html><body><table><tr><td>a<td>b<tr><td><ul><li>x<li>y</ul></table><p>c&eacute;&#233;<pre> d\n e</pre></body></html>"
        let rich =
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\*\\x y}\\uc1 caf\\'e9 \\u8805? \\bin3 abc\\par\\tab x\\cell\\row}"
        return [
            Seed(format: .ccda, name: "a.xml", data: Data(CCDAReaderTests.document.utf8)),
            Seed(format: .hl7, name: "a.hl7", data: Data(hl7.utf8)),
            Seed(format: .fhir, name: "a.json", data: Data(fhir.utf8)),
            Seed(
                format: .json, name: "b.json",
                data: Data("[{\"text\":\"a\\u00e9\",\"mrn\":\"1\"},{\"text\":\"b\"}]".utf8)),
            Seed(format: .json, name: "b.jsonl", data: Data("{\"text\":\"a\",\"mrn\":1}\n{\"text\":\"b\"}\n".utf8)),
            Seed(format: .csv, name: "a.csv", data: Data("mrn,report\r\n1,\"a \"\"b\"\"\nc\"\r\n2,d\r\n".utf8)),
            Seed(format: .txt, name: "a.txt", data: Data("MRN: 7\nPatient: A B\n\nText “é”.\r\n".utf8)),
            Seed(format: .txt, name: "a.html", data: Data(html.utf8)),
            Seed(format: .txt, name: "a.rtf", data: Data(rich.utf8)),
        ]
    }()

    private static func outcomes(_ data: Data, _ name: String, _ format: ReportFormat?, _ importer: ReportImporter)
        throws
        -> Int
    {
        var outcomes = 0
        try importer.read(SourceFile(name: name, data: data), format: format) { outcome in
            switch outcome {
            case .report(let report): if !report.text.isEmpty { outcomes += 1 }
            case .rejected(let rejection): if rejection.sentence.hasSuffix(".") { outcomes += 1 }
            case .mapping: break
            }
        }
        return outcomes
    }

    /// More of them where somebody has the time: `CONSILIUM_FUZZ_ROUNDS=100000 swift test --filter ReaderMutation`.
    private var rounds: Int { ProcessInfo.processInfo.environment["CONSILIUM_FUZZ_ROUNDS"].flatMap(Int.init) ?? 300 }

    /// Flips, cuts, splices and repeats; a third of the results carry another format's bytes.
    private static func mutated(_ data: Data, _ others: [Data], _ generator: inout ReproducibleGenerator) -> Data {
        var bytes = [UInt8](data)
        for _ in 0...Int.random(in: 0..<4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes.removeSubrange(place...)
            case 3: bytes.removeSubrange(place..<min(place + Int.random(in: 1..<40, using: &generator), bytes.count))
            case 4:
                let end = min(place + Int.random(in: 1..<60, using: &generator), bytes.count)
                let chunk = Array(bytes[place..<end])
                for _ in 0..<Int.random(in: 1..<50, using: &generator) { bytes.insert(contentsOf: chunk, at: place) }
            case 5:
                let other = others[Int.random(in: 0..<others.count, using: &generator)]
                bytes.insert(contentsOf: other.prefix(Int.random(in: 0...other.count, using: &generator)), at: place)
            case 6:
                bytes.insert(
                    contentsOf: [UInt8](repeating: [0, 10, 34, 60, 38, 92, 123, 124][place % 8], count: 30), at: place)
            default:
                let word = [
                    "&#x10FFFF;", "\u{FEFF}", "]]>", "<!--", "\\u-1 ", "\\X4", "\r", "\"\"", "{{{{", "&amp", "\\bin99 ",
                ]
                bytes.insert(contentsOf: Array(word[place % word.count].utf8), at: place)
            }
        }
        return Data(bytes)
    }

    @Test("mutated records give an outcome each", arguments: seeds)
    func mutations(seed: Seed) throws {
        let importer = try ReportImporter()
        var generator = ReproducibleGenerator(seed: 20_240_506, label: seed.name)
        let others = Self.seeds.map(\.data)
        let start = ContinuousClock.now
        var silent = 0
        for round in 0..<rounds {
            let data = Self.mutated(seed.data, others, &generator)
            // By its format, and every third time as the import itself would take it. Pictures and PDFs cost a process each.
            let detected = FormatDetector.detect(data, fileName: seed.name)
            let format = round % 3 == 0 && detected != .pdf && detected != .image ? nil : seed.format
            if try Self.outcomes(data, seed.name, format, importer) == 0 { silent += 1 }
        }
        #expect(silent == 0)
        #expect(ContinuousClock.now - start < .seconds(max(60, rounds / 5)))
    }

    @Test("every beginning of a record gives an outcome", arguments: seeds)
    func truncations(seed: Seed) throws {
        let importer = try ReportImporter()
        for length in stride(from: 0, to: seed.data.count, by: max(seed.data.count / 300, 1)) {
            #expect(try Self.outcomes(seed.data.prefix(length), seed.name, seed.format, importer) > 0, "\(length)")
        }
    }

    @Test(
        "public samples survive mutation", .enabled(if: SharedData.isPresent, "needs ../shared"),
        arguments: ["fhir", "hl7v2", "ccda"])
    func samples(name: String) throws {
        let folder = try #require(SharedData.file("data/\(name)"))
        let formats: [String: ReportFormat] = ["fhir": .fhir, "hl7v2": .hl7, "ccda": .ccda]
        let importer = try ReportImporter()
        var generator = ReproducibleGenerator(seed: 7, label: name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        for file in files where !file.hasSuffix(".md") && !file.hasSuffix(".jsonl") {
            let data = try Data(contentsOf: folder.appendingPathComponent(file))
            // Attached PDFs would start a process for each of the mutations.
            guard data.count < 60_000, data.range(of: Data("JVBERi".utf8)) == nil else { continue }
            for _ in 0..<2 {
                let damaged = Self.mutated(data, [data], &generator)
                #expect(try Self.outcomes(damaged, file, formats[name], importer) > 0, "\(file)")
            }
        }
    }

    @Test("damaged PDF files and pictures end in a report or a sentence", .enabled(if: DocumentTools.canReadScans))
    func documents() throws {
        let importer = try ReportImporter(
            ImportConfiguration(recognition: TextRecognition(maximumPages: 2, secondsPerPage: 20)))
        let pdf = DocumentTools.pdf(["MRN: 7001\nFINDINGS: The lungs are clear and the heart is of normal size."])
        let png = try DocumentTools.drawn(DocumentTools.pdf(["Text"]), resolution: 40)
        var generator = ReproducibleGenerator(seed: 99, label: "documents")
        for (data, format) in [(pdf, ReportFormat.pdf), (png, .image)] {
            for _ in 0..<12 {
                let damaged = Self.mutated(data, [data], &generator)
                #expect(try Self.outcomes(damaged, "a", format, importer) == 1)
            }
        }
    }

    @Test(
        "what looks expensive is not: hostile shapes are done within seconds",
        arguments: [ReportFormat.ccda, .hl7, .fhir, .csv, .txt])
    func hostileShapes(format: ReportFormat) throws {
        let importer = try ReportImporter()
        let million = 300_000
        func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
        let shapes: [ReportFormat: [String]] = [
            .ccda: [
                times("<a>", million), "<section><text>\(times("<table><tr><td>", 80))x</text></section>",
                "<section><text>\(times("<list><item>", 120))x\(times("</item></list>", 120))</text></section>",
                "<section><text>\(times("&#65;", million))</text></section>",
                "<section><text>\(times("<table><tr><td>x</td></tr></table>", 50_000))</text></section>",
                "<section>\(times("<!-- - - -->", 100_000))<text>x</text></section>",
                "<section><text>\(times("<br/>", 100_000))x</text></section>",
            ],
            .hl7: [
                "MSH|^~\\&|A|B|C|D|1||ORU^R01|1|P|2.5\r" + times("OBX|1|TX|||a\r", 200_000),
                "MSH|^~\\&|A|B|C|D|1||ORU^R01|1|P|2.5\rOBX|1|TX|||" + times("\\", million),
                "MSH|^~\\&|A|B|C|D|1||ORU^R01|1|P|2.5\rOBX|1|TX|||" + times("~", million),
                times("MSH|^~\\&\r", 100_000),
                "MSH|^~\\&|A|B|C|D|1||ORU^R01|1|P|2.5\r" + times("OBX|1|ED|N||^AP^PDF^Base64^QUJD\r", 50_000),
                "MSH|^~\\&|A|B|C|D|1||ORU^R01|1|P|2.5\r" + times("PID|1||1\rOBR|1\r", 20_000),
            ],
            .fhir: [
                times("[", million),
                "{\"resourceType\":\"Composition\",\"text\":{\"div\":\"\(times("<div>", 200_000))x\"}}",
                "{\"resourceType\":\"Composition\",\"text\":{\"div\":\"\(times("<", million))\"}}",
                "{\"resourceType\":\"Composition\",\"text\":{\"div\":\"\(times("&", million))\"}}",
                "{\"resourceType\":\"Composition\",\"text\":{\"div\":\"\(times("<p ", 300_000))\"}}",
                "{\"resourceType\":\"Composition\",\"text\":{\"div\":\"\(times("<!--", 300_000))\"}}",
                "{\"resourceType\":\"Composition\",\"text\":{\"div\":\"\(times("<script>", 100_000))\"}}",
                "{\"resourceType\":\"Composition\",\"text\":{\"div\":\"\(times("<table><tr><td>", 100_000))\"}}",
            ],
            .csv: [
                times(",", million), "report\n" + times("\"", million), "report\n" + times("a\n", 100_000),
                times("a,b\n\n", 100_000),
            ],
            .txt: [
                times("a", 40 * million), times("MRN: 1 ", 500_000), times("\r", million),
                "{\\rtf1 " + times("{", million),
                "{\\rtf1 " + times("\\par ", 300_000) + "x}", "<html>" + times("<td>", 300_000) + "x",
                times(" ", million) + "1 x, XX 12345",
            ],
        ]
        for shape in shapes[format] ?? [] {
            let start = ContinuousClock.now
            #expect(try Self.outcomes(Data(shape.utf8), "a", format, importer) > 0)
            #expect(ContinuousClock.now - start < .seconds(30), "\(shape.prefix(60))")
        }
    }

    @Test(
        "a text of 100 MB is refused by its size, in every format",
        arguments: [ReportFormat.txt, .csv, .json, .hl7, .fhir])
    func hugeNotes(format: ReportFormat) throws {
        let heads: [ReportFormat: String] = [
            .txt: "MRN: 7\n", .csv: "mrn,report\n1,", .json: "[{\"text\":\"", .fhir: "{\"resourceType\":\"",
            .hl7: "MSH|^~\\&|A|B|C|D|1||ORU^R01|1|P|2.5\rOBX|1|TX|||",
        ]
        let data = Data(try #require(heads[format]).utf8) + Data(repeating: UInt8(ascii: "a"), count: 100 << 20)
        var reasons: [ImportRejection.Reason] = []
        let start = ContinuousClock.now
        try ReportImporter().read(SourceFile(name: "a", data: data), format: format) { outcome in
            if case .rejected(let rejection) = outcome { reasons.append(rejection.reason) }
        }
        #expect(reasons == [.tooLong])
        #expect(ContinuousClock.now - start < .seconds(60))
    }
}
