import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite(
    "Ids of published vocabularies equal the golden ones",
    .enabled(if: SharedData.isPresent, "The shared data folder is not beside the checkout."))
struct SharedGoldenTests {
    struct Row: Decodable {
        var text: String
        var ids: [Int32]
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var golden: String
        var tokenizer: String
        var parsesSpecial = false
        var isFramed = false
        var testDescription: String { "\(golden) from \(tokenizer)" }
    }

    static let cases = [
        Case(golden: "llama2c-tok512", tokenizer: "llama2c-tok512"),
        Case(golden: "gpt2", tokenizer: "gpt2"),
        Case(golden: "qwen2", tokenizer: "qwen2", parsesSpecial: true),
        Case(golden: "bert-base-uncased", tokenizer: "bert-base-uncased", parsesSpecial: true, isFramed: true),
        Case(golden: "llama2", tokenizer: "llama2/tokenizer.model"),
        Case(golden: "llama2", tokenizer: "llama2/tokenizer.bin"),
    ]

    @Test("every golden text", arguments: cases)
    func ids(test: Case) throws {
        let url = try #require(SharedData.file("data/tokenizers/golden/\(test.golden).jsonl"))
        let tokenizer = try Tokenizer.load(from: #require(SharedData.file("data/tokenizers/\(test.tokenizer)")))
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 103)
        for line in lines {
            let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
            let ids =
                test.isFramed
                ? try tokenizer.encodeWithSpecialTokens(row.text, parseSpecial: test.parsesSpecial)
                : try tokenizer.encode(row.text, parseSpecial: test.parsesSpecial)
            #expect(ids == row.ids, "\(row.text.debugDescription)")
        }
    }
}
