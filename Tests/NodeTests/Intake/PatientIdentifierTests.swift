import ConsiliumCore
import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Node
@testable import Reports

/// The name is one that nothing but the record, or a title, could take for a name.
@Suite("A patient's records help each other")
struct PatientIdentifierTests {
    private func texts(_ node: NodeFixture) throws -> [String] {
        var texts: [String] = []
        try node.services().vault().forEachDeidentified { _, report, _ in texts.append(report.text) }
        return texts
    }

    @Test("a value of one record is searched in the earlier notes of the same patient, and in no one else's")
    func laterRecord() throws {
        let node = try NodeFixture()
        try node.folder.write(
            "one/a.csv", "mrn,report\n1001,took zorblaxine 5 mg\n1001,nothing of note\n1002,took zorblaxine 5 mg\n")
        let first = try IntakeService(node.services()).importReports([node.folder.path("one")])
        #expect(try texts(node).filter { $0.contains("zorblaxine") }.count == 2)
        try node.folder.write("two/b.csv", "mrn,patient name,report\n1001,Zorblaxine^Anna,all is well\n")
        let second = try IntakeService(node.services()).importReports([node.folder.path("two")])
        #expect(first.deidentified.searchedAgain == 0)
        #expect(second.deidentified.searchedAgain == 1)
        #expect(second.deidentified.clean == 2)
        #expect(
            try texts(node).sorted() == ["all is well", "nothing of note", "took [NAME] 5 mg", "took zorblaxine 5 mg"])
        // Nothing is left to search.
        let third = try IntakeService(node.services()).importReports([node.folder.path("two")])
        #expect(third.deidentified == IntakeOutcome.Deidentified())
    }

    @Test("a name that is certain in one note is replaced in the patient's others, but no ordinary word is")
    func foundNames() throws {
        let node = try NodeFixture()
        try node.folder.write(
            "in/a.csv",
            "mrn,report\n1001,Seen with Dr. Zorblaxine and Mrs. Long.\n1001,took zorblaxine 5 mg and a long walk\n1002,took zorblaxine 5 mg\n"
        )
        _ = try IntakeService(node.services()).importReports([node.folder.path("in")])
        let texts = try texts(node)
        #expect(texts.contains("took [NAME] 5 mg and a long walk"))
        #expect(texts.contains("took zorblaxine 5 mg"))
    }

    @Test("any number of threads gives the same texts and counts")
    func threads() throws {
        let reports = SampleReportGenerator(specialty: .cardiology, seed: 9).reports(40)
        var seen: [[String]] = []
        for threads in [1, 4] {
            let node = try NodeFixture("compute:\n  threads: \(threads)\n")
            try DurableFile.write(Data(String(repeating: "ab", count: 32).utf8), to: node.home.siteKeyFile)
            try SampleReportWriter(format: .json).write(reports, to: node.folder.path("in"))
            let outcome = try IntakeService(node.services()).importReports([node.folder.path("in")])
            #expect(outcome.deidentified.clean + outcome.deidentified.review + outcome.deidentified.quarantined == 40)
            seen.append(try texts(node))
        }
        #expect(seen[0] == seen[1])
    }

    @Test("work in threads keeps its order, and the first error by order is the one that is thrown")
    func order() throws {
        let items = Array(0..<500)
        #expect(try OrderedWork.map(items, threads: 7) { $0 * 2 } == items.map { $0 * 2 })
        #expect(try OrderedWork.map([Int](), threads: 7) { $0 } == [])
        for threads in [1, 7] {
            let error = try #require(throws: NodeError.self) {
                try OrderedWork.map(items, threads: threads) { item in
                    if item % 100 == 99 { throw NodeError(.badInput, "item \(item)") }
                }
            }
            #expect(error.message == "item 99")
        }
    }
}
