import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("Examples and the split")
struct ExampleTests {
    private let patient = PatientPseudonym(hex: "aa")

    @Test(
        "findings and impression make a pair, whatever the headings look like",
        arguments: [
            "HISTORY:\nPain.\n\nFINDINGS:\nA tear is seen.\n\nIMPRESSION:\nMeniscal tear.\n\nPLAN:\nRest.",
            "History: Pain.\n\nFindings: A tear is seen.\n\nImpression: Meniscal tear.",
            "FINDINGS\nA tear is seen.\nIMPRESSION\nMeniscal tear.",
        ])
    func pairs(text: String) throws {
        let examples = TrainingExample.examples(of: try TestVault.deidentified(text), patient: patient)
        #expect(examples.count == 2)
        #expect(examples.first?.prompt == nil)
        #expect(examples.first?.response == text)
        #expect(examples.last?.prompt?.contains("A tear is seen.") == true)
        #expect(examples.last?.prompt?.contains("Meniscal") == false)
        #expect(examples.last?.response == "Meniscal tear.")
        #expect(examples.allSatisfy { $0.patient == patient })
    }

    @Test(
        "without both sections there is only the text",
        arguments: ["FINDINGS:\nA tear.", "Just text: with a colon.", "IMPRESSION:\nNone."])
    func textOnly(text: String) throws {
        #expect(TrainingExample.examples(of: try TestVault.deidentified(text), patient: patient).map(\.prompt) == [nil])
        #expect(
            TrainingExample.examples(of: try TestVault.deidentified(text), patient: patient, kinds: [.impression])
                .isEmpty)
    }

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
