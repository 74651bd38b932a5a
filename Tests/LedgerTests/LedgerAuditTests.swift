import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import GRDB
import Privacy
import Testing

@testable import Ledger

@Suite("The ledger audit")
struct LedgerAuditTests {
    let fixture: LedgerFixture
    init() throws { fixture = try LedgerFixture() }

    @Test("an untouched ledger is clean, as a database in use and as an export, and both say the same")
    func clean() throws {
        let ledger = try fixture.create()
        let id = try ledger.reserve(LedgerFixture.request(0))
        try ledger.commit(id, transcript: LedgerFixture.plan)
        _ = try ledger.reserve(LedgerFixture.request(1))
        let export = fixture.folder.path("export.jsonl")
        try ledger.export(to: export)
        let before = try Data(contentsOf: fixture.url)
        let key = fixture.key.publicKey.rawRepresentation.hexadecimal
        let report = LedgerAudit.audit(
            files: [fixture.url, export], publicKeys: ["clinic-a": key],
            expectedHeads: ["clinic-a": [LedgerHead(sequence: id.sequence, hash: id.hash), try #require(ledger.head)]])
        #expect(report.isClean, "\(report.statement)")
        #expect(report.ledgers[0].budget == report.ledgers[1].budget)
        #expect(try report.ledgers[0].budget == ledger.spent())
        #expect(report.ledgers[0].rows == 4)
        #expect(try Data(contentsOf: fixture.url) == before, "an audit changes nothing")
        #expect(report.statement.contains("delta 1e-05") && report.statement.contains("per patient"))
    }

    @Test("a thousand random changes of an export are all found")
    func randomTampering() throws {
        let export = try fixture.filled(rounds: 6)
        let original = try Data(contentsOf: export)
        let lines = original.split(separator: 10).map { Data($0) }
        var generator = ReproducibleGenerator(seed: 77)
        var missed: [String] = []
        for trial in 0..<1000 {
            var lines = lines
            var data = original
            let line = Int.random(in: 0..<lines.count, using: &generator)
            switch trial % 5 {
            case 0, 1:
                let index = Int.random(in: 0..<data.count, using: &generator)
                data[index] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            case 2:
                lines.remove(at: line)
                data = Data(lines.joined(separator: [10])) + [10]
            case 3:
                let other = (line + Int.random(in: 1..<lines.count, using: &generator)) % lines.count
                lines.swapAt(line, other)
                data = Data(lines.joined(separator: [10])) + [10]
            default:
                data = data.prefix(Int.random(in: 0..<data.count, using: &generator))
            }
            let url = try fixture.folder.write("tampered.jsonl", data)
            if LedgerAudit.audit(files: [url]).isClean { missed.append("trial \(trial)") }
        }
        #expect(missed.isEmpty)
    }

    @Test("every single byte of a row and of its signature counts, in the database too")
    func everyByte() throws {
        _ = try fixture.filled(rounds: 3)
        let rows = try DatabaseQueue(path: fixture.url.path).read {
            try Row.fetchAll($0, sql: "SELECT * FROM ledger_row ORDER BY sequence").map {
                StoredRow(sequence: $0["sequence"], body: $0["body"], signature: $0["signature"])
            }
        }
        let key = fixture.key.publicKey
        for target in [0, 1, rows.count - 1] {
            for index in 0..<(rows[target].body.count + rows[target].signature.count) {
                var changed = rows
                if index < rows[target].body.count {
                    changed[target].body[index] ^= 1
                } else {
                    changed[target].signature[index - rows[target].body.count] ^= 1
                }
                let verified = RowVerifier.verify([changed[target]], publicKey: key)[0]
                #expect(!verified.isSigned)
            }
        }
    }

    @Test(
        "edits of the database are found and named",
        arguments: [
            (
                "UPDATE ledger_row SET body = CAST(replace(CAST(body AS TEXT), '\"steps\":20', '\"steps\":10') "
                    + "AS BLOB)"
                    + " WHERE sequence = 1", "bad-signature"
            ),
            ("DELETE FROM ledger_row WHERE sequence = 2", "sequence-gap"),
            ("DELETE FROM ledger_row WHERE sequence = (SELECT max(sequence) FROM ledger_row)", "wrong-head"),
            ("DELETE FROM ledger_row", "misplaced-genesis"),
            ("UPDATE ledger_row SET sequence = 1000 WHERE sequence = 2", "sequence-gap"),
            ("DELETE FROM ledger_head", "wrong-head"),
            ("UPDATE ledger_row SET signature = x'00' WHERE sequence = 0", "bad-signature"),
            ("DROP TABLE ledger_row", "unreadable-file"),
            (
                "UPDATE ledger_row SET signature = (SELECT signature FROM ledger_row WHERE sequence = 1) WHERE "
                    + "sequence = 2",
                "bad-signature"
            ),
        ])
    func databaseEdits(edit: String, expected: String) throws {
        _ = try fixture.filled()
        try DatabaseQueue(path: fixture.url.path).write { database in
            try database.execute(sql: "DROP TRIGGER no_update; DROP TRIGGER no_delete")
            try database.execute(sql: edit)
        }
        let report = LedgerAudit.audit(files: [fixture.url])
        #expect(!report.isClean)
        #expect(report.ledgers[0].violations.map(\.code.rawValue).contains(expected), "\(report.statement)")
        #expect(throws: (any Error).self) { try fixture.open() }
    }

    @Test("without dropping its triggers the database itself refuses updates and deletes")
    func triggers() throws {
        _ = try fixture.filled()
        for statement in ["DELETE FROM ledger_row", "UPDATE ledger_row SET body = x'00'"] {
            #expect(throws: DatabaseError.self) {
                try DatabaseQueue(path: fixture.url.path).write { try $0.execute(sql: statement) }
            }
        }
    }

    @Test("an older copy of the whole disk is found by a receipt that remembers a later row")
    func rollback() throws {
        let ledger = try fixture.create()
        _ = try ledger.reserve(LedgerFixture.request(0))
        let old = fixture.folder.path("old.jsonl")
        try ledger.export(to: old)
        _ = try ledger.reserve(LedgerFixture.request(1))
        let remembered = try #require(ledger.head)
        #expect(LedgerAudit.audit(files: [old]).isClean, "alone it can't be known")
        let report = LedgerAudit.audit(files: [old], expectedHeads: ["clinic-a": [remembered]])
        #expect(report.ledgers[0].violations.map(\.code) == [.rolledBack])
    }

    @Test("a ledger signed with another key than the roster's is found")
    func wrongKey() throws {
        let export = try fixture.filled()
        let other = Curve25519.Signing.PrivateKey().publicKey.rawRepresentation.hexadecimal
        let report = LedgerAudit.audit(files: [export], publicKeys: ["clinic-a": other])
        #expect(Set(report.ledgers[0].violations.map(\.code)).isSuperset(of: [.wrongKey, .badSignature]))
    }

    /// Rows that the clinic itself signs, to see what the audit says about content and not only about signatures.
    private func audit(_ edit: (inout [LedgerRow]) -> Void) throws -> Set<LedgerViolation.Code> {
        let export = try fixture.filled(rounds: 3)
        var rows = try LedgerLines.decode(Data(contentsOf: export)).rows.map {
            try CanonicalJSON.decode(LedgerRow.self, from: $0.body)
        }
        edit(&rows)
        var stored: [StoredRow] = []
        var previous = try ContentHash(hex: String(repeating: "0", count: 64))
        for index in rows.indices {
            rows[index].sequence = index
            rows[index].previous = previous
            let body = try CanonicalJSON.encode(rows[index])
            stored.append(StoredRow(sequence: index, body: body, signature: try fixture.key.signature(for: body)))
            previous = stored[index].hash
        }
        let head = LedgerHead(sequence: stored.count - 1, hash: previous)
        let signed = SignedHead(head: head, signature: try fixture.key.signature(for: head.signedBytes))
        let url = try fixture.folder.write("edited.jsonl", LedgerLines.encode(stored, head: signed))
        return Set(LedgerAudit.audit(files: [url]).ledgers[0].violations.map(\.code))
    }

    @Test("content that breaks the rules is found even when the clinic's own key signed it")
    func content() throws {
        #expect(try LedgerAuditTests().audit { _ in } == [])
        #expect(try LedgerAuditTests().audit { $0[1].reserve?.events[0].steps = 19 }.contains(.wrongEpsilon))
        #expect(try LedgerAuditTests().audit { $0[1].reserve?.events[0].steps = 100_000_000 }.contains(.budgetExceeded))
        #expect(
            try LedgerAuditTests().audit { $0[1].reserve?.events[0].mechanism = .gaussian(noiseMultiplier: 0) }
                .contains(.invalidEvent))
        #expect(
            try LedgerAuditTests().audit { $0[1].reserve?.events[0].relation = .replaceOne }.contains(.relationMismatch)
        )
        #expect(try LedgerAuditTests().audit { $0[3].reserve?.round = 0 } == [.replayedRelease])
        #expect(try LedgerAuditTests().audit { $0[2].settlement?.reservation = 4 } == [.settlementWithoutReserve])
        #expect(try LedgerAuditTests().audit { $0[4].settlement?.reservation = 1 } == [.settledTwice])
        #expect(try LedgerAuditTests().audit { $0[2].clinic = "clinic-b" } == [.wrongClinic])
        #expect(try LedgerAuditTests().audit { $0[3].time -= 60 }.contains(.timeBackwards))
        #expect(try LedgerAuditTests().audit { $0[1].version = 9 } == [.unreadableRow])
        #expect(try LedgerAuditTests().audit { $0.remove(at: 0) }.contains(.misplacedGenesis))
        #expect(try LedgerAuditTests().audit { $0.append($0[0]) } == [.misplacedGenesis, .timeBackwards])
    }

    @Test(
        "files that are no ledgers are reported, never a crash",
        arguments: ["", "{}\n", "SQLite format 3\0 but no more", "null\n", "\n\n"])
    func noLedger(text: String) throws {
        let url = try fixture.folder.write("odd", text)
        let report = LedgerAudit.audit(files: [url, fixture.folder.path("absent")])
        #expect(report.ledgers.map { $0.violations.first?.code } == [.unreadableFile, .unreadableFile])
    }
}
