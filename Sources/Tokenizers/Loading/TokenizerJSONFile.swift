internal import Foundation

/// A `tokenizer.json` of Hugging Face's `tokenizers`: the parts that known language models use. Anything else in the
/// file is refused by its name, because a part that is passed over gives other ids without any error.
struct TokenizerJSONFile {
    let root: JSONValue
    let configuration: TokenizerConfiguration
    var parts: TokenizerParts
    /// Whether pieces are bytes in their printable spelling.
    var isByteLevel = false

    static func read(_ data: Data, file: String, configuration: TokenizerConfiguration) throws -> Tokenizer {
        let root = try JSONReader.read(data, file: file)
        let tokens = root["model"]?["vocab"]?.members?.count ?? 0
        var reader = TokenizerJSONFile(
            root: root, parts: TokenizerParts(file: file, capacity: tokens + 64), configuration: configuration)
        return try reader.build()
    }

    private init(root: JSONValue, parts: TokenizerParts, configuration: TokenizerConfiguration) {
        self.root = root
        self.parts = parts
        self.configuration = configuration
    }

    private mutating func build() throws -> Tokenizer {
        guard let model = root["model"], model.members != nil else { throw parts.malformed("it has no “model”") }
        // “truncation” and “padding” are passed over, as transformers does: the caller decides on lengths.
        try readNormalizer(root["normalizer"] ?? .null)
        try readPreTokenizer(root["pre_tokenizer"] ?? .null)
        let type = model["type"]?.string ?? (model["merges"] == nil ? "" : "BPE")
        guard ["BPE", "WordPiece", ""].contains(type) else { throw parts.unsupported("a model of type “\(type)”") }
        let rules = try DecoderRules(root["decoder"] ?? .null, parts)
        if rules.isByteLevel { isByteLevel = true }
        try readVocabulary(model, rules)
        try readAddedTokens()
        try readPostProcessor(root["post_processor"] ?? .null)
        configuration.apply(to: &parts)
        switch type {
        case "BPE":
            parts.decoder = .concatenation(dropsLeadingBlank: rules.dropsLeadingBlank)
            return parts.finish(.bytePair(try bytePairModel(model)))
        case "WordPiece":
            let prefix = model["continuing_subword_prefix"]?.string ?? "##"
            parts.decoder = .words(continuationPrefix: Array(prefix.utf8), tidies: rules.tidies)
            // The same as for a vocabulary without this file.
            (parts.bos, parts.eos) = (parts.bos ?? parts.classification, parts.eos ?? parts.separator)
            return parts.finish(.wordPiece(try wordPieceModel(model, prefix)))
        default: throw parts.malformed("its model has no type")
        }
    }

    private mutating func readVocabulary(_ model: JSONValue, _ rules: DecoderRules) throws {
        guard let vocabulary = model["vocab"]?.members else { throw parts.malformed("its model has no “vocab” object") }
        for (spelling, value) in vocabulary {
            guard let id = value.integer else { throw parts.malformed("a token's id is no whole number") }
            try parts.insert(spelling.utf8, content: rules.content(spelling, isByteLevel), id: id)
        }
        guard parts.names.count > 0 else { throw parts.malformed("its vocabulary is empty") }
    }

    private mutating func readAddedTokens() throws {
        for item in root["added_tokens"]?.array ?? [] {
            guard let content = item["content"]?.string, let id = item["id"]?.integer else {
                throw parts.malformed("an added token has no id or no text")
            }
            func flag(_ name: String) -> Bool { item[name]?.bool ?? false }
            try parts.insertAdded(
                AddedTokens.Entry(
                    content: Array(content.utf8), id: Int32(id), isSpecial: flag("special"),
                    takesSpaceBefore: flag("lstrip"),
                    takesSpaceAfter: flag("rstrip"), isWholeWord: flag("single_word"), isNormalized: flag("normalized"))
            )
        }
    }

