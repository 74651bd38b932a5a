internal import Foundation

/// The two older forms: `vocab.json` with `merges.txt` (GPT-2, Qwen 2), and BERT's `vocab.txt`.
enum VocabularyFiles {
    static func bytePair(vocabulary: Data, merges: Data, addedTokens: Data?, configuration: TokenizerConfiguration)
        throws
        -> Tokenizer
    {
        let root = try JSONReader.read(vocabulary, file: "vocab.json")
        var parts = TokenizerParts(file: "vocab.json", capacity: (root.members?.count ?? 0) + 64)
        guard let members = root.members, !members.isEmpty else { throw parts.malformed("it is no object of tokens") }
        for (spelling, value) in members {
            guard let id = value.integer else { throw parts.malformed("a token's id is no whole number") }
            try parts.insert(spelling.utf8, content: ByteAlphabet.bytes(of: spelling) ?? Array(spelling.utf8), id: id)
        }
        if configuration.isBioGPT { return try wordEnding(parts, merges: merges, addedTokens, configuration) }
        try readAddedTokens(addedTokens, configuration, &parts)
        try applyClass(configuration, &parts)
        configuration.apply(to: &parts)
        let bytes = ByteAlphabet.scalars.map { parts.names.id(of: String($0)) ?? -1 }
        let model = BytePairEncoder(
            unit: .bytes(bytes), vocabulary: parts.contents, merges: try readMerges(merges, parts.names), unknown: nil,
            fusesUnknown: false, prefersWholePieces: false, special: parts.unreachable)
        return parts.finish(.bytePair(model))
    }

    /// BioGPT: Moses' words, and merges in which the last character of a word carries `</w>`.
    private static func wordEnding(
        _ read: TokenizerParts, merges data: Data, _ addedTokens: Data?, _ configuration: TokenizerConfiguration
    ) throws -> Tokenizer {
        var parts = read
        parts.contents = parts.names
        for name in ["<s>", "<pad>", "</s>", "<unk>"] {
            guard let id = parts.names.id(of: name) else { throw parts.malformed("it has no token \(name)") }
            try parts.insertAdded(AddedTokens.Entry(content: Array(name.utf8), id: id, isSpecial: true))
        }
        try readAddedTokens(addedTokens, configuration, &parts)
        (parts.bos, parts.eos) = (parts.names.id(of: "<s>"), parts.names.id(of: "</s>"))
        (parts.pad, parts.separator) = (parts.names.id(of: "<pad>"), parts.eos)
        configuration.apply(to: &parts)
        // BioGPT begins a text with the separator.
        parts.prefix = parts.separator.map { [$0] } ?? []
        parts.normalizers = [.moses]
        parts.preTokenizer.steps = [.whiteSpace]
        parts.decoder = .moses
        let unknown = parts.unknown ?? parts.names.id(of: "<unk>") ?? 0
        parts.unknown = unknown
        guard
            let model = WordEndingEncoder(
                vocabulary: parts.names, merges: try readPairs(data), unknown: unknown, special: parts.unreachable)
        else { throw parts.malformed("its merges have too many symbols") }
        return parts.finish(.wordEnding(model))
    }

    /// Two symbols a line; what follows them, a count, is passed over.
    private static func readPairs(_ data: Data) throws -> [(left: [UInt8], right: [UInt8])] {
        let parts = TokenizerParts(file: "merges.txt", capacity: 0)
        guard String(validating: data, as: UTF8.self) != nil else { throw parts.malformed("it is not UTF-8") }
        var pairs: [(left: [UInt8], right: [UInt8])] = []
        for line in data.split(whereSeparator: { $0 == 10 || $0 == 13 })
        where !line.starts(with: Array("#version".utf8)) {
            let symbols = line.split(separator: 0x20)
            guard symbols.count >= 2, symbols[0].count <= 1024, symbols[1].count <= 1024 else {
                throw parts.malformed("merge \(pairs.count + 1) is no pair of tokens")
            }
            pairs.append((Array(symbols[0]), Array(symbols[1])))
        }
        return pairs
    }

