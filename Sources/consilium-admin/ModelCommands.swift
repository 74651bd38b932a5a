internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Federation
internal import Foundation

struct ModelCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Take a job's model home, or make the adapter that a job starts from.",
        subcommands: [ModelExportCommand.self, ModelWarmCommand.self, ModelCardCommand.self])
}

struct ModelExportCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a job's adapter as a Hugging Face PEFT folder.",
        discussion: """
            Every round's signed result is checked: from the initial adapter in the signed job, each round must start where the \
            one before ended, and the file must have the hash of the last.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Argument(help: "The job's id.")
    var job: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var out: String

    @Option(help: ArgumentHelp("The adapter after this round (default: the last one there is).", valueName: "n"))
    var round: Int?

    func validate() throws {
        if let round, round < 1 { throw ValidationError("Rounds are counted from 1.") }
    }

    func run(_ output: Output) async throws {
        let id = try JobID(job)
        let exported = try await session.with {
            try await ModelExport(session: $0).export(
                id, round: round, to: URL(fileURLWithPath: out), progress: output.progress)
        }
        try output.finish(exported) {
            """
            \(exported.folder): adapter_model.safetensors, adapter_config.json
            “\(exported.job)” after round \(exported.round), \(Quantity.count(Double(exported.parameters))) parameters, \
            SHA-256 \(exported.adapter)
            All \(exported.round) signed rounds lead from the job's initial adapter to this one.
            """
        }
    }
}

struct ModelCardCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "Export a job's adapter with its model card and data card.",
        discussion: """
            The same folder as “model export” writes, with a README.md: base model, clinics by their number, rounds, recipe, \
            privacy budget with its unit, hashes, known limits. Nothing is claimed that the signed job and the signed results \
            don't say, but figures that “consilium-node evaluate” left in the folder. A DATA_CARD.md says in counts what it \
            was trained on.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Argument(help: "The job's id.")
    var job: String

    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var out: String

    @Option(
        name: .customLong("data"),
        help: ArgumentHelp("A clinic's “data-card --json”; may be given several times.", valueName: "file.json"))
    var data: [String] = []

    func run(_ output: Output) async throws {
        let id = try JobID(job)
        let clinics = try data.map { try ReleasedDataCard.ClinicCounts.load(from: URL(fileURLWithPath: $0)) }
        let exported = try await session.with {
            try await ModelExport(session: $0).exportWithCard(
                id, to: URL(fileURLWithPath: out), clinics: clinics, progress: output.progress)
        }
        try output.finish(exported) {
            "\(exported.folder): adapter_model.safetensors, adapter_config.json and the cards, README.md and DATA_CARD.md"
        }
    }
}