    private func bytePairModel(_ model: JSONValue) throws -> BytePairEncoder {
        for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let value = model[name], !value.isNull, value.string != "" { throw parts.unsupported("“\(name)”") }
        }
        if let dropout = model["dropout"], !dropout.isNull {
            guard case .number(0) = dropout else { throw parts.unsupported("random “dropout” of merges") }
        }
        let unknownName = model["unk_token"]?.string
        let unknown = unknownName.flatMap { parts.names.id(of: $0) }
        guard unknownName == nil || unknown != nil else {
            throw parts.malformed("its unknown token is not in the vocabulary")
        }
        let unit: BytePairEncoder.Unit
        if isByteLevel {
            let bytes = (UInt8.min...UInt8.max).map { parts.names.id(of: String(ByteAlphabet.scalars[Int($0)])) ?? -1 }
            unit = .bytes(bytes)
        } else {
            unit = .scalars(fallback: model["byte_fallback"]?.bool == true ? parts.byteTokens() : nil)
        }
        return BytePairEncoder(
            unit: unit, vocabulary: isByteLevel ? parts.contents : parts.names, merges: try merges(model),
            unknown: unknown,
            fusesUnknown: model["fuse_unk"]?.bool ?? false, prefersWholePieces: model["ignore_merges"]?.bool ?? false,
            special: parts.unreachable)
    }

    private func merges(_ model: JSONValue) throws -> MergeTable {
        guard let list = model["merges"]?.array else { throw parts.malformed("its model has no “merges” list") }
        var builder = NumberedMerges(parts: parts, capacity: list.count)
        for item in list {
            if let line = item.string {
                try builder.insert(line: line)
            } else if let pair = item.array, pair.count == 2, let left = pair[0].string, let right = pair[1].string {
                try builder.insert(left, right)
            } else {
                throw parts.malformed("merge \(builder.count + 1) is no pair of tokens")
            }
        }
        return builder.table
    }

    private func wordPieceModel(_ model: JSONValue, _ prefix: String) throws -> WordPieceEncoder {
        guard let unknown = parts.names.id(of: model["unk_token"]?.string ?? "[UNK]") else {
            throw parts.malformed("its unknown token is not in the vocabulary")
        }
        guard let longest = model["max_input_chars_per_word"].map({ $0.integer }) ?? 100, longest > 0,
            longest <= 100_000
        else { throw parts.malformed("“max_input_chars_per_word” is out of range") }
        return WordPieceEncoder(
            vocabulary: parts.names, unknown: unknown, continuationPrefix: Array(prefix.utf8), longestWord: longest,
            special: parts.unreachable)
    }

    private mutating func readPostProcessor(_ value: JSONValue) throws {
        guard !value.isNull else { return }
        switch value["type"]?.string ?? "" {
        case "ByteLevel": return
        case "Sequence":
            for item in value["processors"]?.array ?? [] { try readPostProcessor(item) }
        case "TemplateProcessing":
            try readTemplate(value)
        case "BertProcessing", "RobertaProcessing":
            guard let begin = value["cls"]?.array?.last?.integer, let end = value["sep"]?.array?.last?.integer,
                parts.names.contains(id: Int32(begin)), parts.names.contains(id: Int32(end))
            else { throw parts.malformed("its post-processor names unknown tokens") }
            (parts.prefix, parts.suffix) = ([Int32(begin)], [Int32(end)])
        case let other: throw parts.unsupported("a post-processor of type “\(other)”")
        }
    }

    private mutating func readTemplate(_ value: JSONValue) throws {
        var text = false
        (parts.prefix, parts.suffix) = ([], [])
        for item in value["single"]?.array ?? [] {
            if item["Sequence"] != nil {
                guard !text else { throw parts.unsupported("a template that repeats the text") }
                text = true
            } else if let name = item["SpecialToken"]?["id"]?.string {
                let ids = value["special_tokens"]?[name]?["ids"]?.array ?? []
                for id in ids.map(\.integer) {
                    guard let id, parts.names.contains(id: Int32(id)) else {
                        throw parts.malformed("its template names an unknown token")
                    }
                    if text { parts.suffix.append(Int32(id)) } else { parts.prefix.append(Int32(id)) }
                }
            } else {
                throw parts.malformed("its template has an unknown item")
            }
        }
    }
}
