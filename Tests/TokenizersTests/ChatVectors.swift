import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

/// What Jinja2 makes of the same templates, set up as transformers does it.
struct ChatVectors: Decodable {
    struct Snippet: Decodable {
        var template: String
        /// Nothing where Jinja2 refuses.
        var text: String?
    }

    struct Row: Decodable {
        var chat: Int
        var prompt: Bool
        var variables: [String: Bool]
        var text: String?
        var spans: [[Int]]?
    }

    struct Rows: Decodable {
        var bos: String?
        var eos: String?
        var rows: [Row]
    }

    struct TokenRow: Decodable {
        var chat: Int
        var ids: [Int32]
        var mask: [Int]
    }

    struct TokenRows: Decodable {
        var file: String
        var bos: String?
        var eos: String?
        var rows: [TokenRow]
    }

    var conversations: [[ChatMessage]]
    var snippets: [Snippet]
    var families: [String: Rows]
    var tokens: [String: TokenRows]

    static func folder() throws -> URL { try ReferenceVectors.folder().appendingPathComponent("Chat") }

    static func read() throws -> ChatVectors {
        try JSONDecoder().decode(
            ChatVectors.self, from: Data(contentsOf: folder().appendingPathComponent("chat_vectors.json")))
    }

    static func source(_ family: String) throws -> String {
        try String(contentsOf: folder().appendingPathComponent("\(family).jinja"), encoding: .utf8)
    }

    /// A tokenizer of the vectors in a folder of its own, with its beginning and end tokens named.
    static func tokenizer(_ rows: TokenRows, in folder: TemporaryFolder) throws -> Tokenizer {
        let file = try ReferenceVectors.folder().appendingPathComponent(rows.file)
        try folder.write("tokenizer.json", Data(contentsOf: file))
        let names = ["bos_token": rows.bos, "eos_token": rows.eos].compactMapValues { $0 }
        try folder.write("tokenizer_config.json", JSONEncoder().encode(names))
        return try Tokenizer.load(from: folder.url)
    }
}
