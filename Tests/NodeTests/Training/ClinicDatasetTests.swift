import ConsiliumCore
import ConsiliumTesting
import Foundation
import LanguageModels
import Reports
import Testing
import Tokenizers

@testable import Node

/// A clinic whose patients can be told apart by a word in each of their reports.
struct MarkedClinic {
    static let words = [
        "aorta", "femur", "tibia", "pleura", "larynx", "retina", "cornea", "duodenum", "ileum", "thymus", "pancreas",
        "spleen", "ureter", "urethra", "prostate", "ovary", "uterus", "tongue", "pharynx", "trachea", "bronchus",
        "alveoli", "atrium", "septum",
    ]

    let node: NodeFixture
    let services: NodeServices

    /// - Parameter patients: at most as many as there are words; each has two reports.
    init(patients: Int = words.count) throws {
        node = try NodeFixture()
        services = try node.services()
        var table = "mrn,report\r\n"
        let endings = ["without a sign of disease in the", "and nothing has changed since the last study of the"]
        for ending in endings {
            for (number, word) in Self.words.prefix(patients).enumerated() {
                table += "P-10\(number),The \(word) is of normal size \(ending) \(word) today.\r\n"
            }
        }
        // Can't be attributed to a patient, so it must never be trained on.
        table += ",The gallbladder is of normal size.\r\n"
        _ = try IntakeService(services).importReports([node.folder.write("reports.csv", table)])
    }

    func dataset() throws -> ClinicDataset {
        try ClinicDataset(
            vault: services.vault(), splitKey: services.vaultKey().splitting,
            tokenizer: Tokenizer.load(from: NodeFixture.demoBase))
    }
}

@Suite("A clinic's dataset")
struct ClinicDatasetTests {
    /// The marking words in one patient's documents.
    private func words(_ documents: [ClinicDataset.Document], _ tokenizer: Tokenizer) -> Set<String> {
        let text = documents.map { tokenizer.decode($0.ids) }.joined(separator: " ")
        return Set(MarkedClinic.words.filter { text.contains($0) })
    }

    @Test("every patient is in exactly one part, with all reports")
    func split() throws {
        let clinic = try MarkedClinic()
        let dataset = try clinic.dataset()
        let tokenizer = try Tokenizer.load(from: NodeFixture.demoBase)
        let parts = [dataset.train, dataset.validation, dataset.test]
        let patients = parts.joined().map { words($0, tokenizer) }
        // "urethra" holds no other word, but two words of the list can't be in one report.
        #expect(patients.count == MarkedClinic.words.count)
        #expect(patients.allSatisfy { $0.count == 1 })
        #expect(Set(patients.joined()) == Set(MarkedClinic.words))
        #expect(parts.joined().allSatisfy { $0.count == 2 })
        #expect(parts.allSatisfy { !$0.isEmpty })
        #expect(dataset.train.count > dataset.validation.count + dataset.test.count)
    }

    @Test("only clean de-identified reports of known patients become documents")
    func onlyClean() throws {
        let clinic = try MarkedClinic()
        let dataset = try clinic.dataset()
        let documents = (dataset.train + dataset.validation + dataset.test).flatMap { $0 }
        let counts = try clinic.services.vault().counts()
        #expect(counts.byStatus[.quarantined] == 1)
        #expect(documents.count == counts.byStatus[.deidentified])
        #expect(counts.total == documents.count + 1)
        let tokenizer = try Tokenizer.load(from: NodeFixture.demoBase)
        #expect(documents.allSatisfy { !tokenizer.decode($0.ids).contains("gallbladder") })
    }

