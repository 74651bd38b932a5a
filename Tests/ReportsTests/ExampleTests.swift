import ConsiliumCore
import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("Examples by templates")
struct ExampleTests {
    private let patient = PatientPseudonym(hex: "aa")

    private func examples(
        _ text: String, _ templates: [ExampleTemplate] = ExampleTemplate.builtIn, kind: String? = nil
    ) throws -> [TrainingExample] {
        try ExampleMaker(templates: templates).examples(of: TestVault.deidentified(text), patient: patient, kind: kind)
    }

    static let visit = """
        HISTORY OF PRESENT ILLNESS:
        The patient has coughed for three weeks and has lost weight.

        PHYSICAL EXAMINATION:
        LUNGS: Crackles at the left base.

        LABS:
        Sodium 131 mmol/L (135-145), potassium 4.1 mmol/L (3.5-5.1)
        Hgb: 9.2 L [12.0-16.0]

        ASSESSMENT:
        Community-acquired pneumonia with hyponatremia.

        PLAN:
        Ceftriaxone and fluids.
        """

    @Test(
        "findings and impression make a pair, whatever the headings look like",
        arguments: [
            "HISTORY:\nPain.\n\nFINDINGS:\nA tear is seen.\n\nIMPRESSION:\nMeniscal tear.\n\nPLAN:\nRest.",
            "History: Pain.\n\nFindings: A tear is seen.\n\nImpression: Meniscal tear.",
            "FINDINGS\nA tear is seen.\nIMPRESSION\nMeniscal tear.",
            "**Findings:** A tear is seen.\n**Impression:** Meniscal tear.",
            "MICROSCOPIC:\nA tear is seen.\nFINAL DIAGNOSIS:\nMeniscal tear.",
        ])
    func pairs(text: String) throws {
        let found = try examples(text, [.text, .impression])
        #expect(found.map(\.template) == ["text", "impression"])
        #expect(found.first?.prompt == nil)
        #expect(found.first?.response == text)
        #expect(
            found.last?.prompt
                == "Write the impression for these findings.\n\nFindings:\nA tear is seen.\n\nImpression:\n")
        #expect(found.last?.response == "Meniscal tear.")
        #expect(found.allSatisfy { $0.patient == patient })
    }

    @Test(
        "without both sections there is only the text",
        arguments: ["FINDINGS:\nA tear.", "Just text: with a colon.", "IMPRESSION:\nNone."])
    func textOnly(text: String) throws {
        #expect(try examples(text, [.text, .impression]).map(\.prompt) == [nil])
        #expect(try examples(text, [.impression]).isEmpty)
    }

    @Test("a visit gives all built-in kinds but the impression")
    func visitExamples() throws {
        let found = try examples(Self.visit)
        #expect(found.map(\.template) == ["text", "summary", "labs", "assessment"])
        let summary = try #require(found.first { $0.template == "summary" })
        #expect(
            summary.response
                == "Community-acquired pneumonia with hyponatremia.\nsodium 131 mmol/L: low (135-145)\nHgb 9.2: low (12.0-16.0)"
                .replacingOccurrences(of: "sodium", with: "Sodium"))
        // What the answer is made of is not in the question, nor what follows from it.
        #expect(summary.prompt?.contains("Crackles") == true)
        #expect(summary.prompt?.contains("pneumonia") == false)
        #expect(summary.prompt?.contains("Ceftriaxone") == false)
        let labs = try #require(found.first { $0.template == "labs" })
        #expect(labs.response == "Sodium 131 mmol/L: low (135-145)\nHgb 9.2: low (12.0-16.0)")
        #expect(labs.prompt?.contains("potassium 4.1") == true)
        let assessment = try #require(found.first { $0.template == "assessment" })
        #expect(assessment.prompt?.contains("coughed for three weeks") == true)
        #expect(assessment.prompt?.contains("Crackles at the left base.") == true)
        #expect(assessment.response == "Community-acquired pneumonia with hyponatremia.")
    }

    @Test("an own template needs its sections and its kinds")
    func ownTemplate() throws {
        let template = ExampleTemplate(
            name: "german", when: .init(sections: ["findings", "impression | assessment"], kinds: ["radiolog"]),
            prompt: "Befund {{roh}}: {findings}", response: "{impression|assessment}")
        let text = "FINDINGS:\nA tear is seen.\n\nASSESSMENT:\nMeniscal tear."
        let found = try examples(text, [template], kind: "MR Radiology")
        #expect(found.map(\.prompt) == ["Befund {roh}: A tear is seen."])
        #expect(found.map(\.response) == ["Meniscal tear."])
        #expect(try examples(text, [template], kind: "Cardiology").isEmpty)
        #expect(try examples(text, [template]).isEmpty)
        #expect(try examples("FINDINGS:\nA tear.", [template], kind: "radiology").isEmpty)
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let json: String
        let word: String
        var testDescription: String { word }
    }

    @Test(
        "a template that can't be used is refused with what is wrong and what there is",
        arguments: [
            Bad(json: #"{"name":"x","response":"{impresion}"}"#, word: "{impresion}"),
            Bad(json: #"{"name":"x","response":"{plan"}"#, word: "“{” has no “}”"),
            Bad(json: #"{"name":"x","response":"plan}"}"#, word: "“}” has no “{”"),
            Bad(json: #"{"name":"x","response":"Normal."}"#, word: "no placeholder"),
            Bad(json: #"{"name":"x"}"#, word: "needs “name” and “response”"),
            Bad(json: #"{"name":"","response":"{plan}"}"#, word: "1 to 40"),
            Bad(json: #"{"name":"a b","response":"{plan}"}"#, word: "1 to 40"),
            Bad(json: #"{"name":"x","respons":"{plan}"}"#, word: "“respons” is no key"),
            Bad(json: #""impresion""#, word: "no built-in template"),
            Bad(json: #"{"name":"x","response":"{plan}","when":{"section":["plan"]}}"#, word: "“section” is no key"),
            Bad(json: #"{"name":"x","response":"{plan}","when":{"sections":["plann"]}}"#, word: "plann"),
        ])
    func refused(sample: Bad) throws {
        let error = try #require(throws: ReportsError.self) {
            _ = try ExampleMaker(templates: [CanonicalJSON.decode(ExampleTemplate.self, from: Data(sample.json.utf8))])
        }
        #expect(error.code == .badConfiguration)
        #expect(error.message.contains(sample.word))
        #expect(error.message.contains("“examples.templates”"))
    }

    @Test("two templates of one name, and none at all, are refused")
    func names() {
        #expect(throws: ReportsError(.badConfiguration, "")) { try ExampleMaker(templates: [.labs, .labs]) }
        #expect(throws: ReportsError(.badConfiguration, "")) { try ExampleMaker(templates: []) }
    }

    @Test(
        "templates come back from their JSON form, and built-in ones from their name",
        arguments: ExampleTemplate.builtIn)
    func coding(template: ExampleTemplate) throws {
        #expect(try CanonicalJSON.decode(ExampleTemplate.self, from: CanonicalJSON.encode(template)) == template)
        #expect(try CanonicalJSON.decode(ExampleTemplate.self, from: Data("\"\(template.name)\"".utf8)) == template)
    }

    @Test("tags alone are no answer, nor is a copy of the question")
    func silent() throws {
        #expect(try examples("FINDINGS:\nA tear is seen.\n\nIMPRESSION:\n[NAME] 12 [DATE]", [.impression]).isEmpty)
        let copy = "There is a tear of the medial meniscus."
        #expect(try examples("FINDINGS:\n\(copy)\n\nIMPRESSION:\n\(copy)", [.impression]).isEmpty)
    }

    @Test("a laboratory section that contradicts itself teaches nothing")
    func contradiction() throws {
        #expect(try examples("LABS:\nSodium 131 H (135-145)", [.labs]).isEmpty)
        #expect(
            try examples("LABS:\nSodium 140 (135-145)", [.labs]).map(\.response) == [
                "All values are within their reference range."
            ])
        #expect(try examples("LABS:\nSodium was normal.", [.labs]).isEmpty)
    }

    @Test("abbreviations are written out in questions and answers when the clinic wants it")
    func abbreviations() throws {
        let maker = try ExampleMaker(templates: [.impression], abbreviations: .normalize)
        let found = maker.examples(
            of: try TestVault.deidentified("FINDINGS:\nLVH is seen.\n\nIMPRESSION:\nSevere HTN."), patient: patient)
        #expect(found.first?.prompt?.contains("Left ventricular hypertrophy is seen.") == true)
        #expect(found.map(\.response) == ["Severe hypertension."])
    }
}

@Suite("The split by patient")
struct PatientSplitTests {
    private func patients(_ count: Int) -> [PatientPseudonym] {
        (0..<count).compactMap { TestVault.key.pseudonym(ofPatientKey: "P\($0)") }
    }

    @Test(
        "every patient is in exactly one part, and small clinics fill each part",
        arguments: [0, 1, 2, 3, 4, 5, 10, 50, 2000])
    func split(count: Int) throws {
        let all = patients(count)
        let split = try PatientSplit(patients: all + all, key: Data([1]))
        let parts = PatientSplit.Part.allCases.map { split.patients(in: $0) }
        #expect(parts.reduce(0) { $0 + $1.count } == count)
        #expect(Set(parts.joined()) == Set(all))
        if count >= 3 { #expect(parts.allSatisfy { !$0.isEmpty }) }
        if count == 2000 {
            #expect((0.77...0.83).contains(Double(parts[0].count) / 2000))
            #expect((0.07...0.13).contains(Double(parts[1].count) / 2000))
        }
    }

    @Test("the split is the same for the same key, another for another, and stays when patients are added")
    func stable() throws {
        let few = patients(500), many = patients(900)
        let first = try PatientSplit(patients: few, key: Data([1])),
            second = try PatientSplit(patients: many.reversed(), key: Data([1]))
        #expect(few.allSatisfy { first.part(of: $0) == second.part(of: $0) })
        #expect(try PatientSplit(patients: few, key: Data([2])) != first)
        #expect(throws: ReportsError(.badConfiguration, "")) {
            try PatientSplit(patients: few, key: Data(), validation: 0.5, test: 0.5)
        }
    }
}
