import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    @Suite("Certificates renewed while everybody works", .timeLimit(.minutes(60)))
    struct Renewals {
        @Test("all are renewed in the middle of a masked job, which ends with the undisturbed adapter, bit for bit")
        func whileRunning() async throws {
            let consortium = try await Template.copy()
            let job = Reference.job
            try await consortium.agree(on: job)
            let before = try certificates(consortium)
            let nodes = try consortium.startNodes(Clinic.ids)
            try await wait("the first round to be trained") { consortium.has("update-1.bin", job.id, of: "alpha") }
            let renewed = try await expect(0, consortium.admin("renew", "--all", "--json")).json(Renewed.self)
            #expect(renewed.renewed.count == Clinic.ids.count + 2)
            try await consortium.finish(nodes)
            #expect(try await consortium.commonAdapter(job) == Reference.adapter())

            for clinic in Clinic.ids { try await expect(0, consortium.node(clinic, "jobs", "list")) }
            let after = try certificates(consortium)
            for (file, bytes) in after {
                #expect(bytes != before[file], "\(file) was not renewed")
            }
            // Nothing is due any more, and what is there works after a restart.
            let again = try await expect(0, consortium.admin("renew", "--json")).json(Renewed.self)
            #expect(again.renewed.isEmpty)
            consortium.killAll()
            try await consortium.startCoordinator()
            try await expect(0, consortium.node("alpha", "jobs", "list"))
            try await expect(0, consortium.admin("audit", "--json", consortium.home("alpha").path))
        }

        private struct Renewed: Decodable {
            struct Certificate: Decodable { var role: String }
            var renewed: [Certificate]
        }

        private func certificates(_ consortium: Consortium) throws -> [String: Data] {
            let folders = Clinic.ids.map { "\($0)/keys" } + ["coordinator", "admin/keys"]
            var found: [String: Data] = [:]
            for folder in folders {
                for name in ["tls.pem", "signing.pem"] {
                    let file = "\(folder)/\(name)"
                    found[file] = try Data(contentsOf: consortium.folder.path(file))
                }
            }
            return found
        }
    }

    @Suite("A clinic that withdraws", .timeLimit(.minutes(60)))
    struct Withdrawals {
        @Test("it learns which adapters it has touched, the admin sees the same, and the others finish without it")
        func inTheMiddle() async throws {
            let consortium = try await Template.copy()
            var draft = Reference.job
            draft.id = "left"
            draft.minimumClinics = 3
            let job = draft
            try await consortium.agree(on: job)
            let nodes = try consortium.startNodes(Clinic.ids)
            // Its update of the first round is in a result that it has checked.
            try await wait("the second round") { consortium.has("result-1.json", job.id, of: "delta") }
            let withdrawal = try await expect(
                0, consortium.node("delta", "jobs", "withdraw", job.id, "--officer", "Dr. Weber", "--json")
            ).json(Touched.self)
            #expect(withdrawal.rounds.first?.round == 1 && withdrawal.rounds.first?.part == "included")
            let first = try #require(withdrawal.rounds.first?.adapter)
            for clinic in ["alpha", "bravo", "charlie"] {
                try await expect(0, try #require(nodes[clinic]).result(within: .seconds(240)))
            }
            let left = try await #require(nodes["delta"]).result()
            #expect(left.code == 77 && left.text.contains("not approved any more"), "\(left.text)")
            expectRefusal(77, "nothing to withdraw", try await consortium.node("delta", "jobs", "withdraw", job.id))
            expectRefusal(
                77, "not approved",
                try await consortium.node("delta", "jobs", "withdraw", job.id, "--json"))

            let shown = try await expect(0, consortium.admin("job", "show", job.id, "--json")).json(Shown.self)
            let seen = try #require(shown.state.withdrawals?.first)
            #expect(shown.state.withdrawals?.count == 1 && seen.clinic == "delta")
            #expect(seen.rounds.first == 1 && seen.adapters.first == first && seen.adapters.count == job.rounds)
            #expect(seen.adapters.last == shown.state.adapter)
            let text = try await expect(0, consortium.admin("job", "show", job.id)).output
            #expect(text.contains("delta has left the job") && text.contains(first))
        }

        private struct Touched: Decodable {
            struct Round: Decodable {
                var round: Int
                var part: String
                var adapter: String?
            }
            var rounds: [Round]
        }

        private struct Shown: Decodable {
            struct State: Decodable {
                struct Withdrawal: Decodable {
                    var clinic: String
                    var rounds: [Int]
                    var adapters: [String]
                }
                var adapter: String
                var withdrawals: [Withdrawal]?
            }
            var state: State
        }
    }
}
