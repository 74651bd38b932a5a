import ConsiliumCore
import ConsiliumTesting
import FineTuning
import Foundation
import LanguageModels
import Testing
import Tokenizers

@testable import Node

@Suite("Training lines")
struct TrainingFileTests {
    let folder: TemporaryFolder
    let tokenizer: Tokenizer

    init() throws {
        folder = try TemporaryFolder()
        tokenizer = try Tokenizer.load(from: NodeFixture.demoBase)
    }

    private func read(_ text: String, limit: Int = 512, model: URL = NodeFixture.demoBase) throws -> [TrainingFile.Line]
    {
        try TrainingFile(folder.write("lines.jsonl", text), modelFolder: model, limit: limit).lines
    }

    private var begin: [Int32] { tokenizer.bosID.map { [$0] } ?? [] }
    private var end: [Int32] { tokenizer.eosID.map { [$0] } ?? [] }

    @Test("a text line is all supervised, between the tokenizer's begin and end")
    func text() throws {
        let line = try #require(read(#"{"text":"The heart is normal.","patient":"P1"}"#).first)
        let ids = begin + (try tokenizer.encode("The heart is normal.")) + end
        #expect(line.sequence == TrainingSequence(inputIDs: ids, labels: ids, patient: "P1"))
        #expect(line.bytes == 20)
        #expect(line.isText)
    }

    @Test("of a prompt and its response only the response is supervised")
    func promptAndResponse() throws {
        let line = try #require(read(#"{"prompt":"Findings: clear.","response":"Normal."}"#).first)
        let head = begin + (try tokenizer.encode("Findings: clear."))
        let tail = try tokenizer.encode("Normal.") + end
        #expect(line.sequence.inputIDs == head + tail)
        #expect(line.sequence.labels == head.map { _ in -100 } + tail)
        #expect(line.sequence.patient == nil)
        #expect(line.bytes == 7)
        #expect(!line.isText)
    }

    @Test("id lines are taken as they are, and need no tokenizer files")
    func ids() throws {
        let lines = try read(
            """
            {"input_ids":[5,6,7],"labels":[-100,6,7],"patient":12}
            {"input_ids":[1,2]}
            """, model: folder.path("no-model"))
        #expect(lines.count == 2)
        #expect(
            lines[0].sequence == TrainingSequence(inputIDs: [5, 6, 7], labels: [-100, 6, 7], patient: "12"))
        #expect(lines[1].sequence == TrainingSequence(inputIDs: [1, 2], labels: [1, 2], patient: nil))
        #expect(lines.allSatisfy { $0.bytes == nil && !$0.isText })
    }

    @Test("blank lines and other line ends don't count, unknown fields don't matter")
    func blankLines() throws {
        let lines = try read("\n  \t\r\n{\"input_ids\":[1,2],\"source\":\"x\"}\r\n\n{\"input_ids\":[3,4]}")
        #expect(lines.map(\.sequence.inputIDs) == [[1, 2], [3, 4]])
    }

    @Test("texts longer than the model's context are cut there")
    func cut() throws {
        let long = String(repeating: "The heart is normal. ", count: 50)
        #expect(try read("{\"text\":\"\(long)\"}", limit: 16)[0].sequence.inputIDs.count == 16)
        let pair = try read("{\"prompt\":\"Findings.\",\"response\":\"\(long)\"}", limit: 16)[0].sequence
        #expect(pair.inputIDs.count == 16)
        #expect(pair.labels.count == 16)
    }

    @Test(
        "a line that can't be used is named by file and number, without its content",
        arguments: [
            ("Mrs Miller", "no JSON object"), ("[1,2]", "no JSON object"), (#"{"text":7}"#, "no JSON object"),
            (#"{"patient":"Miller"}"#, "neither"), (#"{"prompt":"Miller"}"#, "neither"),
            (#"{"input_ids":[1,2,3],"labels":[1]}"#, "1 entries"), (#"{"input_ids":[1]}"#, "at least two"),
            (#"{"input_ids":[]}"#, "at least two"), (#"{"input_ids":[1,2,3,4,5,6,7,8,9]}"#, "at most 8"),
            (#"{"input_ids":[1,99999999999]}"#, "no JSON object"),
            (#"{"messages":[{"role":"user"}]}"#, "not built yet"),
            (#"{"text":"x","patient":{"name":"Miller"}}"#, "no JSON"),
        ])
    func badLines(line: String, reason: String) throws {
        let error = try #require(throws: NodeError.self) {
            try read("{\"input_ids\":[1,2]}\n\n\(line)\n", limit: 8)
        }
        #expect(error.code == .badInput)
        #expect(error.message.hasPrefix("lines.jsonl, line 3: "))
        #expect(error.message.contains(reason))
        #expect(!error.message.contains("Miller"))
    }

    @Test("a file without lines is refused", arguments: ["", "\n\n", "  \r\n"])
    func empty(text: String) {
        #expect(throws: NodeError.code(.badInput)) { try read(text) }
    }

    @Test("text lines need tokenizer files")
    func noTokenizer() {
        #expect(throws: TokenizersError(.noTokenizer, "")) {
            try read(#"{"text":"x"}"#, model: folder.path("no-model"))
        }
    }
}
