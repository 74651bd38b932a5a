/// A continuation as the transformer sees it: the tokens that go in, and from which row on each next token counts.
struct BranchedRequest {
    /// Context and continuation without its last token.
    let inputs: [Int32]
    let targets: [Int32]
    /// Whether the context lost tokens at its beginning.
    let isCut: Bool

    /// The row whose output predicts the first target.
    var firstRow: Int { inputs.count - targets.count }

    /// What is too long loses tokens at its beginning, as in lm-evaluation-harness.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens`.
    init(_ continuation: Continuation, model: LanguageModel) throws {
        guard !continuation.context.isEmpty, !continuation.ids.isEmpty else {
            throw LanguageModelsError(
                .invalidTokens,
                "A continuation is scored after at least one token, and has at least one itself. Check the item's texts."
            )
        }
        let vocabulary = Int32(clamping: model.configuration.vocabularySize)
        guard (continuation.context + continuation.ids).allSatisfy({ $0 >= 0 && $0 < vocabulary }) else {
            throw LanguageModelsError(
                .invalidTokens,
                "A token id is outside of the model's vocabulary of \(vocabulary). Use the tokenizer of this model.")
        }
        let longest = model.maximumLength
        guard continuation.ids.count <= longest else {
            throw LanguageModelsError(
                .invalidTokens,
                "A continuation of \(continuation.ids.count) tokens is longer than the \(longest) positions that are possible. Cut it."
            )
        }
        let whole = continuation.context + continuation.ids
        isCut = whole.count > longest + 1
        inputs = Array(whole.suffix(longest + 1).dropLast())
        targets = continuation.ids
    }

    /// How many tokens all of `sequences` begin with.
    static func sharedPrefix(_ sequences: some Collection<[Int32]>) -> Int {
        guard let first = sequences.first else { return 0 }
        var count = first.count
        for sequence in sequences.dropFirst() {
            let limit = min(count, sequence.count)
            count = 0
            while count < limit, sequence[count] == first[count] { count += 1 }
        }
        return count
    }
}
