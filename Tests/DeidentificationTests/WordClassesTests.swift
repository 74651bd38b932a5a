import Foundation
import Testing

@testable import Deidentification

@Suite("Classes of words")
struct WordClassesTests {
    private static func classes(_ lines: String) throws -> WordClasses { try WordClasses(lines: Data(lines.utf8)) }

    @Test("a word is found in whatever form it is written, and an unknown one isn't")
    func lookup() throws {
        let words = try Self.classes("aspirin 3 401 14\nedema 0 7 15\n\nwon't 63 511 0\n")
        #expect(words.entry(of: WordHash.of("Aspirin")) == .init(group: 3, fine: 401, use: 14))
        #expect(words.entry(of: WordHash.of("EDEMA")) == .init(group: 0, fine: 7, use: 15))
        #expect(words.entry(of: WordHash.of("wont")) == .init(group: 63, fine: 511, use: 0))
        #expect(words.entry(of: WordHash.of("zorgiebel")) == nil)
        #expect(WordClasses.none.isEmpty && WordClasses.none.entry(of: WordHash.of("edema")) == nil)
    }

    @Test("every one of many words is found with its own classes")
    func many() throws {
        let lines = (0..<5000).map { "w\(String($0, radix: 26)) \($0 % 64) \($0 % 512) \($0 % 16)" }
        let words = try Self.classes(lines.joined(separator: "\n"))
        // Two words of one hash are left out.
        var right = 0
        for number in 0..<5000
        where words.entry(of: WordHash.of("w\(String(number, radix: 26))"))
            == .init(group: UInt8(number % 64), fine: UInt16(number % 512), use: UInt8(number % 16))
        {
            right += 1
        }
        #expect(right >= 4998)
    }

    @Test(
        "lines that are none are refused",
        arguments: [
            "aspirin 3 401", "aspirin 3 401 14 2", "aspirin 256 1 1", "a 1 65536 1", "a 1 1 16", "a -1 1 1", "a x 1 1",
        ])
    func malformed(_ line: String) {
        #expect(throws: DeidentificationError(.invalidTagger, "")) { try Self.classes("edema 0 7 15\n" + line) }
    }

    @Test("what a tagger learned of a word holds for the others of its class")
    func generalization() throws {
        // Behind the verbs of one class stand names, behind those of the other drugs; two verbs are never trained on.
        let verbs = ["vorl", "plim", "drask", "frun"]
        let others = ["quorn", "snelt", "brilt", "clusp"]
        let lines = verbs.map { "\($0) 1 10 15" } + others.map { "\($0) 2 20 15" }
        func notes(_ pair: Int, id: String) -> [TrainingNote] {
            TaggerFixtures.notes(150, seed: UInt64(pair + 1)).enumerated().map { index, note in
                let words = String(String.UnicodeScalarView(note.scalars.compactMap(Unicode.Scalar.init)))
                    .split(whereSeparator: { $0 == " " || $0 == "\n" })
                // Words 1 and 4 are invented. Nothing but the verb tells which of them is a name.
                let person = "\(verbs[pair]) \(words[1]) again.\n"
                let drug = "\(others[pair]) \(words[4]) again.\n"
                let begin = (index % 2 == 0 ? 0 : drug.count) + verbs[pair].count + 1
                return TrainingNote(
                    id: "\(id)\(index)", text: index % 2 == 0 ? person + drug : drug + person,
                    spans: [.init(start: begin, end: begin + words[1].count, label: .name)])
            }
        }
        func least(_ words: WordClasses) throws -> Double {
            var configuration = TaggerTrainer.Configuration()
            configuration.words = words
            configuration.heldOut = 0
            let outcome = try TaggerTrainer(configuration).train(
                notes(0, id: "a") + notes(1, id: "b") + notes(2, id: "c"))
            let tagger = try Tagger(file: outcome.file)
            #expect(tagger.words == words)
            let score = TaggerTrainer.score(notes(3, id: "d"), language: "en", taggers: TaggerSet([tagger]))
            return min(score.recall, score.precision)
        }
        let with = try least(Self.classes(lines.joined(separator: "\n")))
        let without = try least(.none)
        #expect(with > 0.9, "\(with)")
        #expect(with > without + 0.1, "\(with) with classes, \(without) without")
    }
}
