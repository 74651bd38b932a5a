import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Node

@Suite("Proposed jobs")
struct JobInboxTests {
    let consortium: ThrowawayConsortium
    let store: NodeStore
    let id: JobID

    init() async throws {
        consortium = try await ThrowawayConsortium(clinics: 2)
        store = try NodeStore(file: consortium.folder.path("node.sqlite"))
        id = try JobID("cardiology-1")
    }

    private func inbox(
        after seconds: Double = 1, roster: SignedDocument<Roster>? = nil,
        _ change: (inout SiteConfiguration) -> Void = { _ in }
    ) throws -> JobInbox {
        var site = SiteConfiguration(clinic: .init(id: try ClinicID("clinic-1")))
        change(&site)
        let date = consortium.date.addingTimeInterval(seconds)
        let roster = try CanonicalJSON.decode(Roster.self, from: (roster ?? consortium.roster).payload)
        return JobInbox(
            site: site, store: store, authority: consortium.authority.certificate, roster: roster, now: { date })
    }

    private func job(_ change: (inout JobManifest) throws -> Void = { _ in }) throws -> JobManifest {
        try NodeFixture.job(clinics: ["clinic-1", "clinic-2"], change)
    }

    /// The ids of the jobs that may run, and of the approved ones that may not any more.
    private func runnable(_ inbox: JobInbox) async throws -> (jobs: [JobID], refused: [JobID]) {
        var refused: [JobID] = []
        let jobs = try await inbox.runnable { id, _ in refused.append(id) }.map(\.record.id)
        return (jobs, refused)
    }

    /// The one sentence with which a document is left out.
    private func refusal(_ document: SignedDocument<JobManifest>) async throws -> String {
        let reasons = try await inbox().receive([document])
        #expect(try store.jobs().isEmpty)
        #expect(reasons.count == 1)
        return try #require(reasons.first)
    }

    @Test("a job signed by the admin is taken in and waits for a decision")
    func accepted() async throws {
        let document = try consortium.admin.sign(job(), kind: .job)
        #expect(try await inbox().receive([document]).isEmpty)
        let record = try store.job(id)
        #expect(record.decision == nil)
        #expect(record.hash == document.payloadHash)
        let sent = try CanonicalJSON.decode(JobManifest.self, from: document.payload)
        #expect(try await inbox().manifest(of: record) == sent)
        #expect(try await runnable(inbox()).jobs.isEmpty)
    }

    @Test("a job that a clinic or the coordinator signed is left out", arguments: ["clinic", "coordinator"])
    func wrongRole(name: String) async throws {
        let signer = name == "clinic" ? consortium.clinics[0] : consortium.coordinator
        let reason = try await refusal(signer.sign(job(), kind: .job))
        #expect(reason.contains("may not sign"))
    }

    @Test("a job of another consortium's admin is left out")
    func otherAuthority() async throws {
        let stranger = try await ThrowawayConsortium(clinics: 1)
        let reason = try await refusal(stranger.admin.sign(job(), kind: .job))
        #expect(!reason.isEmpty)
    }

    @Test("a job with one changed byte is left out")
    func altered() async throws {
        let document = try consortium.admin.sign(job(), kind: .job)
        let json = String(decoding: try CanonicalJSON.encode(document), as: UTF8.self)
        let payload = document.payload.base64EncodedString()
        let text = String(decoding: document.payload, as: UTF8.self)
        let changed = Data(text.replacing("\"epsilon\":8", with: "\"epsilon\":9").utf8)
        #expect(changed != document.payload)
        let forged = json.replacing(
            payload.replacing("/", with: "/"), with: changed.base64EncodedString())
        #expect(forged != json)
        let reason = try await refusal(
            CanonicalJSON.decode(SignedDocument<JobManifest>.self, from: Data(forged.utf8)))
        #expect(reason.contains("signature"))
    }

    @Test("a signature under another kind of document is worth nothing")
    func otherKind() async throws {
        let reason = try await refusal(consortium.admin.sign(job(), kind: .consent))
        #expect(reason.contains("consent"))
    }

    @Test("a job that does not name this clinic, or is not valid, is left out although it is signed")
    func notOurs() async throws {
        let others = try await refusal(
            consortium.admin.sign(job { $0.clinics = [try ClinicID("clinic-2")] }, kind: .job))
        #expect(others.contains("does not name this clinic"))
        let invalid = try await refusal(consortium.admin.sign(job { $0.rounds = 0 }, kind: .job))
        #expect(invalid.contains("rounds"))
    }

