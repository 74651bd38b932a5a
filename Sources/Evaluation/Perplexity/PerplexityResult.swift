/// The losses of single documents. They stay where the texts are; ``summary(_:)`` is what may be shown.
public struct PerplexityResult: Sendable, Equatable {
    /// One document's loss.
    public struct Score: Sendable, Equatable {
        public var unit: String
        /// Σ -ln p over the document's predicted tokens.
        public var nats: Double
        public var tokens: Int
        public var utf8Bytes: Int

        public init(unit: String, nats: Double, tokens: Int, utf8Bytes: Int) {
            self.unit = unit
            self.nats = nats
            self.tokens = tokens
            self.utf8Bytes = utf8Bytes
        }
    }

    public var scores: [Score]
    /// Documents without text.
    public var skippedDocuments: Int

    public init(scores: [Score], skippedDocuments: Int = 0) {
        self.scores = scores
        self.skippedDocuments = skippedDocuments
    }

    /// How intervals are drawn, and from how many on an aggregate may be made at all.
    public struct Statistics: Sendable, Equatable {
        /// An aggregate of fewer documents or units is refused: it would say much about each of them.
        public var minimumDocuments: Int
        public var resamples: Int
        public var seed: UInt64

        public init(minimumDocuments: Int = 5, resamples: Int = 1000, seed: UInt64 = 1) {
            self.minimumDocuments = minimumDocuments
            self.resamples = resamples
            self.seed = seed
        }
    }

    /// Perplexity and bits per byte of all documents together, each with its 95 % interval.
    ///
    /// - Throws: ``EvaluationError`` `.tooFewDocuments`.
    public func summary(_ statistics: Statistics = Statistics()) throws -> PerplexitySummary {
        let units = try self.units(statistics)
        let bootstrap = Bootstrap(count: units.count, resamples: statistics.resamples, seed: statistics.seed)
        let totals = Totals.sum(units)
        return PerplexitySummary(
            perplexity: bootstrap.estimate { Totals.sum($0.lazy.map { units[$0] }).perplexity },
            bitsPerByte: bootstrap.estimate { Totals.sum($0.lazy.map { units[$0] }).bitsPerByte },
            tokens: Int(totals.tokens), utf8Bytes: Int(totals.bytes), documents: scores.count, units: units.count,
            skippedDocuments: skippedDocuments)
    }

    /// What is drawn as one, in order of first appearance, after the check of the minimum.
    func units(_ statistics: Statistics) throws -> [Totals] {
        var order: [String: Int] = [:]
        var units: [Totals] = []
        for score in scores {
            let totals = Totals(
                nats: score.nats, tokens: Double(score.tokens), bytes: Double(score.utf8Bytes))
            if let index = order[score.unit] {
                units[index] = units[index] + totals
            } else {
                order[score.unit] = units.count
                units.append(totals)
            }
        }
        guard units.count >= max(1, statistics.minimumDocuments) else {
            throw EvaluationError(
                .tooFewDocuments,
                "There are \(units.count) patients or documents to evaluate; at least \(statistics.minimumDocuments) are needed for a figure that says nothing about one of them."
            )
        }
        return units
    }
}
