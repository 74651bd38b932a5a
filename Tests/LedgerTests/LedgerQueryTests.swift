import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import Privacy
import Testing

@testable import Ledger

@Suite("Questions to the privacy ledger")
struct LedgerQueryTests {
    let fixture: LedgerFixture
    init() throws { fixture = try LedgerFixture() }

    @Test("remembered rows are found again, also after reopening; other hashes, numbers and later rows are not")
    func contains() throws {
        var ledger: PrivacyLedger? = try fixture.create()
        let genesis = try #require(ledger?.head)
        let id = try #require(try ledger?.reserve(LedgerFixture.request(0)))
        try ledger?.commit(id, transcript: LedgerFixture.plan)
        let last = try #require(ledger?.head)
        ledger = nil
        let again = try fixture.open()
        for head in [genesis, id.head, last] { #expect(again.contains(head)) }
        for head in [
            LedgerHead(sequence: 1, hash: LedgerFixture.plan), LedgerHead(sequence: 2, hash: id.hash),
            LedgerHead(sequence: 3, hash: last.hash), LedgerHead(sequence: -1, hash: last.hash),
            LedgerHead(sequence: .max, hash: last.hash),
        ] {
            #expect(!again.contains(head))
            #expect(throws: LedgerError(.tampered, "")) { try again.requireContains([genesis, head]) }
        }
        try again.requireContains([])
        try again.requireContains([genesis, id.head, last, id.head])
    }

    @Test("an older copy verifies by itself and is refused by a remembered reservation, naming the latest missing row")
    func restoredCopy() throws {
        var ledger: PrivacyLedger? = try fixture.create()
        let kept = try #require(try ledger?.reserve(LedgerFixture.request(0)))
        ledger = nil
        let backup = try Data(contentsOf: fixture.url)
        ledger = try fixture.open()
        let first = try #require(try ledger?.reserve(LedgerFixture.request(1)))
        let second = try #require(try ledger?.reserve(LedgerFixture.request(2)))
        ledger = nil
        try backup.write(to: fixture.url)
        let restored = try fixture.open()
        #expect(restored.contains(kept.head) && !restored.contains(first.head))
        let error = #expect(throws: LedgerError(.tampered, "")) {
            try restored.requireContains([second.head, kept.head, first.head])
        }
        #expect(error?.message.contains("row 3") == true)
        // A row of the same number that was written after the restoration is another row.
        _ = try restored.reserve(LedgerFixture.request(1, noise: 3))
        #expect(!restored.contains(first.head))
    }

    @Test("the next attempt is above every one that was ever reserved, whatever became of it")
    func nextAttempt() throws {
        var ledger: PrivacyLedger? = try fixture.create(epsilon: 50)
        #expect(ledger?.nextAttempt(job: "job-1", round: 0) == 0)
        let first = try #require(try ledger?.reserve(LedgerFixture.request(0)))
        #expect(ledger?.nextAttempt(job: "job-1", round: 0) == 1)
        try ledger?.abort(first, reason: .trainingFailed)
        #expect(ledger?.nextAttempt(job: "job-1", round: 0) == 1, "after an abort too")
        let fifth = try #require(try ledger?.reserve(LedgerFixture.request(0, attempt: 5)))
        try ledger?.commit(fifth, transcript: LedgerFixture.plan)
        _ = try ledger?.reserve(LedgerFixture.request(0, attempt: 2))
        _ = try ledger?.reserve(LedgerFixture.request(1, attempt: .max))
        ledger = nil
        let again = try fixture.open()
        #expect(again.nextAttempt(job: "job-1", round: 0) == 6)
        #expect(again.nextAttempt(job: "job-1", round: 1) == .max)
        #expect(again.nextAttempt(job: "job-1", round: 2) == 0 && again.nextAttempt(job: "job-2", round: 0) == 0)
        _ = try again.reserve(
            LedgerFixture.request(0, attempt: again.nextAttempt(job: "job-1", round: 0)))
    }

