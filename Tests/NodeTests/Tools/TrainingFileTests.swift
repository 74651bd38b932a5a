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

    private func read(
        _ text: String, limit: Int = 512, model: URL = NodeFixture.demoBase,
        head: ModelConfiguration.Head = .languageModel
    ) throws -> [TrainingFile.Line] {
        var configuration = ModelConfiguration(
            vocabularySize: 4096, hiddenSize: 8, intermediateSize: 8, layers: 1, heads: 1)
        configuration.head = head
        return try TrainingFile(
            folder.write("lines.jsonl", text), modelFolder: model, model: configuration, limit: limit
        ).lines
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
            (#"{"messages":[{"role":"user"}]}"#, "no JSON object"),
            (#"{"messages":[{"role":"physician","content":"Miller"}]}"#, "no JSON object"),
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

    @Test("of a conversation only what the assistant says is supervised, and its text writes no control tokens")
    func messages() throws {
        let model = folder.path("chat")
        try FileManager.default.copyItem(at: NodeFixture.demoBase, to: model)
        _ = try folder.write(
            "chat/chat_template.jinja",
            "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% if m.role == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
                + "{% if add_generation_prompt %}assistant:{% endif %}")
        let line = try #require(
            read(
                #"{"messages":[{"role":"user","content":"Findings: clear."},{"role":"assistant","content":"Normal."}]}"#,
                model: model
            ).first)
        let supervised = zip(line.sequence.inputIDs, line.sequence.labels).filter { $1 != -100 }.map(\.0)
        #expect(tokenizer.decode(supervised).trimmingCharacters(in: .whitespacesAndNewlines) == "Normal.")
        #expect(tokenizer.decode(line.sequence.inputIDs).contains("Findings: clear."))
        #expect(line.bytes == 7 && !line.isText)
    }

    @Test("a classifier's line has one class, as label or labels")
    func classes() throws {
        let lines = try read(
            """
            {"input_ids":[5,6,7],"labels":[2]}
            {"input_ids":[5,6],"labels":0}
            {"input_ids":[5,6],"label":1,"patient":"P"}
            """, head: .classification(labels: 3))
        #expect(lines.map(\.sequence.labels) == [[2], [0], [1]])
        for bad in [
            #"{"input_ids":[5,6]}"#, #"{"input_ids":[5,6],"label":3}"#, #"{"input_ids":[5,6],"label":-1}"#,
            #"{"input_ids":[5,6],"labels":[1,2]}"#, #"{"prompt":"a","response":"b"}"#,
        ] {
            let error = #expect(throws: NodeError.code(.badInput)) {
                try read(bad, head: .classification(labels: 3))
            }
            #expect(error?.message.contains("classifier") == true)
        }
    }

    @Test("text without a mask token can't be used for a masked language model, ids with labels can")
    func masked() throws {
        let lines = try read(
            #"{"input_ids":[5,6,7],"labels":[-100,6,-100]}"#, head: .maskedLanguageModel)
        #expect(lines.map(\.sequence.labels) == [[-100, 6, -100]])
        for (bad, reason) in [(#"{"text":"Normal."}"#, "mask token"), (#"{"input_ids":[5,6]}"#, "need \"labels\"")] {
            let error = #expect(throws: NodeError.code(.badInput)) { try read(bad, head: .maskedLanguageModel) }
            #expect(error?.message.contains(reason) == true)
        }
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
