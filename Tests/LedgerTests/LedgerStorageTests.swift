import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import GRDB
import Privacy
import Testing

@testable import Ledger

@Suite("The ledger's files")
struct LedgerStorageTests {
    let fixture: LedgerFixture
    init() throws { fixture = try LedgerFixture() }

    private var suffixes: [String] { ["", "-journal", ".lock"] }

    private static let busyRounds = 400

    private func permissions(_ suffix: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: fixture.url.path + suffix)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("every commit is flushed to the disk before it returns, in a new ledger and in an opened one")
    func synchronous() throws {
        let created = try LedgerFile(creating: fixture.url)
        #expect(try created.synchronousLevel() == 2)
        let opened = try LedgerFile(opening: fixture.url, pageLimit: 100)
        #expect(try opened.synchronousLevel() == 2)
    }

    @Test("only this user may read the ledger and what lies beside it, also in a folder that all may read")
    func permissions() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.folder.url.path)
        var ledger: PrivacyLedger? = try fixture.create()
        _ = try ledger?.reserve(LedgerFixture.request(0))
        for suffix in suffixes { #expect(try permissions(suffix) == 0o600, "ledger.sqlite\(suffix)") }
        ledger = nil
        ledger = try fixture.open()
        _ = try ledger?.reserve(LedgerFixture.request(1))
        for suffix in suffixes { #expect(try permissions(suffix) == 0o600, "ledger.sqlite\(suffix), opened again") }
    }

    @Test("a ledger that could not be created leaves no file in the way of the next try")
    func failedCreation() throws {
        #expect(throws: (any Error).self) {
            try PrivacyLedger.create(
                at: fixture.url, clinic: "clinic-a", signingKey: fixture.key,
                // No row can be written: time can't be before all time.
                policy: BudgetPolicy(scope: "s", cap: PrivacyBudget(epsilon: 1, delta: 1e-5)),
                now: { Date(timeIntervalSince1970: -.infinity) })
        }
        for suffix in ["", "-journal"] {
            #expect(!FileManager.default.fileExists(atPath: fixture.url.path + suffix))
        }
        _ = try fixture.create()
    }

    @Test("a statement is read while the ledger is held and written, says the same, and changes no file")
    func statementBesideAWriter() throws {
        let ledger = try fixture.create()
        let id = try ledger.reserve(LedgerFixture.request(0))
        try ledger.commit(id, transcript: LedgerFixture.plan)
        _ = try ledger.reserve(LedgerFixture.request(1))
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.url.path).sorted()
        let contents = try names.map { try Data(contentsOf: fixture.folder.path($0)) }
        let statement = try statement()
        #expect(try statement == ledger.spent())
        #expect(statement.charged > 0 && statement.head == ledger.head)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder.url.path).sorted() == names)
        #expect(try names.map { try Data(contentsOf: fixture.folder.path($0)) } == contents)
        _ = try ledger.reserve(LedgerFixture.request(2))
        #expect(try self.statement() == ledger.spent(), "the latest row counts")
    }

    @Test("statements of a ledger that is written all the time are whole and never go back")
    func statementsOfABusyLedger() async throws {
        let ledger = try fixture.create(epsilon: 1000)
        let writer = Task.detached {
            for round in 0..<Self.busyRounds { _ = try ledger.reserve(LedgerFixture.request(round, noise: 50)) }
        }
        var last = -1
        var count = 0
        while last < Self.busyRounds, count < 2000 {
            do {
                let sequence = try statement().head?.sequence ?? -1
                #expect(sequence >= last)
                last = sequence
            } catch let error as LedgerError where error.code == .locked {
                // Allowed beside a writer that never pauses; anything else is not.
            }
            count += 1
        }
        try await writer.value
        #expect(try statement() == ledger.spent())
    }

    @Test("a statement of a closed ledger, of a changed one, of another clinic or key, and of no ledger")
    func statementRefusals() throws {
        _ = try fixture.filled()
        #expect(try statement() == fixture.open().spent())
        #expect(throws: LedgerError(.wrongClinic, "")) {
            try PrivacyLedger.statement(at: fixture.url, clinic: "clinic-b", publicKey: fixture.key.publicKey)
        }
        #expect(throws: LedgerError(.wrongClinic, "")) {
            try PrivacyLedger.statement(
                at: fixture.url, clinic: "clinic-a", publicKey: Curve25519.Signing.PrivateKey().publicKey)
        }
        for name in ["absent", "export.jsonl"] {
            #expect(throws: LedgerError(.unreadable, "")) {
                try PrivacyLedger.statement(
                    at: fixture.folder.path(name), clinic: "clinic-a", publicKey: fixture.key.publicKey)
            }
        }
        try DatabaseQueue(path: fixture.url.path).write { database in
            try database.execute(sql: "DROP TRIGGER no_delete")
            try database.execute(sql: "DELETE FROM ledger_row WHERE sequence = (SELECT max(sequence) FROM ledger_row)")
        }
        #expect(throws: LedgerError(.tampered, "")) { try statement() }
    }

    private func statement() throws -> BudgetStatement {
        try PrivacyLedger.statement(at: fixture.url, clinic: "clinic-a", publicKey: fixture.key.publicKey)
    }
}
