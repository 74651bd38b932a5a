import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// Between real processes, over a relay that breaks.
    @Suite("Lost links and returns", .timeLimit(.minutes(60)))
    struct LinkFaults {
        let job = Reference.job

        @Test("a dead node is noticed, and a coordinator that was away is found again: the same round goes on")
        func noticedAndFound() async throws {
            let consortium = try await Template.copy()
            consortium.killAll()
            let coordinator = try await consortium.startCoordinator()
            try await consortium.agree(on: job)
            // Without the fourth the round stays open.
            var nodes = try consortium.startNodes(["alpha", "bravo", "charlie"])
            for node in nodes.values { try await consortium.waitForDelivery(node, job, round: 1) }
            let killed = ContinuousClock.now
            nodes["alpha"]?.kill()
            try await wait("the coordinator to miss alpha", within: .seconds(60)) {
                coordinator.errorText.split(separator: "\n").contains {
                    $0.contains("clinic lost") && $0.contains("clinic=alpha")
                }
            }
            let noticed = killed.duration(to: .now)
            nodes["alpha"] = try consortium.startNode("alpha")
            coordinator.kill()
            // Long enough for the longest pause between two attempts.
            try await Task.sleep(for: .seconds(8))
            let again = try await consortium.startCoordinator()
            let back = ContinuousClock.now
            let date = Date().addingTimeInterval(-1)
            let clinics = Set(nodes.keys)
            while true {
                let seen = try await status(consortium).members.filter { ($0.lastSeen ?? .distantPast) >= date }
                if clinics.isSubset(of: seen.map(\.clinic)) { break }
                try #require(again.isRunning && back.duration(to: .now) < .seconds(60))
                try await Task.sleep(for: .milliseconds(50))
            }
            let found = back.duration(to: .now)
            #expect(try await status(consortium).jobs.map(\.round) == [1])
            print(
                "a killed node was noticed after \(noticed); all nodes had found the coordinator \(found) after its return"
            )
            // Two and five seconds on a machine that has nothing else to do.
            #expect(noticed < .seconds(10) && found < .seconds(20))
            nodes["delta"] = try consortium.startNode("delta")
            try await consortium.finish(nodes)
            let undisturbed = try await Reference.adapter()
            #expect(try consortium.commonAdapter(job) == undisturbed)
        }

        @Test("a link that is cut after each message of a clinic changes nothing")
        func cutAfterEachMessage() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            let port = try #require(consortium.coordinatorURL.split(separator: ":").last.flatMap { Int($0) })
            let proxy = try await FaultyProxy(to: port)
            try consortium.writeSite(Clinic.all[0], url: "https://localhost:\(proxy.port)")
            let nodes = try consortium.startNodes(Clinic.ids)
            let alpha = try #require(nodes["alpha"])
            let job = job
            let cuts = try await onThread {
                var (cuts, last) = (0, 0)
                while alpha.isRunning {
                    let count = consortium.messages("alpha", job)
                    if count > last {
                        last = count
                        cuts += 1
                        proxy.set(.cut)
                        Thread.sleep(forTimeInterval: 0.3)
                        proxy.set(.open)
                    }
                    Thread.sleep(forTimeInterval: 0.003)
                }
                return cuts
            }
            #expect(cuts >= 15, "only \(cuts) cuts")
            try await consortium.finish(nodes)
            let undisturbed = try await Reference.adapter()
            #expect(try consortium.commonAdapter(job) == undisturbed)
        }

        private struct Status: Decodable {
            struct Member: Decodable {
                var clinic: String
                var lastSeen: Date?
            }
            struct Job: Decodable { var round: Int }
            var members: [Member]
            var jobs: [Job]
        }

        private func status(_ consortium: Consortium) async throws -> Status {
            let configuration = consortium.coordinatorFolder.appendingPathComponent("coordinator.yaml").path
            let result = try await expect(
                0, consortium.run(.coordinator, ["status", "--json", "--config", configuration]))
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            return try decoder.decode(Status.self, from: Data(result.output.utf8))
        }
    }
}
