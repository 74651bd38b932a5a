import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Training a tagger")
struct TaggerTrainingTests {
    private static func configuration() -> TaggerTrainer.Configuration {
        var configuration = TaggerTrainer.Configuration()
        configuration.epochs = 3
        configuration.heldOut = 0.2
        return configuration
    }

    @Test("words it never saw are names in the place of names, and nowhere else", arguments: [false, true])
    func generalization(_ begins: Bool) throws {
        var configuration = Self.configuration()
        configuration.marksBegins = begins
        let outcome = try TaggerTrainer(configuration).train(TaggerFixtures.notes(120, seed: 1))
        let taggers = TaggerSet([try Tagger(file: outcome.file)])
        let fresh = TaggerFixtures.notes(20, seed: 2)
        let score = TaggerTrainer.score(fresh, language: "en", taggers: taggers)
        #expect(score.recall > 0.95 && score.precision > 0.95)
        #expect(TaggerTrainer.score(fresh, language: "en", taggers: .none).recall < 0.5)
        #expect(outcome.notes + outcome.combined.notes == 120 && outcome.file.count < TaggerModel.maximumBytes)
    }

    @Test("the same seed gives the same file, another one another")
    func repeatable() throws {
        let notes = TaggerFixtures.notes(30, seed: 1)
        var configuration = Self.configuration()
        let first = try TaggerTrainer(configuration).train(notes).file
        #expect(try TaggerTrainer(configuration).train(notes).file == first)
        configuration.seed = 2
        #expect(try TaggerTrainer(configuration).train(notes).file != first)
    }

    @Test("texts without any identifier teach nothing")
    func nothing() {
        #expect(throws: DeidentificationError(.invalidTagger, "")) {
            try TaggerTrainer(Self.configuration()).train([TrainingNote(id: "a", text: "All well.", spans: [])])
        }
    }

    @Test("an augmented text marks what the original marks", arguments: 0..<20)
    func augmentation(_ seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "augmentation test")
        let text = "Pt Anouk Zorgiebel-Roe, MRN 0044-17, age 93. ANOUK zorgiebel of Kestrel Street went home 3/4/21."
        func span(_ part: String, _ label: IdentifierLabel) -> TrainingNote.Mark {
            let range = text.range(of: part) ?? text.startIndex..<text.endIndex
            let start = text[..<range.lowerBound].unicodeScalars.count
            return .init(start: start, end: start + part.unicodeScalars.count, label: label)
        }
        let note = TrainingNote(
            id: "a", text: text,
            spans: [
                span("Anouk Zorgiebel-Roe", .name), span("0044-17", .medicalRecordNumber),
                span("ANOUK zorgiebel", .name),
                span("Kestrel Street", .location), span("3/4/21", .date),
            ], neutral: [span("93", .ageOver89)])
        let augmenter = NoteAugmenter(
            shares: .init(inventedNames: 1, upperCase: 0.3, lowerCase: 0.3, mixedCase: 0.3, digits: 1),
            syllables: NameSyllables(["Katarina", "Montale", "Bergerac"].map { $0.unicodeScalars.map(\.value) }),
            language: "en")
        let other = augmenter.augment(note, &generator)
        func value(_ mark: TrainingNote.Mark) -> String {
            ScalarText(scalars: other.scalars).string(mark.start, mark.end).lowercased()
        }
        #expect(other.spans.map(\.label) == note.spans.map(\.label))
        #expect(value(other.neutral[0]) == "93" && value(other.spans[4]) == "3/4/21")
        #expect(value(other.spans[3]).hasSuffix(" street"))
        let (first, second) = (value(other.spans[0]), value(other.spans[2]))
        #expect(!first.contains("anouk") && first.hasPrefix(second))
        #expect(value(other.spans[1]).filter(\.isNumber).count == 6 && value(other.spans[1]).contains("-"))
        #expect(
            ScalarText(scalars: other.scalars).string(0, other.scalars.count).lowercased().hasSuffix(
                "went home 3/4/21."))
    }

    @Test(
        "a line that is no marked text is refused",
        arguments: [
            "{}", "[]", #"{"id":"a","text":"bc","spans":[{"start":0,"end":3,"label":"NAME"}]}"#,
            #"{"id":"a","text":"bc","spans":[{"start":1,"end":1,"label":"NAME"}]}"#,
            #"{"id":"a","text":"bc","spans":[{"start":-1,"end":1,"label":"NAME"}]}"#,
            #"{"id":"a","text":"bc","spans":[{"start":0,"end":1,"label":"SHOE_SIZE"}]}"#,
            #"{"id":"a","text":"bc","spans":[{"start":0,"end":1}]}"#,
        ])
    func malformed(_ line: String) {
        #expect(throws: DeidentificationError(.malformedLine, "")) { try TrainingNote(line: Data(line.utf8)) }
    }

    @Test("letters and digits are counted; neutral ones, blanks and marks are not")
    func score() throws {
        let note = try TrainingNote(
            line: Data(
                #"{"id":"a","text":"Ann Roe, 40, of Ypé.","spans":[{"start":0,"end":7,"label":"NAME"},{"start":16,"end":19,"label":"LOCATION"}],"neutral":[{"start":9,"end":11}]}"#
                    .utf8))
        var score = DetectionScore()
        score.add(
            note,
            found: [
                IdentifierSpan(start: 0, end: 3, label: .name, score: 1),
                IdentifierSpan(start: 9, end: 15, label: .date, score: 1),
                IdentifierSpan(start: 16, end: 19, label: .name, score: 1),
            ])
        #expect(score.found == 6 && score.missed == 3 && score.wrong == 2)
        #expect(score.leaked == 1 && score.spans == 2 && score.negatives == 0)
        #expect(score.kinds[.name] == .init(spans: 1, leaked: 1, characters: 6, found: 3))
    }
}
