import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite("BERT's files give the tokenizer that the model was trained with")
struct BERTTests {
    /// The vectors' cased vocabulary as `vocab.txt`.
    private static func folder(_ configuration: String?) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let tokenizer = try ReferenceVectors.tokenizer("bert-cased")
        let names = (0..<Int32(tokenizer.vocabularySize)).map { tokenizer.token(of: $0) ?? "" }
        try folder.write("vocab.txt", names.joined(separator: "\n") + "\n")
        if let configuration { try folder.write("tokenizer_config.json", configuration) }
        return folder
    }

    @Test("a cased vocabulary gives the ids of the same model's tokenizer.json")
    func vocabulary() throws {
        let folder = try Self.folder(#"{"do_lower_case":false,"tokenizer_class":"BertTokenizer"}"#)
        let tokenizer = try Tokenizer.load(from: folder.url)
        let vectors = try ReferenceVectors.read()
        for (text, row) in zip(vectors.texts, try #require(vectors.kinds["bert-cased"])) {
            #expect(try tokenizer.encode(text) == row.plain, "\(text.debugDescription)")
            if let framed = row.framed {
                #expect(try tokenizer.encodeWithSpecialTokens(text, parseSpecial: true) == framed)
            }
        }
    }

    @Test("the tokens with a role are known from both kinds of files", arguments: [true, false])
    func roles(isJSON: Bool) throws {
        let folder = try Self.folder(nil)
        if isJSON {
            try folder.write(
                "tokenizer.json",
                Data(contentsOf: ReferenceVectors.folder().appendingPathComponent("bert-cased.tokenizer.json")))
        }
        let tokenizer = try Tokenizer.load(from: folder.url)
        let roles = [
            (tokenizer.unknownID, "[UNK]"), (tokenizer.classID, "[CLS]"), (tokenizer.separatorID, "[SEP]"),
            (tokenizer.maskID, "[MASK]"), (tokenizer.bosID, "[CLS]"), (tokenizer.eosID, "[SEP]"),
        ]
        for (id, name) in roles { #expect(id != nil && id == tokenizer.id(of: name), "\(name)") }
        #expect(try tokenizer.encodeWithSpecialTokens("").map { tokenizer.token(of: $0) } == ["[CLS]", "[SEP]"])
    }

    @Test(
        "the flags beside the vocabulary decide on case, accents and ideographs",
        arguments: [
            (nil, ["the", "e"]), ("{}", ["the", "e"]), (#"{"do_lower_case":true}"#, ["the", "e"]),
            (#"{"do_lower_case":false}"#, ["The", "é"]),
            (#"{"do_lower_case":false,"strip_accents":true}"#, ["The", "e"]),
            (#"{"do_lower_case":true,"strip_accents":false}"#, ["the", "é"]),
        ] as [(String?, [String])])
    func flags(configuration: String?, words: [String]) throws {
        let folder = try Self.folder(configuration)
        let tokenizer = try Tokenizer.load(from: folder.url)
        #expect(
            tokenizer.normalizers.reduce(Array("The é".utf8)) { $1.apply(to: $0) }
                == Array(words.joined(separator: " ").utf8))
    }

    @Test("the flags count more than what tokenizer.json says, if the class is BERT's")
    func flagsOverJSON() throws {
        let folder = try Self.folder(#"{"do_lower_case":true,"tokenizer_class":"BertTokenizerFast"}"#)
        try folder.write(
            "tokenizer.json",
            Data(contentsOf: ReferenceVectors.folder().appendingPathComponent("bert-cased.tokenizer.json")))
        let lowercase = try Tokenizer.load(from: folder.url)
        #expect(lowercase.decode(try lowercase.encode("THE patient")) == "the patient")
        try folder.write(
            "tokenizer_config.json", #"{"do_lower_case":true,"tokenizer_class":"PreTrainedTokenizerFast"}"#)
        let cased = try Tokenizer.load(from: folder.url)
        #expect(cased.decode(try cased.encode("The patient")) == "The patient")
    }
}
