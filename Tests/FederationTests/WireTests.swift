import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

/// What stands on the wire. A peer of an older version reads these bytes, so a change here is a change of the protocol.
@Suite("Messages on the wire")
struct WireTests {
    static let zero = String(repeating: "00", count: 32)

    private func json(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }

    private func check<Value: Codable & Equatable>(_ value: Value, _ golden: String) throws {
        #expect(try json(value) == golden)
        #expect(try CanonicalJSON.decode(Value.self, from: Data(golden.utf8)) == value)
    }

    @Test("the four answers to a clinic's poll")
    func tasks() throws {
        let hash = try ContentHash(hex: Self.zero)
        try check(RoundTask.wait(reason: "for consents"), #"{"wait":{"reason":"for consents"}}"#)
        try check(
            RoundTask.train(round: 3, adapter: hash, deadline: FederationFixture.created),
            #"{"train":{"adapter":"\#(Self.zero)","deadline":"2026-09-21T14:13:20Z","round":3}}"#)
        try check(
            RoundTask.finished(adapter: hash, rounds: 6), #"{"finished":{"adapter":"\#(Self.zero)","rounds":6}}"#)
        try check(RoundTask.stopped(reason: "denied"), #"{"stopped":{"reason":"denied"}}"#)
    }

    @Test("an unknown answer is refused", arguments: [#"{"sleep":{}}"#, "{}", #"{"train":{"round":1}}"#, "[]"])
    func unknownTask(text: String) {
        #expect(throws: CoreError(.malformedJSON, "")) {
            try CanonicalJSON.decode(RoundTask.self, from: Data(text.utf8))
        }
    }

    @Test("an error keeps code and sentence on its way, and loses its cause")
    func errorReply() throws {
        let error = FederationError(.roundClosed, "The round is closed.", cause: CoreError(.diskFull, "Full."))
        try check(
            ErrorReply(error), #"{"code":"federation.round-closed","message":"The round is closed."}"#)
        let received = ErrorReply(error).error
        #expect(received.code == .roundClosed)
        #expect(received.message == "The round is closed.")
        #expect(received.cause == nil)
    }

    @Test("a round's result")
    func roundResult() throws {
        let hash = try ContentHash(hex: Self.zero)
        let clinics = try FederationFixture.clinics("lakeside", "summit")
        let result = RoundResult(
            job: try JobID("cardiology-1"), jobHash: hash, round: 1, previousAdapter: hash, adapter: hash,
            participants: [
                .init(clinic: clinics[0], updateRoot: hash, ledgerSequence: 4, ledgerHash: hash)
            ], missing: [clinics[1]], closedAt: FederationFixture.created)
        try check(
            result,
            """
            {"adapter":"\(Self.zero)","closedAt":"2026-09-21T14:13:20Z","job":"cardiology-1","jobHash":"\(Self.zero)",\
            "missing":["summit"],"participants":[{"clinic":"lakeside","ledgerHash":"\(Self.zero)","ledgerSequence":4,\
            "updateRoot":"\(Self.zero)"}],"previousAdapter":"\(Self.zero)","round":1}
            """)
    }

    @Test("a clinic's decision, its figures and the state of an upload")
    func smallMessages() throws {
        let hash = try ContentHash(hex: Self.zero)
        let clinic = try ClinicID("lakeside")
        let job = try JobID("cardiology-1")
        try check(
            Consent(job: job, jobHash: hash, clinic: clinic, decision: .denied),
            #"{"clinic":"lakeside","decision":"denied","job":"cardiology-1","jobHash":"\#(Self.zero)"}"#)
        try check(
            HeldOutMetrics(
                job: job, clinic: clinic, round: 6, adapter: hash, patients: 20, baseBitsPerByte: 1.5,
                federatedBitsPerByte: 1.25),
            """
            {"adapter":"\(Self.zero)","baseBitsPerByte":1.5,"clinic":"lakeside","federatedBitsPerByte":1.25,\
            "job":"cardiology-1","patients":20,"round":6}
            """)
        try check(
            UploadStatus(receivedChunks: [0, 2], complete: false), #"{"complete":false,"receivedChunks":[0,2]}"#)
        #expect(HeldOutMetrics.minimumPatients == 10)
    }

    @Test("an overview with a job of each state")
    func overview() throws {
        let hash = try ContentHash(hex: Self.zero)
        let clinic = try ClinicID("lakeside")
        let job = Overview.Job(
            id: try JobID("cardiology-1"), title: "Cardiology", state: .running, round: 2, rounds: 6,
            approved: [clinic], denied: [], delivered: [clinic], adapter: hash, metrics: [],
            bytesReceived: ["lakeside": 20], note: "")
        let overview = Overview(
            consortium: "Test", rosterVersion: 3,
            members: [.init(clinic: clinic, name: "Lakeside", lastSeen: FederationFixture.created)],
            pendingEnrolments: ["tok"], jobs: [job])
        try check(
            overview,
            """
            {"consortium":"Test","jobs":[{"adapter":"\(Self.zero)","approved":["lakeside"],"bytesReceived":{"lakeside":20},\
            "delivered":["lakeside"],"denied":[],"id":"cardiology-1","metrics":[],"note":"","round":2,"rounds":6,\
            "state":"running","title":"Cardiology"}],"members":[{"clinic":"lakeside","lastSeen":"2026-09-21T14:13:20Z",\
            "name":"Lakeside"}],"pendingEnrolments":["tok"],"rosterVersion":3}
            """)
    }

    @Test("every path of the interface")
    func endpoints() throws {
        let job = try JobID("cardiology-1")
        let hash = try ContentHash(hex: Self.zero)
        #expect(
            [
                Endpoint.health, Endpoint.enrolment(token: "abc"), Endpoint.roster, Endpoint.job(job),
                Endpoint.consent(job), Endpoint.task(job), Endpoint.round(job, 2), Endpoint.update(job, 2),
                Endpoint.chunk(job, 2, 0), Endpoint.complete(job, 2), Endpoint.skip(job, 2), Endpoint.result(job, 2),
                Endpoint.metrics(job),
                Endpoint.adapter(hash), Endpoint.adminTokens, Endpoint.adminEnrolments,
                Endpoint.adminGrant(token: "abc"), Endpoint.adminRoster, Endpoint.adminJobs,
                Endpoint.adminAdapter(hash), Endpoint.adminOverview,
            ] == [
                "/healthz", "/v1/enrolments/abc", "/v1/roster", "/v1/jobs/cardiology-1",
                "/v1/jobs/cardiology-1/consent", "/v1/jobs/cardiology-1/task", "/v1/jobs/cardiology-1/rounds/2",
                "/v1/jobs/cardiology-1/rounds/2/update", "/v1/jobs/cardiology-1/rounds/2/update/chunks/0",
                "/v1/jobs/cardiology-1/rounds/2/update/complete",
                "/v1/jobs/cardiology-1/rounds/2/update/skip", "/v1/jobs/cardiology-1/rounds/2/result",
                "/v1/jobs/cardiology-1/metrics", "/v1/adapters/\(Self.zero)", "/v1/admin/tokens",
                "/v1/admin/enrolments", "/v1/admin/enrolments/abc/grant", "/v1/admin/roster", "/v1/admin/jobs",
                "/v1/admin/adapters/\(Self.zero)", "/v1/admin/overview",
            ])
    }

    @Test(
        "each fault between peers is of a kind with a meaning for scripts",
        arguments: [
            (FederationError.Code.unavailable, ErrorCategory.unavailable), (.overloaded, .tryAgain),
            (.enrolmentPending, .tryAgain), (.roundClosed, .tryAgain), (.notOnRoster, .refused),
            (.consentMissing, .refused), (.jobExpired, .refused), (.wrongRole, .refused),
            (.enrolmentRefused, .refused), (.conflict, .refused), (.jobUnknown, .refused), (.invalidJob, .badData),
            (.malformedMessage, .badData), (.adapterMismatch, .badData), (.updateMalformed, .badData),
            (.updateTooLarge, .badData), (.chunkCorrupt, .badData), (.notFound, .badData), (.notBuiltYet, .usage),
            (.coordinatorFault, .internalFault),
        ])
    func categories(code: FederationError.Code, category: ErrorCategory) {
        #expect(FederationError(code, "").category == category)
    }
}