    private static func readAddedTokens(
        _ data: Data?, _ configuration: TokenizerConfiguration, _ parts: inout TokenizerParts
    ) throws {
        if let data {
            guard let members = try JSONReader.read(data, file: "added_tokens.json").members else {
                throw parts.malformed("added_tokens.json is no object of tokens")
            }
            for (spelling, value) in members {
                guard let id = value.integer else { throw parts.malformed("an added token's id is no whole number") }
                // Without a description a token is taken to steer the model: text must not reach it.
                try parts.insertAdded(AddedTokens.Entry(content: Array(spelling.utf8), id: Int32(id), isSpecial: true))
            }
        }
        for (key, value) in configuration.addedTokens {
            guard let id = Int32(key), let content = value["content"]?.string else {
                throw parts.malformed("tokenizer_config.json has an added token without id or text")
            }
            func flag(_ name: String) -> Bool { value[name]?.bool ?? false }
            try parts.insertAdded(
                AddedTokens.Entry(
                    content: Array(content.utf8), id: id, isSpecial: value["special"]?.bool ?? true,
                    takesSpaceBefore: flag("lstrip"), takesSpaceAfter: flag("rstrip"), isWholeWord: flag("single_word"),
                    isNormalized: flag("normalized")))
        }
        // GPT-2's own files come without any description of their one special token.
        let end = "<|endoftext|>"
        if parts.added.isEmpty, let id = parts.names.id(of: end) {
            try parts.insertAdded(AddedTokens.Entry(content: Array(end.utf8), id: id, isSpecial: true))
            (parts.bos, parts.eos) = (id, id)
        }
    }

    private static func applyClass(_ configuration: TokenizerConfiguration, _ parts: inout TokenizerParts) throws {
        switch configuration.className ?? "GPT2Tokenizer" {
        case "GPT2Tokenizer", "CodeGenTokenizer", "PreTrainedTokenizer":
            parts.preTokenizer.steps = [.words(.gpt2)]
        case "Qwen2Tokenizer":
            parts.normalizers = [.composed]
            parts.preTokenizer.steps = [.words(.modern(digits: 1))]
        case let other: throw parts.unsupported("the tokenizer class “\(other)” without a tokenizer.json")
        }
    }

    private static func readMerges(_ data: Data, _ names: Vocabulary) throws -> MergeTable {
        var parts = TokenizerParts(file: "merges.txt", capacity: 0)
        parts.names = names
        guard let text = String(validating: data, as: UTF8.self) else { throw parts.malformed("it is not UTF-8") }
        var builder = NumberedMerges(parts: parts, capacity: data.count / 8)
        for (number, line) in text.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }).enumerated() {
            guard let line = String(line) else { throw parts.malformed("it is not UTF-8") }
            if number == 0, line.hasPrefix("#version") { continue }
            try builder.insert(line: line)
        }
        return builder.table
    }

    static func wordPiece(_ data: Data, configuration: TokenizerConfiguration) throws -> Tokenizer {
        var parts = TokenizerParts(file: "vocab.txt", capacity: data.count / 7)
        guard String(validating: data, as: UTF8.self) != nil else { throw parts.malformed("it is not UTF-8") }
        var lines = data.split(separator: 10, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (id, line) in lines.enumerated() {
            let token = line.last == 13 ? line.dropLast() : line
            try parts.insert(token, content: token, id: id)
        }
        guard let unknown = parts.names.id(of: "[UNK]") else { throw parts.malformed("it has no token [UNK]") }
        for name in ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] {
            guard let id = parts.names.id(of: name) else { continue }
            try parts.insertAdded(AddedTokens.Entry(content: Array(name.utf8), id: id, isSpecial: true))
        }
        try readAddedTokens(nil, configuration, &parts)
        let lowercases = configuration.lowercases ?? true
        parts.normalizers = [
            .bert(
                cleans: true, padsIdeographs: configuration.padsIdeographs ?? true,
                stripsAccents: configuration.stripsAccents ?? lowercases, lowercases: lowercases)
        ]
        parts.preTokenizer.steps = [.bert]
        parts.decoder = .words(continuationPrefix: Array("##".utf8), tidies: true)
        (parts.bos, parts.eos) = (parts.names.id(of: "[CLS]"), parts.names.id(of: "[SEP]"))
        parts.pad = parts.names.id(of: "[PAD]")
        parts.prefix = parts.bos.map { [$0] } ?? []
        parts.suffix = parts.eos.map { [$0] } ?? []
        configuration.apply(to: &parts)
        return parts.finish(
            .wordPiece(
                WordPieceEncoder(
                    vocabulary: parts.names, unknown: unknown, continuationPrefix: Array("##".utf8), longestWord: 100,
                    special: parts.unreachable)))
    }
}
