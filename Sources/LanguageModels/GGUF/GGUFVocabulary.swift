internal import Tensors
internal import Tokenizers

/// A tokenizer as a GGUF file has it.
struct GGUFVocabulary {
    let metadata: [(key: String, value: GGUFValue)]

    /// Weights alone: a program that opens the file must bring tokens of its own.
    static let none = GGUFVocabulary(metadata: [("tokenizer.ggml.model", .string("no_vocab"))])

    private init(metadata: [(key: String, value: GGUFValue)]) { self.metadata = metadata }

    /// - Parameters:
    ///   - size: rows of the model's embedding; what the tokenizer lacks is filled up with unused tokens.
    ///   - chatTemplate: Jinja.
    /// - Throws: ``TokenizersError`` `.unsupported` for a tokenizer that can't be expressed, ``LanguageModelsError``
    ///   `.malformedCheckpoint` if it has more tokens than the model.
    init(_ tokenizer: Tokenizer, size: Int, chatTemplate: String?) throws {
        let tables = try tokenizer.tables()
        guard tables.tokens.count <= size else {
            throw LanguageModelsError(
                .malformedCheckpoint,
                "The tokenizer has \(tables.tokens.count) tokens, the model's embedding \(size) rows. The files don't belong together."
            )
        }
        var texts: [[UInt8]] = []
        var kinds: [Int32] = []
        for id in 0..<size {
            let token = tables.tokens.indices.contains(id) ? tables.tokens[id] : nil
            texts.append(token?.text ?? Array("[PAD\(id)]".utf8))
            kinds.append(Self.number(token?.kind))
        }
        var values: [(String, GGUFValue)] = []
        switch tables.model {
        case .scored(let scores, let addsLeadingBlank):
            let padding = [Float](repeating: -1e6, count: size - scores.count)
            values = [
                ("model", .string("llama")), ("pre", .string("default")), ("tokens", .strings(texts)),
                ("scores", .float32s(scores + padding)), ("token_type", .int32s(kinds)),
                ("add_space_prefix", .bool(addsLeadingBlank)), ("remove_extra_whitespaces", .bool(false)),
            ]
        case .byteLevel(let merges, let words):
            values = [
                ("model", .string("gpt2")), ("pre", .string(Self.name(words))), ("tokens", .strings(texts)),
                ("token_type", .int32s(kinds)), ("merges", .strings(merges)),
            ]
        }
        func add(_ key: String, _ id: Int32?) {
            if let id, id >= 0 { values.append((key, .uint32(UInt32(id)))) }
        }
        add("bos_token_id", tokenizer.bosID)
        add("eos_token_id", tokenizer.eosID)
        add("eot_token_id", tokenizer.endIDs.first { $0 != tokenizer.eosID })
        add("unknown_token_id", tokenizer.unknownID)
        add("padding_token_id", tokenizer.padID)
        values += [("add_bos_token", .bool(tables.addsBeginning)), ("add_eos_token", .bool(tables.addsEnd))]
        metadata =
            values.map { ("tokenizer.ggml.\($0.0)", $0.1) }
            + (chatTemplate.map { [("tokenizer.chat_template", .string($0))] } ?? [])
    }

    /// `llama_token_type`.
    private static func number(_ kind: TokenizerTables.Kind?) -> Int32 {
        switch kind {
        case .normal: 1
        case .unknown: 2
        case .control: 3
        case .userDefined: 4
        case nil: 5
        case .byte: 6
        }
    }

    /// llama.cpp knows expressions by the name of a model that has them.
    private static func name(_ words: TokenizerTables.WordRule) -> String {
        switch words {
        case .gpt2: "gpt-2"
        case .gpt2Digits: "smollm"
        case .llama3(keepsWholeWords: true): "llama-bpe"
        case .llama3(keepsWholeWords: false): "smaug-bpe"
        case .qwen2: "qwen2"
        }
    }
}
