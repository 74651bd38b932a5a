import ConsiliumCore
import Deidentification
import Foundation
import Testing

@testable import Node

@Suite("Tuning by a clinic's own reviews")
struct ReviewTuningTests {
    private let date = Date(timeIntervalSince1970: 1_767_323_045)

    private func examples(_ rows: [(score: Double?, isOverlooked: Bool, count: Int)]) -> [ReviewTuning.Example] {
        rows.flatMap { row in
            (0..<row.count).map { _ in ReviewTuning.Example(certainty: row.score, isOverlooked: row.isOverlooked) }
        }
    }

    @Test("the lowest threshold that sends the wanted share to review is chosen")
    func lowest() throws {
        let some = examples([
            (0.2, true, 18), (0.6, true, 1), (0.9, true, 1), (0.2, false, 10), (0.6, false, 30), (0.95, false, 40),
        ])
        let tuning = try ReviewTuning(some, current: 0.8, target: 0.9, date: date)
        #expect(tuning.reviewBelow > 0.2 && tuning.reviewBelow < 0.21)
        #expect(tuning.caught == 0.9 && tuning.caughtBefore == 0.95)
        #expect(tuning.reviewed == 0.28 && tuning.reviewedBefore == 0.59)
        #expect(try ReviewTuning(some, current: 0.8, target: 0.95, date: date).reviewBelow > 0.6)
        #expect(try ReviewTuning(some, current: 0.8, target: 1, date: date).reviewBelow > 0.9)
    }

    @Test("where no threshold reaches the target, the best one is taken")
    func unreachable() throws {
        let some = examples([(0.4, true, 10), (nil, true, 10), (0.3, false, 40)])
        let tuning = try ReviewTuning(some, current: 0.1, target: 0.95, date: date)
        #expect(tuning.caught == 0.5 && tuning.reviewBelow > 0.4 && tuning.reviewBelow < 0.41)
    }

    @Test("the threshold is a valid one of a policy, whatever the scores are")
    func valid() throws {
        for score in [0, 0.9999, 1, 0.5, nil] as [Double?] {
            let tuning = try ReviewTuning(
                examples([(score, true, 20), (0.3, false, 40)]), current: 0.5, target: 0.95, date: date)
            var policy = DeidentificationPolicy.safeHarbor
            policy.reviewBelow = tuning.reviewBelow
            try policy.validate()
        }
    }

    private func span(_ start: Int, _ score: Double, _ label: IdentifierLabel = .name) -> IdentifierSpan {
        IdentifierSpan(start: start, end: start + 5, label: label, score: score)
    }

    @Test("a kind that is overlooked gets lower thresholds, one that is only restored a higher, others stay")
    func thresholds() {
        var spans = ThresholdTuning.Spans()
        for _ in 0..<50 {
            spans.add(
                found: [span(0, 0.95), span(10, 0.45, .location), span(20, 0.97, .location), span(30, 0.5, .date)],
                SpanCorrections(removed: [span(10, 0.45, .location)]))
        }
        for _ in 0..<10 { spans.add(found: [], SpanCorrections(added: [span(0, 1)])) }
        let current = DetectionThresholds(accept: [.name: 0.5], veto: [.name: 0.1], defaultAccept: 0.4)
        let tuning = ThresholdTuning(spans, current: current)
        #expect(tuning.accept[.name] == 0.3 && tuning.veto[.name] == 0.06)
        #expect(abs((tuning.accept[.location] ?? 0) - 0.9) < 1e-9 && tuning.veto[.location] == nil)
        #expect(tuning.accept[.date] == nil && tuning.accept[.phone] == nil)
        #expect(ThresholdTuning(ThresholdTuning.Spans(), current: current) == ThresholdTuning())
    }

    @Test("no tuning gives up more than half a percent of a kind's identifiers")
    func recall() {
        var spans = ThresholdTuning.Spans()
        for index in 0..<400 {
            spans.add(found: [span(0, Double(index) / 400)], SpanCorrections())
            spans.add(found: [span(0, 0.01)], SpanCorrections(removed: [span(0, 0.01)]))
        }
        let tuning = ThresholdTuning(spans, current: DetectionThresholds(defaultAccept: 0.001))
        #expect(tuning.accept[.name] == nil)
    }

    @Test("too few decisions tune nothing")
    func tooFew() {
        for some in [examples([(0.2, true, 40)]), examples([(0.2, true, 9), (0.3, false, 200)]), []] {
            #expect(throws: NodeError.code(.tooFewDecisions)) {
                try ReviewTuning(some, current: 0.5, target: 0.95, date: date)
            }
        }
        for target in [0, -1, 1.1, .nan] {
            #expect(throws: NodeError.code(.badInput)) {
                try ReviewTuning(examples([(0.2, true, 60)]), current: 0.5, target: target, date: date)
            }
        }
    }

    @Test(
        "what a reviewer types is understood, or answered with what can be typed",
        arguments: [
            ("a", .approve), (" a ", .approve), ("r wrong patient", .reject(reason: "wrong patient")), ("s", .skip),
            ("q", .quit), ("+ Petunia", .redact("Petunia", .name)), ("+PHONE: 12 34", .redact("12 34", .phone)),
            ("+ note: see 4", .redact("note: see 4", .name)), ("= 3-9:DATE", .redactRange("3-9:DATE")),
            ("k 3", .keep(3)),
            ("k3", .keep(3)), ("u", .undo), ("o", .output), ("?", .help), ("r", nil), ("", nil), ("x", nil), ("k", nil),
            ("k x", nil), ("+", nil), ("=", nil), ("approve", nil),
        ] as [(String, ReviewCommand?)])
    func commands(_ row: (line: String, command: ReviewCommand?)) throws {
        if let command = row.command {
            #expect(try ReviewCommand(row.line) == command)
        } else {
            #expect(throws: NodeError.code(.badInput)) { try ReviewCommand(row.line) }
        }
    }
}
