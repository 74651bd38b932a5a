import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    /// `Docs/two-sites.md`, taken at its word.
    @Suite("The two-site guide")
    struct TwoSites {
        @Test("its commands, typed on four machines, end with one adapter in both hospitals", .timeLimit(.minutes(60)))
        func guide() async throws {
            let commands = try GuideCommand.all(in: "Docs/two-sites.md")
            try #require(commands.count <= 8)
            try #require(
                commands.map(\.machine) == [
                    "coordinator", "admin", "north", "south", "admin", "admin", "north", "south",
                ])
            let run = try GuideRun(machines: ["coordinator", "admin", "north", "south"])

            let coordinator = try run.start(commands[0])
            let code = try await run.text(after: "pairing code  ", of: coordinator)
            try run.setAddress(await run.text(after: "--coordinator-url ", of: coordinator))

            let founded = try await expect(0, run.result(commands[1], ["PAIRING-CODE": code]))
            let invitations = try ["north", "south"].map { try Self.invitation($0, in: founded.output) }
            for (number, clinic) in ["north", "south"].enumerated() {
                try await run.sampleReports(clinic, seed: 31 + number)
            }
            let joins = try [
                run.start(commands[2], ["INVITATION-NORTH": invitations[0]]),
                run.start(commands[3], ["INVITATION-SOUTH": invitations[1]]),
            ]
            // A script can't compare fingerprints by telephone.
            let signed = try await expect(0, run.result(commands[4], adding: ["--yes"]))
            for join in joins {
                let joined = try await expect(0, join.result())
                // What the clinic reads out is what the admin was shown.
                let fingerprint = try #require(Self.line("This clinic's key:", in: joined.errors))
                #expect(signed.errors.contains(fingerprint))
                #expect(founded.output.contains(try #require(Self.line("Consortium's authority:", in: joined.errors))))
            }
            try await expect(0, run.result(commands[5]))
            let runs = try [run.start(commands[6]), run.start(commands[7])]
            for (clinic, program) in zip(["North", "South"], runs) {
                let result = try await expect(0, program.result(within: .seconds(240)))
                #expect(result.errors.contains("for every single patient the guarantee is epsilon 8"))
                #expect(result.output.contains("finished after 4 rounds"), "\(clinic): \(result.text)")
            }
            #expect(coordinator.isRunning)

            let adapters = try ["north", "south"].map { clinic in
                try Data(
                    contentsOf: run.folder(clinic).appendingPathComponent(
                        "\(clinic)/jobs/two-sites/adapter/adapter_model.safetensors"))
            }
            #expect(adapters[0] == adapters[1] && adapters[0].count > 10_000)
            let homes = ["north", "south"].map { run.folder($0).appendingPathComponent($0).path }
            let audit = try await expect(
                0, run.result(GuideCommand(machine: "admin", program: .admin, arguments: ["audit", "--json"] + homes))
            ).json(Audit.self)
            #expect(audit.isClean && audit.ledgers.count == 2)
            for ledger in audit.ledgers { #expect(ledger.budget?.jobs.map(\.committed) == [4]) }
            // The coordinator's machine has none of the admin's.
            let names = Consortium.files(below: run.folder("coordinator")).map(\.lastPathComponent)
            #expect(!names.contains("ca-key.pem") && !names.contains("pairing") && names.contains("grant.json"))
        }

        private static func invitation(_ clinic: String, in text: String) throws -> String {
            let lines = text.split(separator: "\n")
            let index = try #require(lines.firstIndex { $0.hasPrefix("Invitation for \(clinic),") })
            return String(try #require(lines.dropFirst(index + 1).first))
        }

        private static func line(_ start: String, in text: String) -> String? {
            text.split(separator: "\n").first { $0.hasPrefix(start) }?.dropFirst(start.count)
                .trimmingCharacters(in: .whitespaces)
        }
    }
}

/// The guide's machines: each a folder, and a network namespace where that is allowed.
private final class GuideRun {
    private let temporary: TemporaryFolder
    private let logs: URL
    private let network: NetworkNamespaces?
    private var values: [String: String] = [:]

    init(machines: [String]) throws {
        temporary = try TemporaryFolder()
        logs = temporary.path("logs")
        network = NetworkNamespaces(machines)
        for folder in [logs] + machines.map({ temporary.path($0) }) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent("consilium"), withDestinationURL: SharedData.packageRoot)
        }
        if let network { values["coordinator.example"] = network.address }
    }

    func folder(_ machine: String) -> URL { temporary.path(machine) }

    func start(_ command: GuideCommand, _ pasted: [String: String] = [:], adding more: [String] = [])
        throws -> RunningProgram
    {
        var command = command.replacing(values.merging(pasted) { $1 })
        command.arguments += more
        if network == nil, command.program == .coordinator {
            // On one machine the port may be taken.
            command = command.replacing(["coordinator.example": "localhost"])
            command.arguments += ["--listen", "127.0.0.1:0"]
        }
        return try RunningProgram(
            command.program, command.arguments, environment: ["HOME": folder(command.machine).path],
            name: command.machine, logs: logs, wrapper: network?.wrapper(command.machine) ?? [],
            folder: folder(command.machine))
    }

    func result(_ command: GuideCommand, _ pasted: [String: String] = [:], adding more: [String] = []) async throws
        -> ProgramResult
    {
        try await start(command, pasted, adding: more).result()
    }

    /// What a program has printed behind these words.
    func text(after words: String, of program: RunningProgram) async throws -> String {
        var found: String?
        try await wait("“\(words)”", within: .seconds(60)) {
            guard program.isRunning else { throw Consortium.Failure(program.errorText) }
            return program.errorText.contains(words) && program.errorText.contains("--pairing CODE")
        }
        found = program.errorText.range(of: words).map { range in
            String(program.errorText[range.upperBound...].prefix { !$0.isWhitespace })
        }
        return try #require(found)
    }

    /// Where the coordinator said that it is reached.
    func setAddress(_ url: String) throws {
        if network == nil { values["https://coordinator.example:8443"] = url }
    }

    func sampleReports(_ machine: String, seed: Int) async throws {
        let words = [
            "sample-reports", "--specialty", seed % 2 == 0 ? "cardiology" : "orthopedics", "--count", "48", "--seed",
            "\(seed)", "--format", "json", "--out", "reports",
        ]
        try await expect(0, result(GuideCommand(machine: machine, program: .node, arguments: words)))
    }
}
