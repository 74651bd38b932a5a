import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Evaluation
import Federation
import Foundation
import Node

struct Jobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See, approve and deny proposed jobs, and read what they brought.",
        subcommands: [List.self, Show.self, Approve.self, Deny.self, Withdraw.self, Result.self])

    struct List: ConsiliumCommand {
        static let configuration = CommandConfiguration(abstract: "List jobs; asks the coordinator for new ones.")
        @Flag(help: "Do not ask the coordinator.") var offline = false
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let desk = try JobDesk(home.services())
            if !offline { for reason in try await desk.fetch() { output.warn(reason) } }
            let jobs = try await desk.list()
            try output.finish(["jobs": jobs]) {
                if jobs.isEmpty { return "No jobs have been proposed to this clinic." }
                var table = TextTable([
                    .init("job"), .init("title"), .init("decision"), .init("state"), .init("epsilon", .right),
                ])
                for job in jobs {
                    table.add([
                        job.id, job.title, job.decision ?? "to decide", job.state,
                        job.epsilon.map { "\($0)" } ?? "none",
                    ])
                }
                return table.render()
            }
        }
    }

    struct Show: ConsiliumCommand {
        static let configuration = CommandConfiguration(abstract: "Explain a job in plain words.")
        @Argument(help: "The job's id.") var job: String
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let view = try await JobDesk(home.services()).explain(JobID(job), measuring: true)
            try output.finish(view) { PlainText.wrapped(view.explanation.joined(separator: "\n"), to: 84) }
        }
    }

    struct Approve: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a job, by the hash of exactly what is shown.")
        @Argument(help: "The job's id.") var job: String
        @Option(help: ArgumentHelp("Who approves, for the record.", valueName: "name")) var officer = NSUserName()
        @Option(help: ArgumentHelp("Approve only if the job has this hash.", valueName: "sha256")) var hash: String?
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let view = try await JobDesk(home.services()).approve(JobID(job), officer: officer, expecting: hash)
            try output.finish(view) {
                "Approved \(view.id) (SHA-256 \(view.hash)). “consilium-node run” takes part from now on."
            }
        }
    }

    struct Deny: ConsiliumCommand {
        static let configuration = CommandConfiguration(abstract: "Deny a job, or withdraw an approval.")
        @Argument(help: "The job's id.") var job: String
        @Option(help: ArgumentHelp("Who denies, for the record.", valueName: "name")) var officer = NSUserName()
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let view = try await JobDesk(home.services()).deny(JobID(job), officer: officer)
            try output.finish(view) {
                "Denied \(view.id). This node does no further work for it; what has left stays outside."
                    + (view.withdrawal.map { "\n\($0.text)" } ?? "")
            }
        }
    }

    struct Withdraw: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an approval back, and say which adapters this clinic has touched.",
            discussion: "Works offline: the coordinator is told as soon as it can be reached.")
        @Argument(help: "The job's id.") var job: String
        @Option(help: ArgumentHelp("Who withdraws, for the record.", valueName: "name")) var officer = NSUserName()
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let withdrawal = try await JobDesk(home.services()).withdraw(JobID(job), officer: officer)
            try output.finish(withdrawal) {
                "Withdrawn: this node does no further work for \(withdrawal.job).\n\(withdrawal.text)"
            }
        }
    }

    struct Result: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare base, local-only and federated model on this clinic's own held-out patients.")
        @Argument(help: "The job's id.") var job: String
        @Flag(help: "One aligned line, for scripts that collect several clinics.") var row = false
        @Option(help: ArgumentHelp("Also write it as a page with pictures.", valueName: "file.html")) var report:
            String?
        @Flag(help: "End with exit code 1 unless the federated adapter beats the base model and the budget is kept.")
        var requireGain = false
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let result = try JobDesk(home.services()).result(JobID(job))
            if let report {
                try DurableFile.write(Data(result.page().html.utf8), to: URL(typed: report))
                output.note("Wrote \(report).")
            }
            try output.finish(result) { row ? result.row : result.text }
            if requireGain && !result.passes { throw ReportedFailure(.violation) }
        }
    }
}

