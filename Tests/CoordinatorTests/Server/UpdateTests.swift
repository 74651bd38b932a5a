import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Updates are taken whole and right, or not at all", .serialized)
struct UpdateTests {
    /// A running job and its first clinic's client.
    static func withJob(
        _ body: (TestCoordinator, JobManifest, PeerCredentials, CoordinatorClient) async throws -> Void
    ) async throws {
        try await withCoordinator { test, server in
            let (manifest, _) = try await test.runningJob(on: server)
            let clinic = test.consortium.clinics[0]
            try await server.with(clinic) { try await body(test, manifest, clinic, $0) }
        }
    }

    static func vector(_ manifest: JobManifest) throws -> Data {
        let count = manifest.initialAdapter.parameters
        return try TestCoordinator.encoding(count: count).encode(
            delta: TestCoordinator.delta(clinic: 0, round: 1, count: count))
    }

    @Test("an update of another shape, job, round or start is refused")
    func wrongManifest() async throws {
        try await Self.withJob { test, job, clinic, client in
            let vector = try Self.vector(job)
            let right = try test.update(
                of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash
            ).manifest
            var shorter = try test.update(
                of: clinic, vector: vector.dropLast(4), job: job, round: 1, adapter: job.initialAdapter.hash
            ).manifest
            var cases: [(UpdateManifest, FederationError.Code)] = [(shorter, .updateMalformed)]
            shorter = right
            shorter.layoutHash = ContentHash(of: Data("x".utf8))
            cases.append((shorter, .updateMalformed))
            shorter = right
            shorter.jobHash = ContentHash(of: Data("x".utf8))
            cases.append((shorter, .updateMalformed))
            shorter = right
            shorter.adapter = ContentHash(of: Data("x".utf8))
            cases.append((shorter, .adapterMismatch))
            shorter = right
            shorter.chunks.append(right.root)
            cases.append((shorter, .updateMalformed))
            shorter = right
            shorter.clinic = test.clinicIDs[1]
            cases.append((shorter, .updateMalformed))
            for (manifest, expected) in cases {
                let code = try await refusal {
                    _ = try await client.send(.put, Endpoint.update(job.id, 1), clinic.sign(manifest, kind: .update))
                }
                #expect(code == expected)
            }
            let later = try test.update(
                of: clinic, vector: vector, job: job, round: 2, adapter: job.initialAdapter.hash)
            try await expectRefusal(.roundClosed) {
                try await client.upload(vector: vector, manifest: later.document, announcing: later.manifest)
            }
        }
    }

    @Test("a manifest that another clinic signed is refused")
    func foreignSignature() async throws {
        try await Self.withJob { test, job, _, client in
            let update = try test.update(
                of: test.consortium.clinics[1], vector: Self.vector(job), job: job, round: 1,
                adapter: job.initialAdapter.hash)
            let code = try await refusal {
                _ = try await client.send(.put, Endpoint.update(job.id, 1), update.document)
            }
            #expect(code == .wrongRole)
        }
    }

