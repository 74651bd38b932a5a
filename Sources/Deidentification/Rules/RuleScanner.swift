/// The rules for the identifiers that Safe Harbor names, over one text. Each aspect is an extension in a file of its
/// own.
struct RuleScanner {
    let text: ScalarText
    var found: [Candidate] = []
    /// Which scalars the numeric rules have taken, so that a weaker rule doesn't read them again.
    var taken: [Bool]
    /// Which words have the case of everything around them.
    let caseless: [Bool]
    /// The months of the full dates of the text: they tell what `3/4` is.
    var datedMonths: Set<Int> = []
    /// Whether lines of the text begin with dates such as `9-27`, as logs are kept.
    let isLog: Bool

    init(_ text: ScalarText) {
        self.text = text
        caseless = Self.caseless(text.tokens)
        taken = [Bool](repeating: false, count: text.count)
        isLog = Self.isLog(text)
    }

    /// The version of the rules and of the word lists, as receipts state it. Raise it whenever a rule changes.
    static let version = "2026.6"

    mutating func scan() -> [Candidate] {
        scanNetwork()
        scanFiles()
        scanCuedIdentifiers()
        datedMonths = Self.datedMonths(text)
        scanDates()
        scanAges()
        scanCodes()
        scanAddresses()
        scanForeignAddresses()
        scanNumbers()
        scanMisreadDigits()
        scanLetterhead()
        scanFacilities()
        scanPlaces()
        scanPlaceContexts()
        scanNameContexts()
        scanSignatures()
        scanNames()
        return found
    }

    mutating func add(
        _ start: Int, _ end: Int, _ label: IdentifierLabel, _ score: Double, _ rule: RuleKind, take: Bool = false
    ) {
        guard start >= 0, start < end, end <= text.count else { return }
        found.append(Candidate(start: start, end: end, label: label, score: score, rule: rule))
        if take { for index in start..<end { taken[index] = true } }
    }

    var tokens: [Token] { text.tokens }

    /// The token at an index, or `nil` outside.
    func token(_ index: Int) -> Token? {
        index >= 0 && index < text.tokens.count ? text.tokens[index] : nil
    }

    func flags(_ index: Int) -> WordFlags { token(index)?.flags ?? [] }

    func isMark(_ index: Int, _ character: Unicode.Scalar) -> Bool { token(index)?.isMark(character) ?? false }

    func isWord(_ index: Int, _ words: WordSet) -> Bool {
        guard let token = token(index), token.kind == .word else { return false }
        return words.contains(token.hash)
    }

    /// Whether the token begins a line, a sentence or a list item.
    func startsSentence(_ index: Int) -> Bool {
        guard let token = token(index), let before = self.token(index - 1) else { return true }
        if token.breaks > 0 { return true }
        if before.isMark(".") {
            // The full stop of an initial or a title ends no sentence.
            guard let word = self.token(index - 2), word.kind == .word else { return true }
            return !(word.shape == .initial || word.flags.has(.title))
        }
        return before.isMark("!") || before.isMark("?") || before.isMark(":") || before.isMark(";")
            || before.isMark("\"")
            || before.isMark("\u{2022}") || before.isMark("\u{201c}") || before.isMark("*")
    }

    /// The first token at or behind a scalar offset.
    func tokenIndex(atOrAfter offset: Int) -> Int {
        text.firstToken { $0.start >= offset }
    }

    static func words(_ list: String) -> WordSet {
        WordSet(list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { WordHash.of($0) })
    }
}
