import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// Whatever dies, the run ends with the adapter of the undisturbed run, bit for bit.
    @Suite("A federation with faults", .timeLimit(.minutes(60)))
    struct Faults {
        let job = Reference.job

        @Test("a node killed in the middle of training and started again changes nothing")
        func nodeKilledInTraining() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            var nodes = try consortium.startNodes(Clinic.ids)
            var hit = 0
            for round in 1...job.rounds where hit < 2 {
                guard let node = nodes["bravo"] else { continue }
                if try await consortium.killInTraining(node, "bravo", job, round: round) { hit += 1 }
                nodes["bravo"] = try consortium.startNode("bravo")
            }
            #expect(hit > 0, "no kill came in the middle of training")
            try await consortium.finish(nodes)
            try await expectReference(consortium)
        }

        @Test("a node killed between two rounds and started again changes nothing")
        func nodeKilledBetweenRounds() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            var nodes = try consortium.startNodes(["alpha", "bravo", "charlie"])
            let alpha = try #require(nodes["alpha"])
            // The fourth has not started: the round can't close before the kill.
            try await consortium.waitForDelivery(alpha, job, round: 1)
            alpha.kill()
            #expect(try await alpha.result().code == 9)
            nodes["alpha"] = try consortium.startNode("alpha")
            nodes["delta"] = try consortium.startNode("delta")
            try await consortium.finish(nodes)
            try await expectReference(consortium)
            // The second start sent nothing for round 1 a second time.
            let list = try await expect(0, consortium.node("alpha", "egress", "list")).output
            #expect(list.components(separatedBy: "update-manifest").count - 1 == job.rounds, "\(list)")
        }

        @Test("a coordinator killed in the middle of a round and started again changes nothing")
        func coordinatorKilled() async throws {
            let consortium = try await Template.copy()
            consortium.killAll()
            let coordinator = try await consortium.startCoordinator()
            try await consortium.agree(on: job)
            var nodes = try consortium.startNodes(["alpha", "bravo", "charlie"])
            let alpha = try #require(nodes["alpha"])
            try await consortium.waitForDelivery(alpha, job, round: 1)
            coordinator.kill()
            try await Task.sleep(for: .milliseconds(500))
            try await consortium.startCoordinator()
            nodes["delta"] = try consortium.startNode("delta")
            try await consortium.finish(nodes)
            try await expectReference(consortium)
        }

        @Test("nodes that start while the coordinator is away wait for it and then go on")
        func coordinatorAway() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            consortium.killAll()
            let nodes = try consortium.startNodes(Clinic.ids)
            try await Task.sleep(for: .seconds(2))
            for (clinic, node) in nodes { #expect(node.isRunning, "\(clinic) did not wait: \(node.errorText)") }
            try await consortium.startCoordinator()
            try await consortium.finish(nodes)
            try await expectReference(consortium)
        }

        @Test("a clinic that dies costs a deadline, not the job, and takes the result when it is back")
        func deadClinic() async throws {
            let consortium = try await Template.copy()
            var job = job
            job.id = "short-of-one"
            job.rounds = 2
            job.steps = 4
            job.deadlineSeconds = 5
            job.minimumClinics = 3
            try await consortium.agree(on: job)
            let others = try consortium.startNodes(["alpha", "bravo", "charlie"])
            try await consortium.finish(others)
            // It never worked and has nothing to send; it verifies the chain and measures what the others made.
            let late = try await consortium.startNode("delta").result()
            #expect(late.code == 0, "\(late.text)")
            #expect(try late.json(RunOutcome.self).jobs.map(\.rounds) == [[]])
            _ = try consortium.commonAdapter(job)
        }

        @Test("an import that was killed is completed by the next one, and nothing is there twice")
        func importKilled() async throws {
            let consortium = try Consortium(in: TemporaryFolder())
            let clinic = Clinic.all[3]
            try await consortium.initialize(clinic)
            let reports = consortium.folder.path("reports").path
            try await expect(
                0,
                consortium.run(
                    .node,
                    [
                        "sample-reports", "--specialty", clinic.specialty, "--count", "200", "--seed", "5", "--format",
                        "fhir", "--out", reports,
                    ]))
            let killed = try consortium.start(
                .node, ["import", reports, "--home", consortium.home(clinic.id).path], name: "import")
            try await onThread {
                try block("the import to begin") { killed.errorText.contains("import") || !killed.isRunning }
                Thread.sleep(forTimeInterval: 0.1)
                killed.kill()
            }
            #expect(try await killed.result().code == 9, "the kill came too late")
            let result = try await expect(0, consortium.node(clinic.id, "import", reports))
            #expect(result.output.contains("200 reports"), "\(result.output)")
            #expect(result.output.contains("vault: 200 reports"), "\(result.output)")
            #expect(result.output.contains("(200 deidentified)"), "\(result.output)")
        }

        private func expectReference(_ consortium: Consortium) async throws {
            let undisturbed = try await Reference.adapter()
            #expect(try consortium.commonAdapter(job) == undisturbed)
        }
    }
}

extension Consortium {
    /// Kills a node after it has made at least one step of a round and before its update is ready.
    /// - Returns: `false` if the round's training had ended before the kill.
    func killInTraining(_ node: RunningProgram, _ clinic: String, _ job: JobText, round: Int) async throws -> Bool {
        try await onThread { try self.killOnThisThread(node, clinic, job, round: round) }
    }

    func killOnThisThread(_ node: RunningProgram, _ clinic: String, _ job: JobText, round: Int) throws -> Bool {
        let update = "update-\(round).bin"
        try block("\(clinic) to train round \(round)") {
            if has(update, job.id, of: clinic) { return true }
            guard node.isRunning else { throw Failure("the node ended: \(node.errorText)") }
            return node.errorText.contains("round \(round)/\(job.rounds)")
        }
        node.kill()
        return !has(update, job.id, of: clinic)
    }

    func waitForDelivery(_ node: RunningProgram, _ job: JobText, round: Int) async throws {
        try await wait("round \(round) to be delivered") {
            guard node.isRunning else { throw Failure("the node ended: \(node.errorText)") }
            // Where updates are masked, the round then waits for the others to be added.
            return node.errorText.contains("round \(round) delivered")
                || node.errorText.contains("round \(round) trained")
        }
    }
}
