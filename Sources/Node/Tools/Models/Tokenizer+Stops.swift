internal import LanguageModels
internal import Tokenizers

extension Tokenizer {
    /// All tokens after which a generation ends, ascending. The end of a turn is no end of a text, and only the tokenizer's files
    /// know it.
    func stopTokens(of model: ModelConfiguration) -> [Int32] { Set(model.endOfText + endIDs).sorted() }
}