    @Test("one bad job among good ones does not keep them out")
    func mixed() async throws {
        let good = try consortium.admin.sign(job(), kind: .job)
        let bad = try consortium.coordinator.sign(job { $0.id = try JobID("other-job") }, kind: .job)
        #expect(try await inbox().receive([bad, good]).count == 1)
        #expect(try store.jobs().map(\.id) == [id])
    }

    @Test("an approved job may run, a denied one and an ended one may not")
    func runnable() async throws {
        _ = try await inbox().receive([consortium.admin.sign(job(), kind: .job)])
        try await inbox().approve(id, officer: "Dr. Weber", budgetLeft: 8)
        #expect(try await runnable(inbox()).jobs == [id])
        #expect(try store.job(id).decidedBy == "Dr. Weber")
        try store.setState(id, .finished)
        #expect(try await runnable(inbox()).jobs.isEmpty)
        try store.setState(id, .running)
        try store.decide(id, .denied, by: "Dr. Weber", at: consortium.date)
        #expect(try await runnable(inbox()).jobs.isEmpty)
    }

    @Test("an expired job can't be approved, and one that expires stops being run")
    func expired() async throws {
        _ = try await inbox().receive([consortium.admin.sign(job(), kind: .job)])
        try await inbox().approve(id, officer: "Dr. Weber", budgetLeft: 8)
        let later = try inbox(after: 90_000)
        #expect(try await runnable(later).jobs.isEmpty)
        await #expect(throws: FederationError(.jobExpired, "")) {
            try await later.approve(id, officer: "Dr. Weber", budgetLeft: 8)
        }
    }

    @Test("a job without a privacy guarantee needs the site's own permission")
    func withoutGuarantee() async throws {
        _ = try await inbox().receive([consortium.admin.sign(job { $0.privacy = nil }, kind: .job)])
        let error = try await #require(throws: NodeError.self) {
            try await inbox().approve(id, officer: "Dr. Weber", budgetLeft: 8)
        }
        #expect(error.code == .jobNotApproved)
        #expect(error.message.contains("allowJobsWithoutGuarantee"))
        #expect(try store.job(id).decision == nil)
        try await inbox { $0.privacy.allowJobsWithoutGuarantee = true }.approve(id, officer: "Dr. Weber", budgetLeft: 8)
        #expect(try store.job(id).decision == .approved)
    }

    @Test("a job that asks for more than the ledger allows is refused with both numbers")
    func budget() async throws {
        _ = try await inbox().receive([consortium.admin.sign(job(), kind: .job)])
        let error = try await #require(throws: NodeError.self) {
            try await inbox().approve(id, officer: "Dr. Weber", budgetLeft: 7.5)
        }
        #expect(error.code == .jobNotApproved)
        #expect(error.message.contains("8.0"))
        #expect(error.message.contains("7.5"))
        #expect(try store.job(id).decision == nil)
    }

    @Test("a job of another consortium under the same authority is left out")
    func otherConsortium() async throws {
        let reason = try await refusal(consortium.admin.sign(job { $0.consortium = "Another" }, kind: .job))
        #expect(reason.contains("another consortium"))
    }

    @Test("a job that is not known can't be decided")
    func unknown() async throws {
        await #expect(throws: NodeError.code(.jobUnknown)) {
            try await inbox().approve(id, officer: "Dr. Weber", budgetLeft: 8)
        }
    }

    @Test("a job that was put into the state by another hand is not believed")
    func swappedOnDisk() async throws {
        // The store does not look at signatures; whoever reads from it must.
        let forged = try consortium.coordinator.sign(job(), kind: .job)
        try store.remember(forged, id: id)
        try store.decide(id, .approved, by: "nobody", at: Date())
        let (jobs, refused) = try await runnable(inbox())
        #expect(jobs.isEmpty)
        #expect(refused == [id])
    }

    @Test("a job of an admin who is on the roster no more is not taken in, and an approved one does not run")
    func removedAdmin() async throws {
        let document = try consortium.admin.sign(job(), kind: .job)
        _ = try await inbox().receive([document])
        try await inbox().approve(id, officer: "Dr. Weber", budgetLeft: 8)
        let successor = KeyFiles(folder: consortium.folder.path("successor"))
        let grant = try consortium.authority.grant(
            successor.createKeys(), role: .admin("successor"), dnsNames: [], ipAddresses: [], at: consortium.date)
        var roster = try CanonicalJSON.decode(Roster.self, from: consortium.roster.payload)
        roster.admins = [
            try Roster.Official(tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate)
        ]
        let without = try consortium.admin.sign(roster, kind: .roster)
        let (jobs, refused) = try await runnable(inbox(roster: without))
        #expect(jobs.isEmpty)
        #expect(refused == [id])
        #expect(try await inbox(roster: without).receive([document]).count == 1)
    }
}
