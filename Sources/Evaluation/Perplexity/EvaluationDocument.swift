public import Tokenizers

/// One text as the model is to see it.
public struct EvaluationDocument: Sendable, Equatable {
    /// What is drawn as one when the interval is computed: the patient, where a patient may have several documents, otherwise
    /// the document. Documents of one unit are not independent, and an interval over single documents would be too narrow.
    public var unit: String
    /// The whole document with the tokens around it. The first token is given, every other one is predicted.
    public var ids: [Int32]
    /// The length of the text in UTF-8, without what the tokens around it stand for.
    public var utf8Bytes: Int

    public init(unit: String, ids: [Int32], utf8Bytes: Int) {
        self.unit = unit
        self.ids = ids
        self.utf8Bytes = utf8Bytes
    }

    /// The beginning token, the text, the end token; either is left out if the tokenizer has none.
    ///
    /// - Throws: `TokenizersError` `.unencodable`.
    public init(unit: String, text: String, tokenizer: Tokenizer) throws {
        self.init(
            unit: unit, ids: tokenizer.beginning + (try tokenizer.encode(text)) + tokenizer.ending,
            utf8Bytes: text.utf8.count)
    }

    /// Nothing can be said of an empty text or of one token.
    var isUsable: Bool { utf8Bytes > 0 && ids.count > 1 }

    /// Pieces of at most `length` predicted tokens. Each begins with the last token of the one before, so that every token
    /// but the document's first is predicted exactly once.
    func windows(of length: Int) -> [[Int32]] {
        stride(from: 0, to: ids.count - 1, by: length).map { Array(ids[$0..<min($0 + length + 1, ids.count)]) }
    }
}
