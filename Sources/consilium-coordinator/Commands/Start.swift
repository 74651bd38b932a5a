import ArgumentParser
import CommandLineSupport
import Coordinator
import Foundation

struct Start: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the folder of a new coordinator if there is none, wait for its admin, and serve.",
        discussion: """
            A new coordinator prints a pairing code for “consilium-admin init --pairing”, over which the two exchange request and \
            certificates; nothing is carried by hand. Started again, it serves.
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
        if !FileManager.default.fileExists(atPath: folder.request.path) {
            try CoordinatorSetup.initialize(folder, hosts: hosts, listen: listen)
        }
        var configuration = try CoordinatorConfiguration(file: folder.configuration)
        if !FileManager.default.fileExists(atPath: folder.grant.path) {
            let pairing = try PairingServer(configuration: configuration)
            let host = try pairing.host()
            configuration.port = try await pairing.run { port in
                output.note(
                    """
                    pairing code  \(pairing.code)
                    On the admin's machine:
                      consilium-admin init DIR --consortium NAME --coordinator-url https://\(host):\(port) --pairing CODE
                    """)
            }
            output.note("paired with the admin")
        }
        try await Serve.serve(configuration, global: global, output)
    }
}
