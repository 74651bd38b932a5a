import ArgumentParser
import CommandLineSupport
import Foundation
import LanguageModels
import Logging
import Node

struct Serve: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a model to this clinic: an OpenAI-compatible interface and a page for clinicians.",
        discussion: """
            Programs use http://ADDRESS/v1 with the token as the API key; people open http://ADDRESS/ and sign in with \
            it. The token is made at the first start and printed that one time; it lies in the folder of --state, by \
            default “serve” in the node's folder, or ~/.local/state/consilium outside of one. Nothing that is asked or \
            answered leaves this machine or is stored, but feedback given on the page, which is sealed in that folder.
            """)
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: ArgumentHelp("Where to listen; port 0 takes a free one.", valueName: "address:port"))
    var listen = "127.0.0.1:8081"
    @Flag(help: "Allow an address that other machines can reach. There is no TLS: put a proxy before it.")
    var allowRemote = false
    @Option(help: ArgumentHelp("What clients call the model; by default its folder's name.", valueName: "name"))
    var name: String?
    @Option(help: "Texts that are continued at the same time.") var running = 4
    @Option(help: "Requests that may wait for that.") var waiting = 64
    @Option(help: ArgumentHelp("Memory for keys and values in MiB.", valueName: "mib")) var cache = 1024
    @Option(help: ArgumentHelp("How long answers may go on when the server is stopped.", valueName: "seconds"))
    var drain = 10
    @Option(help: "The most requests a minute of one address.") var requestsPerMinute = 600
    @Option(help: "How the frozen weights are kept in memory.") var baseDtype = BaseStorage.automatic
    @Option(help: "Where to compute; auto is a GPU that works, else the CPU.") var device = ComputeDevice.auto
    @Option(help: "Threads.") var threads = 1
    @Flag(inversion: .prefixedNo, help: "Let the page find approved reports of the node's folder by patient number.")
    var reports = true
    @OptionGroup var state: ServingStateOption
    @OptionGroup var global: GlobalOptions

    /// What standard output says once clients can connect.
    struct Ready: Encodable {
        var listening: String
        var port: Int
        var model: String
    }

    func validate() throws {
        guard (1...64).contains(running) else { throw ValidationError("--running must be 1 to 64.") }
        guard (0...4096).contains(waiting) else { throw ValidationError("--waiting must be 0 to 4096.") }
        guard (1...1 << 20).contains(cache) else { throw ValidationError("--cache must be 1 to 1048576.") }
        guard (1...1_000_000).contains(requestsPerMinute) else {
            throw ValidationError("--requests-per-minute must be 1 to 1000000.")
        }
        guard (0...3600).contains(drain) else { throw ValidationError("--drain must be 0 to 3600.") }
        _ = try address()
    }

    func run(_ output: Output) async throws {
        let address = try address()
        let assistant = try AssistantModel.load(
            model: URL(typed: model), adapter: adapter.map { URL(typed: $0) }, name: name, storage: baseDtype,
            device: device, threads: threads)
        var options = AssistantServer.Options(folder: state.folder)
        (options.host, options.port, options.allowsRemote) = (address.host, address.port, allowRemote)
        options.requestsPerMinute = Double(requestsPerMinute)
        (options.generation.running, options.generation.waiting) = (running, waiting)
        options.generation.cacheBytes = cache << 20
        options.drain = .seconds(drain)
        options.reports = reports && state.hasHome ? state.home.folder : nil
        let shown = address.host.contains(":") ? "[\(address.host)]" : address.host
        let server = try AssistantServer(assistant, options: options, logger: logger) { port in
            let ready = Ready(listening: "\(shown):\(port)", port: port, model: assistant.name)
            // Whoever started us may have gone away; clients have not.
            try? output.finish(ready) { "listening on \(ready.listening)" }
            output.note("\(assistant.name) answers on http://\(ready.listening)/ . Ctrl-C ends it.")
        }
        if let token = server.freshToken {
            output.note("The token, shown this one time: \(token.text)")
        } else {
            output.note("The token is in \(server.tokenFile.path).")
        }
        if allowRemote {
            output.warn("Texts travel unencrypted from other machines, unless a proxy before it speaks TLS.")
        }
        if !assistant.hasChat { output.warn("The model has no chat template: /v1/chat/completions is refused.") }
        try await Interruption.cancels { try await server.run() }
    }

    /// `127.0.0.1:8081`, `[::1]:8081`, `localhost:0`
    private func address() throws -> (host: String, port: Int) {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65535).contains(port)
        else { throw ValidationError("--listen must be ADDRESS:PORT, such as 127.0.0.1:8081.") }
        let host = listen[..<colon].trimmingCharacters(in: ["[", "]"])
        guard !host.isEmpty else { throw ValidationError("--listen must be ADDRESS:PORT, such as 127.0.0.1:8081.") }
        return (host, port)
    }

    private var logger: Logger {
        var logger = Logger(label: "consilium.serve") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = global.verbose ? .info : .error
        return logger
    }
}
