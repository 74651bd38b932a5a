import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Node

@Suite("The node's state")
struct NodeStoreTests {
    let folder: TemporaryFolder
    let admin: PeerCredentials

    init() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        folder = consortium.folder
        admin = consortium.admin
    }

    private func store() throws -> NodeStore { try NodeStore(file: folder.path("node.sqlite")) }

    private func signed(_ change: (inout JobManifest) throws -> Void = { _ in }) throws -> SignedDocument<JobManifest> {
        try admin.sign(NodeFixture.job(clinics: ["clinic-1"], change), kind: .job)
    }

    @Test("a job and the decision about it survive a restart")
    func decisions() throws {
        let id = try JobID("cardiology-1")
        let document = try signed()
        let date = Date(timeIntervalSince1970: 1_790_000_000)
        do {
            let store = try store()
            try store.remember(document, id: id)
            #expect(try store.job(id).decision == nil)
            try store.decide(id, .approved, by: "Dr. Weber", at: date)
            try store.markConsentSent(id)
            try store.setState(id, .running)
        }
        let record = try store().job(id)
        #expect(record.hash == document.payloadHash)
        #expect(record.document == document)
        #expect(record.decision == .approved)
        #expect(record.decidedBy == "Dr. Weber")
        #expect(record.decidedAt == date)
        #expect(record.consentSent)
        #expect(record.state == .running)
    }

    @Test("a later decision replaces the first and has to be sent again")
    func changedDecision() throws {
        let store = try store()
        let id = try JobID("cardiology-1")
        try store.remember(signed(), id: id)
        try store.decide(id, .approved, by: "one", at: Date())
        try store.markConsentSent(id)
        try store.decide(id, .denied, by: "two", at: Date())
        #expect(try store.job(id).decision == .denied)
        #expect(try store.job(id).decidedBy == "two")
        #expect(try !store.job(id).consentSent)
    }

    @Test("the same job again keeps the approval; another one under its id is refused and changes nothing")
    func changedJob() throws {
        let store = try store()
        let id = try JobID("cardiology-1")
        let created = Date(timeIntervalSince1970: 1_790_000_000)
        let first = try signed { $0.createdAt = created }
        try store.remember(first, id: id)
        try store.decide(id, .approved, by: "one", at: Date())
        try store.remember(first, id: id)
        #expect(try store.job(id).decision == .approved)
        let changed = try signed {
            $0.createdAt = created
            $0.rounds += 1
        }
        #expect(throws: NodeError.code(.jobChanged)) { try store.remember(changed, id: id) }
        #expect(try store.job(id).hash == first.payloadHash)
        #expect(try store.job(id).decision == .approved)
        #expect(try store.jobs().count == 1)
    }

    @Test("jobs are listed by their ids; an unknown one is refused")
    func listing() throws {
        let store = try store()
        #expect(try store.jobs().isEmpty)
        for name in ["b-job", "a-job"] {
            try store.remember(signed { $0.id = try JobID(name) }, id: JobID(name))
        }
        #expect(try store.jobs().map(\.id.rawValue) == ["a-job", "b-job"])
        #expect(throws: NodeError.code(.jobUnknown)) { try store.job(JobID("c-job")) }
    }

    @Test("a round's state survives a restart and is replaced, not added")
    func rounds() throws {
        let job = try JobID("cardiology-1")
        let hash = ContentHash(of: Data("adapter".utf8))
        var record = RoundRecord(
            round: 2, attempt: 0, state: .training, adapter: hash, reservation: "5:abc", manifest: nil, meanLoss: nil)
        try store().save(record, of: job)
        #expect(try store().round(2, of: job) == record)
        record.attempt = 1
        record.state = .ready
        record.meanLoss = 2.5
        record.manifest = try admin.sign(
            UpdateManifest(
                job: job, jobHash: hash, round: 2, clinic: ClinicID("clinic-1"), adapter: hash, layoutHash: hash,
                vector: Data(count: 8), ledgerSequence: nil, ledgerHash: nil), kind: .update)
        try store().save(record, of: job)
        #expect(try store().round(2, of: job) == record)
        #expect(try store().round(1, of: job) == nil)
        #expect(try store().roundAdapters(of: job) == [2: hash])
        #expect(try store().roundAdapters(of: JobID("other")).isEmpty)
    }

    @Test("a report is kept with its job, and only with that one")
    func reports() throws {
        let store = try store()
        let id = try JobID("cardiology-1")
        try store.remember(signed(), id: id)
        #expect(try store.report(for: id) == nil)
        let report = try NodeFixture.report(job: id)
        try store.storeReport(report, for: id)
        #expect(try self.store().report(for: id) == report)
    }

    @Test("a damaged state is refused with what to do, never made anew")
    func damage() throws {
        let file = try folder.write("node.sqlite", String(repeating: "no database ", count: 1000))
        let error = try #require(throws: NodeError.self) { try store() }
        #expect(error.code == .stateUnreadable)
        #expect(error.message.contains("backup"))
        #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("no database"))
    }
}
