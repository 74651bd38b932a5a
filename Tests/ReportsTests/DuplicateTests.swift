import ConsiliumCore
import Foundation
import Testing

@testable import Reports

@Suite("Duplicates and near-duplicates")
struct DuplicateTests {
    private func example(_ text: String, patient: String = "aa", template: String = "text") -> TrainingExample {
        TrainingExample(prompt: nil, response: text, patient: PatientPseudonym(hex: patient), template: template)
    }

    private func words(_ count: Int, _ generator: inout ReproducibleGenerator) -> [String] {
        (0..<count).map { _ in "w\(Int.random(in: 0..<5000, using: &generator))" }
    }

    /// Jaccard similarity of the five-word runs, by definition.
    private func similarity(_ left: [String], _ right: [String]) -> Double {
        func runs(_ words: [String]) -> Set<[String]> { Set((5...words.count).map { Array(words[($0 - 5)..<$0]) }) }
        let first = runs(left), second = runs(right)
        return Double(first.intersection(second).count) / Double(first.union(second).count)
    }

    @Test("the same words again are a duplicate, whatever the case, spaces and punctuation")
    func exact() {
        var filter = DuplicateFilter(scope: .patient)
        #expect(filter.admit(example("The heart is normal.")) == .kept)
        #expect(filter.admit(example("the  HEART is\nnormal")) == .duplicate)
        #expect(filter.admit(example("The heart is large.")) == .kept)
        #expect(filter.admit(example("is The heart normal.")) == .kept)
        #expect(filter.counts == .init(kept: 3, duplicates: 1, nearDuplicates: 0))
    }

    @Test("only what the scope compares is left out")
    func scopes() {
        let text = "A note of some length that is copied word for word into another chart."
        for (scope, expected) in [
            (DuplicateFilter.Scope.none, DuplicateFilter.Verdict.kept), (.patient, .kept), (.clinic, .duplicate),
        ] {
            var filter = DuplicateFilter(scope: scope)
            #expect(filter.admit(example(text, patient: "aa")) == .kept)
            #expect(filter.admit(example(text, patient: "bb")) == expected)
            #expect(filter.admit(example(text, patient: "aa", template: "labs")) == .kept)
            #expect(filter.admit(example(text, patient: "aa")) == (scope == .none ? .kept : .duplicate))
        }
    }

    @Test("a note that was copied forward with a small change is a near duplicate; with a large one it is not")
    func copiedForward() {
        var generator = ReproducibleGenerator(seed: 3)
        let note = words(200, &generator)
        var filter = DuplicateFilter(scope: .patient)
        #expect(filter.admit(example(note.joined(separator: " "))) == .kept)
        var changed = note
        changed[100] = "different"
        #expect(filter.admit(example(changed.joined(separator: " "))) == .nearDuplicate)
        #expect(filter.admit(example((note + words(10, &generator)).joined(separator: " "))) == .nearDuplicate)
        #expect(filter.admit(example((note + words(150, &generator)).joined(separator: " "))) == .kept)
    }

    @Test("what is called near is as similar as the threshold by definition, and hardly anything similar is missed")
    func quality() {
        var generator = ReproducibleGenerator(seed: 4)
        var missed = 0, similar = 0
        for _ in 0..<150 {
            let note = words(120, &generator)
            var other = note
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                other[Int.random(in: 0..<120, using: &generator)] = "x\(generator.next())"
            }
            var filter = DuplicateFilter(scope: .clinic)
            _ = filter.admit(example(note.joined(separator: " ")))
            let isNear = filter.admit(example(other.joined(separator: " "))) == .nearDuplicate
            let truth = similarity(note, other) >= 0.8
            if isNear { #expect(truth) }
            if truth {
                similar += 1
                if !isNear { missed += 1 }
            }
        }
        #expect(similar > 20)
        #expect(missed <= 1)
    }

    @Test("signatures agree in as many places as the sets do")
    func estimate() {
        let left = (0..<1000).map { UInt32(truncatingIfNeeded: Shingles.mixed(UInt64($0)) >> 32) }
        let right = (250..<1250).map { UInt32(truncatingIfNeeded: Shingles.mixed(UInt64($0)) >> 32) }
        let pairs = zip(MinHash.signature(of: left), MinHash.signature(of: right))
        let agreement = Double(pairs.count { $0 == $1 }) / Double(MinHash.permutations)
        // 0.6, with a standard deviation of 0.043.
        #expect((0.43...0.77).contains(agreement))
    }

    @Test("the same examples in the same order always give the same verdicts")
    func deterministic() {
        func verdicts() -> [DuplicateFilter.Verdict] {
            var generator = ReproducibleGenerator(seed: 9)
            var filter = DuplicateFilter(scope: .clinic)
            let note = words(100, &generator)
            return (0..<300).map { _ in
                var other = note
                for _ in 0..<1 {
                    other[Int.random(in: 0..<100, using: &generator)] = "v\(Int.random(in: 0..<9, using: &generator))"
                }
                return filter.admit(example(other.joined(separator: " ")))
            }
        }
        let first = verdicts()
        #expect(first == verdicts())
        #expect(first.contains(.nearDuplicate) && first.contains(.kept))
    }

    @Test("texts without words, and boilerplate in thousands, are handled")
    func edges() {
        var filter = DuplicateFilter(scope: .clinic)
        #expect(filter.admit(example("***")) == .kept)
        #expect(filter.admit(example("---")) == .duplicate)
        for number in 0..<500 {
            let text =
                "The same long sentence of boilerplate stands here in every single note of ours. Value \(number) and \(number * 7) differ a bit \(number * 3)."
            _ = filter.admit(example(text))
        }
        #expect(filter.counts.kept + filter.counts.duplicates + filter.counts.nearDuplicates == 502)
    }
}
