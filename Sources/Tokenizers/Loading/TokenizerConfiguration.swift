internal import ConsiliumCore
internal import Foundation

/// What the small files around a tokenizer say: `tokenizer_config.json`, `special_tokens_map.json`, and as a last
/// resort the model's own `generation_config.json` and `config.json`. All are optional.
struct TokenizerConfiguration {
    private var tokenizer: JSONValue = .null
    private var specialTokens: JSONValue = .null
    private var models: [JSONValue] = []

    init() {}

    init(folder: URL) throws {
        func read(_ name: String) throws -> JSONValue? {
            let url = folder.appendingPathComponent(name)
            guard FileManager.default.fileExists(atPath: url.path) else { return nil }
            return try JSONReader.read(DurableFile.read(url, limit: 64 << 20), file: name)
        }
        tokenizer = try read("tokenizer_config.json") ?? .null
        specialTokens = try read("special_tokens_map.json") ?? .null
        models = try ["generation_config.json", "config.json"].compactMap(read)
    }

    /// `Qwen2Tokenizer`, `GPT2Tokenizer`, …, without the ending `Fast`. Without a name, what the model's type means.
    var className: String? {
        if let name = tokenizer["tokenizer_class"]?.string {
            return name.hasSuffix("Fast") ? String(name.dropLast(4)) : name
        }
        switch modelType {
        case "qwen2", "qwen3": return "Qwen2Tokenizer"
        case "biogpt": return "BioGptTokenizer"
        case "bert": return "BertTokenizer"
        default: return nil
        }
    }

    /// Whether `vocab.json` and `merges.txt` are BioGPT's; GPT-2's have the same names.
    var isBioGPT: Bool { className == "BioGptTokenizer" }

    /// `model_type` of the model's `config.json`.
    var modelType: String? { models.lazy.compactMap { $0["model_type"]?.string }.first }

    /// Whether the flags of BERT's normalizer in `tokenizer_config.json` mean something.
    var isBERT: Bool { className?.hasSuffix("BertTokenizer") ?? false }

    var stripsAccents: Bool? { tokenizer["strip_accents"]?.bool }
    var padsIdeographs: Bool? { tokenizer["tokenize_chinese_chars"]?.bool }
    var lowercases: Bool? { tokenizer["do_lower_case"]?.bool }
    var addsBeginning: Bool? { tokenizer["add_bos_token"]?.bool }
    var addsEnd: Bool? { tokenizer["add_eos_token"]?.bool }

    /// The members of `added_tokens_decoder`: id as text, description.
    var addedTokens: [(key: String, value: JSONValue)] { tokenizer["added_tokens_decoder"]?.members ?? [] }

    /// Sets the tokens with a role. A name that the vocabulary lacks is passed over, because many published
    /// models name a padding token that only exists after further training.
    func apply(to parts: inout TokenizerParts) {
        parts.bos = id("bos", parts) ?? parts.bos
        parts.eos = id("eos", parts) ?? parts.eos
        parts.furtherEnds = models.flatMap { model -> [Int32] in
            let value = model["eos_token_id"]
            let ids = value?.array?.compactMap(\.integer) ?? value?.integer.map { [$0] } ?? []
            return ids.map { Int32($0) }.filter { parts.names.contains(id: $0) }
        }
        parts.pad = id("pad", parts) ?? parts.pad
        parts.unknown = id("unk", parts) ?? parts.unknown
        parts.mask = id("mask", parts) ?? parts.mask ?? standard(["[MASK]", "<mask>"], parts)
        parts.classification = id("cls", parts) ?? parts.classification ?? standard(["[CLS]"], parts)
        parts.separator = id("sep", parts) ?? parts.separator ?? standard(["[SEP]"], parts)
    }

    /// A special token of one of the names that everybody uses for a role.
    private func standard(_ names: [String], _ parts: TokenizerParts) -> Int32? {
        names.lazy.compactMap { parts.names.id(of: $0) }.first { id in
            parts.added.contains { $0.id == id && $0.isSpecial }
        }
    }

    private func id(_ role: String, _ parts: TokenizerParts) -> Int32? {
        for source in [tokenizer, specialTokens] {
            if let name = source["\(role)_token"]?.tokenText, let id = parts.names.id(of: name) { return id }
        }
        for model in models {
            let value = model["\(role)_token_id"]
            if let id = value?.integer ?? value?.array?.first?.integer, parts.names.contains(id: Int32(id)) {
                return Int32(id)
            }
        }
        return nil
    }
}
