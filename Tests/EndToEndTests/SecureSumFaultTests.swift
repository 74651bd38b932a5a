import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// The sum under masks is a conversation; it may be cut after every word.
    @Suite("Masked rounds with faults", .timeLimit(.minutes(60)))
    struct SecureSumFaults {
        let job = Reference.job

        @Test("a node that is killed after each message that it makes ends with the adapter of the undisturbed run")
        func nodeKilledAfterEachMessage() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            let others = try consortium.startNodes(["bravo", "charlie", "delta"])
            let job = job
            let kills = try await onThread {
                var kills = 0
                var last = 0
                while true {
                    let node = try consortium.startNode("alpha")
                    try block("alpha's next message", within: .seconds(240)) {
                        !node.isRunning || consortium.messages("alpha", job) > last
                    }
                    guard node.isRunning else { return kills }
                    last = consortium.messages("alpha", job)
                    node.kill()
                    kills += 1
                    try block("alpha to be gone") { !node.isRunning }
                }
            }
            // Ready, keys, shares, the masked update and its hash, a signature, a reveal, in each of three rounds.
            #expect(kills >= 15, "only \(kills) kills")
            try await consortium.finish(others)
            let undisturbed = try await Reference.adapter()
            #expect(try consortium.commonAdapter(job) == undisturbed)
        }

        @Test("a coordinator that is killed after each message of a node ends with the same adapter")
        func coordinatorKilledAfterEachMessage() async throws {
            let consortium = try await Template.copy()
            consortium.killAll()
            var coordinator = try await consortium.startCoordinator()
            try await consortium.agree(on: job)
            let nodes = try consortium.startNodes(Clinic.ids)
            let alpha = try #require(nodes["alpha"])
            var last = 0
            var kills = 0
            while true {
                let (job, known) = (job, last)
                try await wait("alpha's next message", within: .seconds(240)) {
                    !alpha.isRunning || consortium.messages("alpha", job) > known
                }
                guard alpha.isRunning else { break }
                last = consortium.messages("alpha", job)
                coordinator.kill()
                kills += 1
                coordinator = try await consortium.startCoordinator()
            }
            #expect(kills >= 10, "only \(kills) kills")
            try await consortium.finish(nodes)
            let undisturbed = try await Reference.adapter()
            #expect(try consortium.commonAdapter(job) == undisturbed)
        }

        @Test("a clinic that dies in the middle of a sum costs its deadline, not the job")
        func deadInSum() async throws {
            let consortium = try await Template.copy()
            var job = job
            job.id = "dies-in-sum"
            job.rounds = 2
            job.steps = 4
            job.deadlineSeconds = 20
            job.minimumClinics = 3
            try await consortium.agree(on: job)
            let others = try consortium.startNodes(["alpha", "bravo", "charlie"])
            let delta = try consortium.startNode("delta")
            let dying = job
            try await wait("delta to give its keys", within: .seconds(240)) {
                consortium.messages("delta", dying) >= 2 || !delta.isRunning
            }
            delta.kill()
            try await consortium.finish(others)
            let late = try await consortium.startNode("delta").result()
            #expect(late.code == 0, "\(late.text)")
            _ = try consortium.commonAdapter(job)
        }
    }
}

extension Consortium {
    /// How many messages of secure sums, with masked updates, a clinic has recorded for a job.
    func messages(_ clinic: String, _ job: JobText) -> Int {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: home(clinic).appendingPathComponent("egress").path))
        return (names ?? []).filter { $0.hasPrefix("secure-sum-\(job.id)-") || $0.hasPrefix("update-\(job.id)-") }.count
    }
}
