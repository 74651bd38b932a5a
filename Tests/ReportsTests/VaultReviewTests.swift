import ConsiliumCore
import ConsiliumTesting
import Foundation
import GRDB
import Testing

@testable import Deidentification
@testable import Reports

@Suite("Review in the vault")
struct VaultReviewTests {
    let folder: TemporaryFolder
    let vault: Vault
    let date = Date(timeIntervalSince1970: 1_767_323_045)

    init() throws {
        folder = try TemporaryFolder()
        vault = try TestVault.make(in: folder)
    }

    private func span(_ start: Int, _ end: Int, score: Double = 0.4) -> IdentifierSpan {
        IdentifierSpan(start: start, end: end, label: .name, score: score)
    }

    /// A report in review with one weak span.
    @discardableResult
    private func waiting(_ text: String = "Zorblax rests.", risk: Double = 0.2, patient: String = "A1") throws
        -> ContentHash
    {
        let report = TestVault.report(text, patient: patient, file: "\(text).txt")
        _ = try vault.upsert([report])
        let result = TestVault.result("[NAME] rests.", .review, spans: [span(0, 7)], reasons: ["Weak evidence."])
        try vault.store([ResultToStore(id: report.id, result: result, risk: risk)])
        return report.id
    }

    private func decision(_ kind: ReviewDecision.Kind, reason: String? = nil) -> ReviewDecision {
        ReviewDecision(
            kind: kind, reviewer: "R. Officer", date: date, reason: reason, found: [span(0, 7)], replaced: [span(0, 7)],
            ruleVersion: "1")
    }

    private func usable() throws -> [String] {
        var texts: [String] = []
        try vault.forEachDeidentified { _, report, _ in texts.append(report.text) }
        return texts
    }

    @Test("the queue has the riskiest report first, a page at a time, with its spans and reasons")
    func queue() throws {
        for (index, risk) in [0.2, 0.9, 0.5, 0.5].enumerated() { try waiting("text \(index)", risk: risk) }
        let queue = try vault.reviewQueue(limit: 10)
        #expect(queue.map(\.risk) == [0.9, 0.5, 0.5, 0.2])
        #expect(queue.map(\.stored.report.text) == ["text 1", "text 2", "text 3", "text 0"])
        #expect(queue[0].findings == Findings(spans: [span(0, 7)], reasons: ["Weak evidence."]))
        #expect(queue[0].output == "[NAME] rests.")
        #expect(try vault.reviewQueue(limit: 2, offset: 1).map(\.stored.report.text) == ["text 2", "text 3"])
        #expect(try vault.reviewQueue(limit: -1, offset: -5).isEmpty)
        #expect(try usable().isEmpty)
    }

