import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

extension EndToEnd {
    /// What transformers and PEFT compute, through the command line.
    @Suite("The training engine", .timeLimit(.minutes(60)))
    struct Engine {
        let fixture: EngineFixture

        init() throws { fixture = try EngineFixture() }

        @Test(
            "logits of the bare and of the adapted model are those of transformers and PEFT",
            arguments: ["gpt2", "bert-mlm", "bert-classification"])
        func logits(name: String) async throws {
            let ids = try EngineFixture.ids(name)
            let model = EngineFixture.model(name)
            let bare = try await fixture.logits(model, ids: ids)
            #expect(EngineFixture.difference(bare, try EngineFixture.expected(name, "logits.base")) < 1e-4)
            let adapted = try await fixture.logits(model, adapter: EngineFixture.adapter(name), ids: ids)
            #expect(EngineFixture.difference(adapted, try EngineFixture.expected(name, "logits")) < 1e-4)
        }

        @Test(
            "a base in fewer bits gives nearly the same logits",
            arguments: [("plain", "bf16", Float(0.03)), ("plain", "int8", 0.08), ("demo-base", "nf4", 0.25)])
        func storage(name: String, dtype: String, bound: Float) async throws {
            // NF4 takes rows of whole blocks, which the tiny models don't have.
            let model = name == "plain" ? EngineFixture.model(name) : BaseModels.demo.path
            let whole = try await fixture.logits(model, ids: "1,5,9,14,34,44,21,8")
            let kept = try await fixture.logits(model, ids: "1,5,9,14,34,44,21,8", "--base-dtype", dtype)
            let difference = EngineFixture.difference(kept, whole)
            #expect(difference < bound)
            #expect(difference > 1e-5, "The base was kept as it is.")
        }

        @Test("ten steps of AdamW end with PEFT's adapter", arguments: ["qwen3", "bert-classification"])
        func training(name: String) async throws {
            let result = try await expect(
                0,
                fixture.node([
                    "train", "--model", EngineFixture.model(name), "--adapter", EngineFixture.adapter(name), "--data",
                    fixture.lines(name), "--out", fixture.path("out"), "--steps", "10", "--batch-tokens", "100000",
                    "--lr", "1e-2", "--no-shuffle", "--json",
                ]))
            #expect(try result.json(Outcome.self).steps == 10)
            let found = try SafetensorsFile(url: fixture.programs.folder.path("out/adapter_model.safetensors"))
            let expected = try SafetensorsFile(
                url: EngineFixture.vectors.appendingPathComponent("\(name)/trained.safetensors"))
            #expect(found.tensorNames == expected.tensorNames)
            for tensor in expected.tensorNames {
                let difference = EngineFixture.difference(try found.floats(tensor), try expected.floats(tensor))
                #expect(difference < 1e-4, "\(tensor)")
            }
        }

        @Test("a merged model computes what the base does with the adapter")
        func merge() async throws {
            let (model, adapter) = (EngineFixture.model("plain"), EngineFixture.adapter("plain"))
            let out = fixture.path("merged")
            _ = try await expect(0, fixture.node(["merge", "--model", model, "--adapter", adapter, "--out", out]))
            let merged = try await fixture.logits(out, ids: EngineFixture.ids("plain"))
            #expect(EngineFixture.difference(merged, try EngineFixture.expected("plain", "logits")) < 1e-5)
        }

        @Test("generation says one JSON object and nothing else on standard output")
        func generation() async throws {
            struct Text: Decodable {
                var text: String
                var tokens, promptTokens: Int
                var finishReason: String

                enum CodingKeys: String, CodingKey {
                    case text, tokens
                    case promptTokens = "prompt_tokens"
                    case finishReason = "finish_reason"
                }
            }
            let arguments = [
                "generate", "--model", BaseModels.demo.path, "--prompt", "What is asthma?", "--max-tokens", "6",
                "--json",
            ]
            let result = try await expect(0, fixture.node(arguments))
            let text = try result.json(Text.self)
            #expect(result.output.split(separator: "\n").count == 1)
            #expect((1...6).contains(text.tokens) && text.promptTokens > 1)
            #expect(["stop", "length"].contains(text.finishReason))
            #expect(try await fixture.node(arguments).json(Text.self).text == text.text)
        }

        @Test("the benchmark's JSON object has the keys of the contract")
        func benchmark() async throws {
            struct Report: Decodable {
                var rate, memory, gflops: Double
                var stepSeconds: [Double]

                enum CodingKeys: String, CodingKey {
                    case gflops
                    case rate = "tokens_per_second"
                    case memory = "peak_rss_mib"
                    case stepSeconds = "step_seconds"
                }
            }
            let result = try await expect(
                0,
                fixture.node([
                    "bench", "train", "--shape", "tiny", "--batch", "1", "--seq", "16", "--steps", "3", "--json",
                ]))
            let report = try result.json(Report.self)
            #expect(report.stepSeconds.count == 3 && report.stepSeconds.allSatisfy { $0 > 0 })
            #expect(report.rate > 0 && report.memory > 1 && report.gflops > 0)
        }

        @Test("a run that is killed at random moments and resumed ends with the same bits")
        func killedTraining() async throws {
            let steps = 300
            let name = "plain"
            let data = try fixture.lines(name)
            func arguments(_ out: String) -> [String] {
                [
                    "train", "--model", EngineFixture.model(name), "--data", data, "--out", fixture.path(out),
                    "--steps",
                    "\(steps)", "--batch-tokens", "40", "--schedule", "cosine", "--save-every", "1", "--json",
                ]
            }
            _ = try await expect(0, fixture.node(arguments("whole")))
            let metrics = fixture.programs.folder.path(".torn.training/metrics.jsonl")
            @Sendable func lines() -> Int { (try? Data(contentsOf: metrics))?.count(where: { $0 == 10 }) ?? 0 }
            for round in 0..<4 {
                let wanted = lines() + Int.random(in: 1...45)
                let program = try fixture.programs.start(
                    .node, arguments("torn") + (round == 0 ? [] : ["--resume"]), name: "torn-\(round)")
                try await wait("step \(wanted)", within: .seconds(30)) { lines() >= wanted || !program.isRunning }
                try await Task.sleep(for: .microseconds(.random(in: 0...4000)))
                #expect(program.isRunning, "\(program.errorText)")
                program.kill()
                #expect(!fixture.exists("torn"))
            }
            // What would change the bits does not go on.
            for (change, words) in [
                (["--seed", "9"], "another seed"), (["--base-dtype", "int8"], "another base model"),
            ] {
                let other = try await fixture.node(arguments("torn") + ["--resume"] + change)
                expectRefusal(65, words, other)
            }
            let outcome = try await expect(0, fixture.node(arguments("torn") + ["--resume"])).json(Outcome.self)
            #expect(outcome.steps == steps && outcome.resumedAt ?? 0 > 0)

            let adapters = try ["whole", "torn"].map {
                try Data(contentsOf: fixture.programs.folder.path("\($0)/adapter_model.safetensors"))
            }
            #expect(ContentHash(of: adapters[0]) == ContentHash(of: adapters[1]))
            struct Line: Decodable { var step: Int }
            let written = try Data(contentsOf: fixture.programs.folder.path("torn/metrics.jsonl"))
                .split(separator: 10).map { try JSONDecoder().decode(Line.self, from: Data($0)).step }
            #expect(written == Array(1...steps))
            #expect(!fixture.exists(".torn.training"))
        }

        private struct Outcome: Decodable {
            var steps: Int
            var resumedAt: Int?
        }
    }
}
