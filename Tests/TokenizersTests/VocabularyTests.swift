import Foundation
import Testing

@testable import Tokenizers

@Suite("A vocabulary keeps what it was given")
struct VocabularyTests {
    @Test("however far it grows beyond what was expected")
    func growth() {
        var vocabulary = Vocabulary(capacity: 1)
        for id in 0..<5000 { #expect(vocabulary.insert("token \(id)".utf8, id: id) == .added) }
        #expect(vocabulary.insert("token 7".utf8, id: 9000) == .contentTaken)
        #expect(vocabulary.insert("other".utf8, id: 7) == .idTaken)
        for id in 0..<5000 { #expect(vocabulary.id(of: "token \(id)") == Int32(id)) }
    }

    @Test("words are merged one by one only where no token reaches from one into the next")
    func signBetweenWords() throws {
        func tokenizer(_ joined: String, _ merge: String) throws -> Tokenizer {
            let json = #"""
                {"normalizer":{"type":"Replace","pattern":{"String":" "},"content":"▁"},
                "model":{"type":"BPE","vocab":{"▁":0,"a":1,"b":2,"\#(joined)":3},"merges":["\#(merge)"]}}
                """#
            return try TokenizerJSONFile.read(
                Data(json.utf8), file: "tokenizer.json", configuration: TokenizerConfiguration())
        }
        #expect(try tokenizer("a▁", "a ▁").encode("a b a ") == [3, 2, 0, 3])
        #expect(try tokenizer("a▁", "a ▁").preTokenizer.signBetweenWords == nil)
        #expect(try tokenizer("▁b", "▁ b").encode("a b  b") == [1, 3, 0, 3])
        #expect(try tokenizer("▁b", "▁ b").preTokenizer.signBetweenWords == PreTokenizer.wordSign)
    }
}
