/// Surnames that stand for a sign, a score or a classification, without its noun.
extension RuleScanner {
    /// `Hughes 4`, `Berger ok`, `Dravet n/a`, `Hoover +`, `r/o Marfan`, `anti-Duffy`: the result behind it or the question
    /// before it tells. A name behind a title or in a heading is read by other rules.
    func isFinding(_ index: Int) -> Bool {
        if tokens[index].breaks > 0, !isResult(index + 1, isLineStart: true) { return false }
        if isMark(index - 1, "-"), token(index)?.spaced == false, isWord(index - 2, Self.prefixes) { return true }
        if isMark(index - 1, "?"), tokens[index].breaks == 0, isResult(index + 1, isLineStart: false) { return true }
        // `r/o`, `s/p`, `c/w`
        if isMark(index - 2, "/"), isWord(index - 1, Self.secondHalves), isWord(index - 3, Self.firstHalves) {
            return true
        }
        var next = index + 1
        if isMark(next, "-") || isMark(next, "/"), token(next)?.spaced == false, token(next + 1)?.kind == .word {
            next += 2
        }
        return isResult(next, isLineStart: tokens[index].breaks > 0)
    }

    private static let prefixes = words("anti non pseudo post pre")
    private static let firstHalves = words("r s c")
    private static let secondHalves = words("o p w")
    private static let results = words(
        """
        neg negative pos positive no ok absent present equivocal normal nl wnl intact low high midline excluded borderline
        unable untested grade class type stage level score scale iia iib iiia iiib iv ii iii vi vii viii
        """)
    private static let numbered = words("i v ii iii iv vi")

    private func isResult(_ index: Int, isLineStart: Bool) -> Bool {
        guard let next = token(index), next.breaks == 0 else { return false }
        if next.isMark("+") || next.isMark("-") && !next.spaced && (token(index + 1)?.spaced ?? true) { return true }
        if next.kind == .word {
            if next.hash == Self.n, isMark(index + 1, "/"), isWord(index + 2, Self.a) { return true }
            return Self.results.contains(next.hash) && (next.shape != .capital || Self.numbered.contains(next.hash))
        }
        guard !isLineStart, next.kind == .number, next.count <= 2 else { return false }
        // `Hughes 4`, `Boston 2/3/2`; an age has its letters behind.
        guard let behind = token(index + 1), behind.breaks == 0 else { return true }
        return behind.kind == .mark
            && (behind.isMark(".") || behind.isMark(",") || behind.isMark(";")
                || behind.isMark(")") || behind.isMark("/"))
    }

    private static let n = WordHash.of("n")
    private static let a = words("a")

    /// `Kirby-Bauer`, `Marcus Gunn`: two names that medicine knows together; the index behind them.
    func eponymPairEnd(at index: Int) -> Int? { EponymPairs.end(at: index, in: text) }

    /// A given name at the end of a long line, and the surname on the next.
    func wrappedSurname(behind index: Int) -> Int? {
        guard let next = token(index + 1), next.breaks == 1, next.shape == .capital, next.kind == .word,
            tokens[index].shape == .capital,
            next.flags.has(.surname) && !next.flags.has(.ordinary) || next.flags.isEmpty,
            next.count > 2, !isMark(index + 2, ":"), !Lexicon.looksOrdinary(text.folded[next.start..<next.end])
        else { return nil }
        var start = tokens[index].start
        while start > 0, text.kinds[start - 1] != .newline { start -= 1 }
        return tokens[index].end - start >= 45 ? index + 2 : nil
    }
}
