import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    @Suite("Certificates renewed while everybody works", .timeLimit(.minutes(6)))
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
}
