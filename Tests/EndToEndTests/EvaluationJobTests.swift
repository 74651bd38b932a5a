import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    @Suite("A job that also measures")
    struct EvaluationJob {
        static let quiz = (1...12).map {
            "{\"question\":\"Which organ is number \($0)?\",\"options\":[\"heart\",\"liver\",\"lung\"],\"answer\":\($0 % 3)}"
        }.joined(separator: "\n")
        static let urgency = (0..<24).map {
            "{\"text\":\"Finding number \($0) is there.\",\"label\":\"\($0 % 2 == 0 ? "routine" : "urgent")\",\"patient\":\"p\($0 / 2)\"}"
        }.joined(separator: "\n")
        static let plan = """
            evaluation:
              everyRounds: 1
              tasks:
                - {name: quiz, task: mcq, file: quiz.jsonl, prompt: medqa}
                - {name: writing, task: generation, templates: [impression, summary], maximumItems: 10, maximumTokens: 4}
                - {name: urgency, task: classification, labels: [routine, urgent]}

            """

        private struct Evaluation: Decodable {
            var task: String
            var round: Int
            var items: Int
            var units: Int
            var omission: String?
        }

        private struct Result: Decodable {
            struct Report: Decodable { var evaluations: [Evaluation] }
            var report: Report
        }

        private struct Shown: Decodable {
            struct State: Decodable {
                struct Merged: Decodable {
                    struct Figure: Decodable {
                        var name: String
                        var base: Double
                        var common: Double
                    }
                    var task: String
                    var round: Int
                    var clinics: Int
                    var items: Int
                    var figures: [Figure]
                }
                var evaluation: [Merged]
            }
            var state: State
        }

        @Test(
            "public questions, own texts and written answers are measured where they may be; only counts and means leave, and the coordinator merges them",
            .timeLimit(.minutes(60)))
        func wholeChain() async throws {
            let consortium = try await Template.copy()
            let quiz = try consortium.folder.write("jobs/quiz.jsonl", Self.quiz)
            let own = try consortium.folder.write("own/urgency.jsonl", Self.urgency)
            // alpha has all; bravo no file of its own; charlie lets nothing of it out; delta measures nothing.
            let settings = [
                "alpha": "evaluation: {files: [\"\(quiz.path)\", \"\(own.path)\"]}\n",
                "bravo": "evaluation: {files: [\"\(quiz.path)\"]}\n",
                "charlie": "evaluation: {files: [\"\(quiz.path)\"]}\negress: {heldOutMetrics: false}\n",
                "delta": "evaluation: {tasks: []}\n",
            ]
            for clinic in Clinic.all {
                let text = consortium.siteText(clinic) + (settings[clinic.id] ?? "")
                try Data(text.utf8).write(to: consortium.home(clinic.id).appendingPathComponent("node.yaml"))
            }
            var job = JobText(id: "measured", rounds: 2, steps: 4)
            job.evaluation = Self.plan
            try await consortium.agree(on: job)
            try await checkConsent(consortium, job)
            try await consortium.finish(consortium.startNodes(Clinic.ids))
            _ = try consortium.commonAdapter(job)

            var writing = 0
            for clinic in Clinic.ids {
                let found = try await expect(0, consortium.node(clinic, "jobs", "result", job.id, "--json"))
                    .json(Result.self).report.evaluations
                #expect(found.map(\.task) == ["quiz", "writing", "urgency"] && found.allSatisfy { $0.round == 2 })
                let measured = found.filter { $0.omission == nil }.map(\.task)
                switch clinic {
                case "alpha": #expect(measured == ["quiz", "writing", "urgency"], "\(found)")
                case "delta": #expect(measured == [])
                default: #expect(measured == ["quiz", "writing"], "\(found)")
                }
                let mayLeave = ["alpha", "bravo"].contains(clinic)
                if mayLeave, found[1].units >= 10 { writing += 1 }
                #expect(try await kinds(consortium, clinic)["evaluation-metrics"] == (mayLeave ? 2 : nil), "\(clinic)")
            }
            try await checkMerged(consortium, job, writing: writing)
            let page = consortium.folder.path("page.html")
            let text = try await expect(0, consortium.node("alpha", "jobs", "result", job.id, "--report", page.path))
                .output
            #expect(text.contains("Multiple choice “quiz”, 12 items") && text.contains("rougeL"))
            #expect(try String(contentsOf: page, encoding: .utf8).contains("Classification “urgency”"))
            let card = consortium.folder.path("card")
            try await expect(0, consortium.admin("model", "card", job.id, "--out", card.path))
            let readme = try String(contentsOf: card.appendingPathComponent("README.md"), encoding: .utf8)
            #expect(readme.contains("| quiz (mcq, round 2) | 2 | 12 | acc |"), "\(readme)")
        }

        private func kinds(_ consortium: Consortium, _ clinic: String) async throws -> [String: Int] {
            struct List: Decodable { var entries: [Entry] }
            struct Entry: Decodable { var kind: String }
            let list = try await expect(0, consortium.node(clinic, "egress", "list", "--json")).json(List.self)
            return list.entries.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
        }

        private func checkConsent(_ consortium: Consortium, _ job: JobText) async throws {
            // In a terminal's width.
            func told(_ clinic: String) async throws -> String {
                try await expect(0, consortium.node(clinic, "jobs", "show", job.id)).output
                    .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            let shown = try await told("bravo")
            #expect(shown.contains("a public file, the same in every clinic") && shown.contains("urgency.jsonl"))
            #expect(shown.contains("Until then it is left out here."), "\(shown)")
            #expect(try await told("delta").contains("Your site leaves out: mcq"))
        }

        private func checkMerged(_ consortium: Consortium, _ job: JobText, writing: Int) async throws {
            let merged = try await expect(0, consortium.admin("job", "show", job.id, "--json")).json(Shown.self).state
                .evaluation
            let quiz = merged.filter { $0.task == "quiz" }
            #expect(quiz.map(\.round) == [1, 2] && quiz.allSatisfy { $0.clinics == 2 && $0.items == 12 })
            #expect(quiz.allSatisfy { $0.figures.map(\.name) == ["acc", "acc_norm", "acc_bytes"] })
            // The base model does not change from round to round.
            #expect(quiz.first?.figures.map(\.base) == quiz.last?.figures.map(\.base))
            let urgency = merged.filter { $0.task == "urgency" }
            #expect(urgency.allSatisfy { $0.clinics == 1 && $0.items == 20 } && urgency.count == 2)
            #expect(
                merged.filter { $0.task == "writing" && $0.round == 2 }.map(\.clinics) == (writing > 0 ? [writing] : [])
            )
            let text = try await expect(0, consortium.admin("job", "show", job.id)).output
            #expect(text.contains("quiz (mcq, 2 clinics, 12 items) after round 2"), "\(text)")
        }
    }
}
