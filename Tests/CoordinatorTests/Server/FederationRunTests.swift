import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Whole jobs over the network", .serialized)
struct FederationRunTests {
    /// Half a unit of the ring's grid a round, and the rounding of single precision.
    static func tolerance(rounds: Int) -> Double { Double(rounds) * (TestCoordinator.clipNorm * 0x1p-21 + 1e-6) }

    static func finalAdapter(_ test: TestCoordinator, _ job: JobManifest, _ server: RunningCoordinator) async throws
        -> ContentHash
    {
        try await server.with(test.consortium.clinics[0]) { client in
            guard case .finished(let adapter, job.rounds) = try await client.task(of: job.id, waitSeconds: 20) else {
                throw FederationError(.roundClosed, "The job has not finished.")
            }
            return adapter
        }
    }

    @Test("two rounds of three clinics give what plain averaging gives, and signed results that chain")
    func equalsPlainAveraging() async throws {
        try await withCoordinator { test, server in
            let (job, initial) = try await test.runningJob(on: server)
            for round in 1...2 {
                for index in [0, 2, 1] { try await test.deliver(index, round: round, of: job, on: server) }
            }
            let hash = try await Self.finalAdapter(test, job, server)
            let file = test.consortium.folder.path("final.safetensors")
            try await server.with(test.consortium.clinics[1]) { client in
                try await client.downloadAdapter(hash, to: file)
                var previous = job.initialAdapter.hash
                for round in 1...2 {
                    let result = try await client.result(of: job.id, round: round).verify(
                        kind: .roundResult, authority: test.consortium.authority.certificate, at: Date()
                    ) { $0.isCoordinator }
                    #expect(result.previousAdapter == previous)
                    #expect(result.participants.map(\.clinic) == test.clinicIDs && result.missing.isEmpty)
                    #expect(result.participants.map(\.ledgerSequence) == [round, round, round])
                    previous = result.adapter
                }
                #expect(previous == hash)
            }
            let values = try AdapterFile(contentsOf: file).values
            let expected = TestCoordinator.plainAverage(of: initial, rounds: 2, clinics: [0, 1, 2])
            for (value, plain) in zip(values, expected) {
                #expect(abs(Double(value) - plain) <= Self.tolerance(rounds: 2))
            }
            #expect(values != initial.values)
            let left = try FileManager.default.contentsOfDirectory(
                atPath: test.folder.updates.appendingPathComponent("job-1").path)
            #expect(left.isEmpty, "single updates are deleted with their round")
            try await server.with(test.consortium.admin) { admin in
                let overview = try await admin.overview()
                let bytes = 2 * 4 * job.initialAdapter.parameters
                #expect(overview.jobs.first?.state == .finished && overview.jobs.first?.round == 2)
                #expect(
                    overview.jobs.first?.bytesReceived == ["clinic-1": bytes, "clinic-2": bytes, "clinic-3": bytes])
                #expect(overview.members.allSatisfy { $0.lastSeen != nil })
            }
            let status = try await CoordinatorStatus.overview(of: CoordinatorConfiguration(folder: test.folder.url))
            #expect(status.jobs.first?.adapter == hash)
        }
    }

    /// A job whose vector has two chunks, so that it can stop between them.
    static func largeJob(_ test: TestCoordinator, on server: RunningCoordinator) async throws -> JobManifest {
        let layout = AdapterLayout(entries: [.init(name: "big.lora_A.weight", shape: [2, 1_048_700])])
        let (file, adapter) = try test.initialAdapter(
            AdapterFile(layout: layout, values: [Float](repeating: 0.25, count: layout.count)))
        let manifest = try test.manifest(adapter: adapter, file: file, rounds: 2)
        try await test.propose(manifest, file: file, on: server)
        for clinic in test.consortium.clinics { try await test.answer(.approved, manifest, as: clinic, on: server) }
        return manifest
    }

    static func largeVector(_ job: JobManifest, clinic: Int, round: Int) -> Data {
        var words = [Int32](repeating: 0, count: job.initialAdapter.parameters)
        for index in stride(from: clinic, to: words.count, by: 97) {
            words[index] = Int32(clinic * 37 + round - 50).littleEndian
        }
        return words.withUnsafeBytes { Data($0) }
    }

    @Test("kills between chunks and between rounds change nothing: the adapter is the same, bit for bit")
    func killsChangeNothing() async throws {
        var adapters: [ContentHash] = []
        for withKills in [false, true] {
            let test = try await TestCoordinator()
            var server = try await test.start()
            let job = try await Self.largeJob(test, on: server)
            for round in 1...job.rounds {
                for (index, clinic) in test.consortium.clinics.enumerated() {
                    let vector = Self.largeVector(job, clinic: index, round: round)
                    let adapter = try await server.with(clinic) { client -> ContentHash in
                        guard case .train(round, let adapter, _) = try await client.task(of: job.id, waitSeconds: 20)
                        else {
                            throw FederationError(.roundClosed, "Round \(round) is not open.")
                        }
                        return adapter
                    }
                    let update = try test.update(of: clinic, vector: vector, job: job, round: round, adapter: adapter)
                    #expect(update.manifest.chunks.count == 2)
                    if withKills {
                        try await server.with(clinic) { client in
                            _ = try await client.send(.put, Endpoint.update(job.id, round), update.document)
                            _ = try await client.exchange.send(
                                .put, Endpoint.chunk(job.id, round, 1),
                                body: .octets(vector.suffix(from: 8 << 20), hash: update.manifest.chunks[1]))
                        }
                        await server.kill()
                        server = try await test.start()
                        let status = try await server.with(clinic) {
                            try await $0.uploadStatus(of: job.id, round: round)
                        }
                        #expect(status.receivedChunks == [1])
                    }
                    try await server.with(clinic) { client in
                        try await client.upload(vector: vector, manifest: update.document, announcing: update.manifest)
                    }
                    if withKills {
                        await server.kill()
                        server = try await test.start()
                    }
                }
            }
            adapters.append(try await Self.finalAdapter(test, job, server))
            await server.kill()
        }
        #expect(adapters.count == 2 && adapters.first == adapters.last)
    }

    @Test("a round that was closed but not averaged when the coordinator died is averaged after the restart")
    func killBeforeAveraging() async throws {
        let test = try await TestCoordinator()
        var server = try await test.start()
        let (job, _) = try await test.runningJob(on: server, rounds: 1)
        for index in 0..<2 { try await test.deliver(index, round: 1, of: job, on: server) }
        await server.kill()
        // The third delivery as the server stores it, without the engine that would average at once.
        let clinic = test.consortium.clinics[2]
        let count = job.initialAdapter.parameters
        let vector = try TestCoordinator.encoding(count: count).encode(
            delta: TestCoordinator.delta(clinic: 2, round: 1, count: count))
        let update = try test.update(of: clinic, vector: vector, job: job, round: 1, adapter: job.initialAdapter.hash)
        let key = UpdateKey(job: job.id, round: 1, clinic: try test.clinicID(clinic))
        let store = try SQLiteStore(file: test.folder.database)
        _ = try await store.announce(update.document, update.manifest, key: key)
        try DurableFile.createFolder(test.folder.update(key))
        try vector.write(to: test.folder.chunk(0, of: key))
        try await store.markReceived(chunk: 0, of: key)
        let action = try await store.changeJob(job.id) { job in
            (job.machine.handle(.delivered(key.clinic, at: Date())), [.completedUpdate(key)])
        }
        guard case .aggregate = action else {
            Issue.record("The round did not close.")
            return
        }
        try store.close()
        server = try await test.start()
        _ = try await Self.finalAdapter(test, job, server)
        await server.kill()
    }

    @Test("at the deadline the clinics that delivered are averaged, and the missing one goes on in the next round")
    func deadline() async throws {
        try await withCoordinator { test, server in
            let (job, _) = try await test.runningJob(on: server, rounds: 2, roundSeconds: 8)
            for index in 0..<2 { try await test.deliver(index, round: 1, of: job, on: server) }
            // It is waited for again once it has asked for work.
            for index in [0, 2, 1] { try await test.deliver(index, round: 2, of: job, on: server) }
            _ = try await Self.finalAdapter(test, job, server)
            try await server.with(test.consortium.admin) { admin in
                let first = try await admin.result(of: job.id, round: 1)
                let result = try CanonicalJSON.decode(RoundResult.self, from: first.payload)
                #expect(result.missing == [test.clinicIDs[2]] && result.participants.count == 2)
            }
        }
    }

    @Test("a job without enough updates stops with the reason after one extension")
    func stops() async throws {
        try await withCoordinator { test, server in
            let (job, _) = try await test.runningJob(on: server, rounds: 1, roundSeconds: 1)
            try await test.deliver(0, round: 1, of: job, on: server)
            try await server.with(test.consortium.clinics[0]) { client in
                guard case .stopped(let reason) = try await client.task(of: job.id, waitSeconds: 20) else {
                    Issue.record("The job waits for ever.")
                    return
                }
                #expect(reason.contains("1 of at least 2"))
                let updates = test.folder.updates.appendingPathComponent(job.id.rawValue)
                // An update that was not averaged is deleted, a moment after the state is stored.
                for _ in 0..<100 where FileManager.default.fileExists(atPath: updates.path) {
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(!FileManager.default.fileExists(atPath: updates.path))
            }
        }
    }

    @Test("a poll is answered as soon as there is work")
    func longPoll() async throws {
        try await withCoordinator { test, server in
            let (file, adapter) = try test.initialAdapter()
            let job = try test.manifest(adapter: adapter, file: file)
            try await test.propose(job, file: file, on: server)
            for index in 0..<2 { try await test.answer(.approved, job, as: test.consortium.clinics[index], on: server) }
            let start = ContinuousClock.now
            async let polled = server.with(test.consortium.clinics[0]) {
                try await $0.task(of: job.id, waitSeconds: 50)
            }
            try await Task.sleep(for: .milliseconds(300))
            try await test.answer(.approved, job, as: test.consortium.clinics[2], on: server)
            guard case .train(1, _, _) = try await polled else {
                Issue.record("The poll brought no work.")
                return
            }
            #expect(ContinuousClock.now - start < .seconds(40))
        }
    }

    @Test("what an admin proposes is checked")
    func proposals() async throws {
        try await withCoordinator { test, server in
            let (file, adapter) = try test.initialAdapter()
            let right = try test.manifest(adapter: adapter, file: file)
            try await server.with(test.consortium.admin) { admin in
                func propose(_ manifest: JobManifest, _ expected: FederationError.Code?) async throws {
                    let code = try await refusal {
                        try await admin.propose(test.consortium.admin.sign(manifest, kind: .job))
                    }
                    #expect(code == expected)
                }
                // The adapter is not uploaded yet.
                try await propose(right, .adapterMismatch)
                try await admin.uploadAdapter(file)
                try await admin.uploadAdapter(file)
                var wrong = right
                wrong.initialAdapter.parameters += 1
                try await propose(wrong, .adapterMismatch)
                wrong = right
                wrong.clinics.append(try ClinicID("stranger"))
                try await propose(wrong, .notOnRoster)
                wrong = right
                wrong.rounds = 0
                try await propose(wrong, .invalidJob)
                wrong = right
                wrong.aggregation.secureAggregation = .on
                wrong.clinics.removeLast()
                try await propose(wrong, .invalidJob)
                wrong = right
                wrong.createdAt = Date(timeIntervalSince1970: 0)
                wrong.expiresAt = Date(timeIntervalSince1970: 1000)
                try await propose(wrong, .jobExpired)
                try await propose(right, nil)
                try await propose(right, nil)
                wrong = right
                wrong.title = "Another"
                try await propose(wrong, .conflict)
                let text = try test.consortium.folder.write("no.safetensors", "this is no adapter")
                try await expectRefusal(.adapterMismatch) { try await admin.uploadAdapter(text) }
                #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder.adapters.path).count == 1)
            }
        }
    }
}
