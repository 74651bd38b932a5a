import Admin
import ConsiliumCore
import ConsiliumTesting
import Crypto
import Federation
import Foundation
import GRDB
import Identity
import Ledger
import Privacy
import Testing

@Suite("Receipts of both sides")
struct ReceiptTests {
    private func codes(_ report: AuditReport) -> Set<LedgerViolation.Code> {
        Set(report.ledgers.flatMap(\.violations).map(\.code))
    }

    private func witnessCodes(_ report: AuditReport) -> Set<LedgerViolation.Code> {
        Set(report.witnesses.flatMap(\.violations).map(\.code))
    }

    @Test("records that agree are clean, with the folders in any order and as a folder of folders")
    func clean() async throws {
        let fixture = try await ReceiptFixture()
        for paths in [[fixture.home, fixture.coordinator], [fixture.coordinator, fixture.home], [fixture.folder.url]] {
            let report = try fixture.audit(paths)
            #expect(report.isClean, "\(report.verdict) \(report.ledgers) \(report.witnesses)")
            #expect(report.witnesses.map(\.updates) == [3])
            #expect(report.witnesses.map(\.results) == [3])
        }
        #expect(throws: AdminError(.invalidOption, "")) { try fixture.audit([fixture.coordinator]) }
    }

    @Test(
        "a clinic that left after taking part is named with the adapters it has touched, one that never took part is not"
    )
    func withdrawals() async throws {
        let fixture = try await ReceiptFixture(rounds: 2)
        for clinic in fixture.consortium.clinics { try fixture.answer(clinic, .denied) }
        let report = try fixture.audit()
        #expect(report.isClean)
        #expect(
            report.witnesses.map(\.withdrawals) == [
                [
                    AuditReport.Withdrawal(
                        job: "receipts", clinic: fixture.clinicID.text, rounds: [1, 2],
                        adapters: [ReceiptFixture.hash("adapter 1"), ReceiptFixture.hash("adapter 2")])
                ]
            ])
        try fixture.editCoordinator("UPDATE consents SET document = x'00'")
        #expect(try !fixture.audit().isClean, "an answer that can't be read is a fault of the records")
    }

    @Test("an older copy of the ledger is found by the coordinator alone, and by the clinic's own folder alone")
    func rollback() async throws {
        let fixture = try await ReceiptFixture(rounds: 2)
        let old = try Data(contentsOf: fixture.ledgerFile)
        let ledger = try PrivacyLedger.open(
            at: fixture.ledgerFile, clinic: fixture.clinicID.text, signingKey: fixture.key)
        try fixture.run(3, ledger)
        let restored = try fixture.folder.write("restored.sqlite", old)
        #expect(try fixture.audit([restored]).isClean, "alone it can't be known")
        let byCoordinator = try fixture.audit([restored, fixture.coordinator])
        #expect(codes(byCoordinator) == [.rolledBack, .updateWithoutReserve])
        #expect(
            byCoordinator.ledgers[0].violations.contains { $0.message.contains("coordinator's receipt of round 3") })
        try old.write(to: fixture.ledgerFile)
        #expect(codes(try fixture.audit([fixture.home])) == [.rolledBack])
    }

    @Test("an older copy of the whole clinic is found by the coordinator")
    func wholeDisk() async throws {
        let fixture = try await ReceiptFixture(rounds: 1)
        let copy = fixture.folder.path("old-disk")
        try FileManager.default.copyItem(at: fixture.home, to: copy)
        let ledger = try PrivacyLedger.open(
            at: fixture.ledgerFile, clinic: fixture.clinicID.text, signingKey: fixture.key)
        try fixture.run(2, ledger)
        #expect(try fixture.audit([copy]).isClean)
        let report = try fixture.audit([copy, fixture.coordinator])
        #expect(codes(report).contains(.rolledBack))
        #expect(report.ledgers[0].isChainIntact == false)
    }

    @Test(
        "an older copy of the coordinator's records is found by the clinic's ledger, its rounds and its signed results")
    func coordinatorRolledBack() async throws {
        let fixture = try await ReceiptFixture()
        try fixture.editCoordinator("DELETE FROM updates WHERE round = 3")
        var report = try fixture.audit()
        #expect(codes(report) == [])
        #expect(witnessCodes(report) == [.missingAtCoordinator, .recordsDisagree])
        #expect(!report.isClean && report.verdict.contains("coordinator.sqlite"))
        try fixture.editCoordinator("DELETE FROM results WHERE round = 3")
        report = try fixture.audit([fixture.ledgerFile, fixture.coordinator])
        #expect(witnessCodes(report) == [.missingAtCoordinator])
        try FileManager.default.removeItem(
            at: fixture.ledgerFile.deletingLastPathComponent().appending(path: "node.sqlite"))
        #expect(witnessCodes(try fixture.audit()) == [.missingAtCoordinator])
    }

    @Test(
        "edits of the coordinator's records are found",
        arguments: [
            ("DELETE FROM results WHERE round = 2", LedgerViolation.Code.sequenceGap),
            ("UPDATE results SET document = x'00' WHERE round = 1", .unreadableRow),
            ("UPDATE updates SET document = x'00' WHERE round = 1", .unreadableRow),
            (
                "UPDATE updates SET document = (SELECT document FROM updates WHERE round = 1) WHERE round = 2",
                .recordsDisagree
            ),
            ("DELETE FROM jobs", .recordsDisagree),
        ])
    func coordinatorEdits(edit: String, code: LedgerViolation.Code) async throws {
        let fixture = try await ReceiptFixture()
        try fixture.editCoordinator(edit)
        let report = try fixture.audit()
        #expect(!report.isClean)
        #expect(witnessCodes(report).contains(code), "\(report.witnesses)")
    }

    @Test("an update of a job with a budget that nothing was reserved for is a violation of the clinic's")
    func withoutReserve() async throws {
        let fixture = try await ReceiptFixture(rounds: 1)
        let report = try fixture.audit()
        let head = try #require(report.ledgers[0].head)
        let update = UpdateManifest(
            job: fixture.manifest.id, jobHash: fixture.job.payloadHash, round: 2, clinic: fixture.clinicID,
            adapter: ReceiptFixture.hash("adapter 1"), layoutHash: ReceiptFixture.hash("layout"),
            vector: Data(count: 16),
            ledgerSequence: head.sequence, ledgerHash: head.hash)
        let document = try CanonicalJSON.encode(fixture.clinic.sign(update, kind: .update))
        try fixture.editCoordinator(
            "INSERT INTO updates VALUES ('receipts', 2, ?, ?, 1)", [fixture.clinicID.text, document])
        #expect(codes(try fixture.audit()) == [.updateWithoutReserve])
    }

    @Test("an update that somebody else signed in the clinic's name counts against the coordinator, not the clinic")
    func forgedUpdate() async throws {
        let fixture = try await ReceiptFixture(rounds: 1)
        let update = UpdateManifest(
            job: fixture.manifest.id, jobHash: fixture.job.payloadHash, round: 2, clinic: fixture.clinicID,
            adapter: ReceiptFixture.hash("adapter 1"), layoutHash: ReceiptFixture.hash("layout"),
            vector: Data(count: 16),
            ledgerSequence: 9, ledgerHash: ReceiptFixture.hash("made up"))
        let document = try CanonicalJSON.encode(fixture.consortium.clinics[1].sign(update, kind: .update))
        try fixture.editCoordinator(
            "INSERT INTO updates VALUES ('receipts', 2, ?, ?, 1)", [fixture.clinicID.text, document])
        let report = try fixture.audit()
        #expect(codes(report) == [])
        #expect(witnessCodes(report) == [.badSignature])
    }

    @Test("a job without a budget needs no reservation, but its rows are still remembered")
    func withoutBudget() async throws {
        let fixture = try await ReceiptFixture(isPrivate: false)
        #expect(try fixture.audit().isClean)
    }

    @Test("a damaged coordinator's database is an error with a sentence, never a clean audit")
    func damaged() async throws {
        let fixture = try await ReceiptFixture(rounds: 1)
        let file = fixture.coordinator.appendingPathComponent("coordinator.sqlite")
        try Data("SQLite format 3\0 and nothing more".utf8).write(to: file)
        #expect(throws: LedgerError(.unreadable, "")) { try fixture.audit() }
        try Data("something else".utf8).write(to: file)
        #expect(throws: LedgerError(.unreadable, "")) { try fixture.audit() }
    }
}