struct Run: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take part in approved jobs. Runs until stopped; safe to kill and start again at any moment.")
    @Flag(help: "End when no approved job has anything left to do.") var once = false
    @Flag(help: "Also train a local-only adapter for comparison when a job ends. It never leaves.") var compareLocal =
        false
    @Option(
        help: ArgumentHelp(
            "First wait for this job, show what it asks for, and approve it. A terminal is asked; elsewhere this is the yes.",
            valueName: "job"))
    var approve: String?
    @Option(help: ArgumentHelp("With --approve: who approves, for the record.", valueName: "name"))
    var officer = NSUserName()
    @Option(help: ArgumentHelp("With --approve: how long to wait for the job.", valueName: "seconds")) var wait = 600
    @OptionGroup var home: HomeOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let services = try home.services()
        if let approve, try await !consent(to: JobID(approve), services, output) { return }
        let watcher = services.site.reports.watch && !once ? try watch(services, output) : nil
        defer { watcher?.cancel() }
        let daemon = try NodeDaemon(
            services, compareLocal: compareLocal, note: { output.note($0) }, progress: output.progress)
        let outcome = try await daemon.run(once: once)
        try output.finish(outcome) { outcome.text }
        if outcome.failed { throw ReportedFailure(outcome.category) }
    }

    /// - Returns: whether the job is approved now.
    private func consent(to job: JobID, _ services: NodeServices, _ output: Output) async throws -> Bool {
        let desk = JobDesk(services)
        let view = try await desk.explain(job, waiting: .seconds(wait), note: { output.note($0) })
        if view.decision == Consent.Decision.approved.rawValue { return true }
        output.note(PlainText.wrapped(view.explanation.joined(separator: "\n"), to: 84))
        if output.canAsk, try !answersYes("Approve this job as \(officer)? [y/N] ", output) {
            output.note("Nothing was approved. “consilium-node jobs deny \(job)” tells the others.")
            return false
        }
        _ = try await desk.approve(job, officer: officer, expecting: view.hash.hex)
        return true
    }

    private func answersYes(_ question: String, _ output: Output) throws -> Bool {
        ["y", "yes"].contains(try output.ask(question)?.trimmingCharacters(in: .whitespaces).lowercased())
    }

    /// `reports.watch` of the site configuration.
    private func watch(_ services: NodeServices, _ output: Output) throws -> Task<Void, any Error> {
        let intake = try IntakeService(services)
        return Task {
            do {
                try await intake.watch(
                    [], batch: { output.note("import: \($0.line)") }, trouble: { output.warn("import: \($0)") })
            } catch let error as any ConsiliumError {
                output.warn("No reports are watched for: \(error.message)")
            }
        }
    }
}

struct Egress: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everything that ever left this clinic, byte for byte.",
        subcommands: [List.self, Show.self, Export.self])

    struct List: ConsiliumCommand {
        static let configuration = CommandConfiguration(abstract: "List what left.")
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let entries = try home.services().gate.entries()
            try output.finish(["entries": entries]) {
                if entries.isEmpty { return "Nothing has left this clinic." }
                var table = TextTable([
                    .init("no.", .right), .init("time"), .init("what"), .init("job"), .init("bytes", .right),
                    .init("SHA-256"),
                ])
                for entry in entries {
                    table.add([
                        "\(entry.sequence)", entry.time, entry.kind.rawValue, entry.job ?? "", "\(entry.bytes)",
                        entry.hash.short,
                    ])
                }
                return table.render()
            }
        }
    }

    struct Show: ConsiliumCommand {
        static let configuration = CommandConfiguration(abstract: "Show one thing that left.")
        @Argument(help: "Its number in the list.") var number: Int
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let gate = try home.services().gate
            let entry = try gate.entry(number)
            let content = try gate.content(of: entry)
            try output.finish(entry) {
                if entry.kind == .update {
                    return
                        "\(entry.bytes) bytes: \(entry.bytes / 4) numbers of the ring encoding, little-endian. See egress export."
                }
                return String(decoding: content, as: UTF8.self)
            }
        }
    }

    struct Export: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the exact bytes of one thing that left to a file.")
        @Argument(help: "Its number in the list.") var number: Int
        @Option(help: ArgumentHelp("Where to write.", valueName: "file")) var out: String
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let gate = try home.services().gate
            let entry = try gate.entry(number)
            try gate.content(of: entry).write(to: URL(typed: out))
            try output.finish(entry) { "Wrote \(entry.bytes) bytes to \(out) (SHA-256 \(entry.hash))." }
        }
    }
}
