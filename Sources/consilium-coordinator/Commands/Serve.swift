import ArgumentParser
import CommandLineSupport
import Coordinator
import Foundation
import Logging

struct Serve: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve clinics and admins until SIGTERM or SIGINT.",
        discussion:
            "One line on standard output says where it listens, with --json an object. Logs go to standard error.")

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String

    @OptionGroup var global: GlobalOptions

    private struct Ready: Encodable {
        var listening: String
        var port: Int
    }

    func run(_ output: Output) async throws {
        try await Self.serve(CoordinatorConfiguration(file: URL(fileURLWithPath: config)), global: global, output)
    }

    static func serve(_ configuration: CoordinatorConfiguration, global: GlobalOptions, _ output: Output) async throws {
        let level =
            global.verbose ? .debug : global.quiet ? .error : Logger.Level(rawValue: configuration.logLevel) ?? .info
        // Standard output carries the one line that says that it is ready.
        let logger = Logger(label: "consilium.coordinator") { label in
            var handler: any LogHandler =
                switch configuration.logFormat {
                case .text: StreamLogHandler.standardError(label: label)
                case .json: JSONLogHandler(label: label)
                }
            handler.logLevel = level
            return handler
        }
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        let server = try await CoordinatorServer(
            configuration: configuration, logger: logger,
            onListening: { port in
                let ready = Ready(listening: "\(host):\(port)", port: port)
                do {
                    try output.finish(ready) { "listening on \(ready.listening)" }
                } catch {
                    // Whoever started us has gone away; clinics have not.
                    logger.warning("nobody reads standard output")
                }
            })
        try await server.runUntilSignalled()
    }
}
