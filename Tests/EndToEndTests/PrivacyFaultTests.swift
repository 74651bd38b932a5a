import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// Nothing is ever trained without a reservation that is on the disk.
    @Suite("A budget and faults", .timeLimit(.minutes(60)))
    struct PrivacyFaults {
        static let clinics = ["alpha", "bravo", "charlie"]
        let job = JobText(
            id: "private", clinics: PrivacyFaults.clinics, rounds: 3, steps: 8, length: 32,
            privacy: JobText.privacy(epsilon: 8), minimumClinics: 3)

        @Test("three clinics finish a private job within its epsilon, one of them with an empirical audit of itself")
        func undisturbed() async throws {
            let consortium = try await Template.copy()
            let file = consortium.home("alpha").appendingPathComponent("node.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try text.replacing("privacy: {", with: "privacy: {auditCanaries: 200, ").write(
                to: file, atomically: true, encoding: .utf8)
            try await consortium.agree(on: job)
            try await consortium.finish(consortium.startNodes(Self.clinics))
            _ = try consortium.commonAdapter(job)
            for clinic in Self.clinics {
                let budget = try await budget(of: clinic, in: consortium)
                let row = try #require(budget.jobs.first { $0.job == job.id })
                #expect(row.counts == "\(job.rounds) committed, 0 aborted, 0 open", "\(clinic)")
                #expect(budget.charged > 6 && budget.charged <= 8.0001, "\(clinic): \(budget.charged)")
                // What the coordinator signed is kept by every clinic.
                for round in 1...job.rounds { #expect(consortium.has("result-\(round).json", job.id, of: clinic)) }
            }
            let audit = try await expect(
                0,
                consortium.run(
                    .admin,
                    ["audit", "--json", consortium.coordinatorFolder.path]
                        + Self.clinics.map { consortium.home($0).path })
            ).json(Audit.self)
            #expect(audit.isClean)
            for ledger in audit.ledgers {
                let found = ledger.audits.map { "\($0.job) \($0.verdict) \($0.isRecounted)" }
                #expect(found == (ledger.clinic == "alpha" ? ["private consistent true"] : []))
            }
        }

        @Test("noise for whole clinics has a ledger of its own, which the audit reads beside that of the patients")
        func clinicNoise() async throws {
            var job = JobText(
                id: "hidden", clinics: Self.clinics, rounds: 2, steps: 2, length: 32, minimumClinics: 3,
                clinicPrivacy: "{epsilon: 12, delta: 1.0e-5, noiseMultiplier: 1, honestClinics: 3}")
            let consortium = try await Template.copy()
            var loud = job
            loud.id = "loud"
            loud.clinicPrivacy = "{epsilon: 12, delta: 1.0e-5, noiseMultiplier: 4, honestClinics: 3}"
            expectRefusal(65, "times as much noise", try await consortium.propose(loud))
            job.secureAggregation = "off"
            expectRefusal(65, "honestClinics must be 1", try await consortium.propose(job))
            job.secureAggregation = nil
            try await consortium.agree(on: job)
            try await consortium.finish(consortium.startNodes(Self.clinics))
            _ = try consortium.commonAdapter(job)
            let folders = [consortium.coordinatorFolder.path] + Self.clinics.map { consortium.home($0).path }
            let audit = try await expect(0, consortium.run(.admin, ["audit", "--json"] + folders)).json(Audit.self)
            #expect(audit.isClean)
            #expect(
                audit.ledgers.compactMap(\.budget?.unit).sorted() == [
                    "clinic", "clinic", "clinic", "patient", "patient", "patient",
                ])
            // Without its ledger a clinic takes part in no other job of this kind.
            try FileManager.default.removeItem(
                at: consortium.home("alpha").appendingPathComponent("clinic-ledger.sqlite"))
            job.id = "hidden-again"
            try await expect(0, consortium.propose(job))
            try await expect(0, consortium.node("alpha", "jobs", "list"))
            expectRefusal(
                77, "clinic-ledger.sqlite is missing",
                try await consortium.node("alpha", "jobs", "approve", "hidden-again"))
        }

        @Test(
            "a training that was killed stays charged, and the clinic sits out what does not fit its epsilon any more")
        func killedTrainingStaysCharged() async throws {
            // Long enough for a second process to start and be refused meanwhile, on a busy machine too.
            let job = JobText(
                id: "private", clinics: Self.clinics, rounds: 3, steps: 48, length: 32,
                privacy: JobText.privacy(epsilon: 8), minimumClinics: 3)
            let consortium = try await Template.copy()
            try await consortium.agree(on: job)
            var nodes = try consortium.startNodes(Self.clinics)
            let alpha = try #require(nodes["alpha"])
            let (second, isHit) = try await onThread {
                // A second process on the same folder is refused while the first works.
                try block("alpha to hold its ledger") { consortium.has("privacy-plan.json", job.id, of: "alpha") }
                let second = try consortium.startNode("alpha")
                try block("the second process to be refused") { !second.isRunning }
                return (second, try consortium.killOnThisThread(alpha, "alpha", job, round: 1))
            }
            try #require(isHit, "the kill came too late")
            nodes["alpha"] = nil
            expectRefusal(75, "open in another process", try await second.result())

            // Calibrated to three rounds: after a fourth charge the last one does not fit any more.
            let again = try consortium.startNode("alpha")
            try await wait("alpha to find its budget used up", within: .seconds(240)) {
                guard again.isRunning else { throw Consortium.Failure("the node ended: \(again.errorText)") }
                return again.errorText.contains("sits out round 3. The job's own budget is not enough.")
            }
            #expect(again.errorText.contains(/spent epsilon 8(\.0\d*)?, with the proposal 9\.\d+, cap 8/))
            for program in Array(nodes.values) + [again] { program.kill() }

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

            // This one was closed in order, so that its one file holds all rows.
            let altered = plan
            try alterLedger(altered.appendingPathComponent("ledger.sqlite"))
            expectRefusal(65, "does not verify", try await run(altered, in: consortium))
            let audit = try await consortium.run(.admin, ["audit", "--json", altered.path])
            #expect(audit.code == 1, "\(audit.text)")
            #expect(try audit.json(Audit.self).isClean == false)
            // The one that was not touched is still in order.
            try await expect(0, consortium.run(.admin, ["audit", consortium.home("alpha").path]))
        }

        @Test("a job above what a clinic's ledger has left is not approved there, and the numbers are told")
        func capExceeded() async throws {
            let consortium = try await Template.copy()
            var job = job
            job.clinics = Clinic.ids
            try await expect(0, consortium.propose(job))
            try await expect(0, consortium.node("delta", "jobs", "list"))
            let result = try await consortium.node("delta", "jobs", "approve", job.id)
            expectRefusal(77, "asks for epsilon 8.0; this clinic's ledger allows 1 more", result)
            // Not approved: nothing is done.
            try await expect(0, consortium.node("delta", "run", "--once"))
            #expect(!consortium.has("update-1.bin", job.id, of: "delta"))
            let budget = try await budget(of: "delta", in: consortium)
            #expect(budget.charged == 0)
            #expect(budget.jobs.isEmpty)
        }

        @Test("of two approved jobs that fit one by one but not together, the second is refused before it trains")
        func secondJobExceedsCap() async throws {
            let consortium = try await Template.copy()
            var first = job
            first.rounds = 1
            var second = first
            second.id = "private-again"
            for job in [first, second] { try await consortium.agree(on: job) }
            for (clinic, node) in try consortium.startNodes(Self.clinics) {
                let result = try await node.result(within: .seconds(240))
                expectRefusal(77, "The budget of dataset “reports” is not enough", result)
                let states = try result.json(RunOutcome.self).jobs.map(\.state)
                #expect(states == ["finished", "failed"], "\(clinic)")
                #expect(!consortium.has("update-1.bin", second.id, of: clinic))
                let budget = try await budget(of: clinic, in: consortium)
                #expect(budget.jobs.map(\.job) == [first.id])
                #expect(budget.charged <= 8.0001)
            }
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
            let log = (try? Data(contentsOf: URL(fileURLWithPath: file.path + "-wal"))) ?? Data()
            try #require(log.isEmpty, "rows are still in the write-ahead log")
            var data = try Data(contentsOf: file)
            let place = try #require(data.range(of: Data("\"epsilon\":10".utf8)))
            data[place.upperBound - 2] ^= 0x08
            try data.write(to: file)
        }
    }
}
