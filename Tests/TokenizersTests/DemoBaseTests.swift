import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite("The tokenizer of the model that the project ships")
struct DemoBaseTests {
    private static let folder = SharedData.packageRoot.appendingPathComponent("Assets/demo-base")

    @Test("its special tokens are known by their role")
    func roles() throws {
        let tokenizer = try Tokenizer.load(from: Self.folder)
        #expect(tokenizer.vocabularySize == 4096)
        #expect((tokenizer.bosID, tokenizer.eosID, tokenizer.padID) == (0, 1, nil))
        #expect(tokenizer.id(of: "<|eos|>") == 1)
        #expect(try tokenizer.encodeWithSpecialTokens("knee").first == 0)
    }

    @Test("its ids equal those of Hugging Face's tokenizers, and every text comes back")
    func ids() throws {
        let vectors = try ReferenceVectors.read()
        let tokenizer = try Tokenizer.load(from: Self.folder)
        for (text, row) in zip(vectors.texts, try #require(vectors.kinds["demo-base"])) {
            #expect(try tokenizer.encode(text) == row.plain, "\(text.debugDescription)")
            let parsed = row.parsed ?? row.plain
            #expect(try tokenizer.encode(text, parseSpecial: true) == parsed, "\(text.debugDescription)")
            #expect(Array(tokenizer.decode(row.plain).utf8) == Array(text.utf8), "\(text.debugDescription)")
        }
    }

    @Test("it needs fewer than a token for three bytes of general medical text")
    func compression() throws {
        let tokenizer = try Tokenizer.load(from: Self.folder)
        let text = "The doctor may order blood tests to find out whether the disease has spread to the lymph nodes."
        let count = try tokenizer.encode(text).count
        #expect(count * 3 < text.utf8.count)
    }
}
