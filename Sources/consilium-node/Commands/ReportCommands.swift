import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Deidentification
import Foundation
import Node
import Reports

struct ImportReports: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Read reports into the encrypted vault and de-identify them. Safe to repeat: the same record is one report."
    )
    @Argument(help: "Files and folders; the site configuration's sources if none are given.") var paths: [String] = []
    @Option(help: "auto, txt, csv, json, hl7, fhir.") var format = "auto"
    @Flag(help: "One line instead of the table.") var brief = false
    @OptionGroup var home: HomeOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let intake = try IntakeService(home.services())
        let outcome = try intake.importReports(
            paths.map(ReportImporter.location(typed:)), format: format, progress: output.progress)
        try output.finish(outcome) { brief ? outcome.line : outcome.text }
        if outcome.hasRejections { throw ReportedFailure(.badData) }
    }
}

struct DeidentifyFilter: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "deidentify",
        abstract:
            "De-identify JSON lines: {\"id\",\"text\"} in, {\"id\",\"spans\",\"text\",\"status\"} out. Needs no node folder."
    )
    @Option(help: ArgumentHelp("Lines with id and text.", valueName: "in.jsonl")) var input: String
    @Option(help: ArgumentHelp("Where the result is written.", valueName: "out.jsonl")) var output: String
    @Option(help: ArgumentHelp("Lines with id and known identifiers.", valueName: "known.jsonl")) var known: String?
    @Option(help: "safe-harbor, limited-data-set or gdpr, or a policy file (YAML).") var policy = "safe-harbor"
    @Option(help: ArgumentHelp("64 hexadecimal digits that make surrogates repeatable.", valueName: "hex")) var seedKey:
        String?
    @OptionGroup var global: GlobalOptions

    func run(_ console: Output) async throws {
        let outcome = try DeidentificationFilterService(policy: policy, seedKey: seedKey).run(
            input: URL(typed: input), output: URL(typed: output), known: known.map { URL(typed: $0) },
            progress: console.progress)
        for problem in outcome.problems { console.warn(problem) }
        try console.finish(outcome) { outcome.text }
        if !outcome.problems.isEmpty { throw ReportedFailure(.badData) }
    }
}

struct DataCardCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "data-card",
        abstract: "Describe the clinic's data in counts: no text, no identifiers, no number from 1 to 9.")
    @Option(help: ArgumentHelp("Also write the card as Markdown.", valueName: "file.md")) var out: String?
    @OptionGroup var home: HomeOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let card = try DataCardService.card(home.services(), progress: output.progress)
        if let out { try DataCardService.write(card, to: URL(typed: out)) }
        try output.finish(card) { card.text }
    }
}

struct SampleReports: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make synthetic reports with synthetic patients, for demonstrations and tests.")
    @Option(help: "cardiology, orthopedics, pathology or family-medicine.") var specialty: String
    @Option(help: "How many reports.") var count = 100
    @Option(help: "The same seed gives the same bytes.") var seed: UInt64 = 1
    @Option(help: ArgumentHelp("The folder to write.", valueName: "dir")) var out: String
    @Option(help: "txt, csv, json, hl7 or fhir.") var format = "txt"
    @Option(help: ArgumentHelp("Also write where every identifier is, as JSON lines.", valueName: "file")) var truth:
        String?
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try SampleReportService.write(
            specialty: specialty, count: count, seed: seed, format: format, to: URL(typed: out),
            truth: truth.map { URL(typed: $0) })
        try output.finish(outcome) {
            "Wrote \(outcome.reports) reports of \(outcome.patients) synthetic patients to \(out)."
        }
    }
}
