import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite("Any text comes back, and none steers the model")
struct BehaviorTests {
    /// Valid text of all planes, with what breaks tokenizers: NUL, marks, blanks, byte-like and token-like text.
    private static func texts(_ count: Int) -> [String] {
        var random = ReproducibleGenerator(seed: 3)
        let pieces = ["  ", "\r\n", "▁", "<0x0A>", "<|bos|>", "<s>", "'s", "e\u{301}", "\u{0}", "🩺", "the ", "42"]
        return (0..<count).map { _ in
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...80, using: &random) {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text.append(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)].unicodeScalars)
                case 1: text.append(Unicode.Scalar(UInt8.random(in: 0..<128, using: &random)))
                case 2: text.append(Unicode.Scalar(UInt32.random(in: 0..<0xd800, using: &random)) ?? "?")
                default: text.append(Unicode.Scalar(UInt32.random(in: 0xe000..<0x110000, using: &random)) ?? "?")
                }
            }
            return String(text)
        }
    }

    @Test("byte-level vocabularies give back every byte", arguments: ["gpt2", "llama3", "digits"])
    func byteRoundTrip(kind: String) throws {
        let tokenizer = try ReferenceVectors.tokenizer(kind)
        for text in Self.texts(200) {
            #expect(
                Array(tokenizer.decode(try tokenizer.encode(text)).utf8) == Array(text.utf8), "\(text.debugDescription)"
            )
        }
    }

    @Test("byte fallback gives back every byte but the sign that stands for a blank", arguments: ["llama2", "gemma"])
    func fallbackRoundTrip(kind: String) throws {
        let tokenizer = try ReferenceVectors.tokenizer(kind)
        for text in Self.texts(200) {
            // In these vocabularies “▁” is a blank, and the text of a byte token is that byte's text.
            let text = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "▁" ? " " : $0 }))
            #expect(
                Array(tokenizer.decode(try tokenizer.encode(text)).utf8) == Array(text.utf8), "\(text.debugDescription)"
            )
        }
    }

    @Test(
        "a special token's name in a report is text", arguments: ["gpt2", "llama3", "qwen2", "llama2", "bert-uncased"])
    func injection(kind: String) throws {
        let tokenizer = try ReferenceVectors.tokenizer(kind)
        let names = tokenizer.special.compactMap { tokenizer.token(of: $0) }
        #expect(names.count >= 2)
        for name in names where name != "[UNK]" {
            let id = try #require(tokenizer.id(of: name))
            #expect(try !tokenizer.encode("a\(name)b \(name)").contains(id))
            #expect(try !tokenizer.encode(name).contains(id))
            #expect(try tokenizer.encode("a\(name)b", parseSpecial: true).contains(id))
        }
    }

    @Test("a whole word that is a special token's name is not taken for it")
    func wholeWordGuard() throws {
        let vocabulary =
            ByteAlphabet.scalars.enumerated().map { #"\#(JSON.quote(String($1))):\#($0)"# } + [#""end":256"#]
        let json = #"""
            {"added_tokens":[{"id":256,"content":"end","special":true}],"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},
            "model":{"type":"BPE","ignore_merges":true,"vocab":{\#(vocabulary.joined(separator: ","))},"merges":[]}}
            """#
        let tokenizer = try TokenizerJSONFile.read(
            Data(json.utf8), file: "tokenizer.json", configuration: TokenizerConfiguration())
        #expect(try tokenizer.encode("end") == [101, 110, 100])
        #expect(try tokenizer.encode("end", parseSpecial: true) == [256])
    }

    @Test("an added token is found by its own rules only, never by the model's pieces")
    func addedOutside() throws {
        // The expected ids are those of tokenizers 0.23.3.
        let file = """
            {"added_tokens":[{"id":3,"content":"é","single_word":true,"lstrip":false,"rstrip":false,"normalized":false,
            "special":false},{"id":4,"content":"  ","single_word":true,"lstrip":false,"rstrip":false,"normalized":false,
            "special":false}],"normalizer":null,"pre_tokenizer":null,"post_processor":null,"decoder":null,"model":
            {"type":"BPE","unk_token":"?","fuse_unk":false,"byte_fallback":false,"vocab":{"?":0,"a":1," ":2},"merges":[]}}
            """
        let tokenizer = try TokenizerJSONFile.read(
            Data(file.utf8), file: "tokenizer.json", configuration: TokenizerConfiguration())
        #expect(try tokenizer.encode("é") == [3])
        #expect(try tokenizer.encode("aé é") == [1, 0, 2, 3])
        // Two blanks behind the word, where the name may not stand, count as read; the next two are a token.
        #expect(try tokenizer.encode("a    ") == [1, 2, 2, 4])
    }

    @Test(
        "normalization composes syllables that are half composed, and orders marks that one decomposition leaves",
        arguments: [
            (Normalizer.composed, "\u{ac00}\u{11a8}", "\u{ac01}"), (.composed, "\u{cca}\u{cd5}", "\u{ccb}"),
            (.compatibilityComposed, "\u{1112}\u{ffc5}", "\u{d5ac}"),
            (.decomposed, "\u{10d24}\u{f73}", "\u{f71}\u{f72}\u{10d24}"),
            (.compatibilityDecomposed, "\u{10d24}\u{f73}", "\u{f71}\u{f72}\u{10d24}"),
        ])
    func normalForms(form: Normalizer, text: String, expected: String) {
        #expect(form.apply(to: Array(text.utf8)) == Array(expected.utf8))
    }

    @Test("a text of one long piece takes time in proportion, not its square")
    func longPiece() throws {
        let tokenizer = try ReferenceVectors.tokenizer("llama2")
        let text = String(repeating: "The patient was seen in the clinic. ", count: 1500)
        let short = String(repeating: "The patient was seen in the clinic. ", count: 30)
        let clock = ContinuousClock()
        let small = try clock.measure { for _ in 0..<5 { _ = try tokenizer.encode(short) } }
        let large = try clock.measure { _ = try tokenizer.encode(text) }
        // 50 times the text: 10 times the five short runs. Its square would be 500 times.
        #expect(large < small * 100)
    }

    @Test("decoding leaves out special tokens and unknown ids")
    func decoding() throws {
        let tokenizer = try ReferenceVectors.tokenizer("gpt2")
        let ids = try tokenizer.encode("knee")
        let framed = [0] + ids + [1, -7, 1_000_000, .max, .min]
        #expect(tokenizer.decode(framed) == "knee")
        #expect(tokenizer.decode(framed, skippingSpecialTokens: false) == "<|bos|>knee<|eos|>")
        #expect(tokenizer.token(of: 99_999) == nil)
        #expect(tokenizer.id(of: "no such token") == nil)
    }

    @Test("half of a character becomes U+FFFD")
    func halfCharacter() throws {
        let tokenizer = try ReferenceVectors.tokenizer("gpt2")
        let ids = try tokenizer.encode("🩺")
        #expect(tokenizer.decode(Array(ids.dropLast())).unicodeScalars.allSatisfy { $0 == "\u{fffd}" })
        #expect(tokenizer.decode(ids) == "🩺")
    }

    @Test("beginning, end and padding come from the files around the tokenizer")
    func roles() throws {
        let folder = try TemporaryFolder()
        let source = try ReferenceVectors.folder().appendingPathComponent("gpt2.tokenizer.json")
        try folder.write("tokenizer.json", Data(contentsOf: source))
        #expect(try Tokenizer.load(from: folder.url).bosID == nil)
        try folder.write("config.json", #"{"bos_token_id":0,"eos_token_id":[1,0],"pad_token_id":99999}"#)
        var tokenizer = try Tokenizer.load(from: folder.url)
        #expect((tokenizer.bosID, tokenizer.eosID, tokenizer.padID) == (0, 1, nil))
        try folder.write("generation_config.json", #"{"eos_token_id":[5,1,99999]}"#)
        #expect(try Tokenizer.load(from: folder.url).endIDs == [0, 1, 5])
        try folder.write(
            "tokenizer_config.json", #"{"bos_token":{"content":"<|eos|>"},"eos_token":"<|bos|>","pad_token":"absent"}"#)
        tokenizer = try Tokenizer.load(from: folder.path("tokenizer.json"))
        #expect((tokenizer.bosID, tokenizer.eosID, tokenizer.padID) == (1, 0, nil))
    }

    @Test("a character outside a vocabulary without unknown token is an error without the text")
    func unencodable() throws {
        let json = #"{"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}"#
        let tokenizer = try TokenizerJSONFile.read(
            Data(json.utf8), file: "tokenizer.json", configuration: TokenizerConfiguration())
        #expect(try tokenizer.encode("aa") == [0, 0])
        let error = try #require(throws: TokenizersError.self) { try tokenizer.encode("aZQX") }
        #expect(error.code == .unencodable)
        #expect(!error.message.contains("ZQX"))
    }
}

/// Just enough to write test files.
enum JSON {
    static func quote(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
}
