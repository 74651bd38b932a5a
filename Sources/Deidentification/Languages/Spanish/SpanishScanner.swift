/// The rules for Spanish texts. What doesn't depend on the language (e-mail addresses, URLs, network addresses) and the
/// way to walk over tokens are ``RuleScanner``'s.
struct SpanishScanner {
    var base: RuleScanner

    init(_ text: ScalarText) { base = RuleScanner(text) }

    var text: ScalarText { base.text }
    var tokens: [Token] { base.text.tokens }
    var count: Int { base.text.tokens.count }

    mutating func scan() -> [Candidate] {
        base.scanNetwork()
        scanCuedIdentifiers()
        scanShapedIdentifiers()
        scanPhones()
        scanDates()
        scanAges()
        scanHeaders()
        scanAddresses()
        scanFacilities()
        scanPlaces()
        scanNames()
        return base.found
    }

    mutating func add(
        _ start: Int, _ end: Int, _ label: IdentifierLabel, _ score: Double, _ rule: RuleKind, take: Bool = false
    ) {
        base.add(start, end, label, score, rule, take: take)
    }

    /// Adds the tokens of a range as one candidate.
    mutating func add(
        tokens range: Range<Int>, _ label: IdentifierLabel, _ score: Double, _ rule: RuleKind, take: Bool = false
    ) {
        guard let first = token(range.lowerBound), let last = token(range.upperBound - 1), !range.isEmpty else {
            return
        }
        base.add(first.start, last.end, label, score, rule, take: take)
    }

    func token(_ index: Int) -> Token? { base.token(index) }
    func flags(_ index: Int) -> WordFlags { base.flags(index) }
    func isMark(_ index: Int, _ character: Unicode.Scalar) -> Bool { base.isMark(index, character) }
    func isWord(_ index: Int, _ words: WordSet) -> Bool { base.isWord(index, words) }

    func isTaken(_ index: Int) -> Bool {
        guard let token = token(index) else { return false }
        return base.taken[token.start]
    }

    /// Whether the token stands on the same line as the one before it.
    func continuesLine(_ index: Int) -> Bool { (token(index)?.breaks ?? 1) == 0 }

    /// A word with a capital that is not known to be an ordinary one.
    func looksLikeName(_ index: Int) -> Bool {
        guard let token = token(index), token.kind == .word, token.isCapitalised, token.count > 1 else { return false }
        if token.flags.has(.anyName) { return true }
        return !token.flags.has(.ordinary) && !endsLikeOrdinaryWord(token)
    }

    /// Endings of abstract and medical nouns, adjectives and participles that no Spanish family name has.
    func endsLikeOrdinaryWord(_ token: Token) -> Bool {
        let word = text.folded[token.start..<token.end]
        guard word.count >= 6 else { return false }
        return Self.endings.contains { word.count >= $0.count + 2 && word.suffix($0.count).elementsEqual($0) }
    }

    private static let endings: [[UInt32]] = """
        cion ciones sion siones logia logias grafia grafias scopia tomia ectomia ostomia plastia patia itis osis emia
        oma omas uria algia mente idad idades ismo ismos ncia ncias terapia metria genico genica ico icos ica icas ivo
        iva ivos ivas ado ados ada adas ido idos ida idas able ibles ible ando iendo miento mientos aje ajes cilina
        micina azol prazol pril sartan olol statina mab nib oide oides ogo oga ologo ologa ario arios aria arias oso
        osa osos osas
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.unicodeScalars.map(\.value) }
}
