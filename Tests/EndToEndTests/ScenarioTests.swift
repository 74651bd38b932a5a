import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// What no other system finishes (`../shared/research/federation-runtime.md`): in each round somebody's link is gone for a
    /// while and some process dies. Minutes long: `make reliability` asks for it with `CONSILIUM_RELIABILITY=1`.
    @Suite(
        "Eight clinics, twenty rounds, a lost link and a killed process in each",
        .enabled(
            if: ProcessInfo.processInfo.environment["CONSILIUM_RELIABILITY"] != nil, "CONSILIUM_RELIABILITY is not set"),
        .timeLimit(.minutes(60)))
    struct Scenario {
        static let clinics = (1...8).map {
            Clinic(
                id: "clinic-\($0)", specialty: Clinic.all[$0 % 4].specialty, format: Clinic.all[$0 % 4].format,
                epsilonCap: 10)
        }

        let job = JobText(
            id: "twenty", clinics: Scenario.clinics.map(\.id), rounds: 20, steps: 2, length: 24, minimumClinics: 3,
            deadlineSeconds: 600)

        @Test("it ends unattended with the adapter of the undisturbed run, with every clinic in every round")
        func twentyRounds() async throws {
            let original = try await found()
            let quiet = try await copy(of: original)
            try await quiet.agree(on: job)
            let quietStart = ContinuousClock.now
            try await quiet.finish(quiet.startNodes(Self.clinics.map(\.id)), within: .seconds(1800))
            let quietTime = quietStart.duration(to: .now)
            let expected = try quiet.commonAdapter(job)
            quiet.killAll()

            let consortium = try await copy(of: original)
            try await consortium.agree(on: job)
            let port = Int(consortium.coordinatorURL.split(separator: ":").last ?? "") ?? 0
            var proxies: [FaultyProxy] = []
            for clinic in Self.clinics {
                let proxy = try await FaultyProxy(to: port)
                try consortium.writeSite(clinic, url: "https://localhost:\(proxy.port)")
                proxies.append(proxy)
            }
            let keepers = Self.clinics.map { NodeKeeper($0.id, consortium) }
            let start = ContinuousClock.now
            var kills = [0, 0]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for keeper in keepers { group.addTask { try await keeper.run() } }
                for round in 1...job.rounds {
                    try await wait("round \(round) to begin", within: .seconds(600)) {
                        keepers.allSatisfy(\.isDone) || closedRounds(consortium) >= round - 1
                    }
                    var generator = ReproducibleGenerator(seed: UInt64(round), label: "scenario")
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...2000, using: &generator)))
                    let link = proxies[Int.random(in: 0..<8, using: &generator)]
                    link.set(round % 3 == 0 ? .silent : .cut)
                    if round % 2 == 0 {
                        consortium.killCoordinator()
                        kills[0] += 1
                        try await Task.sleep(for: .milliseconds(300))
                        try await consortium.startCoordinator()
                    } else {
                        keepers[Int.random(in: 0..<8, using: &generator)].kill()
                        kills[1] += 1
                    }
                    try await Task.sleep(for: .milliseconds(Int.random(in: 300...2500, using: &generator)))
                    link.set(.open)
                }
                try await group.waitForAll()
            }
            let time = start.duration(to: .now)
            #expect(try consortium.commonAdapter(job) == expected)
            let participation = try results(consortium).map(\.participants.count)
            #expect(participation == Array(repeating: 8, count: job.rounds))
            let starts = keepers.map(\.starts).reduce(0, +)
            #expect(kills == [10, 10])
            print(
                "scenario: \(job.rounds) rounds in \(time) (undisturbed \(quietTime)), \(kills[0]) kills of the coordinator, "
                    + "\(kills[1]) of nodes, \(job.rounds) lost links, \(starts) starts of 8 nodes, clinics in each round: "
                    + participation.map { "\($0)" }.joined(separator: " "))
        }

        private struct Result: Decodable {
            struct Participant: Decodable { var clinic: String }
            var participants: [Participant]
        }

        /// The payloads of the signed results, as a clinic has kept them.
        private func results(_ consortium: Consortium) throws -> [Result] {
            struct Signed: Decodable { var payload: Data }
            return try (1...job.rounds).map { round in
                let file = consortium.jobFolder(job.id, of: "clinic-1").appendingPathComponent("result-\(round).json")
                let payload = try JSONDecoder().decode(Signed.self, from: Data(contentsOf: file)).payload
                return try JSONDecoder().decode(Result.self, from: payload)
            }
        }

        /// How many rounds are over, as far as any clinic has heard.
        private func closedRounds(_ consortium: Consortium) -> Int {
            var count = 0
            while Self.clinics.contains(where: { consortium.has("result-\(count + 1).json", job.id, of: $0.id) }) {
                count += 1
            }
            return count
        }

        private func found() async throws -> Consortium {
            let consortium = try Consortium(in: TemporaryFolder())
            try await consortium.found()
            for (number, clinic) in Self.clinics.enumerated() {
                try await consortium.initialize(clinic)
                try await consortium.importSamples(clinic, seed: 51 + number)
            }
            try await consortium.enrol(Self.clinics)
            consortium.killAll()
            return consortium
        }

        private func copy(of original: Consortium) async throws -> Consortium {
            let folder = try TemporaryFolder()
            for name in try FileManager.default.contentsOfDirectory(atPath: original.folder.url.path)
            where name != "logs" {
                try FileManager.default.copyItem(at: original.folder.path(name), to: folder.path(name))
            }
            let consortium = try Consortium(in: folder)
            try await consortium.startCoordinator()
            for clinic in Self.clinics { try consortium.writeSite(clinic) }
            return consortium
        }
    }
}
