import ConsiliumTesting
import Foundation
import Testing

/// The whole help of every command, as a person sees it. After a wanted change, write the files anew:
/// `CONSILIUM_UPDATE_GOLDEN=1 swift test --filter HelpTests`, then read the difference.
@Suite("Help texts")
struct HelpTests {
    struct Page: Sendable, CustomTestStringConvertible {
        let program: Program
        let command: [String]
        var name: String { ([program.name] + command).joined(separator: " ") }
        var file: URL {
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Golden/\(name.replacing(" ", with: "_")).txt")
        }
        var testDescription: String { name }
    }

    private static func pages(_ program: Program, _ commands: [String]) -> [Page] {
        ([""] + commands).map { Page(program: program, command: $0.split(separator: " ").map(String.init)) }
    }

    static let pages =
        pages(
            .node,
            [
                "doctor", "join", "init", "enroll", "import", "deidentify", "data-card", "sample-reports", "jobs",
                "jobs list", "jobs show", "jobs approve", "jobs deny", "jobs withdraw", "jobs result", "run", "egress",
                "egress list", "egress show", "egress export", "train", "personalise", "evaluate", "generate", "chat",
                "serve", "merge", "export", "feedback", "feedback count", "feedback export", "logits",
                "tokenize", "bench", "bench train", "bench dp", "bench decode", "review", "review session",
                "review list", "review show", "review approve", "review reject", "review audit", "review tune",
                "tagger", "tagger train", "tagger features", "tagger score",
            ])
        + pages(.coordinator, ["start", "init", "serve", "status"])
        + pages(
            .admin,
            [
                "init", "token", "token create", "roster", "roster sign", "clinics", "clinics list", "clinics revoke",
                "renew",
                "status", "job", "job validate", "job sign", "job propose", "job list", "job show", "job watch",
                "model", "model export", "model warm-a", "model card", "audit", "budget", "epsilon", "calibrate",
                "bench", "plan",
            ])

    @Test("the help of each command is the one in its file", arguments: pages)
    func golden(page: Page) throws {
        let folder = try TemporaryFolder()
        let outcome = try page.program.run(page.command + ["--help"], in: folder.url)
        #expect(outcome.code == 0)
        #expect(outcome.errorText.isEmpty)
        if ProcessInfo.processInfo.environment["CONSILIUM_UPDATE_GOLDEN"] == "1" {
            try outcome.output.write(to: page.file)
        }
        let expected = try #require(
            try? String(contentsOf: page.file, encoding: .utf8), "\(page.file.path) is missing.")
        #expect(outcome.text == expected)
    }

    @Test("there is a file for each command, and a command for each file")
    func complete() throws {
        let folder = try #require(Self.pages.first).file.deletingLastPathComponent()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
        #expect(Set(files) == Set(Self.pages.map(\.file.lastPathComponent)))
    }

    @Test("every subcommand that a help text lists has a page of its own", arguments: pages)
    func listed(page: Page) throws {
        let text = try String(contentsOf: page.file, encoding: .utf8)
        var listed: Set<String> = []
        var isList = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasSuffix("SUBCOMMANDS:") {
                isList = true
            } else if line.isEmpty {
                isList = false
            } else if isList, line.hasPrefix("  "), !line.hasPrefix("   ") {
                listed.insert(String(line.dropFirst(2).prefix { $0 != " " }))
            }
        }
        let known = Self.pages.filter {
            $0.program.name == page.program.name && $0.command.count == page.command.count + 1
                && Array($0.command.prefix(page.command.count)) == page.command
        }
        #expect(listed == Set(known.compactMap(\.command.last)))
    }

    @Test("no help line is wider than a terminal, and every command takes --json", arguments: pages)
    func form(page: Page) throws {
        let text = try String(contentsOf: page.file, encoding: .utf8)
        // Usage lines are not wrapped, and a single word can't be.
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("USAGE:") && $0.contains(" ") }
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(text.contains("SUBCOMMANDS:") || text.contains("--json"))
        #expect(text.hasPrefix("OVERVIEW: "))
    }

    @Test(
        "help goes to standard output also when a program is called without a command",
        arguments: [
            Program.node, .coordinator, .admin,
        ])
    func bare(program: Program) throws {
        let folder = try TemporaryFolder()
        let outcome = try program.run([], in: folder.url)
        #expect(outcome.code == 0)
        #expect(outcome.text.hasPrefix("OVERVIEW: "))
    }
}

extension Program: CustomTestStringConvertible {
    var testDescription: String { name }
}
