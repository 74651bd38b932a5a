internal import LanguageModels

/// What a causal model makes of a sequence: the only place here that knows that labels are shifted by one.
extension LanguageModel {
    /// How many predictions of the sequence count.
    func supervisedTokens(in sequence: TokenSequence) -> Int {
        sequence.labels.dropFirst().count { $0 != TokenSequence.ignored }
    }

    /// - Throws: `LanguageModelsError` `.invalidTokens` if the model can't take the sequence with its labels.
    func check(_ sequence: TokenSequence) throws {
        let vocabulary = Int32(clamping: configuration.vocabularySize)
        let sound =
            sequence.inputIDs.count == sequence.labels.count
            && sequence.inputIDs.allSatisfy { $0 >= 0 && $0 < vocabulary }
            && sequence.labels.allSatisfy { $0 == TokenSequence.ignored || ($0 >= 0 && $0 < vocabulary) }
        guard sound else {
            throw LanguageModelsError(
                .invalidTokens,
                "It has ids or labels outside of the model's vocabulary of \(vocabulary), or not as many labels as ids. Use the tokenizer of this model."
            )
        }
    }
}
