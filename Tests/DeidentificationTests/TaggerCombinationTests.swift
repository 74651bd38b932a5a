import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Rules and tagger together")
struct TaggerCombinationTests {
    private func spans(_ text: String, _ tagger: Tagger, known: [KnownIdentifier] = []) -> [IdentifierSpan] {
        IdentifierDetector(language: "en", taggers: TaggerSet([tagger])).detect(in: ScalarText(text), known: known)
            .spans
    }

    private static let denies = TaggerFixtures.constant(-8)
    private static let affirms = TaggerFixtures.constant(8)

    @Test("a known identifier stands though the tagger denies it, with its own score")
    func known() {
        let found = spans(
            "so zorgiebel said", Self.denies, known: [KnownIdentifier(value: "Zorgiebel", label: .name)])
        #expect(found.map(\.start) == [3] && found.first?.stage == .known && (found.first?.score ?? 0) > 0.9)
    }

    @Test("a strong rule stands though the tagger denies it, with the tagger's probability")
    func strong() {
        let found = spans("Mail jane@example.org today", Self.denies)
        #expect(found.map(\.label) == [.email] && found.first?.stage == .rules)
        #expect((found.first?.score ?? 1) < 0.1)
    }

    @Test("a weak rule's name falls where the tagger is sure")
    func weak() {
        let text = "Then Katherine went home"
        #expect(
            IdentifierDetector(language: "en", taggers: .none).detect(in: ScalarText(text), known: []).spans.count == 1)
        #expect(spans(text, Self.denies).isEmpty)
    }

    @Test("what the tagger is sure of is found, marks at the ends left out")
    func found() {
        let found = spans("qorb, velt.", Self.affirms)
        #expect(found.count == 1 && found.first?.start == 0 && found.first?.end == 10)
        #expect(found.first?.stage == .tagger && (found.first?.score ?? 0) > 0.99)
    }

    @Test("thresholds of the clinic count instead of the tagger's")
    func thresholds() throws {
        var set = TaggerSet([TaggerFixtures.constant(0)])
        #expect(
            !IdentifierDetector(language: "en", taggers: set).detect(in: ScalarText("qorb velt"), known: []).spans
                .isEmpty)
        set.thresholds["en"] = DetectionThresholds(accept: [.name: 0.9])
        #expect(
            IdentifierDetector(language: "en", taggers: set).detect(in: ScalarText("qorb velt"), known: []).spans
                .isEmpty)
        #expect(throws: DeidentificationError(.invalidTagger, "")) {
            try DetectionThresholds(accept: [.name: 1.5]).validate()
        }
        let data = try CanonicalJSON.encode(DetectionThresholds(accept: [.name: 0.25]))
        #expect(try CanonicalJSON.decode(DetectionThresholds.self, from: data).accepted(.name) == 0.25)
    }

    @Test("JSON has where, what and how sure; stage and rule stay inside, and don't make two spans different")
    func contract() throws {
        let span = IdentifierSpan(start: 1, end: 2, label: .name, score: 0.5, stage: .tagger, rule: "titledName")
        let data = try CanonicalJSON.encode(span)
        #expect(String(decoding: data, as: UTF8.self) == #"{"end":2,"label":"NAME","score":0.5,"start":1}"#)
        let read = try CanonicalJSON.decode(IdentifierSpan.self, from: data)
        #expect(read == span && read.stage == nil && read.rule == nil)
    }

    @Test("the bundled tagger never makes a text crash or a span overlap", arguments: 0..<40)
    func fuzz(_ seed: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "combination fuzz")
        let pieces = [
            "Dr. ", "Zorn", ",", " ", "\n", "3/4/21", "MRN: ", "0044", "-", "MD", "é", "中", "\u{200b}", ":", "#", "(",
        ]
        var text = ""
        for _ in 0..<(generator.next() % 120) { text += pieces[Int(generator.next() % UInt64(pieces.count))] }
        let deidentifier = try Deidentifier(policy: .safeHarbor, siteKey: Fixtures.key, now: { Fixtures.date })
        var end = 0
        for span in try deidentifier.deidentify(text: text).spans {
            #expect(span.start >= end && span.end > span.start && (0...1).contains(span.score))
            end = span.end
        }
        #expect(end <= text.unicodeScalars.count)
    }
}
