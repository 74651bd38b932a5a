/// A tokenizer as lists, the way in which files for other programs (GGUF) have it.
public struct TokenizerTables: Sendable, Equatable {
    /// How pieces become tokens.
    public enum Model: Sendable, Equatable {
        /// SentencePiece's byte pairs: two neighbors merge when their concatenation is a token, that of the highest score
        /// first. One score a token.
        case scored([Float], addsLeadingBlank: Bool)
        /// Byte-level byte pairs with numbered merges, each `left right` in the printable spelling of bytes.
        case byteLevel(merges: [[UInt8]], words: WordRule)
    }

    /// How a byte-level tokenizer cuts text into words.
    public enum WordRule: Sendable, Equatable {
        /// GPT-2's expression.
        case gpt2
        /// GPT-2's expression behind a cut around every digit.
        case gpt2Digits
        /// The expression of Llama 3; whether a word that is a token stays whole, whatever the merges say.
        case llama3(keepsWholeWords: Bool)
        /// The expression of Qwen 2: Llama 3's with every digit alone.
        case qwen2
    }

    public enum Kind: Sendable, Equatable {
        case normal, unknown, control, userDefined, byte
    }

    public struct Token: Sendable, Equatable {
        /// As the model's file spells it; with `▁` for blanks in ``Model/scored(_:addsLeadingBlank:)``.
        public var text: [UInt8]
        public var kind: Kind
    }

    /// By id; `nil` for an id that has no token.
    public var tokens: [Token?]
    public var model: Model
    /// Whether texts begin with the token for beginnings, and end with that for ends.
    public var addsBeginning: Bool
    public var addsEnd: Bool
}
