import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    @Suite("A federation without disturbance")
    struct HappyPath {
        @Test(
            "four clinics end with the same adapter, the audit is clean, and no word of a report is found outside",
            .timeLimit(.minutes(60)))
        func wholeChain() async throws {
            let consortium = try await Template.copy()
            let job = Reference.job
            try await consortium.agree(on: job)
            try await consortium.finish(consortium.startNodes(Clinic.ids))

            let adapter = try consortium.commonAdapter(job)
            #expect(try await adapter == Reference.adapter())
            let exported = consortium.folder.path("exported")
            try await expect(0, consortium.admin("model", "export", job.id, "--out", exported.path))
            #expect(
                try ContentHash(of: Data(contentsOf: exported.appendingPathComponent("adapter_model.safetensors")))
                    == adapter)

            let audit = try await expect(
                0,
                consortium.run(
                    .admin, ["audit", "--json"] + Clinic.ids.map { consortium.home($0).path })
            ).json(Audit.self)
            #expect(audit.isClean)
            #expect(Set(audit.ledgers.map(\.clinic)) == Set(Clinic.ids))

            for clinic in Clinic.ids {
                let result = try await expect(0, consortium.node(clinic, "jobs", "result", job.id, "--json"))
                    .json(JobFigures.self)
                #expect(result.report.federated.bitsPerByte < result.report.base.bitsPerByte, "\(clinic)")
                #expect(result.epsilonSpent == 0)
                try await checkEgress(consortium, clinic, job)
            }
            try checkSilence(consortium)
        }

        @Test(
            "masks change nothing: the adapter is that of the same job in clear, bit for bit", .timeLimit(.minutes(60)))
        func masksChangeNothing() async throws {
            let consortium = try await Template.copy()
            var job = Reference.job
            job.secureAggregation = "off"
            try await consortium.agree(on: job)
            try await consortium.finish(consortium.startNodes(Clinic.ids))
            #expect(try await consortium.commonAdapter(job) == Reference.adapter())
        }

        /// Nothing but what the job lists has left, and each record is what it says.
        private func checkEgress(_ consortium: Consortium, _ clinic: String, _ job: JobText) async throws {
            struct List: Decodable { var entries: [Entry] }
            struct Entry: Decodable {
                var kind: String
                var bytes: Int
                var hash: ContentHash
                var file: String
            }
            let entries = try await expect(0, consortium.node(clinic, "egress", "list", "--json")).json(List.self)
                .entries
            var counts: [String: Int] = [:]
            for entry in entries {
                counts[entry.kind, default: 0] += 1
                let bytes = try Data(contentsOf: consortium.home(clinic).appendingPathComponent(entry.file))
                #expect(bytes.count == entry.bytes)
                #expect(ContentHash(of: bytes) == entry.hash)
            }
            // Fewer than ten held-out reports: no scores may leave.
            // For each sum: that it is ready, keys, shares, the masked update's hash, a signature, and shares to open it, which
            // the last one to answer may be spared.
            let sums = counts.removeValue(forKey: "secure-sum") ?? 0
            #expect((5 * job.rounds...6 * job.rounds).contains(sums), "\(clinic): \(sums)")
            #expect(
                counts == ["enrolment": 1, "consent": 1, "update-manifest": job.rounds, "update": job.rounds],
                "\(clinic): \(counts)")
        }

        /// Sentences and identifiers of the reports, searched in all that the coordinator keeps, in every log, in all that
        /// left and in the nodes' own files.
        private func checkSilence(_ consortium: Consortium) throws {
            var needles: [String] = []
            for clinic in Clinic.ids {
                let secrets = try Secrets(consortium.folder.path("reports/\(clinic)-truth.jsonl"))
                #expect(secrets.identifiers.count > Clinic.reports)
                #expect(secrets.sentences.count > 20)
                needles += secrets.identifiers
                needles += secrets.sentences
            }
            let list = consortium.folder.path("needles.txt")
            // The search itself works: a file in plain text holds the words.
            let sources = try Secrets.search(
                needles, in: [consortium.folder.path("reports/charlie")], listFile: list)
            #expect(!sources.isEmpty)

            let places = (["coordinator", "logs", "admin"] + Clinic.ids).map { consortium.folder.path($0) }
            #expect(places.flatMap { Consortium.files(below: $0) }.count > 60)
            let hits = try Secrets.search(needles, in: places, listFile: list)
            #expect(hits.isEmpty, "passages of reports are in \(hits)")
        }
    }
}

/// The undisturbed run that others are compared with.
enum Reference {
    static let job = JobText(id: "plain", rounds: 3, steps: 12, batch: 2, length: 32)

    private static let once = Once()

    /// The hash of the adapter that ``job`` ends with when nothing goes wrong.
    static func adapter() async throws -> ContentHash { try await once.value() }

    private actor Once {
        private var task: Task<ContentHash, any Error>?

        func value() async throws -> ContentHash {
            if let task { return try await task.value }
            let task = Task {
                let consortium = try await Template.copy()
                try await consortium.agree(on: Reference.job)
                try await consortium.finish(consortium.startNodes(Clinic.ids))
                return try consortium.commonAdapter(Reference.job)
            }
            self.task = task
            return try await task.value
        }
    }
}
