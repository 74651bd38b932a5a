import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// The customer's generator: real public report texts with synthetic identifiers, in every format.
    @Suite("Real input", .enabled(if: RealClinics.isPresent, Comment(rawValue: RealClinics.reason)))
    struct RealInput {
        @Test("every record is imported once, and a federation on them helps every clinic", .timeLimit(.minutes(60)))
        func federation() async throws {
            let consortium = try Consortium(in: TemporaryFolder())
            let clinics = try RealClinics.write(to: consortium.folder.path("reports"), limit: 80)
            let stories = try RealClinics.stories(in: consortium.folder)
            try await consortium.found()
            for clinic in clinics {
                try await consortium.initialize(clinic)
                try consortium.writeSite(clinic, models: [stories, BaseModels.demo])
                try await checkImport(clinic, in: consortium)
            }
            try await consortium.enrol(clinics)

            let ids = clinics.map(\.id)
            for job in [
                JobText(id: "stories", baseModel: stories, clinics: ids, rounds: 3, steps: 6, batch: 4, length: 128),
                JobText(id: "demo", clinics: ids, rounds: 2, steps: 5, batch: 4, length: 64, rate: "2.0e-2"),
            ] {
                try await consortium.agree(on: job)
                try await consortium.finish(consortium.startNodes(ids))
                for id in ids {
                    let report = try await expect(0, consortium.node(id, "jobs", "result", job.id, "--json"))
                        .json(JobFigures.self).report
                    #expect(report.federated.bitsPerByte < report.base.bitsPerByte, "\(job.id), \(id)")
                }
            }
        }

        /// Counts by format as the truth has them; a second import finds nothing new.
        private func checkImport(_ clinic: Clinic, in consortium: Consortium) async throws {
            struct Outcome: Decodable {
                struct Imported: Decodable {
                    var byFormat: [String: Int]
                    var new: Int
                    var unchanged: Int
                    var rejectedCount: Int
                    var quarantinedCount: Int
                }

                var imported: Imported
            }
            let source = consortium.folder.path("reports/\(clinic.id)").path
            let truth = try RealClinics.truth(clinic.id, in: consortium.folder.path("reports"))
            let formats = Dictionary(grouping: truth) { String($0.file.prefix { $0 != "/" }) }.mapValues(\.count)
            let first = try await expect(0, consortium.node(clinic.id, "import", source, "--json")).json(Outcome.self)
                .imported
            #expect(first.byFormat == formats, "\(clinic.id)")
            #expect(first.new == truth.count)
            #expect(first.rejectedCount == 0)
            #expect(first.quarantinedCount == 0)
            let again = try await expect(0, consortium.node(clinic.id, "import", source, "--json")).json(Outcome.self)
                .imported
            #expect(again.unchanged == truth.count)
            #expect(again.new == 0)
        }

        @Test("no number, date, address or full name of a patient is left in a de-identified text")
        func identifiersAreGone() async throws {
            let consortium = try Consortium(in: TemporaryFolder())
            let reports = consortium.folder.path("reports")
            let clinics = try RealClinics.write(to: reports, limit: 50)
            var checked: [String: Int] = [:]
            for clinic in clinics {
                let truth = try RealClinics.truth(clinic.id, in: reports)
                let cleaned = try await deidentify(truth, in: consortium)
                #expect(cleaned.count == truth.count)
                for record in truth {
                    let text = try #require(cleaned[record.id], "\(record.id) is missing")
                    for span in record.spans where Self.kinds.contains(span.type) {
                        // A surname alone may be a word of the language.
                        if span.type == "NAME" && !span.value.contains(" ") { continue }
                        checked[span.type, default: 0] += 1
                        let isLeft = text.contains(span.value)
                        #expect(!isLeft, "\(record.id): a \(span.type) is left")
                    }
                }
            }
            for kind in Self.kinds { #expect(checked[kind, default: 0] > 20, "\(kind)") }
        }

        private static let kinds: Set<String> = ["MRN", "SSN", "PHONE", "DATE", "EMAIL", "ADDRESS", "NAME"]

        /// Through the filter that scripts use, with the identifiers that each record's own fields carry.
        private func deidentify(_ truth: [RealClinics.Record], in consortium: Consortium) async throws -> [String:
            String]
        {
            struct Input: Encodable { var id, text: String }
            struct Value: Encodable { var value, label: String }
            struct Known: Encodable {
                var id: String
                var known: [Value]
            }
            struct Cleaned: Decodable { var id, text: String }
            func lines(_ values: [some Encodable]) throws -> Data {
                try Data(values.map { try JSONEncoder().encode($0) + Data("\n".utf8) }.joined())
            }
            let input = try consortium.folder.write(
                "in.jsonl", lines(truth.map { Input(id: $0.id, text: $0.text) }))
            let fields: Set<String> = ["MRN", "SSN", "PHONE", "DATE", "EMAIL", "NAME"]
            let known = try consortium.folder.write(
                "known.jsonl",
                lines(
                    truth.map { record in
                        Known(
                            id: record.id,
                            known: record.structured.filter { fields.contains($0.type) && !$0.value.contains("^") }
                                .map { Value(value: $0.value, label: $0.type) })
                    }))
            let output = consortium.folder.path("out.jsonl")
            try await expect(
                0,
                consortium.run(
                    .node, ["deidentify", "--input", input.path, "--known", known.path, "--output", output.path]))
            let rows = try Data(contentsOf: output).split(separator: 10).map {
                try JSONDecoder().decode(Cleaned.self, from: Data($0))
            }
            return Dictionary(rows.map { ($0.id, $0.text) }) { first, _ in first }
        }

        @Test(
            "with all reports, the goals for learning are met with and without a budget",
            .enabled(
                if: ProcessInfo.processInfo.environment["CONSILIUM_LONG_TESTS"] == "1",
                "takes minutes: set CONSILIUM_LONG_TESTS=1, or run scripts/quality.sh"), .timeLimit(.minutes(60)))
        func goals() async throws {
            let folder = try TemporaryFolder()
            let log = folder.path("quality.log")
            try Data().write(to: log)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "bash", SharedData.packageRoot.appendingPathComponent("scripts/quality.sh").path, "--binaries",
                Program.folder.path, "--folder", folder.path("run").path,
            ]
            process.standardOutput = try FileHandle(forWritingTo: log)
            process.standardError = process.standardOutput
            try process.run()
            defer { if process.isRunning { process.terminate() } }
            while process.isRunning { try await Task.sleep(for: .milliseconds(200)) }
            let said = try String(contentsOf: log, encoding: .utf8)
            #expect(process.terminationStatus == 0, "\(said)")
            print(said)
        }
    }
}
