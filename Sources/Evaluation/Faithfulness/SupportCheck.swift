/// What a text claims that its source does not support: numbers that the source doesn't have, findings that it denies though
/// the source doesn't, and findings that it affirms though the source only denies them.
///
/// Rules, not understanding: a count above zero is a reason to look, a count of zero no proof. Only counts are kept, never the
/// words.
public struct SupportCheck: Sendable, Equatable {
    /// Numbers in digits in the text.
    public private(set) var numbers = 0
    /// Of these, those that the source doesn't have: neither as written, nor in another unit, nor spelled out.
    public private(set) var unsupportedNumbers = 0
    /// Findings that the text denies.
    public private(set) var negations = 0
    /// Of these, those that the source affirms or does not mention.
    public private(set) var unsupportedNegations = 0
    /// Findings that the text affirms while the source only denies them.
    public private(set) var lostNegations = 0

    init() {}

    public init(text: String, source: String) {
        let theirs = NumberMention.all(in: source, spelledOut: true)
        let mine = NumberMention.all(in: text)
        numbers = mine.count
        unsupportedNumbers = mine.count { number in !theirs.contains { number.isSupported(by: $0) } }
        let scanner = NegationScanner()
        let (claimed, known) = (scanner.findings(in: text), scanner.findings(in: source))
        negations = claimed.denied.count
        unsupportedNegations = claimed.denied.count { !known.denied.contains($0) }
        lostNegations = claimed.affirmed.count { known.denied.contains($0) && !known.affirmed.contains($0) }
    }
}
