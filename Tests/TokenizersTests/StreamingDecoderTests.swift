import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite("Text that comes token by token is the text as a whole")
struct StreamingDecoderTests {
    /// Every piece must be final: nothing that ends in half of a character.
    private static func expectSame(_ ids: [Int32], _ tokenizer: Tokenizer, skipping: Bool = true) {
        var decoder = StreamingDecoder(tokenizer, skippingSpecialTokens: skipping)
        var text = ""
        for id in ids { text.unicodeScalars.append(contentsOf: decoder.append(id).unicodeScalars) }
        text.unicodeScalars.append(contentsOf: decoder.finish().unicodeScalars)
        let whole = tokenizer.decode(ids, skippingSpecialTokens: skipping)
        #expect(Array(text.unicodeScalars) == Array(whole.unicodeScalars), "\(ids)")
    }

    @Test("of encoded texts and of random ids, for every kind", arguments: VectorTests.kinds)
    func kinds(kind: String) throws {
        let tokenizer = try ReferenceVectors.tokenizer(kind)
        var random = ReproducibleGenerator(seed: 23)
        for text in try ReferenceVectors.read().texts {
            let ids = try tokenizer.encode(text)
            Self.expectSame(ids, tokenizer)
            Self.expectSame(ids.shuffled(using: &random), tokenizer)
        }
        for _ in 0..<300 {
            let ids = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                Int32.random(in: -2...Int32(tokenizer.vocabularySize + 2), using: &random)
            }
            Self.expectSame(ids, tokenizer)
            Self.expectSame(ids, tokenizer, skipping: false)
        }
    }

    @Test("of bytes that are no text, however they fall")
    func brokenBytes() throws {
        let tokenizer = try ReferenceVectors.tokenizer("gpt2")
        let bytes = try (UInt8.min...UInt8.max).map { byte in
            try #require(tokenizer.id(of: String(ByteAlphabet.scalars[Int(byte)])))
        }
        let edges: [UInt8] = [
            0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf1,
            0xf4, 0xf5, 0xff,
        ]
        var random = ReproducibleGenerator(seed: 29)
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                edges[Int.random(in: 0..<edges.count, using: &random)]
            }
            Self.expectSame(text.map { bytes[Int($0)] }, tokenizer)
        }
    }

    @Test("a character comes when its last byte does, and not before")
    func wholeCharacters() throws {
        let tokenizer = try ReferenceVectors.tokenizer("gpt2")
        var decoder = StreamingDecoder(tokenizer)
        let pieces = try "🩺".utf8.map { try #require(tokenizer.id(of: String(ByteAlphabet.scalars[Int($0)]))) }.map {
            decoder.append($0)
        }
        #expect(pieces == ["", "", "", "🩺"])
    }

    @Test("BioGPT's words come whole, with the blanks that their neighbors want")
    func moses() throws {
        let folder = try TemporaryFolder()
        for file in ["vocab.json", "merges.txt"] {
            try folder.write(
                file, Data(contentsOf: ReferenceVectors.folder().appendingPathComponent("BioGPT/\(file)")))
        }
        try folder.write("config.json", #"{"model_type":"biogpt"}"#)
        let tokenizer = try Tokenizer.load(from: folder.url)
        var random = ReproducibleGenerator(seed: 31)
        for text in try ReferenceVectors.read().texts + ["The patient's T-cell (CD4+) count was 5.", "a @-@ b-c 'd' -"]
        {
            let ids = try tokenizer.encode(text)
            Self.expectSame(ids, tokenizer)
            Self.expectSame(ids.shuffled(using: &random), tokenizer)
        }
        var decoder = StreamingDecoder(tokenizer)
        let pieces = try tokenizer.encode("The patient was well.").map { decoder.append($0) }
        #expect(pieces.joined() == "The patient was well")
    }
}
