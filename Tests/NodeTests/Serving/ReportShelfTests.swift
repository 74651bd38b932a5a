import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Node
@testable import Reports

@Suite("Finding the clinic's reports on the page")
struct ReportShelfTests {
    let node: NodeFixture
    let vault: Vault
    let shelf: ReportShelf
    let reports: [SampleReport]

    init() throws {
        node = try NodeFixture()
        reports = SampleReportGenerator(specialty: .cardiology, seed: 5).reports(12)
        let folder = node.folder.path("reports")
        try SampleReportWriter(format: .csv).write(reports, to: folder)
        _ = try IntakeService(node.services()).importReports([folder])
        vault = try node.services().vault()
        shelf = ReportShelf(vault: vault, key: try node.services().vaultKey())
    }

    /// The stored report and its patient's number, of those that may be used.
    private func usable() throws -> [StoredReport] {
        var found: [StoredReport] = []
        try vault.forEachReport(status: .deidentified) { found.append($0) }
        return found
    }

    @Test("a patient's approved reports are found by number, date and kind, and read without what names the patient")
    func found() throws {
        let stored = try #require(try usable().first)
        let patient = try #require(stored.report.patientKey)
        // Spelled as people type it.
        let entries = try shelf.reports(ofPatient: " \(patient.lowercased()) ", filter: "")
        #expect(entries.contains { $0.id == stored.report.id.hex })
        #expect(
            Set(entries.map(\.id)).isSubset(
                of: Set(try usable().filter { $0.report.patientKey == patient }.map(\.report.id.hex))))
        let text = try shelf.text(stored.report.id.hex)
        let sample = try #require(reports.first { $0.patient.recordNumber.uppercased() == patient })
        for secret in [sample.patient.last, sample.patient.recordNumber, sample.patient.phone] {
            #expect(!text.contains(secret))
        }
        if let date = stored.report.date {
            #expect(
                try shelf.reports(ofPatient: patient, filter: String(date.prefix(7))).contains {
                    $0.id == stored.report.id.hex
                })
        }
        #expect(throws: NodeError(.badInput, "")) { try shelf.reports(ofPatient: patient, filter: "no such kind") }
    }

    @Test("unknown patients, and reports that may not be used, are not there")
    func refused() throws {
        let stored = try #require(try usable().first)
        let patient = try #require(stored.report.patientKey)
        for number in ["", "  ", "no-such-patient", String(repeating: "9", count: 10_000)] {
            #expect(throws: NodeError(.badInput, "")) { try shelf.reports(ofPatient: number, filter: "") }
        }
        for id in ["", "x", String(repeating: "0", count: 64), "' OR 1=1 --"] {
            #expect(throws: NodeError(.badInput, "")) { try shelf.text(id) }
        }
        try vault.quarantine(stored.report.id, reason: "rescan")
        #expect(throws: NodeError(.badInput, "")) { try shelf.text(stored.report.id.hex) }
        let left = (try? shelf.reports(ofPatient: patient, filter: "")) ?? []
        #expect(!left.contains { $0.id == stored.report.id.hex })
    }

    @Test("the search stands on the page only where a node's reports are offered, and its words are escaped")
    func page() throws {
        let fixture = try ServingFixture()
        #expect(!PageHTML.page(ModelNotice(fixture.assistant)).contains("Patient number"))
        var state = PageHTML.State()
        state.patient = "\"><script>"
        state.stored = [.init(id: "a\"b", title: "2024 · <b>CT</b>")]
        state.shelfMessage = "<i>"
        let html = PageHTML.page(ModelNotice(fixture.assistant, offersReports: true), state)
        #expect(html.contains("Patient number") && html.contains("2024 · &lt;b&gt;CT"))
        #expect(!html.contains("<script>") && !html.contains("<b>") && !html.contains("<i>") && !html.contains("a\"b"))
    }
}
