import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Deidentification

@Suite("The language of a text")
struct LanguageChoiceTests {
    private static let english =
        "The patient was seen in the clinic and denies chest pain. She is well and will return in three months."
    private static let spanish =
        "El paciente acude a la consulta por dolor torácico desde hace dos días. No presenta fiebre y se va de alta."

    @Test(
        "is told from its short words",
        arguments: [
            (english, LanguageDetector.Verdict.one(.english)), (spanish, .one(.spanish)),
            ("Pt denies fever, was seen for cough.", .one(.english)),
            ("Paciente con fiebre desde ayer.", .one(.spanish)),
            ("Hb 12.3, Na 140, K 4.1", .undecided), ("", .undecided), ("MRN 4471182", .undecided),
            (
                "Le patient a été vu pour une douleur dans la poitrine et il ne prend pas ses médicaments avec les repas.",
                .other
            ),
            (
                "Der Patient wurde mit Fieber in die Klinik gebracht und ist nicht bei Bewusstsein, er hat auch Schmerzen.",
                .other
            ),
            (
                "O paciente foi atendido na consulta com dor no peito há dois dias e não tem febre nem tosse, mas as pernas doem.",
                .other
            ),
            (
                "Il paziente è stato visitato per un dolore al torace e non ha febbre, con gli esami del sangue nella norma.",
                .other
            ),
            ("Пациент поступил в клинику с болью в груди", .other), ("患者 は 胸 の 痛み を 訴え て 来院 し た", .other),
        ])
    func verdicts(_ text: String, _ verdict: LanguageDetector.Verdict) {
        #expect(LanguageDetector.language(of: ScalarText(text)) == verdict)
    }

    @Test("a text in both languages is searched by the rules of both")
    func mixed() throws {
        let text =
            String(repeating: Self.english + "\n", count: 3) + "Attending: Robert Keltham, MD\n"
            + String(repeating: Self.spanish + "\n", count: 3) + "Domicilio: C/ del Abedul 5, 2º dcha.\n"
        let choice = LanguageChoice(for: ScalarText(text), allowed: [.english, .spanish])
        #expect(Set(choice.languages) == [.english, .spanish] && choice.reason == nil)
        let output = try Fixtures.output(text)
        #expect(!output.contains("Keltham") && !output.contains("Abedul"))
    }

    @Test("a text in no language of the policy goes to review with a reason")
    func unsupported() throws {
        let german =
            "Der Patient wurde mit Fieber in die Klinik gebracht und er hat auch Schmerzen bei der Untersuchung."
        let result = try Fixtures.deidentifier().deidentify(text: german)
        #expect(result.status == .review && result.reasons.count == 1)
        #expect(result.reasons.allSatisfy { $0.contains("en, es") && !$0.contains("Fieber") })
        var policy = DeidentificationPolicy.safeHarbor
        policy.languages = [.english]
        #expect(try Fixtures.deidentifier(policy).deidentify(text: german).status == .clean)
    }

    @Test("a short text is read in the first language of the policy, and a policy with one language is never overruled")
    func defaults() {
        let short = ScalarText("NHC 4471")
        #expect(LanguageChoice(for: short, allowed: [.spanish, .english]).languages == [.spanish])
        #expect(LanguageChoice(for: ScalarText(Self.english), allowed: [.spanish]).languages == [.spanish])
    }

    @Test("no languages, or one twice, make no policy", arguments: [[], [NoteLanguage.english, .english]])
    func invalid(_ languages: [NoteLanguage]) {
        var policy = DeidentificationPolicy.safeHarbor
        policy.languages = languages
        #expect(throws: DeidentificationError(.invalidPolicy, "")) { try policy.validate() }
    }

    @Test(
        "the language of all development texts is told, and none is taken for a foreign one",
        arguments: [
            ("data/deid/asq_phi.jsonl", NoteLanguage.english), ("data/deid/presidio_synth.jsonl", .english),
            ("data/deid/meddocan_es.jsonl", .spanish),
        ])
    func developmentTexts(_ path: String, _ language: NoteLanguage) throws {
        guard let file = SharedData.file(path) else {
            print("skipped: the shared data folder is absent")
            return
        }
        struct Line: Decodable { var text: String }
        var wrong = 0
        var lines = 0
        for line in try Data(contentsOf: file).split(separator: 0x0a) {
            let text = ScalarText(try CanonicalJSON.decode(Line.self, from: line).text)
            let choice = LanguageChoice(for: text, allowed: [.english, .spanish])
            lines += 1
            if choice.reason != nil || !choice.languages.contains(language) { wrong += 1 }
        }
        #expect(lines > 500 && wrong * 1000 <= lines)
    }
}
