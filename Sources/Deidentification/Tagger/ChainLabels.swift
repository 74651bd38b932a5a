/// The labels of the chain: outside, and for each kind of identifier one (`I`) or two (`B`, `I`).
struct ChainLabels: Sendable, Equatable {
    /// The kinds in the order of the model's labels.
    let kinds: [IdentifierLabel]
    /// Whether the first token of an identifier has a label of its own.
    let marksBegins: Bool

    /// 0 is outside; then `I` of each kind; then `B` of each kind, if begins are marked.
    var count: Int { 1 + kinds.count * (marksBegins ? 2 : 1) }
    /// The row length of matrices.
    var stride: Int { (count + 7) & ~7 }

    func inside(_ kind: Int) -> Int { 1 + kind }
    func begin(_ kind: Int) -> Int { marksBegins ? 1 + kinds.count + kind : 1 + kind }
    /// Whether a label may follow another one; `nil` is the begin of the text.
    func permits(_ from: Int?, _ to: Int) -> Bool {
        guard marksBegins, to >= 1, to <= kinds.count else { return true }
        guard let from, from >= 1 else { return false }
        return (from - 1) % kinds.count == to - 1
    }
}
