import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator

@Suite("The store remembers everything that it confirmed")
struct SQLiteStoreTests {
    /// A store with one proposed job of the consortium's clinics.
    static func store(_ test: TestCoordinator, _ file: URL) async throws -> (SQLiteStore, JobManifest) {
        let store = try SQLiteStore(file: file)
        let (adapterFile, adapter) = try test.initialAdapter()
        let manifest = try test.manifest(adapter: adapter, file: adapterFile)
        let document = try test.consortium.admin.sign(manifest, kind: .job)
        let rules = JobStateMachine.Rules(
            clinics: manifest.clinics, minimumClinics: 2, rounds: 2, roundSeconds: 60,
            initialAdapter: manifest.initialAdapter.hash, expiresAt: manifest.expiresAt, consentDeadline: nil)
        try await store.add(
            StoredJob(
                document: document, manifest: manifest, hash: document.payloadHash,
                machine: JobStateMachine(rules: rules)))
        return (store, manifest)
    }

    @Test("each commit is flushed to the disk")
    func synchronousFull() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(file: folder.path("a.sqlite"))
        #expect(try store.synchronousLevel() == 2)
    }

    @Test("all of it is there when the file is opened again")
    func survivesReopen() async throws {
        let test = try await TestCoordinator()
        let file = test.consortium.folder.path("a.sqlite")
        let (store, manifest) = try await Self.store(test, file)
        let clinic = test.consortium.clinics[0]
        let id = try test.clinicID(clinic)
        let consent = try clinic.sign(
            Consent(job: manifest.id, jobHash: try manifest.hash(), clinic: id, decision: .approved), kind: .consent)
        let now = Date(timeIntervalSince1970: 1_800_000_000.25)
        try await store.changeJob(manifest.id) { job in
            _ = job.machine.handle(.answered(id, .approved, at: now))
            return ((), [.consent(id, consent)])
        }
        let update = try test.update(
            of: clinic, vector: Data(count: 64), job: manifest, round: 1, adapter: manifest.initialAdapter.hash)
        let key = UpdateKey(job: manifest.id, round: 1, clinic: id)
        _ = try await store.announce(update.document, update.manifest, key: key)
        try await store.markReceived(chunk: 0, of: key)
        try await store.save(test.consortium.roster, version: 1)
        try await store.saw(id, at: now)
        let before = try await store.job(manifest.id)
        try store.close()

        let again = try SQLiteStore(file: file)
        #expect(try await again.job(manifest.id) == before)
        #expect(try await again.job(manifest.id)?.machine.approved == [id])
        #expect(try await again.update(key)?.status == UploadStatus(receivedChunks: [0], complete: false))
        #expect(try await again.roster() == test.consortium.roster)
        #expect(try await again.lastSeen() == [id: now])
        #expect(try await again.activeJobs() == [manifest.id])
    }

    @Test("a change that fails leaves neither the state nor what belongs to it")
    func rollsBack() async throws {
        let test = try await TestCoordinator()
        let (store, manifest) = try await Self.store(test, test.consortium.folder.path("a.sqlite"))
        let id = test.clinicIDs[0]
        let before = try await store.job(manifest.id)
        await #expect(throws: FederationError(.roundClosed, "")) {
            try await store.changeJob(manifest.id) { job -> (Void, [JobWrite]) in
                _ = job.machine.handle(.answered(id, .approved, at: Date()))
                throw FederationError(.roundClosed, "no")
            }
        }
        #expect(try await store.job(manifest.id) == before)
    }

    @Test("another job under a known id is refused, the same job is not")
    func jobConflict() async throws {
        let test = try await TestCoordinator()
        let (store, manifest) = try await Self.store(test, test.consortium.folder.path("a.sqlite"))
        let job = try #require(try await store.job(manifest.id))
        try await store.add(job)
        var other = job
        other.hash = ContentHash(of: Data("other".utf8))
        try await expectRefusal(.conflict) { try await store.add(other) }
    }

    @Test("a roster never goes back", arguments: [1, 2])
    func rosterVersion(version: Int) async throws {
        let test = try await TestCoordinator(clinics: 1)
        let store = try SQLiteStore(file: test.consortium.folder.path("a.sqlite"))
        try await store.save(test.consortium.roster, version: 2)
        await #expect(throws: FederationError(.conflict, "")) {
            try await store.save(test.consortium.roster, version: version)
        }
    }

    @Test("the first announcement of a round stays")
    func firstAnnouncementStays() async throws {
        let test = try await TestCoordinator()
        let (store, manifest) = try await Self.store(test, test.consortium.folder.path("a.sqlite"))
        let clinic = test.consortium.clinics[0]
        let key = UpdateKey(job: manifest.id, round: 1, clinic: try test.clinicID(clinic))
        let (first, second) = try (
            test.update(
                of: clinic, vector: Data(count: 64), job: manifest, round: 1, adapter: manifest.initialAdapter.hash),
            test.update(
                of: clinic, vector: Data(count: 60), job: manifest, round: 1, adapter: manifest.initialAdapter.hash)
        )
        _ = try await store.announce(first.document, first.manifest, key: key)
        #expect(try await store.announce(second.document, second.manifest, key: key).manifest == first.manifest)
        try await store.removeUpdate(key)
        #expect(try await store.announce(second.document, second.manifest, key: key).manifest == second.manifest)
    }

    @Test("a damaged file is reported with what to do")
    func damagedFile() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a.sqlite", Data((0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 31) }))
        #expect(throws: CoordinatorError(.storeFailed, "")) { _ = try SQLiteStore(file: file) }
    }
}
