import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Tokenizers

@Suite("Tokenizers as lists")
struct TablesTests {
    private static func vector(_ name: String, _ change: (inout [String: Any]) -> Void = { _ in }) throws -> Tokenizer {
        let folder = (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appendingPathComponent("Vectors")
        let data = try Data(contentsOf: folder.appendingPathComponent("\(name).tokenizer.json"))
        var root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        change(&root)
        let model = try TemporaryFolder()
        try model.write("tokenizer.json", JSONSerialization.data(withJSONObject: root))
        let isByteLevel = String(decoding: data, as: UTF8.self).contains("<|bos|>")
        let (bos, eos) = isByteLevel ? ("<|bos|>", "<|eos|>") : ("<s>", "</s>")
        try model.write("tokenizer_config.json", #"{"bos_token": "\#(bos)", "eos_token": "\#(eos)"}"#)
        return try Tokenizer.load(from: model.url)
    }

    /// The merges that a conversion from SentencePiece has: all pairs of pieces that are a piece, in the order of ids.
    private static func complete(_ root: inout [String: Any]) {
        guard var model = root["model"] as? [String: Any], let vocabulary = model["vocab"] as? [String: Int] else {
            return
        }
        let pieces = vocabulary.filter { !$0.key.hasPrefix("<") }
        var merges: [[String]] = []
        for (piece, _) in pieces.sorted(by: { $0.value < $1.value }) {
            for cut in piece.unicodeScalars.indices.dropFirst() {
                let (left, right) = (String(piece.unicodeScalars[..<cut]), String(piece.unicodeScalars[cut...]))
                if pieces[left] != nil, pieces[right] != nil { merges.append([left, right]) }
            }
        }
        model["merges"] = merges
        root["model"] = model
    }

    private static let texts = [
        "Liver: 12 mm cyst, unchanged.", "No ascites; the the  the", "naïve 4,5 cm é", "\n\tx",
        "Once upon a time there was",
    ]

    /// SentencePiece's algorithm on scores, the plain way: O(n²).
    private static func encode(_ text: String, _ tables: TokenizerTables) throws -> [Int32] {
        guard case .scored(let scores, let addsBlank) = tables.model else { throw TokenizersError(.unsupported, "") }
        var ids: [[UInt8]: Int32] = [:]
        for (id, token) in tables.tokens.enumerated() {
            if let token, ids[token.text] == nil { ids[token.text] = Int32(id) }
        }
        let blank = Array("▁".utf8)
        var pieces: [[UInt8]] =
            (addsBlank ? [blank] : []) + text.unicodeScalars.map { $0 == " " ? blank : Array(String($0).utf8) }
        while true {
            var best: (score: Float, at: Int)?
            for at in pieces.indices.dropLast() {
                guard let id = ids[pieces[at] + pieces[at + 1]] else { continue }
                if best.map({ scores[Int(id)] > $0.score }) ?? true { best = (scores[Int(id)], at) }
            }
            guard let at = best?.at else { break }
            pieces[at] += pieces.remove(at: at + 1)
        }
        return try pieces.flatMap { piece -> [Int32] in
            if let id = ids[piece] { return [id] }
            return try piece.map { try #require(ids[TokenizerParts.byteSpelling($0)]) }
        }
    }

    @Test("scores give the tokens that merges give", arguments: ["llama2", "gemma", "metaspace-never"])
    func scores(name: String) throws {
        let tokenizer = try Self.vector(name, Self.complete)
        let tables = try tokenizer.tables()
        for text in Self.texts { #expect(try Self.encode(text, tables) == tokenizer.encode(text), "\(text)") }
        #expect(tables.tokens.count == tokenizer.vocabularySize)
    }

    @Test("files with scores keep their order", arguments: ["llama2/tokenizer.model", "llama2c-tok512/tok512.bin"])
    func files(path: String) throws {
        guard let file = SharedData.file("data/tokenizers/\(path)") else { return }
        let tokenizer = try Tokenizer.load(from: file)
        let tables = try tokenizer.tables()
        for text in Self.texts { #expect(try Self.encode(text, tables) == tokenizer.encode(text), "\(text)") }
        #expect(tables.addsBeginning && !tables.addsEnd)
        #expect(
            tables.tokens[0]?.kind == .unknown && tables.tokens[1]?.kind == .control && tables.tokens[3]?.kind == .byte)
        #expect(tables.tokens.allSatisfy { $0?.text.contains(0x20) != true })
    }

    @Test(
        "byte-level tokenizers are known by how they cut words",
        arguments: [
            ("gpt2", TokenizerTables.WordRule.gpt2), ("digits", .gpt2Digits),
            ("llama3", .llama3(keepsWholeWords: true)),
            ("qwen2", .qwen2),
        ])
    func words(name: String, rule: TokenizerTables.WordRule) throws {
        let tokenizer = try Self.vector(name)
        let tables = try tokenizer.tables()
        guard case .byteLevel(let merges, let words) = tables.model else {
            Issue.record("not byte level")
            return
        }
        #expect(words == rule)
        let root = (Bundle.module.resourceURL ?? Bundle.module.bundleURL)
            .appendingPathComponent("Vectors/\(name).tokenizer.json")
        let file = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: root)) as? [String: Any])
        let model = try #require(file["model"] as? [String: Any])
        let listed = try #require(model["merges"] as? [Any]).map {
            ($0 as? [String])?.joined(separator: " ") ?? $0 as? String ?? ""
        }
        #expect(merges.map { String(decoding: $0, as: UTF8.self) } == listed)
        #expect(tables.tokens[0]?.kind == .control)
    }

    @Test(
        "what lists can't say is refused",
        arguments: ["gpt2-leading-blank", "llama2", "bert-cased", "metaspace-split"])
    func refusals(name: String) throws {
        let tokenizer = try Self.vector(name)
        #expect(throws: TokenizersError(.unsupported, "")) { _ = try tokenizer.tables() }
    }
}
