/// Two models on the same documents.
///
/// Documents differ more in difficulty than models do, so the interval of the difference, drawn over the same documents for
/// both, is much narrower than the two intervals of the single figures suggest.
public struct PairedComparison: Sendable, Equatable, Codable {
    /// Bits per byte of the candidate minus those of the baseline: negative is better.
    public var difference: Estimate
    /// Bits per byte of the candidate divided by those of the baseline: below 1 is better.
    public var ratio: Estimate
    public var documents: Int
    public var units: Int

    /// Whether the candidate is better beyond what chance in the choice of documents explains.
    public var isBetter: Bool { difference.upper < 0 }
    /// Whether it is worse beyond that. Neither of both: the documents are too few to tell.
    public var isWorse: Bool { difference.lower > 0 }

    /// - Throws: ``EvaluationError`` `.differentDocuments` if the results are not of the same documents in the same order,
    ///   `.tooFewDocuments` as for a summary.
    public init(
        baseline: PerplexityResult, candidate: PerplexityResult,
        statistics: PerplexityResult.Statistics = PerplexityResult.Statistics()
    ) throws {
        // The tokens may differ: the two models may have different vocabularies.
        guard baseline.scores.map(\.unit) == candidate.scores.map(\.unit),
            baseline.scores.map(\.utf8Bytes) == candidate.scores.map(\.utf8Bytes)
        else {
            throw EvaluationError(
                .differentDocuments,
                "The two evaluations are not of the same documents. Evaluate both models on the same file in one order."
            )
        }
        let before = try baseline.units(statistics)
        let after = try candidate.units(statistics)
        let bootstrap = Bootstrap(count: before.count, resamples: statistics.resamples, seed: statistics.seed)
        func bits(_ units: [Totals], _ drawn: [Int]) -> Double { Totals.sum(drawn.lazy.map { units[$0] }).bitsPerByte }
        difference = bootstrap.estimate { bits(after, $0) - bits(before, $0) }
        ratio = bootstrap.estimate { bits(after, $0) / bits(before, $0) }
        documents = baseline.scores.count
        units = before.count
    }
}
