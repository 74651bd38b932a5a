import Admin
import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import Ledger
import Privacy
import Testing

@Suite("Empirical audits, counted again")
struct CanaryRecountTests {
    let folder: TemporaryFolder
    let home: URL

    /// A clinic's folder with an audited job: canaries that were trained on score 2 higher, the rest is noise.
    init() throws {
        folder = try TemporaryFolder()
        home = folder.path("lakeside")
        try DurableFile.createFolder(home)
    }

    private func audited(effect: Double, at place: String = "jobs/job-1/audit") throws {
        var generator = ReproducibleGenerator(seed: 4)
        let included = (0..<1000).map { _ in generator.next() & 1 == 1 }
        let scores = included.map { generator.unit() + ($0 ? effect : 0) }
        let files = place.isEmpty ? home : home.appendingPathComponent(place)
        try DurableFile.createFolder(files)
        let canaries = Data("{\"secrets\":[]}".utf8)
        let scoreBytes = try CanonicalJSON.encode(CanaryScores(scores: scores))
        try DurableFile.write(canaries, to: files.appendingPathComponent("canaries.json"))
        try DurableFile.write(scoreBytes, to: files.appendingPathComponent("scores.json"))
        let opening = CanaryOpening(
            salt: Data(repeating: 7, count: 32), included: included, canaries: ContentHash(of: canaries))
        let test = try OneRunAudit(canaries: 1000, delta: 1e-5)
        let ledger = try PrivacyLedger.create(
            at: home.appendingPathComponent("ledger.sqlite"), clinic: "lakeside",
            signingKey: Curve25519.Signing.PrivateKey(),
            policy: BudgetPolicy(scope: "reports", cap: PrivacyBudget(epsilon: 8, delta: 1e-5)))
        let plan = try ledger.record(
            CanaryPlan(
                job: "job-1", commitment: opening.commitment, audit: test, score: .gradient, reports: 1, tokens: 8))
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 2), sampling: .poisson(rate: 0.25), steps: 5)
        let reservation = try ledger.reserve(
            ReservationRequest(
                job: "job-1", planHash: ContentHash(of: canaries), round: 1, events: [event], clipNorm: 0.3))
        try ledger.commit(reservation, transcript: ContentHash(of: canaries))
        try ledger.record(
            CanaryResult(
                plan: plan.sequence, opening: opening, subject: ContentHash(of: canaries),
                scores: ContentHash(of: scoreBytes),
                outcome: CanaryOutcome(test, scores: scores, included: included)))
    }

    private func audit() throws -> AuditReport {
        var audit = OfflineAudit()
        audit.isTight = true
        return try audit.run([home])
    }

    @Test(
        "scores beside a ledger are counted again, in a clinic's folder and in that of one training",
        arguments: [
            "jobs/job-1/audit", "",
        ])
    func counted(place: String) throws {
        try audited(effect: 0, at: place)
        let report = try audit()
        #expect(report.isClean, "\(report.ledgers.map(\.violations))")
        let found = try #require(report.ledgers.first?.audits.first)
        #expect(found.isRecounted && found.verdict == .consistent)
    }

    @Test("canaries that stand out refute the claim, in the report, its table and the officer's page")
    func refuted() throws {
        try audited(effect: 2)
        let report = try audit()
        #expect(report.ledgers.first?.violations.map(\.code) == [.privacyRefuted])
        #expect(report.ledgers.first?.isWithinBudget == false && !report.isClean)
        #expect(report.ledgers.first?.audits.first?.isRecounted == true)
        let page = PrivacyStatement(report, document: OfflineAudit().document(report), date: Date()).html()
        #expect(page.contains("Empirical audits") && page.contains("refuted") && page.contains("privacy-refuted"))
    }

    @Test("altered scores, altered canaries and missing canaries are violations; a missing score file is none")
    func altered() throws {
        try audited(effect: 0)
        let files = home.appendingPathComponent("jobs/job-1/audit")
        let scores = files.appendingPathComponent("scores.json")
        let canaries = files.appendingPathComponent("canaries.json")
        for file in [scores, canaries] {
            let bytes = try Data(contentsOf: file)
            try (bytes + Data("\n".utf8)).write(to: file)
            #expect(try audit().ledgers.first?.violations.map(\.code) == [.wrongAudit])
            try bytes.write(to: file)
        }
        #expect(try audit().isClean)
        try FileManager.default.removeItem(at: canaries)
        #expect(try audit().ledgers.first?.violations.map(\.code) == [.wrongAudit])
        try FileManager.default.removeItem(at: scores)
        let report = try audit()
        #expect(report.isClean && report.ledgers.first?.audits.first?.isRecounted == false)
    }
}
