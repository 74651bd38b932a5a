import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// Who is not let in, and what they are told.
    @Suite("Identity refused", .timeLimit(.minutes(60)))
    struct IdentityRefusals {
        @Test("a used token, an unknown one and one of another clinic are refused")
        func tokens() async throws {
            let consortium = try await Template.copy()
            let used = try await consortium.token(for: "echo")
            let echo = Clinic(id: "echo", specialty: "cardiology", format: "txt", epsilonCap: 8)
            try await consortium.initialize(echo)
            let first = try consortium.start(.node, consortium.enrolment("echo", token: used), name: "enroll-echo")
            try await expect(0, consortium.admin("roster", "sign", "--expect", "5", "--wait", "60", "--yes"))
            try await expect(0, first.result())

            // Another machine with the same token.
            let site = try consortium.folder.write("thief.yaml", consortium.siteText(echo))
            try await expect(
                0, consortium.run(.node, ["init", consortium.home("thief").path, "--site-config", site.path]))
            let thief = try await consortium.run(.node, consortium.enrolment("thief", token: used, wait: 5))
            expectRefusal(77, "has been used", thief)

            let other = try await consortium.token(for: "foxtrot")
            let wrong = try await consortium.run(.node, consortium.enrolment("thief", token: other, wait: 5))
            expectRefusal(77, "is for the clinic “foxtrot”", wrong)

            // Well-formed, but of no admin.
            var parts = used.split(separator: ".").map(String.init)
            parts[2] = "0123456789abcdef"
            let unknown = try await consortium.run(
                .node, consortium.enrolment("thief", token: parts.joined(separator: "."), wait: 5))
            expectRefusal(77, "token", unknown)

            let torn = try await consortium.run(.node, consortium.enrolment("thief", token: "consilium1.echo", wait: 5))
            expectRefusal(65, "not a complete enrolment token", torn)
            for result in [thief, wrong, unknown, torn] { #expect(!result.text.contains(parts[3])) }
        }

        @Test("a clinic that was taken off the roster is refused at its next request")
        func revoked() async throws {
            let consortium = try await Template.copy()
            try await expect(0, consortium.node("bravo", "jobs", "list"))
            try await expect(0, consortium.admin("clinics", "revoke", "bravo", "--yes"))
            expectRefusal(77, "roster", try await consortium.node("bravo", "jobs", "list"))
            expectRefusal(77, "roster", try await consortium.node("bravo", "run", "--once"))
            try await expect(0, consortium.node("alpha", "jobs", "list"))
        }

        @Test("neither side talks to a member of another consortium")
        func otherConsortium() async throws {
            let ours = try await Template.copy()
            let theirs = try Consortium(in: TemporaryFolder())
            try await theirs.found(consortium: "Another consortium")
            let golf = Clinic(id: "alpha", specialty: "cardiology", format: "txt", epsilonCap: 8)
            try await theirs.initialize(golf)
            try await theirs.enrol([golf])

            // Our clinic dials their coordinator: its certificate is not from our authority.
            let site = ours.home("alpha").appendingPathComponent("node.yaml")
            let settings = try String(contentsOf: site, encoding: .utf8)
            try Data(settings.replacing(ours.coordinatorURL, with: theirs.coordinatorURL).utf8).write(to: site)
            expectRefusal(69, "not issued by this consortium's CA", try await ours.node("alpha", "jobs", "list"))

            // Their clinic of the same name comes with our authority's certificate put into its folder.
            let keys = theirs.home("alpha").appendingPathComponent("keys")
            let authority = keys.appendingPathComponent("ca.pem")
            try #require(FileManager.default.fileExists(atPath: authority.path))
            try Data(contentsOf: ours.folder.path("admin/ca.pem")).write(to: authority)
            let theirSite = theirs.home("alpha").appendingPathComponent("node.yaml")
            var text = try String(contentsOf: theirSite, encoding: .utf8)
            text = text.replacing(theirs.coordinatorURL, with: ours.coordinatorURL)
            try Data(text.utf8).write(to: theirSite)
            expectRefusal(77, "consortium", try await theirs.node("alpha", "jobs", "list"))
        }

        @Test("without a coordinator, commands that need one end with a sentence and code 69")
        func coordinatorDown() async throws {
            let consortium = try await Template.copy()
            try await expect(0, consortium.node("alpha", "jobs", "list"))
            consortium.killAll()
            let commands = [
                try consortium.start(.node, ["jobs", "list", "--home", consortium.home("alpha").path], name: "list"),
                try consortium.start(.admin, ["status"], name: "status"),
                try consortium.start(.admin, ["token", "create", "--clinic", "echo"], name: "token"),
            ]
            for command in commands { expectRefusal(69, "can't be reached", try await command.result()) }
            // What needs none works.
            try await expect(0, consortium.node("alpha", "jobs", "list", "--offline"))
            try await expect(0, consortium.admin("clinics", "list"))
        }
    }
}
