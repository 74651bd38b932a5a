import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Node

@Suite("The egress gate")
struct EgressGateTests {
    let node: NodeFixture
    let gate: EgressGate
    let destination = "https://localhost:8443"

    private let admin: PeerCredentials
    private let store: NodeStore

    init() async throws {
        node = try NodeFixture()
        let services = try node.services()
        gate = services.gate
        store = services.store
        admin = try await ThrowawayConsortium(clinics: 1).admin
    }

    /// A job that the clinic's officer has approved.
    private func approved(_ change: (inout JobManifest) throws -> Void = { _ in }) throws -> JobManifest {
        let job = try NodeFixture.job(change)
        try store.remember(admin.sign(job, kind: .job), id: job.id)
        try store.decide(job.id, .approved, by: "Dr. Weber", at: Date())
        return job
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: node.home.egressFolder.path).sorted()
    }

    @Test("what is to leave is on disk, byte for byte, before it is handed out")
    func recordedFirst() throws {
        let job = try approved()
        let data = try gate.release(["decision": "approved"], kind: .consent, job: job, to: destination)
        #expect(data == Data(#"{"decision":"approved"}"#.utf8))
        let entry = try #require(gate.entries().first)
        #expect(entry.sequence == 1)
        #expect(entry.kind == .consent)
        #expect(entry.job == "cardiology-1")
        #expect(entry.destination == destination)
        #expect(entry.bytes == data.count)
        #expect(entry.hash == ContentHash(of: data))
        #expect(try DurableFile.read(node.home.folder.appendingPathComponent(entry.file)) == data)
        #expect(try gate.content(of: entry) == data)
    }

    @Test("what can't be recorded does not leave")
    func unrecordable() throws {
        try FileManager.default.removeItem(at: node.home.egressFolder)
        #expect(throws: CoreError(.fileUnwritable, "")) {
            try gate.release(["a": 1], kind: .consent, job: nil, to: destination)
        }
        #expect(try gate.entries().isEmpty)
    }

    @Test("the same bytes sent again are no second egress; other bytes, kinds and jobs are")
    func once() throws {
        let job = try approved()
        let other = try approved { $0.id = try JobID("other-job") }
        let vector = Data([1, 2, 3, 4])
        for _ in 0..<3 { try gate.release(vector, kind: .update, job: job, to: destination) }
        #expect(try gate.entries().count == 1)
        #expect(try files().count == 1)
        try gate.release(Data([1, 2, 3, 5]), kind: .update, job: job, to: destination)
        try gate.release(vector, kind: .heldOutMetrics, job: job, to: destination)
        try gate.release(vector, kind: .update, job: other, to: destination)
        #expect(try gate.entries().map(\.sequence) == [1, 2, 3, 4])
        #expect(try files().count == 4)
        #expect(try gate.entries().allSatisfy { try gate.content(of: $0).count == 4 })
    }

    @Test("the record of an update is named as bytes, that of a message as JSON")
    func names() throws {
        try gate.release(Data([1]), kind: .update, job: approved(), to: destination)
        _ = try gate.release(["a": 1], kind: .enrolment, job: nil, to: destination)
        let names = try files()
        #expect(names.count == 2)
        #expect(names.contains { $0.hasPrefix("update-cardiology-1-") && $0.hasSuffix(".bin") })
        #expect(names.contains { $0.hasPrefix("enrolment-node-") && $0.hasSuffix(".json") })
    }

    @Test(
        "what the approved job does not list is refused, and nothing is recorded as sent",
        arguments: [EgressGate.Kind.update, .updateManifest, .heldOutMetrics, .evaluationMetrics])
    func notListed(kind: EgressGate.Kind) throws {
        let silent = try approved { $0.egress = [] }
        for job in [silent, nil] {
            let error = try #require(throws: NodeError.self) {
                try gate.release(Data([1]), kind: kind, job: job, to: destination)
            }
            #expect(error.code == .egressRefused)
            #expect(error.category.exitCode == 77)
            #expect(error.message.contains(kind.rawValue))
        }
        #expect(try gate.entries().isEmpty)
        #expect(try files().isEmpty)
    }

    @Test("a job that lists only updates does not let figures out")
    func updatesOnly() throws {
        let job = try approved { $0.egress = [.update] }
        try gate.release(Data([1]), kind: .updateManifest, job: job, to: destination)
        try gate.release(Data([2]), kind: .update, job: job, to: destination)
        #expect(throws: NodeError.code(.egressRefused)) {
            try gate.release(Data([3]), kind: .heldOutMetrics, job: job, to: destination)
        }
        #expect(try gate.entries().map(\.kind) == [.updateManifest, .update])
    }

    @Test("nothing leaves for a job that was denied meanwhile, is unknown here, or has expired")
    func withdrawn() throws {
        let job = try approved()
        try gate.release(Data([1]), kind: .update, job: job, to: destination)
        try store.decide(job.id, .denied, by: "Dr. Weber", at: Date())
        #expect(throws: NodeError.code(.jobNotApproved)) {
            try gate.release(Data([2]), kind: .update, job: job, to: destination)
        }
        let unknown = try NodeFixture.job { $0.id = try JobID("other-job") }
        #expect(throws: NodeError.code(.jobUnknown)) {
            try gate.release(Data([2]), kind: .update, job: unknown, to: destination)
        }
        let expired = try approved {
            $0.id = try JobID("old-job")
            $0.expiresAt = Date(timeIntervalSinceNow: -10)
        }
        #expect(throws: FederationError(.jobExpired, "")) {
            try gate.release(Data([2]), kind: .update, job: expired, to: destination)
        }
        #expect(try gate.entries().count == 1)
        #expect(try files().count == 1)
    }

    @Test("a record that was altered afterwards is noticed")
    func altered() throws {
        try gate.release(Data([1, 2, 3, 4]), kind: .update, job: approved(), to: destination)
        let entry = try gate.entry(1)
        let file = node.home.folder.appendingPathComponent(entry.file)
        try DurableFile.write(Data([1, 2, 3, 5]), to: file)
        #expect(throws: NodeError.code(.stateUnreadable)) { try gate.content(of: entry) }
        try FileManager.default.removeItem(at: file)
        #expect(throws: CoreError(.fileUnreadable, "")) { try gate.content(of: entry) }
    }

    @Test("an entry that does not exist is refused with where to look")
    func missing() throws {
        let error = try #require(throws: NodeError.self) { try gate.entry(7) }
        #expect(error.code == .badInput)
        #expect(error.message.contains("egress list"))
    }

    @Test("entries survive a restart, with the time of a clock of one's own")
    func reopened() throws {
        let date = Date(timeIntervalSince1970: 1_790_000_000)
        let clocked = EgressGate(home: node.home, store: try NodeStore(file: node.home.stateFile), now: { date })
        try clocked.release(Data([9]), kind: .update, job: approved(), to: destination)
        let entries = try node.services().gate.entries()
        #expect(entries.count == 1)
        #expect(entries.first?.time == "2026-09-21T14:13:20Z")
    }
}
