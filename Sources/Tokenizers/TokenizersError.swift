public import ConsiliumCore

/// Faults of tokenizer files, and of text that a tokenizer can't express.
///
/// A message may name a file and a construct in it; it never holds any of the text that was to be encoded.
public struct TokenizersError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        /// The folder holds no tokenizer file of a known name.
        case noTokenizer = "tokenizers.none-found"
        /// A file is truncated, contradicts itself or holds numbers out of range.
        case malformedFile = "tokenizers.malformed-file"
        /// The file is well formed but asks for something that is not implemented; the message names it.
        case unsupported = "tokenizers.unsupported"
        /// A character has no token and the vocabulary has no token for unknown ones.
        case unencodable = "tokenizers.unencodable"
        /// The model's folder has no chat template, and its family doesn't tell which one it was trained with.
        case noChatTemplate = "tokenizers.no-chat-template"
        /// A chat template has a fault, asks for something that is not implemented, or takes too long.
        case unusableTemplate = "tokenizers.unusable-template"
        /// The template doesn't take these messages, or the assistant's part can't be told from the rest.
        case refusedChat = "tokenizers.refused-chat"
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var codeName: String { code.rawValue }

    public var category: ErrorCategory { .badData }

    public static func == (left: TokenizersError, right: TokenizersError) -> Bool { left.code == right.code }
}
