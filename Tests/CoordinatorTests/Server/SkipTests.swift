import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator
@testable import Transport

@Suite("A clinic that sits a round out is not waited for", .serialized)
struct SkipTests {
    static func skip(
        _ index: Int, round: Int, of manifest: JobManifest, _ reason: UpdateSkip.Reason, _ test: TestCoordinator,
        on server: RunningCoordinator, _ change: (inout UpdateSkip) -> Void = { _ in }
    ) async throws {
        let clinic = test.consortium.clinics[index]
        var skip = UpdateSkip(
            job: manifest.id, jobHash: try manifest.hash(), round: round, clinic: test.clinicIDs[index], reason: reason)
        change(&skip)
        try await server.with(clinic) {
            try await $0.skip(clinic.sign(skip, kind: .update), of: manifest.id, round: round)
        }
    }

    @Test(
        "the others' updates are averaged at once and the clinic is named as missing; in the next round it is asked again"
    )
    func closesAtOnce() async throws {
        try await withCoordinator { test, server in
            let (manifest, _) = try await test.runningJob(on: server)
            try await Self.skip(2, round: 1, of: manifest, .budget, test, on: server)
            try await server.with(test.consortium.clinics[2]) { client in
                let task = try await client.task(of: manifest.id, waitSeconds: 0)
                #expect(task == .wait(reason: "This clinic sits round 1 out."))
            }
            // The answer may have been lost.
            try await Self.skip(2, round: 1, of: manifest, .budget, test, on: server)
            for index in 0..<2 { try await test.deliver(index, round: 1, of: manifest, on: server) }
            try await server.with(test.consortium.clinics[2]) { client in
                guard case .train(2, _, _) = try await client.task(of: manifest.id, waitSeconds: 20) else {
                    Issue.record("Round 2 did not open for the clinic that sat out round 1.")
                    return
                }
                let result = try await client.result(of: manifest.id, round: 1)
                let payload = try CanonicalJSON.decode(RoundResult.self, from: result.payload)
                #expect(payload.participants.map(\.clinic) == Array(test.clinicIDs.prefix(2)))
                #expect(payload.missing == [test.clinicIDs[2]])
            }
            try await expectRefusal(.roundClosed) {
                try await Self.skip(2, round: 1, of: manifest, .budget, test, on: server)
            }
        }
    }

    @Test("only the clinic itself can tell, about this round of this version of the job")
    func refusals() async throws {
        try await withCoordinator { test, server in
            let (manifest, _) = try await test.runningJob(on: server)
            let cases: [(FederationError.Code, (inout UpdateSkip) -> Void)] = [
                (.updateMalformed, { $0.clinic = test.clinicIDs[1] }), (.updateMalformed, { $0.round = 2 }),
                (.consentMissing, { $0.jobHash = ContentHash(of: Data("x".utf8)) }),
            ]
            for (code, change) in cases {
                try await expectRefusal(code) {
                    try await Self.skip(0, round: 1, of: manifest, .fault, test, on: server, change)
                }
            }
            let stranger = test.consortium.clinics[1]
            let forged = try stranger.sign(
                UpdateSkip(
                    job: manifest.id, jobHash: manifest.hash(), round: 1, clinic: test.clinicIDs[0], reason: .budget),
                kind: .update)
            try await expectRefusal(.updateMalformed) {
                try await server.with(stranger) { try await $0.skip(forged, of: manifest.id, round: 1) }
            }
            try await test.deliver(0, round: 1, of: manifest, on: server)
            try await expectRefusal(.conflict) {
                try await Self.skip(0, round: 1, of: manifest, .budget, test, on: server)
            }
        }
    }

    @Test("when too few clinics are left the job stops and says who is missing and why")
    func stops() async throws {
        try await withCoordinator(clinics: 2) { test, server in
            let (manifest, _) = try await test.runningJob(on: server)
            try await Self.skip(1, round: 1, of: manifest, .budget, test, on: server)
            try await server.with(test.consortium.clinics[0]) { client in
                guard case .stopped(let reason) = try await client.task(of: manifest.id, waitSeconds: 5) else {
                    Issue.record("The round waits for clinics that can't be enough.")
                    return
                }
                #expect(reason.contains("clinic-2 sits it out (budget)"))
            }
        }
    }
}
