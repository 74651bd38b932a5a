import ConsiliumCore
import Testing

@testable import Deidentification

@Suite("Texts cut out of longer ones")
struct CutTextTests {
    @Test("a text may begin with the mark before a degree", arguments: [", rn", ",MD", ", md seen", "- RN", ", "])
    func leadingMark(_ text: String) {
        #expect(EnglishPack().candidates(in: ScalarText(text)).allSatisfy { $0.end <= text.unicodeScalars.count })
    }

    /// Every rule looks before and behind its words: nothing may be there.
    @Test("any part of a note is read, in any case", .timeLimit(.minutes(60)))
    func parts() throws {
        var generator = ReproducibleGenerator(seed: 23, label: "cut texts")
        let texts = try NoteCorpus(.dev).notes.map { Array($0.text.unicodeScalars) }
        for round in 0..<1500 {
            guard let whole = texts.randomElement(using: &generator), !whole.isEmpty else { continue }
            let start = Int.random(in: 0..<whole.count, using: &generator)
            let length = Int.random(in: 1...[6, 30, 120][round % 3], using: &generator)
            var part = String.UnicodeScalarView(whole[start..<min(whole.count, start + length)])
            if round % 5 == 0, let mark = ",.;:-/(".unicodeScalars.randomElement(using: &generator) {
                part.insert(mark, at: part.startIndex)
            }
            let text = ScalarText(round % 4 == 0 ? String(part).uppercased() : String(part))
            for candidate in EnglishPack().candidates(in: text) {
                #expect(candidate.start >= 0 && candidate.start < candidate.end && candidate.end <= text.count)
            }
        }
    }
}
