extension ScoreSheet {
    /// Perplexity and bits per byte as figures beside others.
    public init(_ result: PerplexityResult) {
        let vectors = result.scores.map { [$0.nats, Double($0.tokens), Double($0.utf8Bytes)] }
        @Sendable func totals(_ sum: [Double]) -> Totals { Totals(nats: sum[0], tokens: sum[1], bytes: sum[2]) }
        self.init(
            units: result.scores.map(\.unit),
            metrics: [
                Metric("perplexity", isHigherBetter: false, sums: vectors) { totals($0).perplexity },
                Metric("bits_per_byte", isHigherBetter: false, sums: vectors) { totals($0).bitsPerByte },
            ])
    }
}
