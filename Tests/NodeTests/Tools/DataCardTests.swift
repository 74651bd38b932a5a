import ConsiliumCore
import ConsiliumTesting
import Foundation
import Reports
import Testing

@testable import Node

@Suite("Data cards")
final class DataCardTests {
    /// The clinics' folders last as long as the test.
    private var nodes: [NodeFixture] = []

    /// Thirty patients with one report, some with a second; names that must not show.
    private func clinic(_ settings: String = "") throws -> NodeServices {
        let node = try NodeFixture(settings)
        nodes.append(node)
        let services = try node.services()
        var table = "mrn,name,department,date,report\r\n"
        for patient in 0..<30 {
            let body =
                "FINDINGS: A nodule of \(patient + 3) mm is seen in the lung of segment \(patient). IMPRESSION: Nodule \(patient), benign."
            table += "P-40\(patient),Quillfeather,Radiology,2024-03-0\(patient % 9 + 1),\"\(body)\"\r\n"
            if patient < 12 { table += "P-40\(patient),Quillfeather,Radiology,2024-04-02,\"\(body)\"\r\n" }
            if patient < 3 { table += "P-40\(patient),Quillfeather,Urology,1999-04-02,Urine is clear and yellow.\r\n" }
        }
        _ = try IntakeService(services).importReports([node.folder.write("reports.csv", table)])
        return services
    }

    @Test("it counts reports, sections, examples and duplicates")
    func counts() throws {
        let card = try DataCardService.card(clinic())
        #expect(card.reports.shown == 45)
        #expect(card.patients.shown == 30)
        #expect(card.examples.used == ["text"])
        #expect(card.examples.duplicates.shown == 36)
        #expect(card.sections.rows.first { $0.name == "findings" }?.count.shown == 42)
        #expect(card.examples.byTemplate.rows.first { $0.name == "impression" }?.count.shown == 30)
        #expect(card.byFormat.rows.map(\.name) == ["csv"])
    }

    @Test("nothing of a report, of its record or of few patients is in it")
    func hidden() throws {
        let card = try DataCardService.card(clinic())
        let json = String(decoding: try CanonicalJSON.encode(card), as: UTF8.self)
        for word in ["Quillfeather", "P-40", "segment", "Urology", "1999"] {
            #expect(!card.text.contains(word))
            #expect(!json.contains(word))
        }
        let numbers = (card.byStatus.rows + card.byKind.rows + card.byYear.rows + card.sections.rows + card.terms.rows)
            .compactMap(\.count.shown)
        #expect(numbers.allSatisfy { $0 >= 10 })
        #expect(card.text.contains("# Data card"))
    }

    @Test("small parts are added up, with so many others that none can be told by subtraction")
    func suppression() {
        func rows(_ counts: [String: Int]) -> [String] {
            SuppressedTable(parts: counts).rows.map { "\($0.name) \($0.count)" }
        }
        #expect(rows(["a": 50, "b": 20]) == ["a 50", "b 20"])
        #expect(rows(["a": 50, "b": 20, "c": 3]) == ["a 50", "other 23"])
        #expect(rows(["a": 50, "b": 20, "c": 6, "d": 7]) == ["a 50", "b 20", "other 13"])
        #expect(rows(["a": 3]) == ["other <10"])
        #expect(rows(["a": 0]) == [])
        #expect(SuppressedTable(overlapping: ["a": 9, "b": 10, "c": 0]).rows.map { "\($0.count)" } == ["10", "<10"])
        #expect(SuppressedCount(0).description == "0")
    }

    @Test("a card comes back from its JSON form, and is written as Markdown")
    func forms() throws {
        let card = try DataCardService.card(clinic("examples:\n  templates: [impression, labs]\n"))
        #expect(try CanonicalJSON.decode(DataCard.self, from: CanonicalJSON.encode(card)) == card)
        #expect(card.examples.used == ["impression", "labs"])
        let folder = try TemporaryFolder()
        try DataCardService.write(card, to: folder.path("card.md"))
        #expect(try String(contentsOf: folder.path("card.md"), encoding: .utf8) == card.text)
    }

    @Test("an empty clinic has a card of zeros")
    func empty() throws {
        let empty = try NodeFixture()
        let card = try DataCardService.card(empty.services())
        #expect(card.reports.shown == 0)
        #expect(card.lengths == nil)
        #expect(card.byStatus.rows.isEmpty)
    }
}
