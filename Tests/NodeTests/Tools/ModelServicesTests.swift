import ConsiliumCore
import ConsiliumTesting
import Foundation
import LanguageModels
import Tensors
import Testing
import Tokenizers

@testable import Node

@Suite("Logits, tokens and scores from files")
struct ModelServicesTests {
    let folder: TemporaryFolder
    let model = NodeFixture.demoBase

    init() throws { folder = try TemporaryFolder() }

    private func evaluate(
        _ lines: String, window: Int = 64, threads: Int = 1, adapter: URL? = nil
    ) throws -> PerplexityService.Outcome {
        try PerplexityService.run(
            model: model, adapter: adapter, data: folder.write("data.jsonl", lines), window: window,
            threads: threads, progress: { _ in })
    }

    @Test("logits are written as one tensor, a row for each token, and rows don't depend on later tokens")
    func logits() throws {
        let vocabulary = try LanguageModel.load(from: model).configuration.vocabularySize
        let outcome = try LogitsService.run(
            model: model, adapter: nil, ids: "5, 6,7", out: folder.path("l.safetensors"))
        #expect(outcome.shape == [3, vocabulary])
        let file = try SafetensorsFile(url: folder.path("l.safetensors"))
        #expect(file.tensorNames == ["logits"])
        #expect(try file.entry("logits").shape == [3, vocabulary])
        let values = try file.floats("logits")
        #expect(values.allSatisfy { $0.isFinite })
        _ = try LogitsService.run(model: model, adapter: nil, ids: "5,6,7,8", out: folder.path("m.safetensors"))
        let longer = try SafetensorsFile(url: folder.path("m.safetensors")).floats("logits")
        #expect(zip(values, longer).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test("ids that are no numbers are refused", arguments: ["", "1,,2", "a", "1;2", "1.5", "99999999999"])
    func badIDs(ids: String) throws {
        let error = try #require(throws: NodeError.self) {
            try LogitsService.run(model: model, adapter: nil, ids: ids, out: folder.path("l.safetensors"))
        }
        #expect(error.code == .badInput)
        #expect(!FileManager.default.fileExists(atPath: folder.path("l.safetensors").path))
    }

