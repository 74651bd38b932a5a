import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import Node

struct Doctor: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what works here: libraries, cores, disk, clock, folder, coordinator, certificate.")
    @OptionGroup var home: HomeOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let report = await NodeDoctor(home: home.folder).examine()
        try output.finish(report) { report.text }
        if !report.healthy { throw ReportedFailure(.violation) }
    }
}

struct Initialize: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make the clinic's folder: keys, vault and ledger are born in it.")
    @Argument(help: "The folder to make.") var dir: String
    @Option(help: ArgumentHelp("The site configuration (YAML); see site-config/.", valueName: "file")) var siteConfig:
        String
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let home = NodeHome(URL(typed: dir))
        let outcome = try NodeSetup().initialize(home, siteConfiguration: URL(typed: siteConfig))
        try output.finish(outcome) {
            """
            Made the node of clinic \(outcome.clinic) in \(outcome.folder).
            Key fingerprint: \(outcome.keyFingerprint)
            Privacy budget: epsilon \(outcome.epsilonCap) at delta \(outcome.delta) for every patient.
            Next: consilium-node enroll --home \(outcome.folder) --coordinator URL --ca FILE --token TOKEN
            """
        }
    }
}

struct Enroll: ConsiliumCommand {
    static let configuration = CommandConfiguration(abstract: "Join a consortium with a one-time token.")
    @Option(help: ArgumentHelp("The coordinator, such as https://consilium.example.org:8443.", valueName: "url"))
    var coordinator: String
    @Option(help: ArgumentHelp("The consortium's CA certificate (PEM).", valueName: "file")) var ca: String
    @Option(
        help: ArgumentHelp(
            "The token that the consortium's admin gave you; “-” reads it from standard input, so that it is in no process list.",
            valueName: "token"))
    var token: String
    @Option(help: ArgumentHelp("How long to wait for the admin's answer.", valueName: "seconds")) var wait = 300
    @OptionGroup var home: HomeOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try await Enrolment(home: home.folder).enroll(
            coordinator: coordinator, authorityFile: URL(typed: ca), token: token == "-" ? readLine() ?? "" : token,
            wait: wait, progress: output.progress
        )
        try output.finish(outcome) {
            """
            Enrolled: clinic \(outcome.clinic) at \(outcome.coordinator).
            Certificate fingerprint: \(outcome.certificateFingerprint)
            Next: consilium-node import PATH…, then consilium-node jobs list
            """
        }
    }
}
