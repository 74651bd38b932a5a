import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import Privacy
import Testing

@testable import Ledger

@Suite("Empirical audits in the ledger")
struct CanaryLedgerTests {
    let fixture: LedgerFixture
    let opening: CanaryOpening

    init() throws {
        fixture = try LedgerFixture()
        opening = CanaryFixture.opening(canaries: 1000)
    }

    private func plan(job: String = "job-1", canaries: Int = 1000) throws -> CanaryPlan {
        try CanaryFixture.plan(opening, job: job, canaries: canaries)
    }

    /// One round with an audit of so many right guesses; noise 2 at rate 0.05 claims an epsilon of about 0.6.
    private func filled(correct: Int) throws -> (ledger: PrivacyLedger, plan: LedgerHead) {
        let ledger = try fixture.create()
        let head = try ledger.record(plan())
        try ledger.commit(ledger.reserve(LedgerFixture.request(0)), transcript: LedgerFixture.plan)
        try ledger.record(CanaryFixture.result(of: head, opening, correct: correct))
        return (ledger, head)
    }

    private func audit(_ url: URL) -> AuditReport.Ledger { LedgerAudit.audit(files: [url], isTight: true).ledgers[0] }

    @Test("plan and result survive a reopening, the database's image and the export, and verify in both forms")
    func survives() throws {
        var ledger: PrivacyLedger? = try filled(correct: 55).ledger
        let export = fixture.folder.path("export.jsonl")
        try ledger?.export(to: export)
        ledger = nil
        for url in [fixture.url, export] {
            let report = audit(url)
            #expect(report.violations.isEmpty, "\(report.violations)")
            #expect(report.rows == 5)
            let found = try #require(report.audits.first)
            #expect(found.verdict == .consistent && found.outcome?.correct == 55 && found.plan.job == "job-1")
            let job = try #require(report.accounts.last)
            #expect(job.job == "job-1" && found.claimed == job.epsilon)
        }
        let again = try #require(try fixture.open().audit(of: "job-1"))
        #expect(again.plan == (try plan()) && again.result?.opening == opening)
        #expect(try fixture.open().audit(of: "job-2") == nil)
    }

    @Test("an audit charges nothing")
    func charge() throws {
        let ledger = try fixture.create()
        try ledger.record(plan())
        #expect(try ledger.spent().charged == 0)
    }

    @Test("a bound above the recomputed epsilon is a violation, and one below it is not", arguments: [60, 75, 95, 100])
    func verdict(correct: Int) throws {
        _ = try filled(correct: correct)
        let report = audit(fixture.url)
        let found = try #require(report.audits.first)
        let outcome = try #require(found.outcome)
        #expect(found.claimed > 0.3 && found.claimed < 1)
        let isRefuted = outcome.lowerBound > found.claimed
        #expect(isRefuted == (correct > 75 || (correct == 75 && found.claimed < 0.699)))
        #expect(report.violations.map(\.code) == (isRefuted ? [.privacyRefuted] : []))
        #expect(found.text.contains(isRefuted ? "REFUTED" : "nothing speaks against"))
        // Nobody's ledger is locked by a finding: the clinic must be able to look at it.
        #expect(throws: Never.self) { try fixture.open() }
    }

    @Test("a planned audit without a result is shown as open; what is reserved after a result is not part of its claim")
    func openAudits() throws {
        let ledger = try fixture.create()
        let head = try ledger.record(plan())
        _ = try ledger.reserve(LedgerFixture.request(0))
        #expect(audit(fixture.url).audits.first?.verdict == .open)
        #expect(audit(fixture.url).violations.isEmpty)
        try ledger.record(CanaryFixture.result(of: head, opening, correct: 55))
        let before = audit(fixture.url).audits.first?.claimed
        _ = try ledger.reserve(LedgerFixture.request(1))
        #expect(audit(fixture.url).audits.first?.claimed == before)
    }

