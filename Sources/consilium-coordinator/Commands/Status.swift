import ArgumentParser
import CommandLineSupport
import Coordinator
import Federation
import Foundation

struct Status: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show clinics, jobs and rounds, read from the coordinator's folder. Works while it serves.")

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String

    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let configuration = try CoordinatorConfiguration(file: URL(fileURLWithPath: config))
        let overview = try await CoordinatorStatus.overview(of: configuration)
        try output.finish(overview) { OverviewText(overview: overview).text }
    }
}
