import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import GRDB
import Privacy
import Synchronization
import Testing

@testable import Ledger

@Suite("The privacy ledger")
struct PrivacyLedgerTests {
    let fixture: LedgerFixture
    init() throws { fixture = try LedgerFixture() }

    @Test("a reservation counts as spent, a commit and an abort change nothing about that")
    func neverRefunded() throws {
        let ledger = try fixture.create()
        #expect(try ledger.spent().charged == 0)
        let first = try ledger.reserve(LedgerFixture.request(0))
        let open = try ledger.spent()
        #expect(open.charged > 0 && open.spent == 0 && open.reserved > 0)
        try ledger.abort(first, reason: .trainingFailed)
        let aborted = try ledger.spent()
        #expect(aborted.charged == open.charged && aborted.spent == open.reserved && aborted.reserved == 0)
        let second = try ledger.reserve(LedgerFixture.request(1))
        try ledger.commit(second, transcript: LedgerFixture.plan)
        let committed = try ledger.spent()
        #expect(committed.charged > aborted.charged)
        let left = try ledger.roundsLeft(of: LedgerFixture.request(0).events)
        #expect(
            committed.jobs == [
                .init(job: "job-1", epsilon: committed.spent, committed: 1, aborted: 1, open: 0, roundsLeft: left)
            ])
    }

    @Test("a job is refused with the numbers when the budget does not suffice, and nothing is written")
    func budgetExceeded() throws {
        let ledger = try fixture.create(epsilon: 2)
        let left = try ledger.roundsLeft(of: LedgerFixture.request(0).events)
        #expect(left > 0)
        for round in 0..<left { _ = try ledger.reserve(LedgerFixture.request(round)) }
        let head = ledger.head
        let error = #expect(throws: LedgerError(.budgetExceeded, "")) {
            try ledger.reserve(LedgerFixture.request(left))
        }
        let message = try #require(error?.message)
        #expect(
            message.contains("spent epsilon 1.") && message.contains("cap 2 ") && message.contains("radiology-2026"))
        #expect(error?.category.exitCode == 77)
        #expect(ledger.head == head)
        #expect(try ledger.roundsLeft(of: LedgerFixture.request(0).events) == 0)
    }

    @Test("the stricter of the dataset's and the job's cap wins")
    func jobCap() throws {
        let ledger = try fixture.create(epsilon: 100)
        let cap = try PrivacyBudget(epsilon: 1, delta: 1e-5)
        #expect(throws: LedgerError(.budgetExceeded, "")) {
            try ledger.reserve(LedgerFixture.request(0, noise: 0.7, steps: 200, jobCap: cap))
        }
        _ = try ledger.reserve(LedgerFixture.request(0, noise: 0.7, steps: 200))
    }

    @Test("the same job, round and attempt is reserved once; a new attempt is charged anew")
    func replay() throws {
        let ledger = try fixture.create()
        _ = try ledger.reserve(LedgerFixture.request(0))
        let charged = try ledger.spent().charged
        #expect(throws: LedgerError(.replayed, "")) { try ledger.reserve(LedgerFixture.request(0)) }
        _ = try ledger.reserve(LedgerFixture.request(0, attempt: 1))
        #expect(try ledger.spent().charged > charged)
    }

    @Test("a reservation is settled once, by its number and hash")
    func settlement() throws {
        let ledger = try fixture.create()
        let id = try ledger.reserve(LedgerFixture.request(0))
        let forged = ReservationID(sequence: id.sequence, hash: LedgerFixture.plan)
        #expect(throws: LedgerError(.unknownReservation, "")) {
            try ledger.commit(forged, transcript: LedgerFixture.plan)
        }
        try ledger.commit(id, transcript: LedgerFixture.plan)
        #expect(throws: LedgerError(.unknownReservation, "")) { try ledger.commit(id, transcript: LedgerFixture.plan) }
        #expect(throws: LedgerError(.unknownReservation, "")) { try ledger.abort(id, reason: .cancelled) }
    }

    @Test("what is reserved survives closing and a crash; open reservations are found again and stay charged")
    func reopen() throws {
        var ledger: PrivacyLedger? = try fixture.create()
        let id = try #require(try ledger?.reserve(LedgerFixture.request(0)))
        let before = try #require(try ledger?.spent())
        // The files as a killed process leaves them.
        let crashed = fixture.folder.path("crashed.sqlite")
        for suffix in ["", "-journal"] where FileManager.default.fileExists(atPath: fixture.url.path + suffix) {
            try FileManager.default.copyItem(atPath: fixture.url.path + suffix, toPath: crashed.path + suffix)
        }
        ledger = nil
        for url in [fixture.url, crashed] {
            let again = try PrivacyLedger.open(at: url, clinic: "clinic-a", signingKey: fixture.key, now: fixture.now)
            #expect(try again.spent() == before)
            #expect(again.openReservations == [OpenReservation(id: id, job: "job-1", round: 0, attempt: 0)])
            #expect(throws: LedgerError(.replayed, "")) { try again.reserve(LedgerFixture.request(0)) }
        }
    }

    @Test("a crash in the middle of a transaction leaves a ledger that opens and has all that was handed out")
    func crashes() throws {
        var ledger: PrivacyLedger? = try fixture.create(epsilon: 100)
        for round in 0..<12 { _ = try ledger?.reserve(LedgerFixture.request(round, noise: 6)) }
        let before = try #require(try ledger?.spent())
        ledger = nil
        let copy = fixture.folder.path("copy.sqlite")
        let queue = try DatabaseQueue(path: fixture.url.path)
        try queue.inDatabase { database in
            // So little memory that pages reach the file before the transaction ends.
            try database.execute(sql: "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
            for sequence in 100..<1100 {
                try database.execute(
                    sql: "INSERT INTO ledger_row (sequence, body, signature) VALUES (?, randomblob(900), x'00')",
                    arguments: [sequence])
            }
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: fixture.url.path + suffix, toPath: copy.path + suffix)
            }
            try database.execute(sql: "ROLLBACK")
        }
        #expect(try Data(contentsOf: copy) != Data(contentsOf: fixture.url), "the copy is of the middle")
        #expect(LedgerAudit.audit(files: [copy]).isClean)
        let again = try PrivacyLedger.open(at: copy, clinic: "clinic-a", signingKey: fixture.key, now: fixture.now)
        #expect(try again.spent() == before)
        #expect(again.openReservations.count == 12)
        _ = try again.reserve(LedgerFixture.request(12, noise: 6))
        #expect(LedgerAudit.audit(files: [copy]).isClean)
    }

    @Test("a second opener is refused while the first lives")
    func locked() throws {
        var ledger: PrivacyLedger? = try fixture.create()
        let error = #expect(throws: LedgerError(.locked, "")) { try fixture.open() }
        #expect(error?.category.exitCode == 75)
        #expect(ledger != nil)
        ledger = nil
        _ = try fixture.open()
    }

    @Test("another clinic's ledger, and one of another key, are refused")
    func wrongClinic() throws {
        _ = try fixture.create()
        #expect(throws: LedgerError(.wrongClinic, "")) { try fixture.open(clinic: "clinic-b") }
        #expect(throws: LedgerError(.wrongClinic, "")) { try fixture.open(key: Curve25519.Signing.PrivateKey()) }
    }

    @Test("a clock more than a day behind the last row is refused until it is right again")
    func clock() throws {
        let ledger = try fixture.create()
        _ = try ledger.reserve(LedgerFixture.request(0))
        fixture.clock.withLock { $0 -= 2 * 86_400 }
        #expect(throws: LedgerError(.clockBackwards, "")) { try ledger.reserve(LedgerFixture.request(1)) }
        fixture.clock.withLock { $0 += 2 * 86_400 }
        _ = try ledger.reserve(LedgerFixture.request(1))
    }

    @Test("after a clock was corrected by an hour, rows keep their order and the ledger still verifies")
    func correctedClock() throws {
        do {
            let ledger = try fixture.create()
            _ = try ledger.reserve(LedgerFixture.request(0))
            fixture.clock.withLock { $0 -= 3600 }
            _ = try ledger.reserve(LedgerFixture.request(1))
        }
        #expect(try fixture.open().openReservations.count == 2)
    }

    @Test("a full disk gives an error and no reservation, and the ledger opens afterwards")
    func diskFull() throws {
        _ = try fixture.create(epsilon: 1000)
        var reserved = 0
        do {
            let ledger = try fixture.open(pageLimit: 3)
            let error = #expect(throws: LedgerError(.diskFull, "")) {
                for round in 0..<200 {
                    _ = try ledger.reserve(LedgerFixture.request(round, noise: 50))
                    reserved += 1
                }
            }
            #expect(error?.category.exitCode == 74)
            #expect(ledger.openReservations.count == reserved)
        }
        let again = try fixture.open()
        #expect(again.openReservations.count == reserved)
        _ = try again.reserve(LedgerFixture.request(reserved, noise: 50))
    }

    @Test("an existing file is never replaced, and a file that is no ledger is refused")
    func files() throws {
        _ = try fixture.create()
        #expect(throws: LedgerError(.alreadyExists, "")) { try fixture.create() }
        try fixture.folder.write("other.sqlite", "this is no database, though it is long enough to be looked at")
        #expect(throws: LedgerError(.unreadable, "")) {
            try PrivacyLedger.open(at: fixture.folder.path("other.sqlite"), clinic: "clinic-a", signingKey: fixture.key)
        }
        #expect(throws: LedgerError(.unreadable, "")) {
            try PrivacyLedger.open(
                at: fixture.folder.path("absent.sqlite"), clinic: "clinic-a", signingKey: fixture.key)
        }
    }

    @Test(
        "requests that would charge nothing or the wrong thing are refused",
        arguments: [
            LedgerFixture.request(-1), LedgerFixture.request(0, job: ""), LedgerFixture.request(0, noise: 0),
            LedgerFixture.request(0, noise: -1), LedgerFixture.request(0, noise: .nan),
            LedgerFixture.request(0, steps: 0),
            LedgerFixture.request(0, attempt: -1),
        ])
    func badRequests(request: ReservationRequest) throws {
        let ledger = try fixture.create()
        #expect(throws: (any Error).self) { try ledger.reserve(request) }
        var empty = LedgerFixture.request(0)
        empty.events = []
        #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.reserve(empty) }
        var relation = LedgerFixture.request(0)
        relation.events[0].relation = .replaceOne
        #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.reserve(relation) }
        #expect(ledger.head?.sequence == 0)
    }
}