    @Test("a plan after the first reservation, a second plan and a second result are refused; other jobs are free")
    func onlyOnce() throws {
        let ledger = try fixture.create()
        _ = try ledger.reserve(LedgerFixture.request(0))
        let late = #expect(throws: LedgerError(.replayed, "")) { try ledger.record(plan()) }
        #expect(late?.message.contains("after training") == true)
        let head = try ledger.record(plan(job: "job-2"))
        #expect(throws: LedgerError(.replayed, "")) { try ledger.record(plan(job: "job-2")) }
        try ledger.record(CanaryFixture.result(of: head, opening, correct: 50))
        #expect(throws: LedgerError(.invalidRequest, "")) {
            try ledger.record(CanaryFixture.result(of: head, opening, correct: 100))
        }
        #expect(ledger.head?.sequence == 3)
    }

    @Test("coins, salt or canaries that were changed after the plan are refused, and so is a bound that was not shown")
    func wrongOpening() throws {
        let ledger = try fixture.create()
        let head = try ledger.record(plan())
        var coins = opening
        coins.coins = "ff" + coins.coins.dropFirst(2)
        var salt = opening
        salt.salt = String(repeating: "0", count: 64)
        var canaries = opening
        canaries.canaries = LedgerFixture.plan
        for opening in [coins, salt, canaries, CanaryFixture.opening(canaries: 992)] where opening != self.opening {
            #expect(throws: LedgerError(.invalidRequest, "")) {
                try ledger.record(CanaryFixture.result(of: head, opening, correct: 50))
            }
        }
        var result = try CanaryFixture.result(of: head, opening, correct: 100)
        result.outcome = try CanaryFixture.result(of: head, opening, correct: 50, claiming: 100).outcome
        #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.record(result) }
        result = try CanaryFixture.result(of: LedgerHead(sequence: 0, hash: head.hash), opening, correct: 50)
        #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.record(result) }
        #expect(throws: LedgerError(.invalidRequest, "")) { try ledger.record(plan(job: "few", canaries: 199)) }
        #expect(ledger.head?.sequence == 1)
    }

    @Test(
        "what the ledger refuses to write, the audit finds in rows that were signed all the same",
        arguments: [
            ("\"rule\":\"extremes\"", "\"rule\":\"the best\"", 1, LedgerViolation.Code.wrongAudit),
            ("\"canaries\":1000", "\"canaries\":100", 1, .wrongAudit),
            ("\"correct\":55", "\"correct\":65", 4, .wrongAudit), ("\"plan\":1", "\"plan\":2", 4, .wrongAudit),
            ("\"coins\":\"", "\"coins\":\"0", 4, .wrongAudit), ("\"audit-plan\"", "\"audit-plans\"", 1, .unreadableRow),
            ("\"auditResult\":", "\"auditOutcome\":", 4, .unreadableRow),
        ])
    func foreign(old: String, new: String, row: Int, code: LedgerViolation.Code) throws {
        let ledger = try filled(correct: 55).ledger
        let export = fixture.folder.path("export.jsonl")
        try ledger.export(to: export)
        var rows = try LedgerLines.decode(Data(contentsOf: export)).rows
        let text = String(decoding: rows[row].body, as: UTF8.self)
        let body = Data(text.replacing(old, with: new).utf8)
        #expect(body != rows[row].body)
        rows[row] = StoredRow(sequence: row, body: body, signature: try fixture.key.signature(for: body))
        let head = LedgerHead(sequence: row, hash: rows[row].hash)
        let signed = SignedHead(head: head, signature: try fixture.key.signature(for: head.signedBytes))
        // Later rows would only add that the chain is broken.
        let kept = Array(rows.prefix(row + 1))
        let url = try fixture.folder.write("foreign.jsonl", LedgerLines.encode(kept, head: signed))
        let codes = audit(url).violations.map(\.code)
        #expect(codes.contains(code), "\(codes)")
    }

    @Test(
        "coins are a bit a canary, and other lengths or set bits behind the last canary are no opening",
        arguments: 1...40)
    func coins(count: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(count))
        let included = (0..<count).map { _ in generator.next() & 1 == 1 }
        var opening = CanaryOpening(salt: Data(count: 32), included: included, canaries: LedgerFixture.plan)
        #expect(opening.included(count: count) == included)
        #expect(opening.included(count: count + 8) == nil && opening.included(count: -1) == nil)
        opening.coins = String(repeating: "f", count: (count + 7) / 8 * 2)
        #expect((opening.included(count: count) == nil) == (count % 8 != 0))
        opening.coins = "not hexadecimal"
        #expect(opening.included(count: count) == nil)
    }
}

/// Plans and results with coins that alternate.
enum CanaryFixture {
    static func opening(canaries: Int) -> CanaryOpening {
        CanaryOpening(
            salt: Data((0..<32).map { UInt8($0) }), included: (0..<canaries).map { $0 % 2 == 0 },
            canaries: ContentHash(of: Data("canaries".utf8)))
    }

    static func plan(_ opening: CanaryOpening, job: String, canaries: Int = 1000) throws -> CanaryPlan {
        CanaryPlan(
            job: job, commitment: try opening.commitment, audit: try OneRunAudit(canaries: canaries, delta: 1e-5),
            score: .gradient, reports: 2, tokens: 32)
    }

    /// The result of scores for which so many of 100 guesses are right.
    static func result(
        of plan: LedgerHead, _ opening: CanaryOpening, correct: Int, claiming bound: Int? = nil
    ) throws -> CanaryResult {
        let audit = try OneRunAudit(canaries: 1000, delta: 1e-5)
        // The first places get the highest scores: trained canaries for right guesses, others for wrong ones.
        let even = (0..<500).map { $0 * 2 }
        let odd = even.map { $0 + 1 }
        let wrong = 100 - correct
        var order = Array(even.prefix(50 - wrong / 2)) + Array(odd.prefix(wrong / 2))
        let last = Array(odd.suffix(50 - (wrong - wrong / 2))) + Array(even.suffix(wrong - wrong / 2))
        order += (0..<1000).filter { !Set(order + last).contains($0) } + last
        var scores = [Double](repeating: 0, count: 1000)
        for (place, canary) in order.enumerated() { scores[canary] = Double(-place) }
        var outcome = try CanaryOutcome(audit, scores: scores, included: (0..<1000).map { $0 % 2 == 0 })
        #expect(outcome.correct == correct)
        if let bound {
            // As somebody would who writes another count beside the bound.
            let text = String(decoding: try CanonicalJSON.encode(outcome), as: UTF8.self)
            outcome = try CanonicalJSON.decode(
                CanaryOutcome.self,
                from: Data(text.replacing("\"correct\":\(correct)", with: "\"correct\":\(bound)").utf8))
        }
        return CanaryResult(
            plan: plan.sequence, opening: opening, subject: LedgerFixture.plan, scores: LedgerFixture.plan,
            outcome: outcome)
    }
}
