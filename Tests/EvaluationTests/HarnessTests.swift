import ConsiliumTesting
import Foundation
import LanguageModels
import Testing
import Tokenizers

@testable import Evaluation

/// The values are lm-evaluation-harness's own, of a model in this repository; scripts/evaluation/harness_vectors.py wrote them.
@Suite("Multiple choice is scored as lm-evaluation-harness does it")
struct HarnessTests {
    struct Vectors: Decodable {
        struct Run: Decodable, Sendable, CustomTestStringConvertible {
            var style: String
            var shots: Int
            var items: [Item]
            var figures: [String: Double]
            var logLikelihoods: [[Double]]

            enum CodingKeys: String, CodingKey {
                case style, shots, items, figures
                case logLikelihoods = "log_likelihoods"
            }

            var testDescription: String { "\(style), \(shots) examples" }
        }

        struct Item: Codable, Sendable {
            var question: String
            var context: String?
            var options: [String: String]
            var answer: String
            var source: String
        }

        struct Pair: Decodable {
            var context: String
            var continuation: String
            var contextIDs: [Int32]
            var ids: [Int32]

            enum CodingKeys: String, CodingKey {
                case context, continuation, ids
                case contextIDs = "context_ids"
            }
        }

        var runs: [Run]
        var pairs: [Pair]
    }

    static let folder = SharedData.packageRoot.appendingPathComponent("Assets/demo-base")
    static let vectors = Result { try VectorFile.load("harness", as: Vectors.self) }
    static let runs = (try? vectors.get().runs) ?? []

    @Test("context and continuation are cut into the same tokens")
    func pairs() throws {
        let encoder = ContinuationEncoder(try Tokenizer.load(from: Self.folder))
        let pairs = try Self.vectors.get().pairs
        #expect(pairs.count >= 8)
        for pair in pairs {
            let found = try encoder.encode(context: pair.context, continuation: pair.continuation)
            #expect(found.context == pair.contextIDs && found.ids == pair.ids, "\(pair.context)|\(pair.continuation)")
        }
    }

    @Test("log-likelihoods agree to 1e-4 and accuracies exactly", arguments: runs)
    func run(given: Vectors.Run) throws {
        #expect(Self.runs.count == 10)
        let model = try LanguageModel.load(from: Self.folder)
        let items = try given.items.enumerated().map { number, item in
            try MultipleChoiceItem(json: JSONEncoder().encode(item), number: number + 1)
        }
        // `auto` finds the form by the source, but for one of no known source.
        let prompt = given.style == "cloze" ? MultipleChoicePrompt.cloze : .auto
        let results = try MultipleChoiceEvaluation(prompt: prompt, shots: given.shots).run(
            items, examples: items, tokenizer: Tokenizer.load(from: Self.folder)
        ) { try model.logLikelihoods(of: $0).values }
        for (result, expected) in zip(results, given.logLikelihoods) {
            #expect(zip(result.logLikelihoods, expected).allSatisfy { abs($0 - $1) < 1e-4 })
            #expect(result.logLikelihoods.count == expected.count)
        }
        #expect(results.count == given.logLikelihoods.count)
        let summary = try ScoreSheet(results).summary(.init(minimumDocuments: 1))
        for (name, value) in given.figures { #expect(try #require(summary[name]).value == value) }
        #expect(given.figures.count == 3)
    }

    @Test("sharing what items begin with changes nothing")
    func sharing() throws {
        let model = try LanguageModel.random(
            LanguageModel.load(from: Self.folder).configuration, seed: 4)
        let prefix = (0..<40).map { Int32($0 * 7 % 300) }
        var groups: [[Continuation]] = []
        for item in 0..<5 {
            let context = prefix + (0...item * 9).map { Int32(($0 * 31 + item) % 900) }
            groups.append(
                [[5], [6], [5, 9, 11], [5, 9, 12, 13], [5]].map { Continuation(context: context, ids: $0) })
        }
        // An item that is nothing but what all begin with, and one whose options share nothing.
        groups.append([Continuation(context: prefix, ids: [1, 2, 3])])
        groups.append([
            Continuation(context: prefix + [7], ids: [1]), Continuation(context: [3, 4], ids: [7, 7]),
        ])
        for chosen in [groups, Array(groups.prefix(6)), Array(groups.prefix(1))] {
            let together = try model.logLikelihoods(of: chosen)
            for (group, values) in zip(chosen, together.values) {
                for (continuation, value) in zip(group, values) {
                    let alone = try model.logLikelihoods(of: [continuation.ids], after: continuation.context)[0]
                    #expect(abs(alone - value) < 1e-4)
                }
            }
            #expect(together.cut == 0)
        }
    }

    @Test("what can't be scored is refused with a sentence")
    func refusals() throws {
        let model = try LanguageModel.random(LanguageModel.load(from: Self.folder).configuration, seed: 4)
        for continuation in [
            Continuation(context: [], ids: [1]), Continuation(context: [1], ids: []),
            Continuation(context: [1], ids: [99999]), Continuation(context: [-1], ids: [1]),
            Continuation(context: [1], ids: [Int32](repeating: 1, count: 513)),
        ] {
            #expect(throws: LanguageModelsError(.invalidTokens, "")) { try model.logLikelihoods(of: [[continuation]]) }
        }
        let cut = try model.logLikelihoods(
            of: [[Continuation(context: [Int32](repeating: 1, count: 600), ids: [1, 2])]])
        #expect(cut.cut == 1 && cut.values[0][0] < 0)
    }

    @Test(
        "an item that is no question is refused, and the reason says why without its text",
        arguments: [
            ("nonsense", "JSON"), ("[]", "JSON"), (#"{"options":["a","b"],"answer":0}"#, "question"),
            (#"{"question":"secret","options":["a"],"answer":0}"#, "two options"),
            (#"{"question":"secret","options":["a","b"]}"#, "answer"),
            (#"{"question":"secret","options":["a","b"],"answer":"C"}"#, "none of its 2"),
            (#"{"question":"secret","options":["a","b"],"answer":2}"#, "none of its 2"),
            (#"{"question":"secret","options":["a","b"],"answer":-1}"#, "none of its 2"),
            (#"{"question":"secret","options":["a",""],"answer":0}"#, "empty"),
            (#"{"question":"secret","options":{"A":1},"answer":"A"}"#, "JSON"),
            (
                #"{"question":"secret","options":[\#(Array(repeating: "\"x\"", count: 65).joined(separator: ","))],"answer":0}"#,
                "65 options"
            ),
        ])
    func malformed(line: String, reason: String) throws {
        let error = #expect(throws: EvaluationError.self) {
            try MultipleChoiceItem(json: Data(line.utf8), number: 1)
        }
        let message = try #require(error).message
        #expect(message.contains(reason) && !message.contains("secret"))
    }

    @Test("answers may be a letter, a number or the text, and items may have different numbers of options")
    func forms() throws {
        for (answer, gold) in [("\"B\"", 1), ("0", 0), ("\"gamma\"", 2)] {
            let item = try MultipleChoiceItem(
                json: Data(#"{"question":"q","options":["alpha","beta","gamma"],"answer":\#(answer)}"#.utf8), number: 3)
            #expect(item.gold == gold && item.options.map(\.letter) == ["A", "B", "C"] && item.id == "item 3")
        }
    }
}
