import ConsiliumCore
import Foundation
import Testing

@testable import Evaluation

@Suite("The benefit report ends in a choice")
struct BenefitTests {
    /// The same documents for every model; `shift` moves the loss per token, `noise` differs from model to model.
    private static func sheet(_ shift: Double, noise: UInt64 = 0) -> ScoreSheet {
        var random = ReproducibleGenerator(seed: 3)
        var extra = ReproducibleGenerator(seed: noise, label: "noise")
        return ScoreSheet(
            PerplexityResult(
                scores: (0..<40).map { index in
                    let tokens = 50 + Int(random.unit() * 100)
                    let nats = Double(tokens) * (2 + random.unit() + shift + 0.05 * (extra.unit() - 0.5))
                    return .init(unit: "p\(index / 2)", nats: nats, tokens: tokens, utf8Bytes: tokens * 4)
                }))
    }

    private static func report(common: Double, personalised: Double? = nil, local: Double? = nil) throws
        -> BenefitReport
    {
        var sheets: [BenefitReport.Candidate: ScoreSheet] = [.base: sheet(0), .common: sheet(common, noise: 1)]
        sheets[.personalised] = personalised.map { sheet($0, noise: 2) }
        sheets[.local] = local.map { sheet($0, noise: 3) }
        return try BenefitReport(metric: "bits_per_byte", sheets: sheets)
    }

    @Test(
        "the common adapter, unless another is better beyond chance",
        arguments: [
            (-0.3, -0.2, -0.1, BenefitReport.Candidate.common), (-0.2, -0.4, -0.1, .personalised),
            (-0.1, -0.2, -0.5, .local), (-0.3, -0.302, -0.301, .common), (0.2, 0.3, 0.4, .base),
            (0.2, -0.3, 0.1, .personalised), (0.3, 0.2, 0.1, .base),
        ])
    func choice(common: Double, personalised: Double, local: Double, expected: BenefitReport.Candidate) throws {
        let report = try Self.report(common: common, personalised: personalised, local: local)
        #expect(report.choice == expected)
        #expect(report.rows.map(\.candidate) == BenefitReport.Candidate.allCases)
        #expect(report.rows.allSatisfy { $0.estimate != nil })
        #expect(report.units == 20 && report.items == 40)
        let certainty = try #require(report.certainty)
        #expect((0...1).contains(certainty))
        if expected != .common { #expect(certainty > 0.975) }
        #expect(report.choiceHelps == (expected != .base))
        let joining = try #require(report.joining)
        #expect(joining.verdict == (abs(common - local) < 0.05 ? .undecided : common < local ? .better : .worse))
        #expect(try #require(report.joiningPersonalised).difference.value < 0 == (personalised < local))
    }

    @Test("another adapter is chosen by what is sure, not by the best figure")
    func sure() throws {
        // Local steps have the better mean, but one patient of 20 makes it; the clinic's own is better on all of them.
        func sheet(_ nats: (Int) -> Double) -> ScoreSheet {
            ScoreSheet(
                PerplexityResult(
                    scores: (0..<20).map { .init(unit: "\($0)", nats: nats($0), tokens: 10, utf8Bytes: 40) }))
        }
        let report = try BenefitReport(
            metric: "bits_per_byte",
            sheets: [
                .base: sheet { _ in 30 }, .common: sheet { _ in 20 }, .local: sheet { _ in 19 },
                .personalised: sheet { $0 == 0 ? 0 : $0 < 10 ? 20.2 : 19.8 },
            ])
        #expect(try #require(report[.personalised]?.estimate).value < #require(report[.local]?.estimate).value)
        #expect(report.choice == .local)
    }

    @Test(
        "the first sentence says what to use and whether federation helped",
        arguments: [
            (-0.3, -0.2, -0.1, "joining helped this clinic"), (-0.3, -0.302, -0.301, "not measurably more"),
            (-0.3, nil, nil, "better than the base model"), (-0.2, -0.4, -0.1, "with the local steps"),
            (-0.1, -0.2, -0.5, "and not this one"), (0.0, nil, nil, "not shown to help"),
            (0.2, 0.3, 0.4, "federation did not help this clinic"),
        ] as [(Double, Double?, Double?, String)])
    func headline(common: Double, personalised: Double?, local: Double?, words: String) throws {
        let report = try Self.report(common: common, personalised: personalised, local: local)
        #expect(try #require(report.explanation.first).contains(words))
        #expect(BenefitPage(report: report, title: "x").html.contains(words))
    }

    @Test("what was not measured is said, and how to measure it")
    func missing() throws {
        let report = try Self.report(common: -0.3)
        #expect(report.choice == .common && report.certainty == nil && report.joining == nil)
        #expect(report.text.contains("not measured") && report.text.contains("personalise"))
        let page = BenefitPage(report: report, title: "x").html
        #expect(page.components(separatedBy: "not measured").count > 4)
        #expect(page.contains("colspan=\"5\">not measured"))
    }

    @Test("a clinic that federation does not help is told so")
    func plain() throws {
        let report = try Self.report(common: 0.2, local: -0.3)
        #expect(report.text.contains("federation does not help every clinic, and not this one"))
        #expect(report.text.contains("the common adapter is worse than the base model by"))
        #expect(
            try Self.report(common: 0).text.contains("not better than the base model beyond what chance explains"))
        #expect(try Self.report(common: 0.2).text.contains("Use the base model"))
    }

