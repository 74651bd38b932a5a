import ConsiliumCore
import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Node
@testable import Reports

@Suite("Reports in, identifiers out")
struct IntakeServiceTests {
    private func texts(_ node: NodeFixture) throws -> [String] {
        var texts: [String] = []
        try node.services().vault().forEachDeidentified { _, report, _ in texts.append(report.text) }
        return texts
    }

    @Test(
        "sample reports of every format come in completely, and nothing that names a patient is left",
        arguments: [ReportFormat.txt, .csv, .json, .hl7, .fhir])
    func formats(format: ReportFormat) throws {
        let node = try NodeFixture()
        let reports = SampleReportGenerator(specialty: .cardiology, seed: 5).reports(12)
        let folder = node.folder.path("reports")
        try SampleReportWriter(format: format).write(reports, to: folder)
        let outcome = try IntakeService(node.services()).importReports([folder])
        #expect(outcome.imported.reports == 12)
        #expect(outcome.imported.new == 12)
        #expect(outcome.imported.byFormat == [format: 12])
        #expect(outcome.imported.rejectedCount == 0)
        #expect(outcome.imported.quarantinedCount == 0)
        #expect(outcome.deidentified.clean + outcome.deidentified.review + outcome.deidentified.quarantined == 12)
        #expect(outcome.deidentified.clean >= 11)
        #expect(outcome.vault.patients == Set(reports.map(\.patientKey)).count)
        #expect(outcome.deidentified.replaced.values.reduce(0, +) >= 3 * 12)
        let clean = try texts(node)
        #expect(clean.count == outcome.deidentified.clean)
        for report in reports {
            for secret in [report.patient.last, report.patient.recordNumber, report.patient.phone] {
                #expect(clean.allSatisfy { !$0.contains(secret) })
            }
        }
    }

    @Test("importing the same files again changes nothing")
    func repeated() throws {
        let node = try NodeFixture()
        let folder = node.folder.path("reports")
        try SampleReportWriter(format: .csv).write(
            SampleReportGenerator(specialty: .pathology, seed: 2).reports(6), to: folder)
        let first = try IntakeService(node.services()).importReports([folder])
        let second = try IntakeService(node.services()).importReports([folder])
        #expect(second.imported.unchanged == 6)
        #expect(second.imported.new == 0)
        #expect(second.deidentified == IntakeOutcome.Deidentified())
        #expect(second.vault == first.vault)
    }

    @Test("what an interrupted import left behind is de-identified by the next one")
    func resumed() throws {
        let node = try NodeFixture()
        let folder = node.folder.path("reports")
        try SampleReportWriter(format: .json).write(
            SampleReportGenerator(specialty: .pathology, seed: 2).reports(4), to: folder)
        let services = try node.services()
        _ = try ReportImporter(services.site.importConfiguration()).importPaths([folder], into: services.vault())
        #expect(try services.vault().counts().byStatus[.imported] == 4)
        let outcome = try IntakeService(services).importReports([folder])
        #expect(outcome.imported.unchanged == 4)
        #expect(outcome.deidentified.clean + outcome.deidentified.review == 4)
        #expect(outcome.vault.byStatus[.imported] ?? 0 == 0)
    }

    @Test("a report that names no patient is quarantined with a reason, unless the clinic says otherwise")
    func noPatient() throws {
        for (fallback, quarantined) in [("quarantine", 1), ("report", 0)] {
            let node = try NodeFixture("reports:\n  patientKeyFallback: \(fallback)\n")
            let file = try node.folder.write("in/note.txt", "The heart is of normal size. No pleural effusion.\n")
            let outcome = try IntakeService(node.services()).importReports([file])
            #expect(outcome.imported.reports == 1)
            #expect(outcome.imported.quarantinedCount == quarantined)
            #expect(outcome.vault.byStatus[.quarantined] ?? 0 == quarantined)
            #expect(try texts(node).count == 1 - quarantined)
            #expect(outcome.text.contains("patientKeyFallback") == (quarantined == 1))
        }
    }

    @Test("no result carries text or identifiers of a report")
    func noReportText() throws {
        let node = try NodeFixture()
        try node.folder.write(
            "in/bad.hl7",
            "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|T|2.5.1\rPID|1||883311^^^H^MR||QUILLFEATHER^ANNA\r")
        try node.folder.write("in/note.txt", "Quillfeather has dysphagia. MRN: 883311\n")
        try node.folder.write("in/bad.json", "{\"text\": \"Quillfeather\"")
        let outcome = try IntakeService(node.services()).importReports([node.folder.path("in")])
        #expect(outcome.hasRejections)
        let json = String(decoding: try CanonicalJSON.encode(outcome), as: UTF8.self)
        for text in [json, outcome.text, outcome.line] {
            for secret in ["Quillfeather", "QUILLFEATHER", "883311", "dysphagia"] {
                #expect(!text.contains(secret))
            }
        }
        #expect(outcome.text.contains("bad.json"))
    }

    @Test("an unknown format is refused with the known ones, before anything is read")
    func unknownFormat() throws {
        let node = try NodeFixture()
        let error = try #require(throws: NodeError.self) {
            try IntakeService(node.services()).importReports([node.folder.path("absent")], format: "docx")
        }
        #expect(error.code == .badInput)
        #expect(error.message.contains("hl7, fhir"))
    }

    @Test("an empty folder and a missing one are refused, and no source at all too")
    func nothing() throws {
        let node = try NodeFixture()
        try DurableFile.createFolder(node.folder.path("empty"))
        #expect(throws: ReportsError(.nothingToImport, "")) {
            try IntakeService(node.services()).importReports([node.folder.path("empty")])
        }
        #expect(throws: ReportsError(.fileUnreadable, "")) {
            try IntakeService(node.services()).importReports([node.folder.path("absent")])
        }
        #expect(throws: ReportsError(.nothingToImport, "")) { try IntakeService(node.services()).importReports([]) }
    }

    @Test("without paths the sources of the configuration are read")
    func sources() throws {
        let folder = try TemporaryFolder()
        try SampleReportWriter(format: .csv).write(
            SampleReportGenerator(specialty: .orthopedics, seed: 3).reports(3), to: folder.path("exports"))
        let node = try NodeFixture("reports:\n  sources:\n    - exports\n", folder: folder)
        #expect(try IntakeService(node.services()).importReports([]).imported.reports == 3)
    }

    @Test("a column that the configuration names for no known field is refused")
    func unknownField() throws {
        let node = try NodeFixture("reports:\n  columns:\n    shoeSize: size\n")
        let error = try #require(throws: NodeError.self) { try node.services().site.importConfiguration() }
        #expect(error.code == .configurationInvalid)
        #expect(error.message.contains("shoeSize"))
        #expect(error.message.contains("patientKey"))
    }

    @Test("columns of the configuration are used for reading")
    func ownColumns() throws {
        let node = try NodeFixture("reports:\n  columns: {text: befund, patientKey: fallnummer}\n")
        let file = try node.folder.write(
            "in/a.csv", "fallnummer,befund\r\nF-1,Normal chest.\r\nF-2,Normal abdomen.\r\nF-1,Normal knee.\r\n")
        let outcome = try IntakeService(node.services()).importReports([file])
        #expect(outcome.imported.reports == 3)
        #expect(outcome.vault.patients == 2)
    }
}
