import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Synchronization
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Adapters are fetched and resumed", .serialized)
struct DownloadTests {
    /// A coordinator with one adapter of 1.6 MB and a job that gives the clinics a right to it.
    static func withAdapter(
        _ body: (TestCoordinator, CoordinatorClient, ContentHash, Data) async throws -> Void
    ) async throws {
        try await withCoordinator { test, server in
            let layout = AdapterLayout(entries: [.init(name: "a", shape: [400_000])])
            let (file, adapter) = try test.initialAdapter(
                AdapterFile(layout: layout, values: (0..<400_000).map { Float($0 % 1000) }))
            let job = try test.manifest(adapter: adapter, file: file)
            try await test.propose(job, file: file, on: server)
            let bytes = try Data(contentsOf: file)
            try await server.with(test.consortium.clinics[0]) {
                try await body(test, $0, job.initialAdapter.hash, bytes)
            }
        }
    }

    @Test("what lies in the part file is not fetched again")
    func resumes() async throws {
        try await Self.withAdapter { test, client, hash, bytes in
            let target = test.consortium.folder.path("fetched.safetensors")
            try bytes.prefix(1_000_000).write(to: target.appendingPathExtension("part"))
            let first = Mutex<Double?>(nil)
            try await client.downloadAdapter(hash, to: target) { update in
                first.withLock { $0 = $0 ?? update.completed }
            }
            #expect(try Data(contentsOf: target) == bytes)
            #expect(first.withLock { $0 ?? 0 } > 1_000_000)
            #expect(!FileManager.default.fileExists(atPath: target.appendingPathExtension("part").path))
        }
    }

    @Test(
        "a part file that is damaged, or longer than the adapter, does not spoil the result",
        arguments: [1000, 3_000_000])
    func damagedPart(length: Int) async throws {
        try await Self.withAdapter { test, client, hash, bytes in
            let target = test.consortium.folder.path("fetched.safetensors")
            try Data(repeating: 7, count: length).write(to: target.appendingPathExtension("part"))
            try await client.downloadAdapter(hash, to: target)
            #expect(try Data(contentsOf: target) == bytes)
        }
    }

    @Test("a whole part file needs no byte, and a finished file no request")
    func nothingLeft() async throws {
        try await Self.withAdapter { test, client, hash, bytes in
            let target = test.consortium.folder.path("fetched.safetensors")
            try bytes.write(to: target.appendingPathExtension("part"))
            try await client.downloadAdapter(hash, to: target)
            #expect(try Data(contentsOf: target) == bytes)
            try FileManager.default.removeItem(at: test.folder.adapter(hash))
            try await client.downloadAdapter(hash, to: target)
        }
    }

    @Test("an adapter of just the allowed length is taken, a longer one not begun", arguments: [0, 1])
    func limit(excess: Int) async throws {
        try await Self.withAdapter { test, client, hash, bytes in
            let target = test.consortium.folder.path("fetched.safetensors")
            let fetched = Mutex(0.0)
            let code = try await refusal {
                try await client.downloadAdapter(hash, to: target, maximumBytes: bytes.count - excess) { update in
                    fetched.withLock { $0 = max($0, update.completed) }
                }
            }
            #expect(code == (excess == 0 ? nil : .adapterMismatch))
            #expect(fetched.withLock { $0 } == (excess == 0 ? Double(bytes.count) : 0))
            #expect(FileManager.default.fileExists(atPath: target.path) == (excess == 0))
            #expect(!FileManager.default.fileExists(atPath: target.appendingPathExtension("part").path))
        }
    }

    @Test("an answer that does not end is cut off at the limit and thrown away", .timeLimit(.minutes(60)))
    func endless() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        let server = try await EndlessServer(TLSSettings(consortium.coordinator))
        let client = try CoordinatorClient(
            address: CoordinatorAddress("https://localhost:\(server.port)"), tls: TLSSettings(consortium.clinics[0]))
        let target = consortium.folder.path("fetched.safetensors")
        let fetched = Mutex(0.0)
        try await expectRefusal(.adapterMismatch) {
            try await client.downloadAdapter(ContentHash(of: Data()), to: target, maximumBytes: 1_000_000) { update in
                fetched.withLock { $0 = max($0, update.completed) }
            }
        }
        try await client.shutdown()
        await server.stop()
        #expect(fetched.withLock { (1...1_000_000).contains($0) })
        #expect(!FileManager.default.fileExists(atPath: target.path))
        #expect(!FileManager.default.fileExists(atPath: target.appendingPathExtension("part").path))
    }

    @Test("an adapter that is damaged on the coordinator's disk is not accepted")
    func damagedSource() async throws {
        try await Self.withAdapter { test, client, hash, bytes in
            try Data(bytes.reversed()).write(to: test.folder.adapter(hash))
            let target = test.consortium.folder.path("fetched.safetensors")
            try await expectRefusal(.adapterMismatch) { try await client.downloadAdapter(hash, to: target) }
            #expect(!FileManager.default.fileExists(atPath: target.path))
        }
    }

    @Test(
        "a range is understood as HTTP says",
        arguments: [
            ("bytes=0-", 0, nil), ("bytes=5-9", 5, 9), ("bytes=-5", nil, nil), ("bytes=9-5", nil, nil),
            ("bytes=1-2,4-5", nil, nil),
            ("lines=1-2", nil, nil),
        ] as [(String, Int?, Int?)])
    func ranges(header: String, start: Int?, end: Int?) {
        let range = FileResponse.parse(header)
        #expect(range?.start == start && range?.end == end)
    }
}