    @Test("a chunk with a wrong byte, one that is too long and one that is too short leave nothing behind")
    func corruptChunk() async throws {
        try await Self.withJob { test, job, clinic, client in
            let vector = try Self.vector(job)
            let update = try test.update(
                of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash)
            _ = try await client.send(.put, Endpoint.update(job.id, 1), update.document)
            var wrong = vector
            wrong[0] ^= 1
            for (bytes, expected): (Data, FederationError.Code) in [
                (wrong, .chunkCorrupt), (vector + Data([0]), .updateTooLarge), (vector.dropLast(1), .chunkCorrupt),
            ] {
                let code = try await refusal {
                    _ = try await client.exchange.send(
                        .put, Endpoint.chunk(job.id, 1, 0), body: .octets(bytes, hash: update.manifest.root))
                }
                #expect(code == expected)
            }
            #expect(
                try await client.uploadStatus(of: job.id, round: 1) == UploadStatus(receivedChunks: [], complete: false)
            )
            let folder = test.folder.update(UpdateKey(job: job.id, round: 1, clinic: try test.clinicID(clinic)))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            let beyond = try await refusal {
                _ = try await client.exchange.send(
                    .put, Endpoint.chunk(job.id, 1, 1), body: .octets(vector, hash: update.manifest.root))
            }
            #expect(beyond == .updateMalformed)
            try await expectRefusal(.conflict) {
                _ = try await client.exchange.send(.post, Endpoint.complete(job.id, 1))
            }
        }
    }

    @Test("an update that was not clipped is refused and forgotten; the right one is then taken")
    func hugeNorm() async throws {
        try await Self.withJob { test, job, clinic, client in
            let count = job.initialAdapter.parameters
            // Twice the norm that the job allows, in the job's units.
            let huge = (0..<count).map { _ in Int32(2 * Double(1 << 20) / Double(count).squareRoot()).littleEndian }
                .withUnsafeBytes { Data($0) }
            let update = try test.update(of: clinic, vector: huge, job: job, round: 1, adapter: job.initialAdapter.hash)
            try await expectRefusal(.updateMalformed) {
                try await client.upload(vector: huge, manifest: update.document, announcing: update.manifest)
            }
            let vector = try Self.vector(job)
            let right = try test.update(
                of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash)
            try await client.upload(vector: vector, manifest: right.document, announcing: right.manifest)
            #expect(try await client.uploadStatus(of: job.id, round: 1).complete)
        }
    }

    @Test("whole chunks whose order or total is not what the manifest's root says are refused")
    func wrongRoot() async throws {
        try await Self.withJob { test, job, clinic, client in
            let vector = try Self.vector(job)
            var manifest = try test.update(
                of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash
            ).manifest
            manifest.root = ContentHash(of: Data("another".utf8))
            let document = try clinic.sign(manifest, kind: .update)
            try await expectRefusal(.updateMalformed) {
                try await client.upload(vector: vector, manifest: document, announcing: manifest)
            }
        }
    }

    @Test("a second, different update of a round is refused; the same one again is harmless")
    func secondUpdate() async throws {
        try await Self.withJob { test, job, clinic, client in
            let vector = try Self.vector(job)
            let first = try test.update(
                of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash)
            try await client.upload(vector: vector, manifest: first.document, announcing: first.manifest)
            try await client.upload(vector: vector, manifest: first.document, announcing: first.manifest)
            let other = Data(count: vector.count)
            let second = try test.update(
                of: clinic, vector: other, job: job, round: 1, adapter: job.initialAdapter.hash)
            try await expectRefusal(.conflict) {
                try await client.upload(vector: other, manifest: second.document, announcing: second.manifest)
            }
            guard case .wait = try await client.task(of: job.id, waitSeconds: 0) else {
                Issue.record("A clinic that has delivered is asked again.")
                return
            }
        }
    }

    @Test("a clinic that has not approved delivers nothing")
    func withoutConsent() async throws {
        try await withCoordinator { test, server in
            let (file, adapter) = try test.initialAdapter()
            let job = try test.manifest(adapter: adapter, file: file)
            try await test.propose(job, file: file, on: server)
            for index in 0..<2 { try await test.answer(.approved, job, as: test.consortium.clinics[index], on: server) }
            let clinic = test.consortium.clinics[2]
            try await test.answer(.denied, job, as: clinic, on: server)
            let vector = try Self.vector(job)
            let update = try test.update(
                of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash)
            try await server.with(clinic) { client in
                try await expectRefusal(.consentMissing) {
                    try await client.upload(vector: vector, manifest: update.document, announcing: update.manifest)
                }
            }
        }
    }

    @Test("metrics over too few patients, or that are no numbers, are refused")
    func metrics() async throws {
        try await Self.withJob { test, job, clinic, client in
            func metrics(patients: Int, base: Double) throws -> HeldOutMetrics {
                HeldOutMetrics(
                    job: job.id, clinic: try test.clinicID(clinic), round: 1, adapter: job.initialAdapter.hash,
                    patients: patients, baseBitsPerByte: base, federatedBitsPerByte: 1)
            }
            try await expectRefusal(.malformedMessage) { try await client.send(metrics(patients: 9, base: 2)) }
            try await expectRefusal(.malformedMessage) { try await client.send(metrics(patients: 10, base: -1)) }
            try await client.send(metrics(patients: 10, base: 2))
        }
    }

    @Test(
        "figures of an evaluation are kept for each clinic and round and merged; those of too few items, or of nobody's task, are refused"
    )
    func evaluations() async throws {
        try await withCoordinator { test, server in
            let (job, _) = try await test.runningJob(on: server)
            func metrics(_ clinic: Int, round: Int = 1, items: Int = 12, common: Double, task: String = "quiz")
                -> EvaluationMetrics
            {
                EvaluationMetrics(
                    job: job.id, clinic: test.clinicIDs[clinic], round: round, adapter: job.initialAdapter.hash,
                    tasks: [
                        .init(
                            name: task, items: items, units: items,
                            figures: [.init(name: "acc", base: 0.25, common: common)])
                    ])
            }
            try await server.with(test.consortium.clinics[0]) { client in
                try await expectRefusal(.malformedMessage) { try await client.send(metrics(0, items: 9, common: 0.5)) }
                try await expectRefusal(.malformedMessage) { try await client.send(metrics(0, common: 2)) }
                try await expectRefusal(.malformedMessage) { try await client.send(metrics(0, common: 1, task: "x")) }
                try await expectRefusal(.malformedMessage) { try await client.send(metrics(1, common: 0.5)) }
                try await client.send(metrics(0, common: 0.9))
                // Sent again after a restart: the last one counts.
                try await client.send(metrics(0, common: 0.5))
            }
            try await server.with(test.consortium.clinics[1]) { client in
                try await client.send(metrics(1, items: 36, common: 0.7))
            }
            try await server.with(test.consortium.admin) { client in
                let shown = try #require(try await client.overview().jobs.first)
                #expect(shown.evaluations?.count == 2)
                let merged = try #require(shown.evaluation?.first)
                #expect(merged.clinics == 2 && merged.items == 36 && merged.round == 1)
                #expect(merged.figures == [.init(name: "acc", base: 0.25, common: 0.65)])
            }
        }
    }
}
