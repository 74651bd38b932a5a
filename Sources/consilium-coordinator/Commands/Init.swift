import ArgumentParser
import CommandLineSupport
import Coordinator
import Foundation

struct Init: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the folder of a new coordinator: keys, a request to the admin, a configuration.",
        discussion: """
            Give DIR/request.json to the consortium's admin, who answers with grant.json. Put that into DIR and start with
            “consilium-coordinator serve --config DIR/coordinator.yaml”.
            """)

    @Argument(help: "The folder; it is created.")
    var folder: String

    @Option(
        name: .customLong("host"),
        help: ArgumentHelp(
            "A DNS name or an IP address under which clinics dial this coordinator. Repeat it for several.",
            valueName: "name"))
    var hosts: [String] = []

    @Option(help: ArgumentHelp("Where to listen.", valueName: "address:port"))
    var listen = "0.0.0.0:8443"

    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let folder = CoordinatorFolder(URL(fileURLWithPath: folder, isDirectory: true))
        try CoordinatorSetup.initialize(folder, hosts: hosts, listen: listen)
        let result = [
            "folder": folder.url.path, "request": folder.request.path, "configuration": folder.configuration.path,
        ]
        try output.finish(result) {
            """
            The coordinator's keys are in \(folder.url.path).
            Give \(folder.request.path) to the consortium's admin, and put the answer there as grant.json.
            """
        }
    }
}