    @Test("a document has the tokenizer's begin and end, and the bytes of its text")
    func framing() throws {
        let dataset = try MarkedClinic(patients: 3).dataset()
        let tokenizer = try Tokenizer.load(from: NodeFixture.demoBase)
        for document in (dataset.train + dataset.validation + dataset.test).joined() {
            if let begin = tokenizer.bosID { #expect(document.ids.first == begin) }
            if let end = tokenizer.eosID { #expect(document.ids.last == end) }
            #expect(document.bytes == tokenizer.decode(document.ids).utf8.count)
        }
        #expect(dataset.train.count == 1)
        #expect(dataset.validation.count == 1)
        #expect(dataset.test.count == 1)
    }

    @Test("the same vault always gives the same dataset")
    func stable() throws {
        let clinic = try MarkedClinic(patients: 8)
        let first = try clinic.dataset()
        let second = try clinic.dataset()
        #expect(first.train.map { $0.map(\.ids) } == second.train.map { $0.map(\.ids) })
        #expect(first.test.map { $0.map(\.ids) } == second.test.map { $0.map(\.ids) })
    }

    @Test("a note that was copied forward counts once, and another patient's equal note stays")
    func duplicates() throws {
        let node = try NodeFixture()
        let services = try node.services()
        var table = "mrn,report\r\n"
        for patient in 0..<4 {
            for _ in 0..<3 { table += "P-20\(patient),The heart and the lungs are of normal size and shape.\r\n" }
        }
        _ = try IntakeService(services).importReports([node.folder.write("reports.csv", table)])
        let dataset = try ClinicDataset(
            vault: services.vault(), splitKey: services.vaultKey().splitting,
            tokenizer: Tokenizer.load(from: NodeFixture.demoBase))
        #expect((dataset.train + dataset.validation + dataset.test).map(\.count) == [1, 1, 1, 1])
        #expect(dataset.duplicates == DuplicateFilter.Counts(kept: 4, duplicates: 8))
    }

    @Test("with pairs, only answers are learned, and patients are still measured on whole reports")
    func pairs() throws {
        let node = try NodeFixture(
            "examples:\n  templates: [impression]\n  maximumPerPatient: 1\n  duplicates: clinic\n")
        let services = try node.services()
        for patient in 0..<8 {
            for visit in 0..<2 {
                let number = patient * 10 + visit
                _ = try node.folder.write(
                    "in/MRN-\(100 + patient)_\(visit).txt",
                    "MRN: P-30\(patient)\n\nFINDINGS:\nA nodule of \(number) mm in segment \(number).\n\nIMPRESSION:\nNodule \(number)."
                )
            }
        }
        _ = try IntakeService(services).importReports([node.folder.path("in")])
        let tokenizer = try Tokenizer.load(from: NodeFixture.demoBase)
        let dataset = try ClinicDataset(
            vault: services.vault(), splitKey: services.vaultKey().splitting,
            encoder: ExampleEncoder(tokenizer: tokenizer, modelFolder: NodeFixture.demoBase),
            recipe: ExampleRecipe(services.site, isPrivate: true))
        #expect(!dataset.train.isEmpty)
        for documents in dataset.train + dataset.validation {
            #expect(documents.count == 1)
            for document in documents {
                let learned = tokenizer.decode(document.labels.filter { $0 >= 0 })
                #expect(learned.contains("Nodule"))
                #expect(!learned.contains("segment"))
                #expect(tokenizer.decode(document.ids).contains("segment"))
            }
        }
        #expect(dataset.test.joined().allSatisfy { $0.isText })
        #expect(services.site.duplicateScope(isPrivate: true) == .patient)
        #expect(services.site.duplicateScope(isPrivate: false) == .clinic)
    }

    @Test("too few patients to train, tune and measure on are refused with the number", arguments: [0, 1, 2])
    func tooFew(patients: Int) throws {
        let clinic = try MarkedClinic(patients: patients)
        let error = try #require(throws: NodeError.self) { try clinic.dataset() }
        #expect(error.code == .tooFewPatients)
        #expect(error.category.exitCode == 77)
        #expect(error.message.contains("Only \(patients) patients"))
    }
}
