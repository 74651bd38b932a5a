import ConsiliumCore
import ConsiliumTesting
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite("Every byte of a ledger's file")
struct LedgerImageTests {
    let fixture: LedgerFixture
    init() throws { fixture = try LedgerFixture() }

    @Test("a file of any length is read as SQLite reads it, over several levels of the tree and with long rows")
    func sameAsSQLite() throws {
        _ = try fixture.filled(rounds: 9)
        let file = try LedgerFile(opening: fixture.url)
        var sequence = try #require(file.rows().last).sequence
        var generator = ReproducibleGenerator(seed: 5)
        for size in [30, 1200, 70_000] {
            for _ in 0..<40 {
                sequence += 1
                let body = Data((0..<Int.random(in: 1...size, using: &generator)).map { UInt8(truncatingIfNeeded: $0) })
                let row = StoredRow(sequence: sequence, body: body, signature: Data(repeating: 7, count: 64))
                try file.append(
                    [row],
                    head: SignedHead(head: LedgerHead(sequence: sequence, hash: row.hash), signature: row.signature))
                let image = try LedgerImage(Data(contentsOf: fixture.url))
                #expect(image.rows.count == sequence + 1)
            }
        }
        let image = try LedgerImage(Data(contentsOf: fixture.url))
        #expect(try image.rows == file.rows())
        #expect(try image.head == file.signedHead())
    }

    @Test("a file of thousands of rows has no byte that belongs to nothing")
    func manyRows() throws {
        _ = try fixture.create()
        let queue = try DatabaseQueue(path: fixture.url.path)
        try queue.write { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            for sequence in 1...30_000 {
                try database.execute(
                    sql:
                        "INSERT INTO ledger_row (sequence, body, signature) VALUES (?, randomblob(120), randomblob(64))",
                    arguments: [sequence])
            }
        }
        #expect(throws: Never.self) { try LedgerImage(Data(contentsOf: fixture.url)) }
    }

    @Test(
        "a tree of three levels is read, too",
        .enabled(if: ProcessInfo.processInfo.environment["CONSILIUM_LONG_TESTS"] == "1"))
    func deepTree() throws {
        let url = fixture.folder.path("deep.sqlite")
        _ = try LedgerFile(creating: url)
        let queue = try DatabaseQueue(path: url.path)
        try queue.write { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            // One row a page.
            for sequence in 0..<5000 {
                try database.execute(
                    sql: "INSERT INTO ledger_row (sequence, body, signature) VALUES (?, zeroblob(20000), x'00')",
                    arguments: [sequence])
            }
        }
        #expect(try LedgerImage(Data(contentsOf: url)).rows.count == 5000)
    }

    @Test("each single changed byte of a small ledger's file is found")
    func everyByte() throws {
        _ = try fixture.filled(rounds: 5)
        let original = try Data(contentsOf: fixture.url)
        var generator = ReproducibleGenerator(seed: 12)
        let isWhole = ProcessInfo.processInfo.environment["CONSILIUM_LONG_TESTS"] == "1"
        let everywhere = Array(original.indices)
        let places = isWhole ? everywhere : Array(everywhere.shuffled(using: &generator).prefix(600))
        var missed: [Int] = []
        for place in places {
            var changed = original
            changed[place] ^= UInt8.random(in: 1...255, using: &generator)
            let copy = try fixture.folder.write("changed.sqlite", changed)
            if LedgerAudit.audit(files: [copy]).isClean { missed.append(place) }
        }
        #expect(missed.isEmpty, "\(places.count) places tried")
    }

    @Test("a vacuumed file, one in another journal mode and one with a further table are not what this program writes")
    func otherWriters() throws {
        for edit in ["PRAGMA journal_mode = WAL", "CREATE TABLE other (x)", "PRAGMA user_version = 3"] {
            let fixture = try LedgerFixture()
            _ = try fixture.filled()
            #expect(LedgerAudit.audit(files: [fixture.url]).isClean)
            let queue = try DatabaseQueue(path: fixture.url.path)
            try queue.writeWithoutTransaction { try $0.execute(sql: edit) }
            try queue.close()
            let report = LedgerAudit.audit(files: [fixture.url])
            #expect(report.ledgers[0].violations.map(\.code) == [.alteredFile], "\(edit): \(report.statement)")
            #expect(report.ledgers[0].budget != nil, "the rows are still read")
        }
    }
}
