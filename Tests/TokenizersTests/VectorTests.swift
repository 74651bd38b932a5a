import Foundation
import Testing

@testable import Tokenizers

/// What Hugging Face's `tokenizers` makes of the same texts with the same files.
struct ReferenceVectors: Decodable {
    struct Row: Decodable {
        var plain: [Int32]
        var parsed: [Int32]?
        var framed: [Int32]?
        var decoded: String?
    }

    var texts: [String]
    var kinds: [String: [Row]]

    static func folder() throws -> URL {
        try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
    }

    static func read() throws -> ReferenceVectors {
        try JSONDecoder().decode(
            ReferenceVectors.self, from: Data(contentsOf: folder().appendingPathComponent("vectors.json")))
    }

    /// A tokenizer file of the vectors, read by itself.
    static func tokenizer(_ kind: String) throws -> Tokenizer {
        let data = try Data(contentsOf: folder().appendingPathComponent("\(kind).tokenizer.json"))
        return try TokenizerJSONFile.read(data, file: "tokenizer.json", configuration: TokenizerConfiguration())
    }
}

@Suite("Ids equal those of Hugging Face's tokenizers")
struct VectorTests {
    static let kinds = [
        "gpt2", "gpt2-leading-blank", "llama3", "qwen2", "digits", "llama2", "mistral", "metaspace-split", "gemma",
        "bert-uncased", "bert-cased", "added-flags", "llama2-normalized", "metaspace-never", "bert-added",
    ]

    @Test("every text gets the reference's ids", arguments: kinds)
    func ids(kind: String) throws {
        let vectors = try ReferenceVectors.read()
        let tokenizer = try ReferenceVectors.tokenizer(kind)
        let rows = try #require(vectors.kinds[kind])
        #expect(rows.count == vectors.texts.count && rows.count > 60)
        for (text, row) in zip(vectors.texts, rows) {
            #expect(try tokenizer.encode(text) == row.plain, "\(text.debugDescription)")
            #expect(
                try tokenizer.encode(text, parseSpecial: true) == row.parsed ?? row.plain, "\(text.debugDescription)")
            if let framed = row.framed {
                #expect(
                    try tokenizer.encodeWithSpecialTokens(text, parseSpecial: true) == framed,
                    "\(text.debugDescription)")
            }
        }
    }

    /// The reference decodes a token that it looks for after normalizing to its normalized form; this one to the form
    /// in the file.
    @Test("decoding gives the reference's text", arguments: kinds.filter { $0 != "bert-added" })
    func texts(kind: String) throws {
        let vectors = try ReferenceVectors.read()
        let tokenizer = try ReferenceVectors.tokenizer(kind)
        for (text, row) in zip(vectors.texts, try #require(vectors.kinds[kind])) {
            let decoded = tokenizer.decode(row.plain)
            // Compared as scalars, because Swift's strings are equal when they look the same.
            #expect(
                Array(decoded.unicodeScalars) == Array((row.decoded ?? text).unicodeScalars), "\(text.debugDescription)"
            )
        }
    }
}
