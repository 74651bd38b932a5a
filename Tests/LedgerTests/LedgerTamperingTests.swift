import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import GRDB
import Privacy
import Testing

@testable import Ledger

@Suite("Random tampering with a ledger's database")
struct LedgerTamperingTests {
    /// `CONSILIUM_LEDGER_TAMPERINGS=1000` for the whole number.
    private static var trials: Int {
        ProcessInfo.processInfo.environment["CONSILIUM_LEDGER_TAMPERINGS"].flatMap { Int($0) } ?? 150
    }

    @Test("flipped bytes, removed, reordered and truncated rows, replaced heads and older copies are all found")
    func tampering() throws {
        let fixture = try LedgerFixture()
        var ledger: PrivacyLedger? = try fixture.create()
        var copies: [Data] = []
        for round in 0..<8 {
            copies.append(try Data(contentsOf: fixture.url))
            let id = try #require(try ledger?.reserve(LedgerFixture.request(round, noise: 6)))
            if round % 2 == 0 { try ledger?.commit(id, transcript: LedgerFixture.plan) }
        }
        let opening = CanaryFixture.opening(canaries: 1000)
        let plan = try #require(try ledger?.record(CanaryFixture.plan(opening, job: "audited")))
        copies.append(try Data(contentsOf: fixture.url))
        try ledger?.record(CanaryFixture.result(of: plan, opening, correct: 50))
        let head = try #require(ledger?.head)
        ledger = nil
        let original = try Data(contentsOf: fixture.url)
        let count = try LedgerFile(opening: fixture.url).rows().count
        let target = fixture.folder.path("tampered.sqlite")
        var generator = ReproducibleGenerator(seed: 1000)
        var missed: [String] = []
        for trial in 0..<Self.trials {
            let row = Int.random(in: 0..<count, using: &generator)
            let other = (row + Int.random(in: 1..<count, using: &generator)) % count
            var edit = ""
            switch trial % 8 {
            case 0, 1:
                var data = original
                data[Int.random(in: 0..<data.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
                try data.write(to: target)
            case 2: try original.prefix(Int.random(in: 0..<original.count, using: &generator)).write(to: target)
            case 3: try #require(copies.randomElement(using: &generator)).write(to: target)
            case 4: edit = "DELETE FROM ledger_row WHERE sequence = \(row)"
            case 5: edit = "DELETE FROM ledger_row WHERE sequence >= \(max(1, row))"
            case 6:
                edit = """
                    UPDATE ledger_row SET sequence = -1 WHERE sequence = \(row);
                    UPDATE ledger_row SET sequence = \(row) WHERE sequence = \(other);
                    UPDATE ledger_row SET sequence = \(other) WHERE sequence = -1
                    """
            default:
                edit =
                    [
                        "UPDATE ledger_head SET sequence = \(row == count - 1 ? 0 : row)", "DELETE FROM ledger_head",
                        "UPDATE ledger_head SET hash = '\(LedgerFixture.plan.hex)'",
                        "UPDATE ledger_head SET signature = (SELECT signature FROM ledger_row WHERE sequence = \(row))",
                    ][trial / 8 % 4]
            }
            if !edit.isEmpty {
                try original.write(to: target)
                let queue = try DatabaseQueue(path: target.path)
                try queue.write { database in
                    // As somebody would who knows the file: the triggers are put back, so that only the rows differ.
                    try database.execute(sql: "DROP TRIGGER no_update; DROP TRIGGER no_delete")
                    try database.execute(sql: edit)
                    for entry in LedgerFile.schema where entry.type == "trigger" {
                        try database.execute(sql: entry.sql)
                    }
                }
                try queue.close()
            }
            let report = LedgerAudit.audit(files: [target], expectedHeads: ["clinic-a": [head]])
            if report.isClean { missed.append("trial \(trial) (\(trial % 8)): \(edit)") }
        }
        #expect(missed.isEmpty, "\(Self.trials) trials")
        try original.write(to: target)
        #expect(LedgerAudit.audit(files: [target], expectedHeads: ["clinic-a": [head]]).isClean)
    }
}

@Suite("Rows that no program of this kind writes")
struct ForeignRowTests {
    /// A ledger's rows with one text in a reservation replaced, signed anew with the clinic's own key.
    private func audit(replacing old: String, with new: String) throws -> AuditReport.Ledger {
        let fixture = try LedgerFixture()
        var rows = try LedgerLines.decode(Data(contentsOf: fixture.filled(rounds: 1))).rows
        let text = String(decoding: rows[1].body, as: UTF8.self)
        let body = Data(text.replacing(old, with: new).utf8)
        #expect(body != rows[1].body)
        rows[1] = StoredRow(sequence: 1, body: body, signature: try fixture.key.signature(for: body))
        let head = LedgerHead(sequence: 1, hash: rows[1].hash)
        let signed = SignedHead(head: head, signature: try fixture.key.signature(for: head.signedBytes))
        let url = try fixture.folder.write("foreign.jsonl", LedgerLines.encode(Array(rows.prefix(2)), head: signed))
        return LedgerAudit.audit(files: [url]).ledgers[0]
    }

    @Test(
        "unknown mechanisms and relations, impossible noise, rates and steps are violations",
        arguments: [
            ("\"gaussian\"", "\"magic\"", LedgerViolation.Code.unreadableRow),
            ("\"add_remove\"", "\"sideways\"", .unreadableRow),
            ("\"steps\":20", "\"steps\":0", .invalidEvent), ("\"steps\":20", "\"steps\":-4", .invalidEvent),
            ("0.05", "0", .invalidEvent), ("0.05", "1.5", .invalidEvent),
            ("\"gaussian\"", "\"laplace\"", .samplerMismatch),
        ])
    func foreign(old: String, new: String, code: LedgerViolation.Code) throws {
        let ledger = try audit(replacing: old, with: new)
        #expect(ledger.violations.map(\.code).contains(code), "\(ledger.violations)")
    }

    @Test("what the audit would object to is never reserved, with a sentence")
    func refused() throws {
        let fixture = try LedgerFixture()
        let ledger = try fixture.create()
        var mixed = LedgerFixture.request(0)
        mixed.events.append(PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 2), sampling: .none, steps: 1))
        var laplace = LedgerFixture.request(0)
        laplace.events[0].mechanism = .laplace(noiseMultiplier: 3)
        for request in [mixed, laplace] {
            let error = #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.reserve(request) }
            #expect(error?.message.hasSuffix(".") == true)
        }
        #expect(ledger.head?.sequence == 0)
    }
}