    @Test("ids outside the vocabulary are refused", arguments: ["-1", "1,1000000"])
    func outsideVocabulary(ids: String) {
        #expect(throws: LanguageModelsError(.invalidTokens, "")) {
            try LogitsService.run(model: model, adapter: nil, ids: ids, out: folder.path("l.safetensors"))
        }
    }

    @Test("a text line becomes a line of ids that decode to the text")
    func tokenize() throws {
        let texts = ["The heart is normal.", "", "naïve 病院 🩻", " two  spaces\n"]
        let input = try texts.map { String(decoding: try JSONEncoder().encode(["text": $0]), as: UTF8.self) }
        let outcome = try TokenizeService.run(
            folder: model, input: folder.write("in.jsonl", input.joined(separator: "\n\n")),
            output: folder.path("out.jsonl"), progress: { _ in })
        #expect(outcome.lines == 4)
        let tokenizer = try Tokenizer.load(from: model)
        let rows = String(decoding: try DurableFile.read(folder.path("out.jsonl")), as: UTF8.self).split(
            separator: "\n")
        let ids = try rows.map { try JSONDecoder().decode([String: [Int32]].self, from: Data($0.utf8))["ids"] ?? [] }
        #expect(ids.map { tokenizer.decode($0) } == texts)
        #expect(outcome.tokens == ids.reduce(0) { $0 + $1.count })
        #expect(ids[1].isEmpty)
    }

    @Test(
        "a line without text is refused by its number, and no output is left",
        arguments: ["Miller", "{}", #"{"text":1}"#])
    func tokenizeBadLine(line: String) throws {
        let error = try #require(throws: NodeError.self) {
            try TokenizeService.run(
                folder: model, input: folder.write("in.jsonl", "{\"text\":\"a\"}\n\(line)\n"),
                output: folder.path("out.jsonl"), progress: { _ in })
        }
        #expect(error.code == .badInput)
        #expect(error.message.hasPrefix("in.jsonl, line 2"))
        #expect(!error.message.contains("Miller"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("out.jsonl").path))
    }

    @Test("texts are scored per token and per byte, and medical text better than noise")
    func texts() throws {
        let medical = try evaluate(
            """
            {"text":"The symptoms of heart disease include chest pain and shortness of breath.","patient":"a"}
            {"text":"Treatment depends on the cause of the disease.","patient":"b"}
            """)
        #expect(medical.task == "perplexity")
        #expect(medical.documents == 2)
        #expect(abs(medical.perplexity - exp(medical.loss)) < 1e-6 * medical.perplexity)
        let bits = try #require(medical.bitsPerByte)
        let bytes = 73.0 + 46
        #expect(abs(bits - medical.loss * Double(medical.tokens) / log(2) / bytes) < 1e-6)
        let interval = try #require(medical.interval)
        #expect(interval[0] <= medical.perplexity && medical.perplexity <= interval[1])
        let noise = try evaluate(#"{"text":"xq zvj qqk wjx zzp vkq xjw qpz jkv wqx"}"#)
        #expect(try #require(noise.bitsPerByte) > 1.5 * bits)
    }

    @Test("the window changes what is known of the past, never how much is scored", arguments: [1, 8, 64, Int.max])
    func windows(window: Int) throws {
        let text = #"{"text":"The symptoms of heart disease include chest pain and shortness of breath."}"#
        let whole = try evaluate(text)
        let cut = try evaluate(text, window: window)
        #expect(cut.tokens == whole.tokens)
        #expect(cut.loss > whole.loss - 1e-6)
    }

    @Test("labelled lines are scored on their labels alone")
    func labels() throws {
        let all = try evaluate(#"{"input_ids":[5,6,7,8]}"#)
        #expect(all.tokens == 3)
        #expect(all.bitsPerByte == nil)
        let some = try evaluate(#"{"input_ids":[5,6,7,8],"labels":[-100,-100,7,8]}"#)
        #expect(some.tokens == 2)
        let pairs = try evaluate(#"{"prompt":"Is it well?","response":"Yes."}"#)
        #expect(pairs.tokens >= 2)
        #expect(throws: NodeError.code(.badInput)) {
            try evaluate(#"{"input_ids":[5,6,7],"labels":[-100,-100,-100]}"#)
        }
    }

    @Test("an adapter that does nothing scores like none")
    func adapter() throws {
        let configuration = try LanguageModel.load(from: model).configuration
        try LoRAAdapter(configuration: LoRAConfiguration(rank: 2), for: configuration, seed: 1)
            .save(to: folder.path("adapter"), baseModel: "demo-base")
        let line = #"{"text":"The heart is normal."}"#
        let with = try evaluate(line, adapter: folder.path("adapter"))
        #expect(try abs(with.loss - evaluate(line).loss) < 1e-6)
    }

    @Test("windows and threads without sense are refused by name")
    func refusals() throws {
        for window in [0, -1, Int.min] {
            #expect(throws: NodeError.code(.badInput)) { try evaluate("{\"text\":\"x\"}", window: window) }
        }
        for threads in [0, -1, 100_000] {
            #expect(throws: NodeError.code(.badInput)) { try evaluate("{\"text\":\"x\"}", threads: threads) }
        }
    }

    @Test("sample reports: unknown names and counts are refused, and the same seed writes the same bytes")
    func sampleReports() throws {
        func write(
            _ specialty: String = "cardiology", _ count: Int = 3, _ format: String = "csv", to name: String = "a"
        )
            throws -> SampleReportService.Outcome
        {
            try SampleReportService.write(
                specialty: specialty, count: count, seed: 4, format: format, to: folder.path(name), truth: nil)
        }
        let unknown = try #require(throws: NodeError.self) { try write("astrology") }
        #expect(unknown.code == .badInput)
        #expect(unknown.message.contains("family-medicine"))
        #expect(throws: NodeError.code(.badInput)) { try write("cardiology", 3, "docx") }
        for count in [0, -1, 1_000_001] {
            #expect(throws: NodeError.code(.badInput)) { try write("cardiology", count) }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("a").path))
        let outcome = try write()
        #expect(outcome.reports == 3)
        #expect(outcome.files == 1)
        _ = try write(to: "b")
        #expect(
            try ContentHash(ofFile: folder.path("a/reports.csv")) == ContentHash(ofFile: folder.path("b/reports.csv")))
    }
}
