import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite("BioGPT's words and tokens are those of sacremoses and transformers")
struct BioGPTTests {
    struct Row: Decodable {
        var text: String
        var words: [String]
        var back: String
        var plain: [Int32]?
        var framed: [Int32]?
        var decoded: String?
    }

    private static func rows() throws -> [Row] {
        let url = try ReferenceVectors.folder().appendingPathComponent("BioGPT/biogpt_vectors.json")
        return try JSONDecoder().decode([Row].self, from: Data(contentsOf: url))
    }

    /// The vectors' vocabulary beside a file that says what it is.
    private static func tokenizer(_ name: String, _ content: String) throws -> Tokenizer {
        let folder = try TemporaryFolder()
        for file in ["vocab.json", "merges.txt"] {
            let url = try ReferenceVectors.folder().appendingPathComponent("BioGPT/\(file)")
            try folder.write(file, Data(contentsOf: url))
        }
        try folder.write(name, content)
        return try Tokenizer.load(from: folder.url)
    }

    @Test("Moses' words and the text made of them again")
    func moses() throws {
        let rows = try Self.rows()
        #expect(rows.count > 300)
        for row in rows {
            let words = MosesTokenizer.tokenize(row.text).unicodeScalars.split(whereSeparator: MosesCharacters.isSpace)
            #expect(words.map { String($0) } == row.words, "\(row.text.debugDescription)")
            let back = MosesDetokenizer.text(row.words)
            #expect(Array(back.unicodeScalars) == Array(row.back.unicodeScalars), "\(row.words)")
        }
    }

    @Test(
        "ids and decoded texts",
        arguments: [
            ("config.json", #"{"model_type":"biogpt"}"#),
            ("tokenizer_config.json", #"{"tokenizer_class":"BioGptTokenizer"}"#),
        ])
    func ids(file: String, content: String) throws {
        let tokenizer = try Self.tokenizer(file, content)
        #expect((tokenizer.bosID, tokenizer.padID, tokenizer.eosID, tokenizer.unknownID) == (0, 1, 2, 3))
        #expect(tokenizer.separatorID == 2)
        var unknowns = 0
        for row in try Self.rows() {
            guard let plain = row.plain, let framed = row.framed, let decoded = row.decoded else { continue }
            #expect(try tokenizer.encode(row.text) == plain, "\(row.text.debugDescription)")
            #expect(
                try tokenizer.encodeWithSpecialTokens(row.text, parseSpecial: true) == framed,
                "\(row.text.debugDescription)")
            #expect(
                Array(tokenizer.decode(plain).unicodeScalars) == Array(decoded.unicodeScalars),
                "\(row.text.debugDescription)")
            unknowns += plain.count { $0 == 3 }
        }
        #expect(unknowns > 10)
    }

    @Test("the name of a special token in a report is no token")
    func injection() throws {
        let tokenizer = try Self.tokenizer("config.json", #"{"model_type":"biogpt"}"#)
        for name in ["<s>", "</s>", "<pad>"] {
            let id = try #require(tokenizer.id(of: name))
            #expect(try !tokenizer.encode("a \(name) b").contains(id))
            #expect(try tokenizer.encode("a \(name) b", parseSpecial: true).contains(id))
        }
    }
}
