import ConsiliumCore
import ConsiliumTesting
import Evaluation
import Foundation
import Testing

@testable import Node

@Suite("Evaluating from files")
struct EvaluationServiceTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func request(_ task: EvaluationRequest.Task, _ lines: String) throws -> EvaluationRequest {
        EvaluationRequest(task: task, model: NodeFixture.demoBase, data: try folder.write("data.jsonl", lines))
    }

    private func json(_ request: EvaluationRequest) throws -> [String: Any] {
        let outcome = try EvaluationService.run(request) { _ in }
        let data = try CanonicalJSON.encode(outcome)
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private static let questions = """
        {"id":"q1","source":"one","question":"Which organ pumps blood?","options":{"A":"heart","B":"liver"},"answer":"A"}
        {"id":"q2","source":"one","question":"Which organ filters blood?","options":["lung","kidney","spleen"],"answer":1}
        {"id":"q3","source":"two","question":"What is measured in mmHg?","options":["pressure","mass"],"answer":"pressure"}

        """

    @Test("multiple choice has the figures at the top, intervals for each model, sources, and a sample a line")
    func multipleChoice() throws {
        var request = try request(.mcq, Self.questions)
        request.samples = folder.path("samples.jsonl")
        let result = try json(request)
        #expect(result["task"] as? String == "mcq" && result["items"] as? Int == 3)
        for name in ["acc", "acc_norm", "acc_bytes"] {
            let value = try #require(result[name] as? Double)
            #expect((0...1).contains(value))
        }
        #expect((result["sources"] as? [Any])?.count == 2)
        let samples = try String(contentsOf: folder.path("samples.jsonl"), encoding: .utf8).split(separator: "\n")
        #expect(samples.count == 3 && samples[1].contains("\"q2\""))
        #expect(!samples.joined().contains("organ"))
    }

    @Test("an adapter that changes nothing is neither better nor worse, and the report says so")
    func comparison() throws {
        _ = try TrainService.run(
            {
                var train = TrainRequest(
                    model: NodeFixture.demoBase,
                    data: try folder.write("train.jsonl", "{\"text\":\"The heart is normal in size.\"}\n"),
                    out: folder.path("adapter"), adapter: nil)
                train.steps = 1
                train.learningRate = 1e-12
                return train
            }()
        ) { _ in }
        var request = try request(
            .perplexity, (1...6).map { "{\"text\":\"Report \($0): the lungs are clear.\"}\n" }.joined())
        request.adapters = [.init(name: "common", folder: folder.path("adapter"))]
        request.comparesBase = true
        request.report = folder.path("page.html")
        let outcome = try EvaluationService.run(request) { _ in }
        #expect(outcome.models.map(\.name) == ["common", "base"])
        let comparison = try #require(outcome.comparisons.first)
        #expect(comparison.metrics.allSatisfy { abs($0.difference.value) < 1e-5 })
        #expect(outcome.benefit?.choice == .common)
        let page = try String(contentsOf: folder.path("page.html"), encoding: .utf8)
        #expect(page.contains("common adapter + local steps") && page.contains("not measured"))
        // What the page for clinicians and the model's card will show.
        let record = try #require(EvaluationRecord(folder: folder.path("adapter")))
        let names = record.figures.map(\.name)
        #expect(names.contains("bits_per_byte") && names.contains("date") && names.contains("data"))
        request.keepsRecord = false
        try FileManager.default.removeItem(at: folder.path("adapter/\(EvaluationRecord.fileName)"))
        _ = try EvaluationService.run(request) { _ in }
        #expect(EvaluationRecord(folder: folder.path("adapter")) == nil)
    }

    @Test("given texts are scored without generating, and generated ones by the model")
    func generation() throws {
        let given = try json(
            request(
                .generation,
                #"{"prompt":"CT: no nodule of 5 mm.","prediction":"No nodule of 6 mm.","response":"No nodule of 6 mm."}"#
            ))
        #expect(given["exact_match"] as? Double == 1 && given["rougeL"] as? Double == 1)
        #expect(given["bleu"] as? Double ?? 0 > 99 && given["numbers_supported"] as? Double == 0)
        var request = try request(.generation, #"{"prompt":"The heart","response":"is normal","patient":7}"#)
        request.maximumTokens = 4
        request.samples = folder.path("s.jsonl")
        _ = try json(request)
        #expect(try String(contentsOf: folder.path("s.jsonl"), encoding: .utf8).contains("\"text\""))
    }

    @Test("classes by label words")
    func classification() throws {
        let lines = """
            {"text":"No acute findings.","label":"normal"}
            {"text":"Large mass.","label":"abnormal"}

            """
        let result = try json(request(.classification, lines))
        for name in ["accuracy", "f1_macro", "f1_micro", "auroc"] { #expect(result[name] is Double, "\(name)") }
    }

    @Test(
        "lines that can't be scored are refused with their number and without their text",
        arguments: [
            (EvaluationRequest.Task.mcq, #"{"question":"secret","options":["a","b"]}"#),
            (.mcq, #"{"question":"secret","options":["a","b"],"answer":"Q"}"#), (.mcq, "secret"), (.mcq, "\n \n"),
            (.generation, #"{"prompt":"secret"}"#), (.generation, #"{"response":"secret"}"#), (.generation, "[]"),
            (.classification, #"{"text":"secret"}"#), (.classification, #"{"label":"secret"}"#),
            (.classification, #"{"text":"secret","label":"one"}"#), (.perplexity, #"{"secret":1}"#),
        ])
    func malformed(task: EvaluationRequest.Task, line: String) throws {
        let request = try request(task, line)
        let error = try #require(throws: NodeError.self) { try EvaluationService.run(request) { _ in } }
        #expect(error.code == .badInput && !error.message.contains("secret"))
    }

    @Test("options that make no sense are refused")
    func options() throws {
        let changes: [@Sendable (inout EvaluationRequest) -> Void] = [
            { $0.shots = -1 }, { $0.shots = 65 }, { $0.prompt = "nonsense" }, { $0.window = 0 },
            { $0.maximumTokens = 0 },
            { $0.threads = 0 }, { $0.adapters = [.init(name: "base", folder: $0.model)] },
        ]
        for change in changes {
            var request = try request(.mcq, Self.questions)
            change(&request)
            #expect(throws: NodeError.code(.badInput)) { try EvaluationService.run(request) { _ in } }
        }
        #expect(EvaluationRequest.Adapter(typed: "local=some/dir").name == "local")
        #expect(EvaluationRequest.Adapter(typed: "some/dir=x").name == "adapter")
    }
}