    @Test("an approved report may be used, a rejected one never again")
    func decisions() throws {
        let one = try waiting("one"), two = try waiting("two")
        let entry = try #require(try vault.reviewEntry(one))
        try vault.decide(decision(.approved), on: entry, result: TestVault.result("[NAME] rests."))
        #expect(try usable() == ["[NAME] rests."])
        #expect(try vault.report(one)?.status == .deidentified)
        let other = try #require(try vault.reviewEntry(two))
        try vault.decide(decision(.rejected, reason: "Names a neighbor, Quillfeather"), on: other, result: nil)
        #expect(try vault.report(two)?.status == .quarantined)
        #expect(try vault.report(two)?.reason == Vault.rejected)
        #expect(try vault.reviewEntry(two) == nil)
        #expect(try vault.reviewQueue(limit: 10, includingUnsafe: true).isEmpty)
        #expect(try vault.pending { _ in true }.isEmpty)
        #expect(try vault.decisions().map(\.decision.kind) == [.approved, .rejected])
        // A reviewer's words may name a patient.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            #expect(try Data(contentsOf: folder.path(name)).range(of: Data("Quillfeather".utf8)) == nil)
        }
    }

    @Test("a result that still holds an identifier is never approved, whoever asks")
    func notApprovable() throws {
        let entry = try #require(try vault.reviewEntry(waiting()))
        for result in [TestVault.result("", .quarantine), TestVault.result("x", .review), nil] {
            #expect(throws: ReportsError(.notApprovable, "")) {
                try vault.decide(decision(.approved), on: entry, result: result)
            }
        }
        #expect(try vault.decisions().isEmpty)
        #expect(try usable().isEmpty)
    }

    @Test("of two reviewers at once the second is told, also if the report was de-identified anew meanwhile")
    func twoReviewers() throws {
        let id = try waiting()
        let first = try #require(try vault.reviewEntry(id)), second = try #require(try vault.reviewEntry(id))
        try vault.decide(decision(.rejected), on: first, result: nil)
        #expect(throws: ReportsError(.alreadyDecided, "")) {
            try vault.decide(decision(.approved), on: second, result: TestVault.result("[NAME] rests."))
        }
        #expect(try vault.report(id)?.status == .quarantined)
        let other = try waiting("other")
        let seen = try #require(try vault.reviewEntry(other))
        let newer = TestVault.result("[NAME] sleeps.", .review, spans: [span(0, 7)])
        try vault.store([ResultToStore(id: other, result: newer, risk: 0.1)])
        #expect(throws: ReportsError(.alreadyDecided, "")) {
            try vault.decide(decision(.approved), on: seen, result: TestVault.result("[NAME] rests."))
        }
        #expect(try usable().isEmpty)
    }

    @Test("an import that ran while a person decided does not undo the decision")
    func staleResult() throws {
        let id = try waiting()
        let entry = try #require(try vault.reviewEntry(id))
        try vault.decide(decision(.approved), on: entry, result: TestVault.result("[NAME] rests."))
        let stale = ResultToStore(id: id, result: TestVault.result("stale", .review), risk: 0.3)
        #expect(try vault.store([stale]) == 0)
        #expect(try usable() == ["[NAME] rests."])
    }

    @Test(
        "a row that was edited by hand is not accepted",
        arguments: [
            "UPDATE deidentified SET receipt = replace(receipt, '\"status\":\"review\"', '\"status\":\"clean\"')",
            "UPDATE deidentified SET seal = (SELECT seal FROM deidentified WHERE report = 2) WHERE report = 1",
            "UPDATE reports SET patient = (SELECT patient FROM reports WHERE row = 2) WHERE row = 1",
            "UPDATE deidentified SET (receipt, seal) = (SELECT receipt, seal FROM deidentified WHERE report = 2) WHERE report = 1",
        ])
    func tampered(_ edit: String) throws {
        let one = try waiting("one", patient: "A1"), two = try waiting("two", patient: "A2")
        let entry = try #require(try vault.reviewEntry(two))
        try vault.decide(decision(.approved), on: entry, result: TestVault.result("[NAME] rests."))
        try vault.close()
        let database = try DatabaseQueue(path: folder.path("vault.sqlite").path)
        try database.write { database in
            try database.execute(sql: edit)
            try database.execute(sql: "UPDATE reports SET status = 'deidentified'")
        }
        try database.close()
        let again = try TestVault.make(in: folder)
        #expect(throws: DeidentificationError(.receiptForged, "")) { try again.forEachDeidentified { _, _, _ in } }
        #expect(throws: DeidentificationError(.receiptForged, "")) { _ = try again.reviewEntry(one) }
        // It is de-identified anew.
        #expect(try again.pending { _ in true }.contains(one))
    }

    @Test("a status that was edited by hand makes no reviewed text usable")
    func editedStatus() throws {
        try waiting()
        try vault.database.write { try $0.execute(sql: "UPDATE reports SET status = 'deidentified'") }
        #expect(throws: DeidentificationError(.notClean, "")) { try vault.forEachDeidentified { _, _, _ in } }
    }

    @Test("a changed record takes the older version's result out of use, and a returning one is de-identified again")
    func superseded() throws {
        let first = TestVault.report("first"), second = TestVault.report("second")
        _ = try vault.upsert([first])
        try vault.store(TestVault.deidentified("first, clean"), for: first.id)
        _ = try vault.upsert([second])
        #expect(try usable().isEmpty)
        #expect(try vault.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM deidentified") } == 0)
        #expect(try vault.store([ResultToStore(id: first.id, result: TestVault.result("late"), risk: 0)]) == 0)
        _ = try vault.upsert([first])
        #expect(try vault.report(first.id)?.status == .imported)
        #expect(try vault.pending { _ in true } == [first.id])
    }

    @Test("values of a patient are kept once, with a limit, and reports know which were searched in them")
    func identifiers() throws {
        let id = try waiting(), patient = try #require(TestVault.key.pseudonym(ofPatientKey: "A1"))
        let name = KnownIdentifier(value: "Zorblax", label: .name)
        #expect(try vault.remember([(patient, [name, name, KnownIdentifier(value: "  ", label: .name)])]) == 1)
        #expect(try vault.remember([(patient, [name])]) == 0)
        let all = try vault.knownIdentifiers(of: patient)
        #expect(all.known == [name])
        #expect(try vault.behindOnIdentifiers().map(\.id) == [id])
        try vault.markSearched([(id, all.upTo)])
        #expect(try vault.behindOnIdentifiers().isEmpty)
        let more = (0..<600).map { KnownIdentifier(value: "77-\($0)", label: .other) }
        #expect(try vault.remember([(patient, more)]) == Vault.identifiersPerPatient - 1)
        #expect(try vault.knownIdentifiers(of: patient, after: all.upTo).known.count == 499)
        #expect(try vault.behindOnIdentifiers().map(\.id) == [id])
        let other = try #require(TestVault.key.pseudonym(ofPatientKey: "A2"))
        #expect(try vault.knownIdentifiers(of: other).known.isEmpty)
    }

    @Test("an id is found by its first digits")
    func prefixes() throws {
        let id = try waiting()
        #expect(try vault.ids(beginningWith: String(id.hex.prefix(8)).uppercased()) == [id])
        #expect(try vault.ids(beginningWith: id.hex) == [id])
        for text in ["", "xyz", String(repeating: "0", count: 70), "'; DROP TABLE reports; --"] {
            #expect(try vault.ids(beginningWith: text).isEmpty)
        }
    }

    @Test("an audit draws without repetition, counts what was seen, and a leak takes the report out of use")
    func audit() throws {
        #expect(throws: ReportsError(.unknownReport, "")) { try vault.startAudit(count: 5) }
        for index in 0..<20 {
            let report = TestVault.report("text \(index)", file: "\(index).txt")
            _ = try vault.upsert([report])
            try vault.store(TestVault.deidentified("clean \(index)"), for: report.id)
        }
        var audit = try vault.startAudit(count: 8)
        #expect(Set(audit.sample).count == 8 && audit.population == 20 && audit.upperBound == nil)
        #expect(try vault.newestAudit() == audit)
        for id in audit.sample.prefix(7) { audit = try vault.recordAudit(id, leaked: false) }
        #expect(audit.looked == 7 && audit.left == [audit.sample[7]] && audit.upperBound == 3.0 / 7)
        audit = try vault.recordAudit(audit.sample[7], leaked: true)
        #expect(audit.isFinished && audit.leaks == 1)
        let entry = try #require(try vault.reviewEntry(audit.sample[7]))
        try vault.decide(decision(.leaked), on: entry, result: nil)
        #expect(try vault.report(audit.sample[7])?.status == .review)
        #expect(try usable().count == 19)
        #expect(try vault.reviewQueue(limit: 3).map(\.risk) == [1])
        #expect(throws: ReportsError(.unknownReport, "")) {
            try vault.recordAudit(ContentHash(of: Data()), leaked: false)
        }
        #expect(try vault.startAudit(count: 1000).sample.count == 19)
        #expect(try vault.newestAudit()?.number == 2)
    }

    @Test(
        "the bound is 3/n without a leak and Clopper and Pearson's otherwise",
        arguments: [(0, 300, 0.01), (0, 1, 1), (1, 300, 0.015715), (5, 100, 0.102253), (10, 10, 1), (9, 10, 0.994884)]
            as [(
                Int, Int, Double
            )])
    func bound(_ row: (leaks: Int, looked: Int, bound: Double)) {
        #expect(abs(ReviewAudit.upperBound(leaks: row.leaks, of: row.looked) - row.bound) < 1e-5)
    }

    @Test("settings are kept sealed")
    func settings() throws {
        #expect(try vault.setting("tuning", as: [String: Double].self) == nil)
        try vault.set(["reviewBelow": 0.25], as: "tuning")
        #expect(try vault.setting("tuning", as: [String: Double].self) == ["reviewBelow": 0.25])
        try vault.set(nil as [String: Double]?, as: "tuning")
        #expect(try vault.setting("tuning", as: [String: Double].self) == nil)
    }

    @Test("the risk grows with doubt, poor recognition and missing identifiers, and stays between 0 and 1")
    func risk() {
        func risk(
            _ certainty: Double?, known: Bool = true, quality: Double? = nil, characters: Int = 600,
            reasons: [String] = []
        ) -> Double {
            ResidualRisk(
                TestVault.result("x", .review, reasons: reasons, certainty: certainty), characters: characters,
                hasKnownIdentifiers: known, quality: quality
            ).value
        }
        #expect(risk(nil) < 0.002 && risk(1) == risk(nil))
        #expect(risk(0.6) > risk(0.8) && risk(0.8) > risk(1) && risk(1, reasons: ["A reason."]) > risk(1))
        #expect(risk(nil, known: false) > risk(nil) && risk(nil, quality: 0.5) > risk(nil, quality: 0.9))
        #expect(risk(nil, characters: 50_000) > risk(nil, characters: 100))
        for value in [
            risk(-3, known: false, quality: -1, characters: .max), risk(7, quality: 9), risk(.nan, quality: .nan),
        ] { #expect((0...1).contains(value)) }
        #expect(ResidualRisk(TestVault.result("", .quarantine), characters: 1, hasKnownIdentifiers: true).value == 1)
    }

    @Test("a vault from before reviews keeps its reports and de-identifies them again")
    func migration() throws {
        let url = folder.path("old.sqlite")
        let old = try DatabasePool(path: url.path)
        let box = SealedBox(key: TestVault.key.sealing)
        try VaultSchema.migrator(box: box, random: SystemRandom()).migrate(old, upTo: "reports")
        let report = TestVault.report("a text")
        let body = try box.seal(
            try CanonicalJSON.encode(report), context: "consilium/vault/report/\(report.id.hex)/1",
            random: SystemRandom())
        try old.write {
            try $0.execute(
                sql: """
                    INSERT INTO reports (id, place, version, isCurrent, format, patient, status, importedAt, body)
                    VALUES (?, x'00', 1, 1, 'txt', 'p', 'deidentified', '', ?);
                    """, arguments: [report.id.hex, body])
            try $0.execute(sql: "INSERT INTO deidentified VALUES (1, '{}', '', x'00')")
        }
        try old.close()
        let vault = try TestVault.make(in: folder, name: "old.sqlite")
        #expect(try vault.report(report.id)?.report == report)
        #expect(try vault.pending { _ in true } == [report.id])
    }
}
