import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Whether a clinic can be heard of")
struct PresenceTests {
    /// Waits for the overview to say so, and how long that took.
    private func lost(_ expected: Bool, _ test: TestCoordinator, _ server: RunningCoordinator) async throws -> Duration?
    {
        let start = ContinuousClock.now
        return try await server.with(test.consortium.admin) { admin in
            while start.duration(to: .now) < .seconds(30) {
                let member = try await admin.overview().members.first { $0.clinic == test.clinicIDs[0] }
                if (member?.lostSince != nil) == expected { return start.duration(to: .now) }
                try await Task.sleep(for: .milliseconds(20))
            }
            return nil
        }
    }

    @Test("a clinic whose connection breaks is seen, named in the log, and welcome back")
    func connectionLost() async throws {
        let test = try await TestCoordinator()
        let log = LogRecorder()
        let server = try await test.start(logger: log.logger)
        let client = try server.client(TLSSettings(test.consortium.clinics[0]))
        _ = try await client.jobs()
        #expect(try await lost(false, test, server) != nil)
        try await client.shutdown()
        let seen = try #require(try await lost(true, test, server))
        // Two seconds on a machine that has nothing else to do.
        #expect(seen < .seconds(10), "\(seen)")
        #expect(log.entries.contains { $0.message == "clinic lost" && $0.metadata["clinic"] == "clinic-1" })
        try await server.with(test.consortium.clinics[0]) { client in
            _ = try await client.jobs()
            #expect(try await lost(false, test, server) != nil)
        }
        await server.kill()
    }

    @Test("a clinic of which nothing comes through an open connection is missed after three heartbeats")
    func silence() async throws {
        let test = try await TestCoordinator()
        let clock = MovableClock()
        let server = try await test.start(now: clock.now)
        let client = try server.client(TLSSettings(test.consortium.clinics[0]))
        _ = try await client.jobs()
        clock.advance(by: 61)
        #expect(try await lost(true, test, server) != nil)
        _ = try await client.jobs()
        #expect(try await lost(false, test, server) != nil)
        try await client.shutdown()
        await server.kill()
    }
}
