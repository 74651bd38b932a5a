import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// Checkpoints, adapters, data and options that can't be used: an exit code, a sentence, and no output.
    @Suite("Bad input to the training engine", .timeLimit(.minutes(60)))
    struct EngineBadInput {
        struct Case: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var code: Int32
            /// In the message.
            var words: String
            var model = "plain"
            /// File, what it says, what it shall say.
            var edit: (file: String, from: String, to: String)?
            var adapter: String?
            var data = Case.good
            var more: [String] = []

            static let good = "{\"input_ids\":[1,2,3,4]}\n"

            static let all = [
                Case(
                    testDescription: "an index that names a file outside", code: 65, words: "outside of its folder",
                    model: "biases-llama3",
                    edit: (
                        "model.safetensors.index.json", "model-00002-of-00004.safetensors", "../model-2.safetensors"
                    )),
                Case(
                    testDescription: "a shard that is missing", code: 65, words: "is missing", model: "biases-llama3",
                    edit: ("model.safetensors.index.json", "model-00002-of-00004", "model-00007-of-00004")),
                Case(
                    testDescription: "tensors of another shape", code: 65, words: "has the shape [61, 24]",
                    edit: ("config.json", "\"vocab_size\": 61", "\"vocab_size\": 60")),
                Case(
                    testDescription: "a layer too many", code: 65, words: "model.layers.1",
                    edit: ("config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1")),
                Case(
                    testDescription: "an unknown activation", code: 65, words: "“sine”",
                    edit: ("config.json", "\"silu\"", "\"sine\"")),
                Case(
                    testDescription: "an unknown rope type", code: 65, words: "“spiral”",
                    edit: ("config.json", "\"rope_type\": \"default\"", "\"rope_type\": \"spiral\"")),
                Case(
                    testDescription: "an unknown quantization", code: 65, words: "“gptq”",
                    edit: (
                        "config.json", "\"mlp_bias\": false",
                        "\"quantization_config\": {\"quant_method\": \"gptq\", \"bits\": 4}"
                    )),
                Case(
                    testDescription: "an adapter of another family", code: 65, words: "adapter",
                    adapter: "bert-mlm/adapter"),
                Case(
                    testDescription: "an adapter with DoRA", code: 65, words: "DoRA",
                    edit: ("adapter/adapter_config.json", "\"use_dora\": false", "\"use_dora\": true"),
                    adapter: "model/adapter"),
                Case(
                    testDescription: "a rank larger than a layer", code: 64, words: "larger than the layer",
                    more: ["--rank", "25"]),
                Case(
                    testDescription: "token ids out of range", code: 65, words: "vocabulary of 61",
                    data: "{\"input_ids\":[1,61,2]}\n"),
                Case(
                    testDescription: "a sequence longer than the positions", code: 65, words: "at most 64",
                    data: "{\"input_ids\":\([Int](repeating: 1, count: 65))}\n"),
                Case(
                    testDescription: "labels that are all masked", code: 65, words: "all labels are -100",
                    data: "{\"input_ids\":[1,2,3],\"labels\":[-100,-100,-100]}\n"),
                Case(testDescription: "no lines", code: 65, words: "has no lines", data: " \n\n"),
                Case(
                    testDescription: "text that is no UTF-8", code: 65, words: "line 2",
                    data: good + "{\"text\":\"Mrs. Quaint\n"),
                Case(
                    testDescription: "two ways to train", code: 65, words: "--full",
                    more: ["--full", "--base-dtype", "nf4"]
                ),
            ]
        }

        @Test("it is refused with a sentence, and nothing is left", arguments: Case.all)
        func refused(_ wrong: Case) async throws {
            let fixture = try EngineFixture()
            let model = try fixture.copy(wrong.model)
            if let (name, from, to) = wrong.edit {
                let file = model.appendingPathComponent(name)
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(text.contains(from))
                try Data(text.replacing(from, with: to).utf8).write(to: file)
            }
            var arguments = [
                "train", "--model", model.path, "--data", try fixture.write("lines.jsonl", wrong.data), "--out",
                fixture.path("out"), "--steps", "1",
            ]
            if let adapter = wrong.adapter {
                let path = adapter.hasPrefix("model/") ? fixture.path(adapter) : EngineFixture.model(adapter)
                arguments += ["--adapter", path]
            }
            let result = try await fixture.node(arguments + wrong.more)
            expectRefusal(wrong.code, wrong.words, result)
            #expect(result.errors.hasPrefix("error: ") && result.errors.utf8.count < 600)
            #expect(!result.errors.contains("Quaint"))
            #expect(!fixture.exists("out") && !fixture.exists(".out.training"))
        }

        @Test("a model without a tokenizer generates nothing, one that sees all of a text neither")
        func generation() async throws {
            struct Refusal: Decodable {
                struct Fault: Decodable { var category: String }
                var error: Fault
            }
            let fixture = try EngineFixture()
            for name in ["plain", "gpt2"] {
                let result = try await fixture.node(
                    ["generate", "--model", EngineFixture.model(name), "--prompt", "Hello", "--json"])
                expectRefusal(65, "no tokenizer", result)
                #expect(try result.json(Refusal.self).error.category == "badData")
            }
            let model = try fixture.copy("bert-mlm")
            for name in ["tokenizer.json", "tokenizer_config.json"] {
                try FileManager.default.copyItem(
                    at: BaseModels.demo.appendingPathComponent(name), to: model.appendingPathComponent(name))
            }
            expectRefusal(
                64, "can't continue a text",
                try await fixture.node(["generate", "--model", model.path, "--prompt", "A"]))
        }

        @Test("an output that exists is kept, one that can't be made is an error of the disk")
        func output() async throws {
            let fixture = try EngineFixture()
            let precious = try fixture.write("out/precious", "x")
            let data = try fixture.write("lines.jsonl", Case.good)
            func run(_ command: String, _ out: String) async throws -> ProgramResult {
                let adapter = ["--adapter", EngineFixture.adapter("plain")]
                let more = command == "train" ? ["--data", data, "--steps", "1"] : []
                return try await fixture.node(
                    [command, "--model", EngineFixture.model("plain"), "--out", out] + adapter + more)
            }
            for command in ["train", "merge"] {
                expectRefusal(64, "exists", try await run(command, fixture.path("out")))
                expectRefusal(74, "Can't create", try await run(command, "\(data)/out"))
            }
            #expect(try String(contentsOfFile: precious, encoding: .utf8) == "x")
            #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.path("out")) == ["precious"])
        }

        @Test("a base that is no model is not merged into, a folder is not read as a file, an input is not overwritten")
        func otherCommands() async throws {
            let fixture = try EngineFixture()
            let model = try fixture.copy("plain")
            let file = model.appendingPathComponent("config.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("\"vocab_size\": 61", with: "\"vocab_size\": 60").utf8).write(to: file)
            let merged = try await fixture.node([
                "merge", "--model", model.path, "--adapter", EngineFixture.adapter("plain"), "--out",
                fixture.path("out"),
            ])
            expectRefusal(65, "has the shape [61, 24]", merged)
            #expect(!fixture.exists("out"))

            let evaluated = try await fixture.node(
                ["evaluate", "--model", EngineFixture.model("plain"), "--data", model.path])
            expectRefusal(74, "Can't read", evaluated)

            let lines = try fixture.write("lines.jsonl", "{\"text\":\"Precious\"}\n")
            let tokenized = try await fixture.node(
                ["tokenize", "--model", BaseModels.demo.path, "--input", lines, "--output", lines])
            expectRefusal(65, "same file", tokenized)
            #expect(try String(contentsOfFile: lines, encoding: .utf8).contains("Precious"))
        }
    }
}
