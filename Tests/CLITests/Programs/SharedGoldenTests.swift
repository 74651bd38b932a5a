import ConsiliumTesting
import Foundation
import Testing

@Suite(
    "Published models and vocabularies through the command line",
    .enabled(if: SharedData.isPresent, "The shared data folder is not beside the checkout."))
struct SharedGoldenTests {
    private struct Golden: Decodable {
        struct Prompt: Decodable {
            var ids: [Int]
            var argmax: [Int]
            var lastLogits: [Float]

            private enum CodingKeys: String, CodingKey {
                case ids = "ids_with_bos"
                case argmax
                case lastLogits = "last_logits"
            }
        }
        var prompts: [Prompt]
    }

    @Test("the logits of stories260K are the golden ones to 1e-4")
    func logits() throws {
        let folder = try TemporaryFolder()
        let model = try #require(SharedData.file("data/models/stories260K"))
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: model.appendingPathComponent("golden.json")))
        #expect(golden.prompts.count == 3)
        for (number, prompt) in golden.prompts.enumerated() {
            let ids = prompt.ids.map(String.init).joined(separator: ",")
            _ = try Program.node.json(
                ["logits", "--model", model.path, "--ids", ids, "--out", "\(number).safetensors"], in: folder.url)
            let tensor = try Safetensors(folder.path("\(number).safetensors"))
            #expect(tensor.name == "logits")
            #expect(tensor.shape == [prompt.ids.count, 512])
            let rows = tensor.shape[0]
            let last = tensor.values.suffix(512)
            #expect(zip(last, prompt.lastLogits).allSatisfy { abs($0 - $1) <= 1e-4 })
            let best = (0..<rows).map { row in
                let values = tensor.values[row * 512..<(row + 1) * 512]
                return (values.indices.max { values[$0] < values[$1] } ?? values.startIndex) - values.startIndex
            }
            #expect(best == prompt.argmax)
        }
    }

    struct Row: Decodable {
        var text: String
        var ids: [Int]
    }

    @Test(
        "the ids of a vocabulary are the golden ones",
        arguments: [("llama2c-tok512", "llama2c-tok512"), ("gpt2", "gpt2"), ("qwen2", "qwen2")])
    func tokens(golden: String, tokenizer: String) throws {
        let folder = try TemporaryFolder()
        let model = try #require(SharedData.file("data/tokenizers/\(tokenizer)"))
        let file = try #require(SharedData.file("data/tokenizers/golden/\(golden).jsonl"))
        _ = try Program.node.json(
            ["tokenize", "--model", model.path, "--input", file.path, "--output", "out.jsonl"], in: folder.url)
        func rows<Value: Decodable>(_ url: URL, _ type: Value.Type) throws -> [Value] {
            try Data(contentsOf: url).split(separator: 10).map { try JSONDecoder().decode(type, from: Data($0)) }
        }
        let expected = try rows(file, Row.self).map(\.ids)
        #expect(expected.count > 50)
        #expect(try rows(folder.path("out.jsonl"), [String: [Int]].self).map { $0["ids"] } == expected)
    }
}
