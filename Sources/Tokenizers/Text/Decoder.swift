internal import Foundation

/// How the tokens' contents become text again.
enum Decoder: Sendable, Equatable {
    /// One after the other. A blank at the very beginning is dropped if the encoder always puts one there.
    case concatenation(dropsLeadingBlank: Bool)
    /// Words with blanks between them, continuations joined; `tidies` removes blanks before punctuation.
    case words(continuationPrefix: [UInt8], tidies: Bool)
    /// Words that end with `</w>`, put together by ``MosesDetokenizer``.
    case moses

    func text(_ tokens: [ArraySlice<UInt8>]) -> String {
        switch self {
        case .concatenation(let dropsLeadingBlank):
            var bytes: [UInt8] = []
            for token in tokens { bytes.append(contentsOf: token) }
            if dropsLeadingBlank, bytes.first == 0x20 { bytes.removeFirst() }
            // A token may hold half of a character: what doesn't add up to UTF-8 becomes U+FFFD.
            return String(decoding: bytes, as: UTF8.self)
        case .words(let prefix, let tidies):
            var text = ""
            for (index, token) in tokens.enumerated() {
                text += Self.word(token, prefix, isFirst: index == 0, tidies: tidies)
            }
            return text
        case .moses: return MosesDetokenizer.text(Self.words(tokens))
        }
    }

    /// What one token adds to the words before it.
    static func word(_ token: ArraySlice<UInt8>, _ prefix: [UInt8], isFirst: Bool, tidies: Bool) -> String {
        let isContinuation = !isFirst && !prefix.isEmpty && token.starts(with: prefix)
        let part = String(decoding: isContinuation ? token.dropFirst(prefix.count) : token, as: UTF8.self)
        let spaced = isFirst || isContinuation ? part : " " + part
        return tidies && token.contains(where: isTidied) ? tidy(spaced) : spaced
    }

    /// Tokens put together at the word ending; the last word may be unfinished.
    static func words(_ tokens: [ArraySlice<UInt8>]) -> [String] {
        var words = [""]
        for token in tokens {
            let ends = token.reversed().starts(with: WordEndingEncoder.ending.reversed())
            words[words.count - 1] += String(decoding: ends ? token.dropLast(4) : token, as: UTF8.self)
            if ends { words.append("") }
        }
        return words
    }

    /// Whether a token can be changed by ``tidy(_:)`` at all: most can't, and searching is slow.
    private static func isTidied(_ byte: UInt8) -> Bool { [0x21, 0x27, 0x2c, 0x2e, 0x3f].contains(byte) }

    /// Token by token, as the reference does it: a rule never sees two tokens.
    private static func tidy(_ text: String) -> String {
        let rules = [
            (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"),
            (" 've", "'ve"), (" 're", "'re"),
        ]
        return rules.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
}
