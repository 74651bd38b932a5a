/// A word, a run of digits, or one punctuation mark.
struct Token: Sendable {
    enum Kind: UInt8, Sendable { case word, number, mark }

    /// How a word is capitalised.
    enum Shape: UInt8, Sendable {
        case none, lower
        /// `Smith`, `McAllister`, `O'Brien`
        case capital
        /// Two or more letters, all of them upper case.
        case upper
        /// One upper-case letter.
        case initial
    }

    var start: Int
    var end: Int
    var kind: Kind
    var shape: Shape
    /// Of a word: its ``WordHash``. Of a mark: its folded scalar.
    var hash: UInt64
    var flags: WordFlags
    /// A blank or the start of the text stands before it.
    var spaced: Bool
    /// How many line breaks stand before it; 1 for the first token.
    var breaks: Int

    var count: Int { end - start }
    var isCapitalised: Bool { shape == .capital || shape == .upper || shape == .initial }
    func isMark(_ character: Unicode.Scalar) -> Bool { kind == .mark && hash == UInt64(character.value) }
}