    @Test("the page is one file: no script, nothing from elsewhere, text escaped, all numbers shown")
    func page() throws {
        let report = try Self.report(common: -0.3, personalised: -0.35, local: 0.1)
        let page = BenefitPage(report: report, title: "<job> & \"co\"", facts: ["a<b"]).html
        for forbidden in ["<script", "http:", "https:", "src=", "url(", "<job>"] { #expect(!page.contains(forbidden)) }
        #expect(page.contains("&lt;job&gt; &amp; &quot;co&quot;") && page.contains("a&lt;b"))
        for row in report.rows {
            #expect(page.contains(row.candidate.title))
            #expect(page.contains(String(format: "%.3f", try #require(row.estimate).value)))
        }
        #expect(page.components(separatedBy: "<svg").count == 4 && page.components(separatedBy: "</svg>").count == 4)
        #expect(!page.contains("nan") && !page.contains("inf"))
    }

    @Test("JSON brings back the same report")
    func coding() throws {
        let report = try Self.report(common: -0.3, local: -0.1)
        let data = try CanonicalJSON.encode(report)
        let back = try CanonicalJSON.decode(BenefitReport.self, from: data)
        #expect(try CanonicalJSON.encode(back) == data)
    }

    @Test("models of other items are not compared, and a figure that does not exist is refused")
    func refusals() throws {
        var sheets: [BenefitReport.Candidate: ScoreSheet] = [.base: Self.sheet(0)]
        #expect(throws: EvaluationError(.invalidInput, "")) { try BenefitReport(metric: "acc", sheets: sheets) }
        sheets[.common] = Self.sheet(0)
        #expect(throws: EvaluationError(.invalidInput, "")) { try BenefitReport(metric: "acc", sheets: sheets) }
        sheets[.common] = ScoreSheet(
            PerplexityResult(scores: (0..<9).map { .init(unit: "other \($0)", nats: 1, tokens: 1, utf8Bytes: 1) }))
        #expect(throws: EvaluationError(.differentDocuments, "")) {
            try BenefitReport(metric: "bits_per_byte", sheets: sheets)
        }
    }

    @Test("a figure with both classes in few draws, and one with a single class")
    func undefinedFigures() throws {
        let mixed = (0..<8).map {
            ClassificationResult(unit: "\($0)", scores: [0.1 * Double($0), 0.5], label: $0 == 0 ? 1 : 0)
        }
        let area = try #require(try ScoreSheet(mixed, classes: 2).summary()["auroc"])
        #expect(area.lower.isFinite && area.upper.isFinite)
        let single = mixed.dropFirst().map { $0 }
        #expect(try ScoreSheet(single, classes: 2).summary()["auroc"] == nil)
    }
}
