import ConsiliumCore
import ConsiliumTesting
import Foundation
import Synchronization
import Testing

@testable import Node
@testable import Reports

@Suite("A watched folder")
struct WatchTests {
    /// What a watch reported, from its own task.
    private final class Record: Sendable {
        private let items = Mutex<(outcomes: [IntakeOutcome], troubles: Int)>(([], 0))
        var outcomes: [IntakeOutcome] { items.withLock { $0.outcomes } }
        var troubles: Int { items.withLock { $0.troubles } }
        func add(_ outcome: IntakeOutcome) { items.withLock { $0.outcomes.append(outcome) } }
        func addTrouble() { items.withLock { $0.troubles += 1 } }
    }

    private func file(_ name: String, _ size: Int, _ time: Double = 0) -> FoundFile {
        FoundFile(
            url: URL(fileURLWithPath: "/exports/\(name)"), name: name, root: "/exports",
            [.size: size, .modificationDate: Date(timeIntervalSince1970: time)])
    }

    @Test("a file is complete once it did not change from one look to the next, and is read again when it changes")
    func complete() {
        var watched = WatchedFiles()
        #expect(watched.ready([file("a", 5)]) == [])
        // It grows, then rests.
        #expect(watched.ready([file("a", 9)]) == [])
        #expect(watched.ready([file("a", 9)]) == ["/exports/a"])
        // Until it is done it stays ready: a failed batch is tried again.
        #expect(watched.ready([file("a", 9)]) == ["/exports/a"])
        watched.done(["/exports/a"])
        #expect(watched.ready([file("a", 9)]) == [])
        // Changed without growing.
        #expect(watched.ready([file("a", 9, 7)]) == [])
        #expect(watched.ready([file("a", 9, 7), file("empty", 0)]) == ["/exports/a"])
        #expect(watched.ready([file("empty", 0)]) == [])
        // Gone and come back.
        #expect(watched.ready([file("a", 9, 7)]) == [])
        #expect(watched.ready([file("a", 9, 7)]) == ["/exports/a"])
    }

    @Test("files are imported as they appear, a bad one is listed once, and the watch ends when it is cancelled")
    func watch() async throws {
        let node = try NodeFixture()
        let folder = node.folder.path("in"), list = node.folder.path("rejections.jsonl")
        try node.folder.write("in/a.txt", "MRN: 1001\n\nMr. Tanaka is well.")
        try node.folder.write("in/bad.json", "{")
        try node.folder.write("in/.hidden", "x")
        let record = Record()
        let intake = try IntakeService(node.services())
        let task = Task {
            try await intake.watch(
                [folder], rejections: list, every: .milliseconds(30),
                batch: { record.add($0) }, trouble: { Issue.record("\($0)") })
        }
        func wait(forBatches count: Int) async throws {
            for _ in 0..<400 where record.outcomes.count < count {
                try await Task.sleep(for: .milliseconds(25))
            }
            try #require(record.outcomes.count >= count)
        }
        try await wait(forBatches: 1)
        try node.folder.write("in/b.txt", "MRN: 1002\n\nMr. Tanaka is back.")
        try await wait(forBatches: 2)
        task.cancel()
        try await task.value
        let outcomes = record.outcomes
        #expect(outcomes[0].imported.new == 1 && outcomes[0].imported.rejectedCount == 1)
        #expect(outcomes[1].imported.new == 1 && outcomes[1].imported.reports == 1)
        #expect(outcomes[1].vault.byStatus == [.deidentified: 2])
        let lines = try DurableFile.read(list).split(separator: 10).map {
            try CanonicalJSON.decode(ImportRejection.self, from: Data($0))
        }
        #expect(lines.map(\.file).sorted() == [".hidden", "bad.json"])
    }

    @Test("a folder that is away is told once and waited for")
    func away() async throws {
        let node = try NodeFixture()
        let record = Record()
        let folder = node.folder.path("later"), intake = try IntakeService(node.services())
        let task = Task {
            try await intake.watch(
                [folder], every: .milliseconds(20), batch: { record.add($0) },
                trouble: { _ in record.addTrouble() })
        }
        for _ in 0..<400 where record.troubles == 0 { try await Task.sleep(for: .milliseconds(10)) }
        try await Task.sleep(for: .milliseconds(100))
        try node.folder.write("later/a.txt", "MRN: 1001\n\nAll is well.")
        for _ in 0..<400 where record.outcomes.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        task.cancel()
        try await task.value
        #expect(record.troubles == 1)
        #expect(record.outcomes.count == 1)
    }

    @Test("a list of rejections has every one, also more than the summary lists")
    func rejections() throws {
        let node = try NodeFixture()
        let rows = (0..<(ImportSummary.listLimit + 5)).map { "{\"mrn\":\"\($0)\"}" }
        let file = try node.folder.write("in/a.jsonl", rows.joined(separator: "\n"))
        let list = node.folder.path("rejections.jsonl")
        let outcome = try IntakeService(node.services()).importReports([file], rejections: list)
        #expect(outcome.imported.rejectedCount == rows.count)
        #expect(outcome.imported.rejected.count == ImportSummary.listLimit)
        #expect(try DurableFile.read(list).count(where: { $0 == 10 }) == rows.count)
        #expect(throws: CoreError(.fileUnwritable, "")) {
            try IntakeService(node.services()).importReports([file], rejections: node.folder.path("none/x"))
        }
    }
}
