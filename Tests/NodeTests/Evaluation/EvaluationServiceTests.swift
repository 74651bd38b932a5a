import ConsiliumCore
import ConsiliumTesting
import Evaluation
import Foundation
import LanguageModels
import Testing
import Tokenizers

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

    /// What transformers and scikit-learn make of a tiny BERT classifier: `scripts/evaluation/classifier_vectors.py`.
    private struct Classifier: Decodable {
        struct Line: Decodable {
            var text: String
            var label: String
            var ids: [Int32]
            var logits: [Double]
            var probabilities: [Double]
        }

        var lines: [Line]
        var accuracy: Double
        var f1Macro: Double
        var f1Micro: Double
        var auroc: Double

        private enum CodingKeys: String, CodingKey {
            case lines, accuracy, auroc
            case f1Macro = "f1_macro"
            case f1Micro = "f1_micro"
        }

        static let folder = SharedData.packageRoot.appendingPathComponent("Tests/EvaluationTests/Vectors/classifier")

        static func load() throws -> Classifier {
            try JSONDecoder().decode(Self.self, from: Data(contentsOf: folder.appendingPathComponent("expected.json")))
        }
    }

    @Test("a BERT classifier's own head gives transformers' tokens and logits, and scikit-learn's figures")
    func classifierHead() throws {
        let expected = try Classifier.load()
        let model = try LanguageModel.load(from: Classifier.folder)
        let tokenizer = try Tokenizer.load(from: Classifier.folder)
        for line in expected.lines {
            let logits = try model.logits(ids: line.ids)
            #expect(logits.count == 3 && zip(logits, line.logits).allSatisfy { abs(Double($0) - $1) < 1e-4 })
            if line.ids.count < 48 { #expect(try tokenizer.encodeWithSpecialTokens(line.text) == line.ids) }
        }
        let data = try expected.lines.map {
            String(decoding: try CanonicalJSON.encode(["text": $0.text, "label": $0.label]), as: UTF8.self)
        }
        var request = try request(.classification, data.joined(separator: "\n"))
        request.model = Classifier.folder
        request.samples = folder.path("samples.jsonl")
        let result = try json(request)
        for (name, value) in [
            ("accuracy", expected.accuracy), ("f1_macro", expected.f1Macro), ("f1_micro", expected.f1Micro),
            ("auroc", expected.auroc),
        ] { #expect(abs((result[name] as? Double ?? -1) - value) < 1e-9, "\(name)") }
        struct Sample: Decodable { var scores: [Double] }
        let samples = try String(contentsOf: folder.path("samples.jsonl"), encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Sample.self, from: Data($0.utf8)).scores
        }
        #expect(samples.count == expected.lines.count)
        // Also of the text that is longer than the model's positions.
        for (scores, line) in zip(samples, expected.lines) {
            #expect(zip(scores, line.probabilities).allSatisfy { abs($0 - $1) < 1e-4 })
        }
    }

    @Test("a classifier's classes may be given by number; labels of the caller's own and unknown ones are refused")
    func classifierLabels() throws {
        var request = try request(.classification, #"{"text":"No fracture.","label":2}"#)
        request.model = Classifier.folder
        #expect(try json(request)["items"] as? Int == 1)
        request.labels = ["a", "b"]
        #expect(throws: NodeError.code(.badInput)) { try EvaluationService.run(request) { _ in } }
        request = try self.request(.classification, #"{"text":"No fracture.","label":"3"}"#)
        request.model = Classifier.folder
        let error = try #require(throws: NodeError.self) { try EvaluationService.run(request) { _ in } }
        #expect(error.message.contains("none of the 3 classes"))
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