    @Test("the policy that was fixed at creation can be read from an open ledger and from a statement")
    func policy() throws {
        let policy = BudgetPolicy(scope: "radiology-2026", cap: try PrivacyBudget(epsilon: 3, delta: 1e-5))
        var ledger: PrivacyLedger? = try fixture.create(epsilon: 3)
        #expect(ledger?.policy == policy)
        #expect(try ledger?.spent().policy == policy)
        ledger = nil
        #expect(try fixture.open().policy == policy)
    }

    @Test("a plan is admitted up to the very number of rounds that can then be reserved")
    func admission() throws {
        let ledger = try fixture.create(epsilon: 4)
        _ = try ledger.reserve(LedgerFixture.request(0, job: "earlier", steps: 50))
        let events = LedgerFixture.request(0).events
        let left = try ledger.roundsLeft(of: events)
        #expect(left > 1)
        let fits = try ledger.admits(rounds: left, of: events)
        #expect(fits.isAdmitted && fits.after <= 4 * (1 + 1e-9))
        #expect(try fits.spent == ledger.spent().charged && fits.cap == ledger.policy.cap)
        let excess = try ledger.admits(rounds: left + 1, of: events)
        #expect(!excess.isAdmitted && excess.after > 4 && excess.spent == fits.spent)
        #expect(excess.explanation.contains("does not fit") && excess.explanation.contains("cap 4 "))
        #expect(try !ledger.admits(rounds: .max, of: events).isAdmitted)
        #expect(ledger.head?.sequence == 1, "asking reserves nothing")
        for round in 0..<left { _ = try ledger.reserve(LedgerFixture.request(round)) }
        #expect(try ledger.spent().charged.isEqual(to: fits.after, within: 1e-9))
        #expect(try !ledger.admits(rounds: 1, of: events).isAdmitted)
    }

    @Test("a plan is held against the job's own cap too, with what that job has spent already")
    func jobAdmission() throws {
        let ledger = try fixture.create(epsilon: 100)
        let events = LedgerFixture.request(0).events
        let cap = try PrivacyBudget(epsilon: 2, delta: 1e-5)
        let most = try RDPFilter(cap: cap).repetitionsLeft(of: events, after: RDPCurve(orders: RDPFilter.orders))
        #expect(most > 1)
        #expect(try ledger.admits(rounds: most, of: events, jobCap: cap).isAdmitted)
        let refused = try ledger.admits(rounds: most + 1, of: events, jobCap: cap)
        #expect(!refused.isAdmitted && refused.cap == cap)
        #expect(try ledger.admits(rounds: most + 1, of: events).isAdmitted, "the dataset's cap alone has room")
        _ = try ledger.reserve(LedgerFixture.request(0, job: "own", jobCap: cap))
        #expect(try ledger.admits(rounds: most - 1, of: events, job: "own", jobCap: cap).isAdmitted)
        #expect(try !ledger.admits(rounds: most, of: events, job: "own", jobCap: cap).isAdmitted)
        #expect(try ledger.admits(rounds: most, of: events, job: "other", jobCap: cap).isAdmitted)
    }

    @Test("plans that mean nothing are refused, not admitted for free")
    func badPlans() throws {
        let ledger = try fixture.create()
        let events = LedgerFixture.request(0).events
        var relation = events
        relation[0].relation = .replaceOne
        for rounds in [0, -1, Int.min] {
            #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.admits(rounds: rounds, of: events) }
        }
        #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.admits(rounds: 1, of: []) }
        #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.admits(rounds: 1, of: relation) }
        #expect(throws: (any Error).self) {
            try ledger.admits(rounds: 1, of: LedgerFixture.request(0, noise: 0).events)
        }
    }
}

extension Double {
    fileprivate func isEqual(to other: Double, within tolerance: Double) -> Bool { abs(self - other) <= tolerance }
}
