import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// Nothing is ever trained without a reservation that is on the disk.
    @Suite("A budget and faults", .timeLimit(.minutes(6)))
    struct PrivacyFaults {
        static let clinics = ["alpha", "bravo", "charlie"]
        let job = JobText(
            id: "private", clinics: PrivacyFaults.clinics, rounds: 3, steps: 8, length: 32,
            privacy: JobText.privacy(epsilon: 8), minimumClinics: 3)

        @Test("three clinics finish a private job within its epsilon")
        func undisturbed() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            try await consortium.finish(consortium.startNodes(Self.clinics))
            _ = try consortium.commonAdapter(job)
            for clinic in Self.clinics {
                let budget = try await budget(of: clinic, in: consortium)
                let row = try #require(budget.jobs.first { $0.job == job.id })
                #expect(row.counts == "\(job.rounds) committed, 0 aborted, 0 open", "\(clinic)")
                #expect(budget.charged > 6 && budget.charged <= 8.0001, "\(clinic): \(budget.charged)")
            }
        }

        @Test("a training that was killed stays charged, and the job ends where its epsilon ends")
        func killedTrainingStaysCharged() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            var nodes = try consortium.startNodes(Self.clinics)
            let alpha = try #require(nodes["alpha"])
            let (second, isHit) = try await onThread { [job] in
                // A second process on the same folder is refused while the first works.
                try block("alpha to hold its ledger") { consortium.has("privacy-plan.json", job.id, of: "alpha") }
                let second = try consortium.startNode("alpha")
                return (second, try consortium.killOnThisThread(alpha, "alpha", job, round: 1))
            }
            try #require(isHit, "the kill came too late")
            nodes["alpha"] = nil
            expectRefusal(75, "open in another process", try await second.result())

            let result = try await consortium.startNode("alpha").result(within: .seconds(240))
            // Calibrated to three rounds: with a fourth charge the last one does not fit any more.
            expectRefusal(77, "The job's own budget is not enough", result)
            #expect(result.output.contains("epsilon"), "\(result.output)")
            let outcome = try result.json(RunOutcome.self)
            #expect(outcome.jobs.map(\.rounds) == [[1, 2]])
            for program in nodes.values { program.kill() }

            let budget = try await budget(of: "alpha", in: consortium)
            let row = try #require(budget.jobs.first { $0.job == job.id })
            #expect(row.counts == "2 committed, 1 aborted, 0 open")
            #expect(budget.charged <= 8.0001)
            #expect(!consortium.has("update-3.bin", job.id, of: "alpha"))
        }

        @Test("without its plan or its ledger, or with an altered ledger, a node refuses to train")
        func missingOrAlteredState() async throws {
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            // Without the third clinic the first round stays open.
            let nodes = try consortium.startNodes(["alpha", "bravo"])
            let alpha = try #require(nodes["alpha"])
            try await consortium.waitForDelivery(alpha, job, round: 1)
            for node in nodes.values { node.kill() }
            // A command that opens and closes the ledger brings all rows into the one file.
            try await expect(0, consortium.node("alpha", "jobs", "show", job.id))

            let plan = try copyOfAlpha(in: consortium, as: "no-plan")
            try FileManager.default.removeItem(
                at: plan.appendingPathComponent("jobs/\(job.id)/privacy-plan.json"))
            let others = try consortium.startNodes(["bravo", "charlie"])
            expectRefusal(77, "privacy plan", try await run(plan, in: consortium))
            for node in others.values { node.kill() }

            let missing = try copyOfAlpha(in: consortium, as: "no-ledger")
            for file in try FileManager.default.contentsOfDirectory(atPath: missing.path)
            where file.hasPrefix("ledger") {
                try FileManager.default.removeItem(at: missing.appendingPathComponent(file))
            }
            expectRefusal(77, "ledger", try await run(missing, in: consortium))
            #expect(!FileManager.default.fileExists(atPath: missing.appendingPathComponent("ledger.sqlite").path))

            let altered = try copyOfAlpha(in: consortium, as: "altered")
            try alterLedger(altered.appendingPathComponent("ledger.sqlite"))
            expectRefusal(65, "does not verify", try await run(altered, in: consortium))
            let audit = try await consortium.run(.admin, ["audit", "--json", altered.path])
            #expect(audit.code == 1, "\(audit.text)")
            #expect(try audit.json(Audit.self).isClean == false)
            // The one that was not touched is still in order.
            try await expect(0, consortium.run(.admin, ["audit", consortium.home("alpha").path]))
        }

        @Test("a job above the clinic's cap is refused with the numbers before anything is trained")
        func capExceeded() async throws {
            let consortium = try await Template.copy()
            var job = job
            job.clinics = Clinic.ids
            try await consortium.agree(on: job)
            let result = try await consortium.startNode("delta").result()
            expectRefusal(77, "The budget of dataset", result)
            #expect(result.output.contains("1.0") || result.output.contains("1 "), "\(result.output)")
            #expect(!consortium.has("update-1.bin", job.id, of: "delta"))
            let budget = try await budget(of: "delta", in: consortium)
            #expect(budget.charged == 0)
            #expect(budget.jobs.isEmpty)
        }

        private func budget(of clinic: String, in consortium: Consortium) async throws -> Audit.Ledger.Budget {
            let audit = try await expect(
                0, consortium.run(.admin, ["audit", "--json", consortium.home(clinic).path])
            ).json(Audit.self)
            return try #require(audit.ledgers.first?.budget)
        }

        private func copyOfAlpha(in consortium: Consortium, as name: String) throws -> URL {
            let copy = consortium.folder.path(name)
            try FileManager.default.copyItem(at: consortium.home("alpha"), to: copy)
            return copy
        }

        private func run(_ home: URL, in consortium: Consortium) async throws -> ProgramResult {
            try await consortium.run(.node, ["run", "--once", "--home", home.path])
        }

        /// Makes the cap in the first row a little larger: one bit of one byte.
        private func alterLedger(_ file: URL) throws {
            var data = try Data(contentsOf: file)
            let place = try #require(data.range(of: Data("\"epsilon\":10".utf8)))
            data[place.upperBound - 2] ^= 0x08
            try data.write(to: file)
        }
    }
}
