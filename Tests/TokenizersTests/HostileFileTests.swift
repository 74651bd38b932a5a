import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite("A damaged or hostile tokenizer file is refused with a sentence")
struct HostileFileTests {
    /// A working byte-level file in which one thing can be changed.
    private static func json(
        vocab: String = #"{"a":0,"b":1,"ab":2}"#, merges: String = #"[["a","b"]]"#, added: String = "[]",
        normalizer: String = "null", preTokenizer: String = #"{"type":"ByteLevel","add_prefix_space":false}"#,
        decoder: String = "null", processor: String = "null", model: String = #""type":"BPE""#, extra: String = ""
    ) -> String {
        """
        {"version":"1.0"\(extra),"added_tokens":\(added),"normalizer":\(normalizer),"pre_tokenizer":\(preTokenizer),
        "post_processor":\(processor),"decoder":\(decoder),"model":{\(model),"vocab":\(vocab),"merges":\(merges)}}
        """
    }

    private static func read(_ text: String) throws -> Tokenizer {
        try TokenizerJSONFile.read(Data(text.utf8), file: "tokenizer.json", configuration: TokenizerConfiguration())
    }

    @Test(
        "the unchanged file works, and what it says about lengths is left to the caller",
        arguments: ["", #","truncation":{"max_length":1}"#, #","padding":{"strategy":{"Fixed":8},"pad_id":0}"#])
    func sound(extra: String) throws {
        #expect(try Self.read(Self.json(extra: extra)).encode("abba") == [2, 1, 0])
    }

    @Test(
        "damage is named",
        arguments: [
            "", "{", "[]", "null", #"{"model":{}}"#, #"{"model":3}"#, #"{"a":1}x"#, #"{"a":tru}"#, #"{"a" 1}"#,
            #"{"a":"\ud800"}"#, #"{"a":"\q"}"#, #"{"a":1e999}"#, "{\"a\":\"\u{1}\"}", #"{"a":"unfinished"#,
            String(repeating: "[", count: 100_000),
            json(vocab: #"{"a":0,"b":0,"ab":2}"#),
            json(vocab: #"{"a":0,"b":1,"ab":2,"a":3}"#),
            json(vocab: #"{"a":0,"b":1,"ab":-1}"#),
            json(vocab: #"{"a":0,"b":1,"ab":2000000000}"#),
            json(vocab: #"{"a":0,"b":1,"ab":99999999999999}"#),
            json(vocab: #"{"a":0,"b":1,"ab":1.5}"#),
            json(vocab: #"{"a":0,"b":1,"ab":"2"}"#),
            json(vocab: "{}", merges: "[]"), json(vocab: "[]"), json(merges: "{}"), json(merges: "[3]"),
            json(merges: #"["a"]"#), json(merges: #"["a b c"]"#), json(merges: #"[["a"]]"#),
            json(merges: #"[["a","c"]]"#),
            json(merges: #"[["b","a"]]"#),
            json(added: #"[{"id":0,"content":"<s>"}]"#), json(added: #"[{"content":"<s>"}]"#),
            json(added: #"[{"id":-5,"content":"<s>"}]"#), json(added: #"[{"id":7,"content":"a"}]"#),
            json(added: #"[{"id":7,"content":""}]"#), json(added: #"[{"id":1000000000,"content":"<s>"}]"#),
            json(model: #""type":"BPE","unk_token":"<unk>""#), json(model: #""type":"WordPiece""#),
            json(
                processor: #"""
                    {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}],
                    "special_tokens":{"<s>":{"ids":[77]}}}
                    """#),
        ])
    func damaged(text: String) throws {
        #expect(throws: TokenizersError(.malformedFile, "")) { try Self.read(text) }
    }

    @Test(
        "what is not supported is named",
        arguments: [
            (json(normalizer: #"{"type":"Precompiled"}"#), "Precompiled"),
            (json(normalizer: #"{"type":"Replace","pattern":{"Regex":"x"},"content":""}"#), "regular expression"),
            (json(preTokenizer: #"{"type":"Punctuation"}"#), "Punctuation"),
            (
                json(preTokenizer: #"{"type":"Split","pattern":{"Regex":"\\w+"},"behavior":"Isolated"}"#),
                "regular expression"
            ),
            (json(decoder: #"{"type":"CTC"}"#), "CTC"),
            (json(processor: #"{"type":"Odd"}"#), "Odd"),
            (json(model: #""type":"Unigram""#), "Unigram"),
            (json(vocab: #"[["<unk>",0],["a",-1.5]]"#, model: #""type":"Unigram""#), "Unigram"),
            (json(model: #""type":"BPE","dropout":0.1"#), "dropout"),
            (json(model: #""type":"BPE","end_of_word_suffix":"</w>""#), "end_of_word_suffix"),
        ])
    func unsupported(text: String, name: String) throws {
        let error = try #require(throws: TokenizersError.self) { try Self.read(text) }
        #expect(error.code == .unsupported)
        #expect(error.message.contains(name))
    }

    @Test(
        "every cut of a real file is refused, and no flipped byte traps", arguments: ["gpt2", "llama2", "bert-cased"])
    func fuzzedJSON(kind: String) throws {
        let data = try Data(contentsOf: ReferenceVectors.folder().appendingPathComponent("\(kind).tokenizer.json"))
        var random = ReproducibleGenerator(seed: 11)
        for _ in 0..<60 {
            let cut = data.prefix(Int.random(in: 0..<data.count, using: &random))
            #expect(throws: TokenizersError(.malformedFile, "")) {
                try TokenizerJSONFile.read(cut, file: "tokenizer.json", configuration: TokenizerConfiguration())
            }
            var flipped = data
            flipped[Int.random(in: 0..<data.count, using: &random)] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
            Self.expectOrderlyEnd {
                try TokenizerJSONFile.read(flipped, file: "tokenizer.json", configuration: TokenizerConfiguration())
            }
        }
    }

    /// Either a tokenizer that can be used or an error of this module.
    private static func expectOrderlyEnd(_ read: () throws -> Tokenizer) {
        do {
            let tokenizer = try read()
            _ = tokenizer.decode(try tokenizer.encode("The left knee, 13.4 é 🩺"))
        } catch {
            #expect(error is TokenizersError)
        }
    }

    @Test("a llama2.c vocabulary that is cut short or lies about lengths is refused")
    func llamaBinary() throws {
        let sound = try Fixtures.llamaBinary(pieces: [("a", -1), ("b", -2), ("ab", 0)])
        #expect(try LlamaBinaryFile.read(sound, file: "tokenizer.bin").vocabularySize == 262)
        for count in [0, 3, 4, 7, 100, sound.count - 1] {
            #expect(throws: TokenizersError(.malformedFile, "")) {
                try LlamaBinaryFile.read(sound.prefix(count), file: "tokenizer.bin")
            }
        }
        var lying = sound
        lying.replaceSubrange(8..<12, with: [0xff, 0xff, 0xff, 0xff])
        #expect(throws: TokenizersError(.malformedFile, "")) { try LlamaBinaryFile.read(lying, file: "tokenizer.bin") }
        let notANumber = try Fixtures.llamaBinary(pieces: [("a", .nan)])
        #expect(throws: TokenizersError(.malformedFile, "")) {
            try LlamaBinaryFile.read(notANumber, file: "tokenizer.bin")
        }
    }

    @Test("a SentencePiece model that is cut short is refused, and no flipped byte traps")
    func sentencePiece() throws {
        let sound = Fixtures.sentencePiece(pieces: [("▁", -1), ("a", -2), ("▁a", 0)])
        func read(_ data: Data) throws -> Tokenizer {
            try SentencePieceFile.read(data, file: "tokenizer.model", configuration: TokenizerConfiguration())
        }
        #expect(try read(sound).encode("a a") == [5, 5])
        #expect(throws: TokenizersError.self) { try read(sound.dropLast()) }
        #expect(throws: TokenizersError.self) { try read(Data([0xff, 0xff, 0xff])) }
        #expect(throws: TokenizersError.self) { try read(Data()) }
        #expect(throws: TokenizersError(.unsupported, "")) {
            try read(Fixtures.sentencePiece(pieces: [("a", 0)], type: 1))
        }
        var random = ReproducibleGenerator(seed: 5)
        for _ in 0..<200 {
            var flipped = sound
            flipped[Int.random(in: 0..<sound.count, using: &random)] ^= UInt8(
                1 << Int.random(in: 0..<8, using: &random))
            Self.expectOrderlyEnd { try read(flipped) }
        }
    }

    @Test("a folder without a tokenizer, or with half of one, is refused")
    func folders() throws {
        let folder = try TemporaryFolder()
        #expect(throws: TokenizersError(.noTokenizer, "")) { try Tokenizer.load(from: folder.url) }
        #expect(throws: TokenizersError(.noTokenizer, "")) { try Tokenizer.load(from: folder.path("absent")) }
        try folder.write("model.bin", "weights")
        #expect(throws: TokenizersError(.noTokenizer, "")) { try Tokenizer.load(from: folder.url) }
        try folder.write("vocab.json", #"{"a":0,"b":1,"ab":2}"#)
        #expect(throws: CoreError(.fileUnreadable, "")) { try Tokenizer.load(from: folder.url) }
        try folder.write("merges.txt", "#version: 0.2\na c\n")
        #expect(throws: TokenizersError(.malformedFile, "")) { try Tokenizer.load(from: folder.url) }
        try folder.write("merges.txt", "#version: 0.2\na b\n")
        #expect(try Tokenizer.load(from: folder.url).encode("ab") == [2])
        try folder.write("tokenizer_config.json", #"{"tokenizer_class":"XLNetTokenizer"}"#)
        #expect(throws: TokenizersError(.unsupported, "")) { try Tokenizer.load(from: folder.url) }
    }
}
