internal import ConsiliumCore
public import Foundation
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore

/// `consilium-node serve`: a model for the programs and the people of this clinic.
///
/// The OpenAI interface under `/v1` takes the token as the API key; the clinician's page at `/` asks for it once.
/// Nothing that is asked or answered is stored or logged, but feedback that somebody gives on the page, which is
/// sealed.
public struct AssistantServer: Sendable {
    public struct Options: Sendable {
        public var host = "127.0.0.1"
        public var port = 8081
        /// Serve other machines, too.
        public var allowsRemote = false
        /// Where token and feedback lie.
        public var folder: URL
        /// The longest request in bytes.
        public var bodyLimit = 1 << 20
        public var requestsPerMinute = 600.0
        public var requestsAtOnce = 200
        public var connections = 256
        public var idleSeconds = 60
        /// How long answers that are being written may go on when the server is stopped.
        public var drain = Duration.seconds(10)
        public var generation = GenerationScheduler.Limits()
        /// The node whose approved reports the page may show, de-identified.
        public var reports: NodeHome?

        public init(folder: URL) { self.folder = folder }
    }

    private let scheduler: GenerationScheduler
    private let application: Application<RouterResponder<ServingContext>>
    private let options: Options
    /// What was made at the first start, to be printed once; `nil` at every other.
    public let freshToken: AccessToken?
    public let tokenFile: URL

    /// - Parameter onListening: called with the bound port once clients can connect.
    /// - Throws: ``NodeError`` `.badInput` for an address of other machines without `allowsRemote`, errors of the
    ///   token's file; `LanguageModelsError` for a model that can't continue texts.
    public init(
        _ assistant: AssistantModel, options: Options,
        logger: Logger = Logger(label: "consilium.serve") { _ in SwiftLogNoOpLogHandler() },
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        let isLoopback = ["127.0.0.1", "::1", "localhost"].contains(options.host)
        guard isLoopback || options.allowsRemote else {
            throw NodeError(
                .badInput,
                "\(options.host) is reachable from other machines. Listen on 127.0.0.1, or say --allow-remote, with a proxy before it that speaks TLS."
            )
        }
        guard (0...65535).contains(options.port) else {
            throw NodeError(.badInput, "The port must be 0 to 65535; 0 takes a free one.")
        }
        try DurableFile.createFolder(options.folder)
        tokenFile = options.folder.appendingPathComponent("token")
        let (token, isNew) = try AccessToken.loadOrCreate(at: tokenFile)
        freshToken = isNew ? token : nil
        self.options = options
        let scheduler = try GenerationScheduler(assistant, limits: options.generation)
        self.scheduler = scheduler

        let start = ContinuousClock.now
        let gatekeeper = Gatekeeper(
            token: token, isLoopback: isLoopback,
            requests: RateLimiter(perMinute: options.requestsPerMinute, burst: options.requestsAtOnce),
            now: { start.duration(to: .now) / .seconds(1) })
        let router = Router(context: ServingContext.self)
        router.add(middleware: FaultMiddleware())
        OpenAIRoutes(
            service: OpenAIService(assistant, scheduler), gatekeeper: gatekeeper, bodyLimit: options.bodyLimit
        ).register(in: router)
        let shelf = try options.reports.map { home in
            let services = try NodeServices(home: home)
            return ReportShelf(vault: try services.vault(), key: try services.vaultKey())
        }
        PageRoutes(
            desk: PageDesk(assistant, scheduler, try FeedbackBox(folder: options.folder)), shelf: shelf,
            notice: ModelNotice(assistant, offersReports: shelf != nil), gatekeeper: gatekeeper,
            bodyLimit: options.bodyLimit
        ).register(in: router)
        application = Application(
            responder: router.buildResponder(),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(Int64(options.idleSeconds)),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 64))),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port),
                availableConnectionsDelegate: MaximumAvailableConnections(options.connections)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? options.port) },
            logger: logger)
    }

    /// Serves until the task is cancelled. Nothing new is begun then, what waits is refused, answers that are being
    /// written get ``Options/drain`` to end, and what is left is cut off with an error.
    /// - Throws: ``NodeError`` `.cannotListen`.
    public func run() async throws {
        let (application, scheduler, drain) = (application, scheduler, options.drain)
        // A task of its own, which our cancellation does not reach before answers had their time.
        let serving = Task { try await application.run() }
        defer { scheduler.stop() }
        do {
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                Task {
                    await scheduler.drain(for: drain)
                    serving.cancel()
                }
            }
        } catch let error as IOError {
            throw NodeError(
                .cannotListen,
                "Can't listen on \(options.host):\(options.port): \(error.localizedDescription). Choose another port with --listen, or stop what uses it."
            )
        } catch is CancellationError where Task.isCancelled {}
    }
}
