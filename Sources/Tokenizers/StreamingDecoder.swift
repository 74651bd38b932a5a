/// Text from tokens that arrive one by one, as they do while a model generates.
///
/// A token may hold half of a character, and how words are put together may depend on the next one. Each call returns
/// what can no longer change; all returned texts and the one of ``finish()`` together are the text that
/// ``Tokenizer/decode(_:skippingSpecialTokens:)`` gives for all ids at once.
public struct StreamingDecoder: Sendable {
    private let tokenizer: Tokenizer
    private let skipsSpecialTokens: Bool
    private var hasBegun = false
    /// Bytes that may be the beginning of a character.
    private var pending: [UInt8] = []
    /// For decoders that look back: everything so far, and how many scalars of its text are out.
    private var ids: [Int32] = []
    private var written = 0

    public init(_ tokenizer: Tokenizer, skippingSpecialTokens: Bool = true) {
        self.tokenizer = tokenizer
        skipsSpecialTokens = skippingSpecialTokens
    }

    /// - Returns: the text that is certain now, often empty.
    public mutating func append(_ id: Int32) -> String {
        guard tokenizer.contents.contains(id: id), !(skipsSpecialTokens && tokenizer.special.contains(id)) else {
            return ""
        }
        let token = tokenizer.contents.bytes(of: id)
        switch tokenizer.decoder {
        case .concatenation(let dropsLeadingBlank):
            pending.append(contentsOf: token)
            if !hasBegun, !pending.isEmpty {
                hasBegun = true
                if dropsLeadingBlank, pending.first == 0x20 { pending.removeFirst() }
            }
            let cut = pending.count - Self.unfinished(pending)
            defer { pending.removeFirst(cut) }
            return String(decoding: pending[..<cut], as: UTF8.self)
        case .words(let prefix, let tidies):
            defer { hasBegun = true }
            return Decoder.word(token, prefix, isFirst: !hasBegun, tidies: tidies)
        case .moses:
            ids.append(id)
            // The last word may still grow, and a hyphen joins its neighbors.
            let words = Decoder.words(ids.map { tokenizer.contents.bytes(of: $0) }).dropLast()
            guard let next = words.last, words.count > 1, next != "@-@", words[words.count - 2] != "@-@" else {
                return ""
            }
            return advance(to: MosesDetokenizer.text(words.dropLast()))
        }
    }

    /// - Returns: the rest. Bytes that never became a character are U+FFFD.
    public mutating func finish() -> String {
        defer {
            hasBegun = false
            pending = []
            ids = []
            written = 0
        }
        if case .moses = tokenizer.decoder {
            return advance(to: tokenizer.decode(ids, skippingSpecialTokens: skipsSpecialTokens))
        }
        return String(decoding: pending, as: UTF8.self)
    }

    private mutating func advance(to text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count > written else { return "" }
        defer { written = scalars.count }
        return String(String.UnicodeScalarView(scalars[written...]))
    }

    /// How many bytes at the end are the valid beginning of a character that isn't there as a whole.
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let lead = bytes[bytes.count - back]
            if UTF8Form.isContinuation(lead) { continue }
            guard (0xc2...0xf4).contains(lead), UTF8Form.length(leading: lead) > back else { return 0 }
            guard back > 1 else { return 1 }
            let second = bytes[bytes.count - back + 1]
            switch lead {
            case 0xe0: return second >= 0xa0 ? back : 0
            case 0xed: return second < 0xa0 ? back : 0
            case 0xf0: return second >= 0x90 ? back : 0
            case 0xf4: return second < 0x90 ? back : 0
            default: return back
            }
        }
        return 0
    }
}
