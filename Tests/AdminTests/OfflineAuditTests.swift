import Admin
import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import Identity
import Ledger
import Privacy
import Testing

@Suite("Offline audits")
struct OfflineAuditTests {
    private let folder: TemporaryFolder
    private let key = Curve25519.Signing.PrivateKey()

    init() throws { folder = try TemporaryFolder() }

    /// A node's folder whose ledger has one committed round.
    private func node(_ clinic: String) throws -> LedgerHead {
        let url = folder.path("\(clinic)/ledger.sqlite")
        try DurableFile.createFolder(folder.path(clinic))
        let ledger = try PrivacyLedger.create(
            at: url, clinic: clinic, signingKey: key,
            policy: BudgetPolicy(scope: "reports", cap: PrivacyBudget(epsilon: 8, delta: 1e-5)))
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 2), sampling: .poisson(rate: 0.25), steps: 5)
        let reservation = try ledger.reserve(
            ReservationRequest(
                job: "job-1", planHash: ContentHash(of: Data("plan".utf8)), round: 1, events: [event], clipNorm: 0.3,
                software: "test"))
        try ledger.commit(reservation, transcript: ContentHash(of: Data("transcript".utf8)))
        return try #require(ledger.head)
    }

    @Test("a folder of nodes is audited ledger by ledger, and epsilon is recomputed")
    func clean() throws {
        _ = try node("hillside")
        _ = try node("lakeside")
        let report = try OfflineAudit().run([folder.url])
        #expect(report.isClean)
        #expect(report.ledgers.map(\.clinic) == ["hillside", "lakeside"])
        #expect(report.verdict.hasPrefix("Verdict: clean. 2 ledgers, 6 rows"))
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 2), sampling: .poisson(rate: 0.25), steps: 5)
        let expected = try RDPAccountant([event]).epsilon(delta: 1e-5).epsilon
        let budget = try #require(report.ledgers.first?.budget)
        #expect(abs(budget.spent - expected) < 1e-9)
        #expect(report.ledgers.allSatisfy { $0.isChainIntact && $0.isSigned && $0.isWithinBudget })
        let object = try #require(JSONSerialization.jsonObject(with: CanonicalJSON.encode(report)) as? [String: Any])
        #expect(object["isClean"] as? Bool == true)
        #expect((object["ledgers"] as? [[String: Any]])?.first?["violations"] is [Any])
    }

    @Test("a remembered head that the ledger does not have is a rollback")
    func rollback() throws {
        let head = try node("lakeside")
        var audit = OfflineAudit()
        try audit.expectHead("lakeside:\(head.sequence):\(head.hash)")
        #expect(try audit.run([folder.url]).isClean)
        try audit.expectHead("lakeside:\(head.sequence + 1):\(head.hash)")
        let report = try audit.run([folder.url])
        #expect(report.ledgers.first?.violations.map(\.code) == [.rolledBack])
        #expect(report.ledgers.first?.isChainIntact == false)
        #expect(report.verdict.contains("NOT clean"))
    }

    @Test("a ledger under another key than the roster's is a violation")
    func foreignKey() async throws {
        _ = try node("clinic-1")
        let consortium = try await ThrowawayConsortium(clinics: 1)
        let roster = try await consortium.roster.verify(
            kind: .roster, authority: consortium.authority.certificate, at: consortium.date, requiredRole: \.isAdmin)
        var audit = OfflineAudit()
        audit.trust(roster)
        let report = try audit.run([folder.path("clinic-1")])
        #expect(!report.isClean)
        #expect(report.ledgers.first?.isSigned == false)
    }

    @Test("with a roster, the ledger of a clinic that is not on it is a violation, however well signed")
    func unknownClinic() async throws {
        _ = try node("hillside")
        let consortium = try await ThrowawayConsortium(clinics: 1)
        let roster = try await consortium.roster.verify(
            kind: .roster, authority: consortium.authority.certificate, at: consortium.date, requiredRole: \.isAdmin)
        var audit = OfflineAudit()
        #expect(try audit.run([folder.path("hillside")]).isClean)
        audit.trust(roster)
        let report = try audit.run([folder.path("hillside")])
        #expect(!report.isClean && report.verdict.contains("NOT clean"))
        let ledger = try #require(report.ledgers.first)
        #expect(ledger.violations.map(\.code) == [.wrongClinic])
        #expect(ledger.violations.first?.message.hasPrefix("unknown clinic") == true)
        #expect(!ledger.isSigned && ledger.isChainIntact)
    }

    @Test("the report says whose word each ledger's key was taken from")
    func keySources() throws {
        _ = try node("hillside")
        _ = try node("lakeside")
        var audit = OfflineAudit()
        audit.publicKeys["lakeside"] = key.publicKey.rawRepresentation.hexadecimal
        let document = audit.document(try audit.run([folder.url]))
        let object = try #require(JSONSerialization.jsonObject(with: CanonicalJSON.encode(document)) as? [String: Any])
        let ledgers = try #require(object["ledgers"] as? [[String: Any]])
        #expect(ledgers.map { $0["keySource"] as? String } == ["ledger", "roster"])
        #expect(ledgers.map { $0["clinic"] as? String } == ["hillside", "lakeside"])
        #expect(object["isClean"] as? Bool == true)
    }

    @Test("a file that is no ledger is told apart from a violation")
    func unreadable() throws {
        let file = try folder.write("notes.txt", "not a ledger")
        let report = try OfflineAudit().run([file])
        #expect(report.hasUnreadableFile)
        #expect(!report.isClean)
    }

    @Test("a missing path and a folder without a ledger never look clean")
    func missing() throws {
        try folder.write("empty/readme.txt", "nothing here")
        for name in ["none", "empty"] {
            #expect(throws: AdminError(.fileMissing, "")) { _ = try OfflineAudit().run([folder.path(name)]) }
        }
        #expect(throws: AdminError(.invalidOption, "")) { _ = try OfflineAudit().run([]) }
    }

    @Test(
        "a head that is not clinic:sequence:hash is refused",
        arguments: ["", "lakeside", "lakeside:1:abc", "lakeside:-1:" + String(repeating: "0", count: 64)])
    func malformedHead(_ text: String) {
        var audit = OfflineAudit()
        #expect(throws: AdminError(.invalidOption, "")) { try audit.expectHead(text) }
    }
}
