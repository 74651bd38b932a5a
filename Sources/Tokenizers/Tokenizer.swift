internal import Foundation

/// Text to token ids and back, exactly as the model was trained with.
///
/// A value of this type is immutable and may be used from many tasks at once. Load one with ``load(from:)``.
///
/// Text never steers the model by accident: a report that contains the characters `<|im_end|>` is encoded as those
/// characters, not as the token of that name, unless the caller says `parseSpecial: true`.
public struct Tokenizer: Sendable {
    enum Model: Sendable {
        case bytePair(BytePairEncoder)
        case wordPiece(WordPieceEncoder)
        case wordEnding(WordEndingEncoder)

        var unknown: Int32? {
            switch self {
            case .bytePair(let encoder): encoder.unknown
            case .wordPiece(let encoder): encoder.unknown
            case .wordEnding(let encoder): encoder.unknown
            }
        }
    }

    let model: Model
    let normalizers: [Normalizer]
    let preTokenizer: PreTokenizer
    let addedTokens: AddedTokens
    /// Those that are looked for after normalizing.
    let laterTokens: AddedTokens
    let decoder: Decoder
    /// Tokens as the file spells them.
    let names: Vocabulary
    /// What the tokens stand for in the text.
    let contents: Vocabulary
    let special: Set<Int32>
    /// What ``encodeWithSpecialTokens(_:parseSpecial:)`` puts before and after.
    let prefix: [Int32]
    let suffix: [Int32]

    /// Begins a text, if the model has such a token.
    public let bosID: Int32?
    /// Ends a text. Where a model has several, the tokenizer's own.
    public let eosID: Int32?
    /// What stands before a text that is continued: ``bosID``, or nothing.
    public var beginning: [Int32] { bosID.map { [$0] } ?? [] }
    /// What stands behind it: ``eosID``, or nothing.
    public var ending: [Int32] { eosID.map { [$0] } ?? [] }
    /// All tokens after which generation should stop: ``eosID`` and what the model's `generation_config.json` and
    /// `config.json` name besides, such as the end of a turn. Ascending.
    public let endIDs: [Int32]
    /// Fills up batches; most models of the Llama family have none.
    public let padID: Int32?
    /// Stands for what the vocabulary can't express.
    public let unknownID: Int32?
    /// Stands for a word to be guessed, in masked language models.
    public let maskID: Int32?
    /// Begins a text for a classifier (`[CLS]`).
    public let classID: Int32?
    /// Stands between or after texts for a classifier (`[SEP]`).
    public let separatorID: Int32?

    /// Positions inside of a text are 32-bit numbers, and normalizing may make it a few times longer.
    static let longestText = 1 << 28

    /// One more than the highest id. The model's embedding may have more rows, never fewer.
    public var vocabularySize: Int { names.size }

    /// The ids of `text`, without any token around them.
    ///
    /// - Parameter parseSpecial: whether the name of a special token in the text means that token. Leave it `false` for
    ///   everything that comes from outside; rendered chat templates need `true`.
    /// - Throws: ``TokenizersError`` `.unencodable` if a character can't be expressed; no byte-level vocabulary and
    ///   none with byte fallback or an unknown token throws that. Also for texts of more than 256 MiB.
    public func encode(_ text: String, parseSpecial: Bool = false) throws -> [Int32] {
        let bytes = try Self.checked(Array(text.utf8))
        var result: [Int32] = []
        result.reserveCapacity(bytes.count / 3 + 4)
        var scratch = BytePairEncoder.Scratch()
        for segment in addedTokens.split(bytes, recognizing: parseSpecial ? .all : .ordinary) {
            switch segment {
            case .token(let id, _): result.append(id)
            case .text(let range):
                let part = normalized(range.count == bytes.count ? bytes : Array(bytes[range]))
                for inner in laterTokens.split(part, recognizing: parseSpecial ? .all : .ordinary) {
                    switch inner {
                    case .token(let id, _): result.append(id)
                    case .text(let words):
                        let text = preTokenizer.rewritten(
                            words.count == part.count ? part : Array(part[words]),
                            isFirst: range.lowerBound == 0 && words.lowerBound == 0)
                        try text.withUnsafeBufferPointer { text in
                            for piece in preTokenizer.pieces(text) {
                                try encode(UnsafeBufferPointer(rebasing: text[piece]), into: &result, scratch: &scratch)
                            }
                        }
                    }
                }
            }
        }
        return result
    }

    static func checked(_ bytes: [UInt8]) throws -> [UInt8] {
        guard bytes.count <= longestText else {
            throw TokenizersError(
                .unencodable, "A text of \(bytes.count) bytes is too long to encode at once. Cut it into documents.")
        }
        return bytes
    }

    func normalized(_ part: [UInt8]) -> [UInt8] { normalizers.reduce(part) { $1.apply(to: $0) } }

    func encode(
        _ piece: UnsafeBufferPointer<UInt8>, into result: inout [Int32], scratch: inout BytePairEncoder.Scratch
    ) throws {
        switch model {
        case .bytePair(let encoder): try encoder.encode(piece, into: &result, scratch: &scratch)
        case .wordPiece(let encoder): encoder.encode(piece, into: &result)
        case .wordEnding(let encoder): try encoder.encode(piece, into: &result, scratch: &scratch)
        }
    }

    /// The same with the tokens that the model expects around one text: `<s>` for Llama, `[CLS]` and `[SEP]` for BERT.
    public func encodeWithSpecialTokens(_ text: String, parseSpecial: Bool = false) throws -> [Int32] {
        prefix + (try encode(text, parseSpecial: parseSpecial)) + suffix
    }

    /// The text of `ids`.
    ///
    /// Ids that the vocabulary doesn't have are left out; bytes that don't add up to UTF-8 become U+FFFD. Byte-level
    /// vocabularies and those with byte fallback give back exactly what was encoded, unless the model normalizes text.
    public func decode(_ ids: [Int32], skippingSpecialTokens: Bool = true) -> String {
        let kept = ids.filter { contents.contains(id: $0) && !(skippingSpecialTokens && special.contains($0)) }
        return decoder.text(kept.map { contents.bytes(of: $0) })
    }

    /// The id of a token as the model's file spells it: `<|eos|>`, `Ġthe`, `▁the`, `##ing`.
    public func id(of token: String) -> Int32? { names.id(of: token) }

    /// The spelling of a token in the model's file, or `nil` for an id without one.
    public func token(of id: Int32) -> String? {
        names.contains(id: id) ? String(decoding: names.bytes(of: id), as: UTF8.self) : nil
    }

    /// Whether the token steers the model instead of standing for text.
    public func isSpecial(_ id: Int32) -> Bool { special.contains(id) }
}
