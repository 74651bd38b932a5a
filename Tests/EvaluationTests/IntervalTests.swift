import ConsiliumCore
import Foundation
import Testing

@testable import Evaluation

@Suite("Intervals and comparisons")
struct IntervalTests {
    /// Documents of differing length and difficulty; `shift` moves the loss per token of all of them.
    private static func result(seed: UInt64, count: Int, shift: Double = 0, noise: Double = 0) -> PerplexityResult {
        var random = ReproducibleGenerator(seed: seed)
        var extra = ReproducibleGenerator(seed: seed, label: "noise")
        return PerplexityResult(
            scores: (0..<count).map { index in
                let tokens = 50 + Int(random.unit() * 100)
                let difficulty = 2 + random.unit() + shift + noise * (extra.unit() - 0.5)
                return .init(
                    unit: "p\(index)", nats: Double(tokens) * difficulty, tokens: tokens, utf8Bytes: tokens * 4)
            })
    }

    @Test("an interval covers the true value about 95 times in 100")
    func coverage() throws {
        // The loss per token is 2 + U(0, 1), independent of the length: 2.5 in the limit.
        let truth = 2.5 / (M_LN2 * 4)
        var covered = 0
        for seed in 0..<200 {
            let units = try Self.result(seed: UInt64(seed), count: 60).units(.init())
            let estimate = Bootstrap(count: units.count, resamples: 200, seed: 9)
                .estimate { Totals.sum($0.lazy.map { units[$0] }).bitsPerByte }
            if estimate.lower <= truth && truth <= estimate.upper { covered += 1 }
        }
        #expect((178...199).contains(covered))
    }

    @Test("the same seed gives the same interval, another seed another one")
    func repeatable() throws {
        let result = Self.result(seed: 4, count: 30)
        #expect(try result.summary(.init(seed: 1)) == result.summary(.init(seed: 1)))
        #expect(try result.summary(.init(seed: 1)).perplexity != result.summary(.init(seed: 2)).perplexity)
    }

    @Test("more documents make a narrower interval")
    func width() throws {
        func width(_ count: Int) throws -> Double {
            let estimate = try Self.result(seed: 8, count: count).summary().bitsPerByte
            #expect(estimate.lower < estimate.value && estimate.value < estimate.upper)
            return estimate.upper - estimate.lower
        }
        let (few, many) = (try width(20), try width(500))
        #expect(few > many * 3 && few < many * 8)
    }

    @Test("documents of one patient are drawn together")
    func clusters() throws {
        var result = Self.result(seed: 8, count: 100)
        let single = try result.summary().bitsPerByte
        // Each document ten times: nothing is learned from copies, so the interval must not shrink.
        result.scores = result.scores.flatMap { Array(repeating: $0, count: 10) }
        let copies = try result.summary().bitsPerByte
        #expect(abs((copies.upper - copies.lower) - (single.upper - single.lower)) < 1e-12)
    }

    @Test("a small gain on every document shows in the comparison, though the single intervals overlap")
    func pairedGain() throws {
        let baseline = Self.result(seed: 5, count: 40)
        let candidate = Self.result(seed: 5, count: 40, shift: -0.05, noise: 0.05)
        #expect(try candidate.summary().bitsPerByte.upper > baseline.summary().bitsPerByte.lower)
        let comparison = try Self.bitsPerByte(candidate, against: baseline)
        #expect(comparison.verdict == .better && comparison.certainty > 0.975)
        #expect(comparison.difference.value < 0 && comparison.difference.upper < 0)
        #expect(abs(comparison.difference.value + 0.05 / (M_LN2 * 4)) < 0.004)
        #expect(try Self.bitsPerByte(baseline, against: candidate).verdict == .worse)
    }

    private static func bitsPerByte(_ candidate: PerplexityResult, against baseline: PerplexityResult) throws
        -> MetricComparison
    {
        try #require(ScoreSheet(candidate).comparison(with: ScoreSheet(baseline), of: "bits_per_byte").first)
    }

    @Test("a model compared with itself is neither better nor worse")
    func same() throws {
        let result = Self.result(seed: 5, count: 40)
        let comparison = try Self.bitsPerByte(result, against: result)
        #expect(comparison.difference == Estimate(value: 0, lower: 0, upper: 0))
        #expect(comparison.verdict == .undecided && comparison.certainty == 0.5)
    }

    @Test("results of other documents, or of the same in another order, are not compared")
    func otherDocuments() {
        let result = Self.result(seed: 5, count: 10)
        let reversed = PerplexityResult(scores: result.scores.reversed())
        for other in [reversed, Self.result(seed: 5, count: 9)] {
            #expect(throws: EvaluationError(.differentDocuments, "")) {
                try Self.bitsPerByte(result, against: other)
            }
        }
    }

    @Test("fewer than six patients give no verdict, however much they agree", arguments: [1, 2, 5, 6, 20])
    func fewUnits(count: Int) throws {
        let baseline = Self.result(seed: 5, count: count)
        let candidate = Self.result(seed: 5, count: count, shift: -0.5)
        let comparison = try #require(
            ScoreSheet(candidate).comparison(
                with: ScoreSheet(baseline), of: "bits_per_byte", .init(minimumDocuments: 1)
            ).first)
        #expect(comparison.difference.value < 0 && comparison.difference.upper < 0)
        #expect(comparison.verdict == (count < MetricComparison.fewestUnits ? .undecided : .better))
    }

    @Test("one figure by itself has the interval that it has among all")
    func oneFigure() throws {
        let sheet = ScoreSheet(Self.result(seed: 3, count: 25))
        let all = try sheet.summary()
        for name in ["perplexity", "bits_per_byte"] {
            let one = try sheet.summary(of: name)
            #expect(one.figures.map(\.name) == [name] && one[name] == all[name] && one.units == all.units)
        }
        #expect(try sheet.summary(of: "rougeL").figures.isEmpty)
    }

    @Test("quantiles lie between order statistics", arguments: [(0.0, 1.0), (0.5, 2.5), (1.0, 4.0), (0.25, 1.75)])
    func quantiles(probability: Double, expected: Double) {
        #expect(Bootstrap.quantile([1, 2, 3, 4], probability) == expected)
    }
}
