import Testing

@testable import Deidentification

/// What the hand-written notes have to show, at the least; the goals are in `scripts/bench/deid.py`.
private enum Floors {
    static let recall = 0.965
    static let precision = 0.92
    static let leaksPerThousandNotes = 900.0
    static let recallKnown = 0.975
    static let leaksPerThousandNotesKnown = 700.0
    static let hardNegativesTouched = 0.12
    static let ordinaryWordsKept = 0.965
    /// The patient's own listed identifiers in all outputs of a part.
    static let ownIdentifiersLeft = 1
    static let spanRecall = Dictionary(uniqueKeysWithValues: IdentifierLabel.allCases.map { ($0, 0.88) })
}

@Suite("Hand-written notes")
struct NoteCorpusTests {
    /// The counts and the number of the patient's own listed identifiers in the outputs.
    private func measure(_ part: NoteCorpus.Part, known: Bool) throws -> (NoteCorpusCounts, ownLeft: Int) {
        let deidentifier = try Fixtures.deidentifier()
        var counts = NoteCorpusCounts()
        var left = 0
        for note in try NoteCorpus(part).notes {
            let result = try deidentifier.deidentify(text: note.text, known: known ? note.own + note.others : [])
            counts.add(note, found: result.spans.map { $0.start..<$0.end })
            left += note.ownIdentifiers(leftIn: result.text).count
        }
        return (counts, left)
    }

    @Test("the text alone gives away its identifiers and keeps its words", arguments: NoteCorpus.Part.allCases)
    func textAlone(_ part: NoteCorpus.Part) throws {
        let (counts, _) = try measure(part, known: false)
        #expect(counts.recall >= Floors.recall)
        #expect(counts.precision >= Floors.precision)
        #expect(counts.leaksPerThousandNotes <= Floors.leaksPerThousandNotes)
        #expect(counts.hardNegativeShareTouched <= Floors.hardNegativesTouched)
        #expect(counts.ordinaryWordsKept >= Floors.ordinaryWordsKept)
        for (label, floor) in Floors.spanRecall { #expect(counts.spanRecall(label) >= floor, "\(label)") }
    }

    @Test(
        "the record's identifiers find more, and the patient's own do not come out", arguments: NoteCorpus.Part.allCases
    )
    func withKnownIdentifiers(_ part: NoteCorpus.Part) throws {
        let (counts, ownLeft) = try measure(part, known: true)
        #expect(counts.recall >= Floors.recallKnown)
        #expect(counts.leaksPerThousandNotes <= Floors.leaksPerThousandNotesKnown)
        #expect(ownLeft <= Floors.ownIdentifiersLeft)
    }

    @Test("every category is marked at least two dozen times, and a seventh of the notes have none")
    func marks() throws {
        let notes = try NoteCorpus.Part.allCases.flatMap { try NoteCorpus($0).notes }
        for label in IdentifierLabel.allCases {
            #expect(notes.flatMap(\.spans).count { $0.label == label } >= 24, "\(label)")
        }
        #expect(notes.count >= 150)
        #expect(notes.count { $0.spans.isEmpty } * 7 >= notes.count)
        #expect(Set(notes.map(\.name)).count == notes.count)
    }

    @Test(
        "a note whose marks are broken is refused",
        arguments: [
            "no rule", "---\n[[NAME|Ana", "---\nAna]]", "---\n[[NAME|Ana [[DATE|May]]]]", "---\n[[PERSON|Ana]]",
            "known: NAME\n---\nAna", "said: NAME=Ana\n---\nAna",
        ])
    func malformed(_ content: String) {
        #expect(throws: NoteCorpus.Malformed.self) { try NoteCorpus.parse("note", content) }
    }

    @Test(
        "the patient's own identifiers are seen in any form",
        arguments: [
            ("NAME=Anouk Zörgiebel", "then ZORGIEBEL left"), ("DATE=1961-03-04", "born 3/4/61"),
            ("DATE=1961-03-04", "born 04.03.1961"), ("DATE=1961-03-04", "born March 4th, 1961"),
            ("DATE=1961-03-04", "born 03041961"), ("MRN=H-00.123", "see h00 123"), ("SSN=512-00-4419", "ss 512004419"),
            ("PHONE=312-555-0142", "call (312) 555.0142"),
        ])
    func ownIdentifiers(_ known: String, _ output: String) throws {
        let note = try NoteCorpus.parse("note", "known: \(known)\n---\nquiet night")
        #expect(note.ownIdentifiers(leftIn: output).count == 1)
        #expect(note.ownIdentifiers(leftIn: "quiet night, 3/4 left, 120/80").isEmpty)
    }

    @Test("counts follow the scorer's definitions")
    func definitions() throws {
        let note = try NoteCorpus.parse(
            "note", "---\n[[NAME|Ana B. Quux]] is [[~|68]], saw [[!|Parkinson]] on [[DATE|3/4]].")
        var counts = NoteCorpusCounts()
        // "Ana B" and "68, saw": the name leaks four letters; a neutral number does not count, three letters do.
        counts.add(note, found: [0..<5, 15..<22])
        #expect(counts.spanRecall(.name) == 0)
        #expect(counts.spanRecall(.date) == 0)
        #expect(counts.recall == 4.0 / 10)
        #expect(counts.precision == 4.0 / 7)
        #expect(counts.leaksPerThousandNotes == 2_000)
        #expect(counts.cleanNoteShare == 0)
        #expect(counts.ordinaryWordsKept == 4.0 / 5)
        #expect(counts.hardNegativeShareTouched == 0)
    }
}
