import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

/// Fuzzing without a fuzzer: small valid files with a few things changed. More rounds with `CONSILIUM_FUZZ_ROUNDS`.
@Suite("A changed file gives an error or a tokenizer that works")
struct MutationTests {
    private static let rounds =
        ProcessInfo.processInfo.environment["CONSILIUM_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 25

    /// What stands in place of a value: numbers at edges, other types, signs with a meaning.
    private static let hostile = [
        "-1", "0", "1", "2147483647", "2147483648", "-2147483649", "4000000", "1e308", "0.5", "null", "true", "false",
        "\"\"",
        "[]", "{}", "\"▁\"", "\" \"", "\"\\u0000\"", "\"<0x0A>\"", "\"##\"", "[[]]", "\"Ġ\"", "\"a\"", "[\"a\",\"b\"]",
        "{\"type\":\"Sequence\"}", "\"BPE\"", "\"WordPiece\"", "\"ByteLevel\"", "\"Metaspace\"", "\"always\"",
        "\"Removed\"",
    ].map { Array($0.utf8) }

    private static let texts = ["", " ", "The left knee, 13.4 é 🩺 ▁▁ <s> [MASK] 日本", "\u{0}\n\t  x", "aaaa bbbb"]

    private static func expectOrderlyEnd(_ load: () throws -> Tokenizer) {
        do {
            let tokenizer = try load()
            for text in texts {
                for parse in [false, true] {
                    let ids = try tokenizer.encodeWithSpecialTokens(text, parseSpecial: parse)
                    _ = tokenizer.decode(ids, skippingSpecialTokens: parse)
                    var decoder = StreamingDecoder(tokenizer)
                    for id in ids.prefix(50) { _ = decoder.append(id) }
                    _ = decoder.finish()
                }
            }
            let chat = [ChatMessage(role: .user, content: texts[2]), ChatMessage(role: .assistant, content: "<s> b")]
            _ = try tokenizer.encodeChat(chat, template: ChatTemplate(.llama2))
        } catch {
            #expect(error is TokenizersError || error is CoreError, "\(error)")
        }
    }

    /// One value of a JSON text, or a run of bytes, replaced, removed or repeated.
    private static func mutate(_ data: [UInt8], _ random: inout ReproducibleGenerator) -> [UInt8] {
        var data = data
        for _ in 0..<Int.random(in: 1...3, using: &random) where !data.isEmpty {
            let ends = Set("\"{}[]:,".utf8)
            var start = Int.random(in: 0..<data.count, using: &random)
            while start < data.count, ends.contains(data[start]) { start += 1 }
            var end = start
            while end < data.count, !ends.contains(data[end]) { end += 1 }
            if start > 0, end < data.count, data[start - 1] == UInt8(ascii: "\""), data[end] == UInt8(ascii: "\"") {
                (start, end) = (start - 1, end + 1)
            }
            let other = Int.random(in: 0..<data.count, using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0...2:
                data.replaceSubrange(start..<end, with: hostile[Int.random(in: 0..<hostile.count, using: &random)])
            case 3: data.removeSubrange(min(start, other)..<min(max(end, other), min(start, other) + 40, data.count))
            case 4: data.insert(contentsOf: data[other..<min(other + 60, data.count)], at: start)
            case 5: data[min(start, data.count - 1)] = UInt8.random(in: 0...255, using: &random)
            default:
                let piece = Array(data[other..<min(other + end - start, data.count)])
                data.replaceSubrange(start..<end, with: piece)
            }
        }
        return data
    }

    private static func run(_ files: [String: Data], changing names: [String], seed: UInt64) throws {
        var random = ReproducibleGenerator(seed: seed)
        let folder = try TemporaryFolder()
        for (name, data) in files { try folder.write(name, data) }
        #expect(throws: Never.self) { try Tokenizer.load(from: folder.url) }
        for _ in 0..<rounds {
            let name = names[Int.random(in: 0..<names.count, using: &random)]
            guard let data = files[name] else { continue }
            try folder.write(name, Data(mutate(Array(data), &random)))
            expectOrderlyEnd { try Tokenizer.load(from: folder.url) }
            try folder.write(name, data)
        }
    }

    @Test("tokenizer.json of every kind", arguments: VectorTests.kinds)
    func json(kind: String) throws {
        let file = try ReferenceVectors.folder().appendingPathComponent("\(kind).tokenizer.json")
        let configuration = #"""
            {"tokenizer_class":"BertTokenizer","do_lower_case":true,"bos_token":"<s>","eos_token":{"content":"</s>"},"pad_token":null,
            "added_tokens_decoder":{"5":{"content":"<x>","special":true,"normalized":true,"lstrip":true}}}
            """#
        try Self.run(
            [
                "tokenizer.json": Data(contentsOf: file), "tokenizer_config.json": Data(configuration.utf8),
                "config.json": Data(#"{"model_type":"llama","bos_token_id":1,"eos_token_id":[2,3]}"#.utf8),
            ],
            changing: ["tokenizer.json", "tokenizer.json", "tokenizer.json", "tokenizer_config.json", "config.json"],
            seed: kind.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    }

    @Test("vocab.json and merges.txt of both kinds", arguments: ["gpt2", "biogpt"])
    func vocabularyAndMerges(kind: String) throws {
        let folder = try ReferenceVectors.folder().appendingPathComponent("BioGPT")
        var vocabulary = try Data(contentsOf: folder.appendingPathComponent("vocab.json"))
        var merges = try Data(contentsOf: folder.appendingPathComponent("merges.txt"))
        if kind == "gpt2" {
            vocabulary = Data(#"{"a":0,"b":1,"Ġ":2,"ab":3,"Ġa":4,"<|endoftext|>":5}"#.utf8)
            merges = Data("#version: 0.2\na b\nĠ a\n".utf8)
        }
        try Self.run(
            [
                "vocab.json": vocabulary, "merges.txt": merges, "added_tokens.json": Data(#"{"<extra>":600}"#.utf8),
                "config.json": Data(#"{"model_type":"\#(kind)"}"#.utf8),
            ], changing: ["vocab.json", "merges.txt", "merges.txt", "added_tokens.json"], seed: 41)
    }

    @Test("vocab.txt, tokenizer.model and tokenizer.bin")
    func otherFiles() throws {
        let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "##n", "k", "##ee", ",", "."]
        try Self.run(
            ["vocab.txt": Data(words.joined(separator: "\n").utf8)], changing: ["vocab.txt"], seed: 43)
        let pieces: [(String, Float)] = [("▁", -1), ("a", -2), ("▁a", 0), ("aa", -3)]
        try Self.run(
            ["tokenizer.model": Fixtures.sentencePiece(pieces: pieces)], changing: ["tokenizer.model"], seed: 47)
        try Self.run(
            ["tokenizer.bin": Fixtures.llamaBinary(pieces: [("a", -1), (" a", -2)])], changing: ["tokenizer.bin"],
            seed: 53)
    }
}
