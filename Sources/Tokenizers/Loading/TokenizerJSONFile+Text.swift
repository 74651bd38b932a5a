/// The parts of `tokenizer.json` that rewrite and cut text.
extension TokenizerJSONFile {
    mutating func readNormalizer(_ value: JSONValue) throws {
        guard !value.isNull else { return }
        switch value["type"]?.string ?? "" {
        case "Sequence":
            for item in value["normalizers"]?.array ?? [] { try readNormalizer(item) }
        case "NFC": parts.normalizers.append(.composed)
        case "NFD": parts.normalizers.append(.decomposed)
        case "NFKC": parts.normalizers.append(.compatibilityComposed)
        case "NFKD": parts.normalizers.append(.compatibilityDecomposed)
        case "Lowercase": parts.normalizers.append(.lowercase)
        case "StripAccents": parts.normalizers.append(.stripAccents)
        case "Strip":
            parts.normalizers.append(
                .stripSpaces(left: value["strip_left"]?.bool ?? true, right: value["strip_right"]?.bool ?? true))
        case "Prepend":
            parts.normalizers.append(.prepend(Array((value["prepend"]?.string ?? "").utf8)))
        case "Replace":
            guard let old = value["pattern"]?["String"]?.string, !old.isEmpty, let new = value["content"]?.string else {
                throw parts.unsupported("a “Replace” normalizer by a regular expression")
            }
            parts.normalizers.append(.replace(Array(old.utf8), with: Array(new.utf8)))
        case "BertNormalizer":
            // The flags in the file around it count more, as in the reference.
            let options = configuration.isBERT ? configuration : TokenizerConfiguration()
            let lowercases = options.lowercases ?? value["lowercase"]?.bool ?? true
            parts.normalizers.append(
                .bert(
                    cleans: value["clean_text"]?.bool ?? true,
                    padsIdeographs: options.padsIdeographs ?? value["handle_chinese_chars"]?.bool ?? true,
                    stripsAccents: options.stripsAccents ?? value["strip_accents"]?.bool ?? lowercases,
                    lowercases: lowercases))
        case let other: throw parts.unsupported("a normalizer of type “\(other)”")
        }
    }

    mutating func readPreTokenizer(_ value: JSONValue) throws {
        guard !value.isNull else { return }
        switch value["type"]?.string ?? "" {
        case "Sequence":
            for item in value["pretokenizers"]?.array ?? [] { try readPreTokenizer(item) }
        case "ByteLevel":
            isByteLevel = true
            if value["add_prefix_space"]?.bool ?? true { try rewrite(.leadingBlank) }
            if value["use_regex"]?.bool ?? true { parts.preTokenizer.steps.append(.words(.gpt2)) }
        case "Split": try readSplit(value)
        case "Digits":
            parts.preTokenizer.steps.append(.digits(individual: value["individual_digits"]?.bool ?? false))
        case "Metaspace":
            let sign = value["replacement"]?.string ?? "▁"
            guard Array(sign.utf8) == PreTokenizer.wordSign else {
                throw parts.unsupported("another word sign than “▁”")
            }
            try rewrite(.wordSigns(prependScheme(value)))
            if value["split"]?.bool ?? true {
                parts.preTokenizer.steps.append(.literal(PreTokenizer.wordSign, .withNext))
            }
        case "BertPreTokenizer": parts.preTokenizer.steps.append(.bert)
        case "WhitespaceSplit": parts.preTokenizer.steps.append(.whiteSpace)
        case let other: throw parts.unsupported("a pre-tokenizer of type “\(other)”")
        }
    }

    /// Changes of the whole text are possible before the first cut only.
    private mutating func rewrite(_ rewrite: PreTokenizer.Rewrite) throws {
        guard parts.preTokenizer.rewrite == nil, parts.preTokenizer.steps.isEmpty else {
            throw parts.unsupported("a leading blank in every piece")
        }
        parts.preTokenizer.rewrite = rewrite
    }

    private mutating func readSplit(_ value: JSONValue) throws {
        guard value["invert"]?.bool != true else { throw parts.unsupported("an inverted “Split”") }
        let behavior = value["behavior"]?.string ?? ""
        if let expression = value["pattern"]?["Regex"]?.string {
            // Removed and inverted forms of the same expressions exist; only this one is what the splitters do.
            guard behavior == "Isolated", let splitter = WordSplitter.known[expression] else {
                throw parts.unsupported("a “Split” by an unknown regular expression")
            }
            parts.preTokenizer.steps.append(.words(splitter))
        } else if let literal = value["pattern"]?["String"]?.string, !literal.isEmpty {
            guard let separator = PreTokenizer.Separator(rawValue: behavior) else {
                throw parts.unsupported("a “Split” with the behavior “\(behavior)”")
            }
            parts.preTokenizer.steps.append(.literal(Array(literal.utf8), separator))
        } else {
            throw parts.malformed("a “Split” has no pattern")
        }
    }

    private func prependScheme(_ value: JSONValue) throws -> PreTokenizer.PrependScheme {
        guard let name = value["prepend_scheme"]?.string else {
            // Files of before 2024 have a flag instead.
            return value["add_prefix_space"]?.bool ?? true ? .always : .never
        }
        guard let scheme = PreTokenizer.PrependScheme(rawValue: name) else {
            throw parts.unsupported("a “prepend_scheme” of “\(name)”")
        }
        return scheme
    }
}
