import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("A person's corrections")
struct ReviewTests {
    let text = "Mr. Tanaka met Zorblax, code 12-ab."
    let date = Date(timeIntervalSince1970: 1_767_323_045)

    private func span(_ start: Int, _ end: Int, _ label: IdentifierLabel = .name) -> IdentifierSpan {
        IdentifierSpan(start: start, end: end, label: label, score: 0.4)
    }

    private func approve(
        _ corrections: SpanCorrections, found: [IdentifierSpan]? = nil, known: [KnownIdentifier] = []
    ) throws -> DeidentificationResult {
        try Fixtures.deidentifier().approve(
            text: text, found: found ?? [span(4, 10)], corrections: corrections, known: known, patient: "p",
            reviewer: "R. Officer", at: date)
    }

    @Test("what is added is replaced, what is removed is restored, and the receipt says by whom")
    func corrected() throws {
        let result = try approve(SpanCorrections(added: [span(15, 22), span(29, 34, .other)]))
        #expect(result.text == "Mr. [NAME] met [NAME], code [OTHER_ID].")
        #expect(result.status == .clean && result.report != nil)
        #expect(result.receipt.counts == [.name: 2, .other: 1])
        #expect(
            result.receipt.review
                == DeidentificationReceipt.Review(reviewer: "R. Officer", date: date, added: 2, removed: 0))
        let restored = try approve(SpanCorrections(removed: [span(4, 10)]))
        #expect(restored.text == text)
        #expect(restored.receipt.review?.removed == 1)
        #expect(try approve(SpanCorrections()).text == "Mr. [NAME] met Zorblax, code 12-ab.")
    }

    @Test("an added span takes in what it touches")
    func touching() throws {
        let result = try approve(SpanCorrections(added: [span(8, 22, .location)]))
        #expect(result.text == "Mr. [LOCATION], code 12-ab.")
        #expect(result.spans == [IdentifierSpan(start: 4, end: 22, label: .location, score: 1)])
    }

    @Test(
        "ranges outside the text, empty and overlapping ones, and spans that are not there are refused",
        arguments: [
            SpanCorrections(added: [IdentifierSpan(start: 30, end: 36, label: .name, score: 1)]),
            SpanCorrections(added: [IdentifierSpan(start: -1, end: 2, label: .name, score: 1)]),
            SpanCorrections(added: [IdentifierSpan(start: 5, end: 5, label: .name, score: 1)]),
            SpanCorrections(added: [IdentifierSpan(start: 9, end: 5, label: .name, score: 1)]),
            SpanCorrections(added: [IdentifierSpan(start: .max, end: .min, label: .name, score: 1)]),
            SpanCorrections(added: [
                IdentifierSpan(start: 0, end: 5, label: .name, score: 1),
                IdentifierSpan(start: 4, end: 6, label: .name, score: 1),
            ]),
            SpanCorrections(removed: [IdentifierSpan(start: 15, end: 22, label: .name, score: 1)]),
        ])
    func refused(_ corrections: SpanCorrections) {
        #expect(throws: DeidentificationError(.badCorrection, "")) { try approve(corrections) }
    }

    @Test("a text in which a known identifier would remain is never approved")
    func leak() throws {
        let known = [KnownIdentifier(value: "Zorblax", label: .name)]
        let result = try approve(SpanCorrections(), known: known)
        #expect(result.status == .quarantine && result.report == nil && result.text.isEmpty)
        #expect(result.reasons == ["A known identifier of the kind NAME is still in the output."])
        #expect(try approve(SpanCorrections(added: [span(15, 22)]), known: known).status == .clean)
        // Restoring a known one is refused in the same way.
        let restored = try approve(
            SpanCorrections(removed: [span(4, 10)]), known: [KnownIdentifier(value: "Tanaka", label: .name)])
        #expect(restored.status == .quarantine)
    }

    @Test("an approval outlives newer rules: what was approved stays, what is found besides is replaced too")
    func carryOver() throws {
        let deidentifier = try Fixtures.deidentifier()
        let review = DeidentificationReceipt.Review(reviewer: "R. Officer", date: date, added: 1, removed: 1)
        let newer = try deidentifier.deidentify(
            text: text, known: [KnownIdentifier(value: "12-ab", label: .other)], patient: "p")
        let carried = deidentifier.carryOver(
            review, approved: [span(15, 22)], removed: [span(4, 10)], text: text, result: newer, known: [], patient: "p"
        )
        #expect(carried.text == "Mr. Tanaka met [NAME], code 12-ab." || carried.text.hasSuffix("code [OTHER_ID]."))
        #expect(carried.text.hasPrefix("Mr. Tanaka met [NAME],"))
        #expect(carried.receipt.review == review && carried.status == .clean)
        let leaking = deidentifier.carryOver(
            review, approved: [span(15, 22)], removed: [span(4, 10)], text: text, result: newer,
            known: [KnownIdentifier(value: "Tanaka", label: .name)], patient: "p")
        #expect(leaking.status == .quarantine)
    }

    @Test("corrections of any kind give sorted, disjoint spans inside the text, or an error", arguments: 0..<40)
    func fuzz(_ seed: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "corrections fuzz")
        func spans(_ count: Int) -> [IdentifierSpan] {
            (0..<count).map { _ in
                let start = Int.random(in: -2...36, using: &generator)
                return span(start, start + Int.random(in: -1...9, using: &generator))
            }
        }
        for _ in 0..<50 {
            let found = SpanCorrections.union(
                of: spans(3).filter { $0.start >= 0 && $0.start < $0.end && $0.end <= 35 }, and: [])
            let corrections = SpanCorrections(added: spans(Int.random(in: 0...3, using: &generator)))
            guard let applied = try? corrections.applied(to: found, count: 35) else { continue }
            for pair in zip(applied, applied.dropFirst()) { #expect(pair.0.end <= pair.1.start) }
            let covered = Set(applied.flatMap { $0.start..<$0.end })
            for span in found + corrections.added { #expect(covered.isSuperset(of: span.start..<span.end)) }
        }
    }

    @Test("names of a text are searched in other texts only if they are unlike any ordinary word")
    func distinctive() throws {
        let deidentifier = try Fixtures.deidentifier()
        let note = "Dr. Zorgiebel, Mrs. Long and Dr. May were present. Mr. Quillfeather left."
        let result = try deidentifier.deidentify(text: note)
        let names = Set(deidentifier.distinctiveNames(in: note, spans: result.spans).map(\.value))
        #expect(names.isSuperset(of: ["Zorgiebel", "Quillfeather"]))
        #expect(names.isDisjoint(with: ["Long", "May", "Mrs", "Dr"]))
        let weak = result.spans.map { IdentifierSpan(start: $0.start, end: $0.end, label: $0.label, score: 0.5) }
        #expect(deidentifier.distinctiveNames(in: note, spans: weak).isEmpty)
    }

    @Test("values count as occurring only where no span covers them")
    func occurs() throws {
        let deidentifier = try Fixtures.deidentifier()
        let known = [KnownIdentifier(value: "Zorblax", label: .name)]
        #expect(deidentifier.occurs(known, in: text, outside: [span(4, 10)]))
        #expect(!deidentifier.occurs(known, in: text, outside: [span(15, 22)]))
        #expect(!deidentifier.occurs(known, in: "Nobody is here.", outside: []))
        #expect(!deidentifier.occurs([], in: text, outside: []))
    }
}
