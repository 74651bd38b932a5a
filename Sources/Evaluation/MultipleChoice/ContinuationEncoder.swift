public import LanguageModels
public import Tokenizers

/// Cuts context and continuation into tokens as lm-evaluation-harness does for causal models.
///
/// White space at the end of the context belongs to the continuation; context and continuation are encoded as one text, of
/// which the tokens behind the context's own number are the continuation. So a token may reach over the border. Names of special
/// tokens in the text stay text: nothing in a question can steer the model, which differs from the harness.
public struct ContinuationEncoder: Sendable {
    private let tokenizer: Tokenizer

    public init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

    /// - Throws: ``EvaluationError`` `.invalidInput` if nothing is left of the continuation; `TokenizersError`.
    public func encode(context: String, continuation: String) throws -> Continuation {
        guard !context.isEmpty else { return try encodeAlone(continuation) }
        let spaces = PythonText.trailingSpaces(context)
        let scalars = context.unicodeScalars
        let head = String(String.UnicodeScalarView(scalars.dropLast(spaces)))
        let tail = String(String.UnicodeScalarView(scalars.suffix(spaces))) + continuation
        let whole = try tokenizer.encodeWithSpecialTokens(head + tail)
        let given = try tokenizer.encodeWithSpecialTokens(head)
        let ids = Array(whole.dropFirst(given.count))
        guard !given.isEmpty else { return try encodeAlone(tail) }
        guard !ids.isEmpty else { throw Self.nothing }
        return Continuation(context: given, ids: ids)
    }

    /// Behind nothing but the token that begins a text.
    private func encodeAlone(_ text: String) throws -> Continuation {
        let ids = try tokenizer.encode(text)
        guard let begin = tokenizer.bosID ?? tokenizer.eosID, let first = ids.first else { throw Self.nothing }
        guard begin == first else { return Continuation(context: [begin], ids: ids) }
        guard ids.count > 1 else { throw Self.nothing }
        return Continuation(context: [first], ids: Array(ids.dropFirst()))
    }

    private static let nothing = EvaluationError(
        .invalidInput,
        "The tokenizer leaves nothing of an option. Check the options, and that the tokenizer belongs to the model."
    )
}
