/// The `decoder` of a `tokenizer.json`, as far as it says what a token stands for.
struct DecoderRules {
    var isByteLevel = false
    private var readsWordSigns = false
    private var readsBytes = false
    private(set) var dropsLeadingBlank = false
    private(set) var tidies = false

    init(_ value: JSONValue, _ parts: TokenizerParts) throws { try read(value, parts) }

    private mutating func read(_ value: JSONValue, _ parts: TokenizerParts) throws {
        guard !value.isNull else { return }
        switch value["type"]?.string ?? "" {
        case "Sequence":
            for item in value["decoders"]?.array ?? [] { try read(item, parts) }
        case "ByteLevel": isByteLevel = true
        case "ByteFallback": readsBytes = true
        case "Fuse": return
        case "Replace":
            guard let old = value["pattern"]?["String"]?.string, Array(old.utf8) == PreTokenizer.wordSign,
                value["content"]?.string == " "
            else { throw parts.unsupported("a “Replace” decoder of something else than “▁”") }
            readsWordSigns = true
        case "Strip":
            guard value["content"]?.string == " ", value["start"]?.integer ?? 0 <= 1, value["stop"]?.integer ?? 0 == 0
            else {
                throw parts.unsupported("a “Strip” decoder of something else than one leading blank")
            }
            dropsLeadingBlank = value["start"]?.integer == 1
        case "Metaspace":
            readsWordSigns = true
            dropsLeadingBlank =
                value["prepend_scheme"]?.string.map { $0 != "never" } ?? value["add_prefix_space"]?.bool ?? true
        case "WordPiece": tidies = value["cleanup"]?.bool ?? true
        case let other: throw parts.unsupported("a decoder of type “\(other)”")
        }
    }

    /// The bytes of text that a token of the model's vocabulary stands for.
    func content(_ spelling: String, _ isByteLevel: Bool) -> [UInt8] {
        if isByteLevel { return ByteAlphabet.bytes(of: spelling) ?? Array(spelling.utf8) }
        if readsBytes, let byte = TokenizerParts.byte(spelling: spelling.utf8) { return [byte] }
        let bytes = Array(spelling.utf8)
        return readsWordSigns ? Normalizer.replace(PreTokenizer.wordSign, with: [0x20]).apply(to: bytes) : bytes
    }
}
