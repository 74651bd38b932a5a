internal import Foundation

/// The loss, tokens and bytes of some documents.
struct Totals: Sendable, Equatable {
    var nats = 0.0
    var tokens = 0.0
    var bytes = 0.0

    /// exp(Σ nats / Σ tokens)
    var perplexity: Double { exp(nats / tokens) }
    /// Σ nats / (ln 2 · Σ bytes)
    var bitsPerByte: Double { nats / (M_LN2 * bytes) }

    static func + (left: Totals, right: Totals) -> Totals {
        Totals(nats: left.nats + right.nats, tokens: left.tokens + right.tokens, bytes: left.bytes + right.bytes)
    }

    static func sum(_ all: some Sequence<Totals>) -> Totals { all.reduce(Totals(), +) }
}
