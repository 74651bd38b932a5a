internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity

struct JobCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "Sign, propose and watch training jobs.",
        subcommands: [
            JobValidateCommand.self, JobSignCommand.self, JobProposeCommand.self, JobListCommand.self,
            JobShowCommand.self,
            JobWatchCommand.self,
        ])
}

/// A draft or a signed job on the command line.
struct JobFileArguments: ParsableArguments {
    @Argument(help: "A job draft in YAML (see coordinator/jobs/README.md), or a job that was signed before.")
    var file: String

    @Option(help: ArgumentHelp("Another number of rounds than the draft says.", valueName: "n"))
    var rounds: Int?

    @Option(
        help: ArgumentHelp(
            "Another start than the draft says: a PEFT folder, such as one from “model warm-a”.", valueName: "dir"))
    var initialAdapter: String?

    private var url: URL { URL(fileURLWithPath: file) }

    func read() throws -> JobFile {
        let job = try JobFile(file: url)
        guard rounds != nil || initialAdapter != nil else { return job }
        guard case .draft(var draft) = job else {
            throw AdminError(
                .invalidOption,
                "--rounds and --initial-adapter change a draft; this job is signed. Sign a changed draft.")
        }
        if let rounds { draft.rounds = rounds }
        if let initialAdapter {
            draft.initialAdapter = .init(path: URL(fileURLWithPath: initialAdapter).standardizedFileURL.path)
        }
        return .draft(draft)
    }

    /// What the person should think about; told on standard error and part of `--json`.
    func warnings(_ output: Output) throws -> [String] {
        guard case .draft(let draft) = try read() else { return [] }
        for warning in draft.warnings { output.warn(warning) }
        return draft.warnings
    }

    /// The job, signed now if it is a draft that was not signed before.
    func signed(in home: AdminHome) async throws -> JobSigner.SignedJob {
        let signer = JobSigner(home: home)
        switch try read() {
        case .signed(let document): return try await signer.open(document, at: Date())
        case .draft(let draft):
            return try signer.signOnce(await signer.manifest(draft, draftFile: url, at: Date()), at: Date())
        }
    }

    func manifest(in home: AdminHome) async throws -> JobManifest {
        let signer = JobSigner(home: home)
        switch try read() {
        case .signed(let document): return try await signer.open(document, at: Date()).manifest
        case .draft(let draft): return try await signer.manifest(draft, draftFile: url, at: Date())
        }
    }
}

/// What `sign` and `propose` print.
private struct SignedResult: Encodable {
    let job: JobID
    let hash: ContentHash
    let file: String
    let initialAdapter: ContentHash
    let clinics: [ClinicID]
    let warnings: [String]
}

/// A manifest with what there is to say about it beside its own keys.
private struct ValidJob: Encodable {
    let manifest: JobManifest
    let warnings: [String]

    private enum Key: String, CodingKey { case warnings }

    func encode(to encoder: any Encoder) throws {
        try manifest.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(warnings, forKey: .warnings)
    }
}

struct JobValidateCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check a job and say what it would do; nothing is signed or sent.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var job: JobFileArguments

    func run(_ output: Output) async throws {
        let warnings = try job.warnings(output)
        let manifest = try await job.manifest(in: home.adminHome)
        try output.finish(ValidJob(manifest: manifest, warnings: warnings)) {
            "\(JobSummary(manifest).text)\nThe job is valid."
        }
    }
}

struct JobSignCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Fill in hashes and the initial adapter, and sign the job.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var home: HomeOptions
    @OptionGroup var job: JobFileArguments

    @Option(help: ArgumentHelp("Also write the signed job there.", valueName: "file"))
    var out: String?

    func run(_ output: Output) async throws {
        let home = home.adminHome
        let warnings = try job.warnings(output)
        let signed = try await job.signed(in: home)
        let file = out.map { URL(fileURLWithPath: $0) } ?? home.jobFile(signed.manifest.id)
        if out != nil { try signed.document.write(to: file) }
        let result = SignedResult(
            job: signed.manifest.id, hash: signed.document.payloadHash, file: file.path,
            initialAdapter: signed.manifest.initialAdapter.hash, clinics: signed.manifest.clinics, warnings: warnings)
        try output.finish(result) {
            """
            \(JobSummary(signed.manifest).text)
            signed as    \(signed.document.payloadHash.short)…, \(file.path)
            Propose it with: consilium-admin job propose \(file.path)
            """
        }
    }
}

struct JobProposeCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Send a job to the clinics for approval; a draft is signed first.",
        discussion:
            "Each clinic's officer decides on exactly these bytes. Proposing the same job again changes nothing.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions
    @OptionGroup var job: JobFileArguments

    func run(_ output: Output) async throws {
        let home = session.folder.adminHome
        let warnings = try job.warnings(output)
        let signed = try await job.signed(in: home)
        try await session.with { try await $0.propose(signed) }
        let manifest = signed.manifest
        let result = SignedResult(
            job: manifest.id, hash: signed.document.payloadHash, file: home.jobFile(manifest.id).path,
            initialAdapter: manifest.initialAdapter.hash, clinics: manifest.clinics, warnings: warnings)
        try output.finish(result) {
            """
            \(JobSummary(manifest).text)
            proposed as  \(signed.document.payloadHash.short)…
            Each clinic decides with: consilium-node jobs approve \(manifest.id)
            Watch it with: consilium-admin job watch \(manifest.id)
            """
        }
    }
}

struct JobListCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the jobs at the coordinator.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    func run(_ output: Output) async throws {
        let jobs = try await session.with { try await $0.overview() }.jobs
        try output.finish(["jobs": jobs]) { OverviewText.jobs(jobs) }
    }
}

struct JobShowCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a job as it was signed, and where it stands.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Argument(help: "The job's id.")
    var id: String

    private struct Result: Encodable {
        let hash: ContentHash
        let manifest: JobManifest
        let state: Overview.Job?
    }

    func run(_ output: Output) async throws {
        let id = try JobID(id)
        let result = try await session.with { session in
            let (document, manifest) = try await session.job(id)
            let state = try await session.overview().jobs.first { $0.id == id }
            return Result(hash: document.payloadHash, manifest: manifest, state: state)
        }
        try output.finish(result) {
            "\(JobSummary(result.manifest).text)\n"
                + (result.state.map {
                    OverviewText.jobs([$0]) + OverviewText.aggregationError($0)
                        + OverviewText.evaluation($0) + OverviewText.withdrawals($0)
                } ?? "")
        }
    }
}
