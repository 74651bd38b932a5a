internal import ConsiliumCore
internal import Federation
public import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Identity
public import Logging
internal import NIOCore
public import ServiceLifecycle
internal import Transport

/// The coordinator as a service: HTTPS for clinics and admins, and the engine that drives the jobs.
///
/// All of its state is in its folder. It may be killed at any moment and started again on the same folder: jobs go on where
/// they were, and end with the same adapters.
///
/// ```swift
/// let server = try await CoordinatorServer(configuration: configuration, logger: logger)
/// try await server.runUntilSignalled()
/// ```
public struct CoordinatorServer: Service {
    private let configuration: CoordinatorConfiguration
    private let lock: FolderLock
    private let application: Application<RouterResponder<CoordinatorContext>>
    /// Every route as `METHOD /path`, in the words of `openapi.yaml`.
    let paths: [String]
    /// What ``run()`` runs beside the listening socket.
    let engine: JobEngine
    /// What answers a request once its sender is known.
    var responder: RouterResponder<CoordinatorContext> { application.responder }

    /// Takes the folder for itself and reads it: keys, grant, store. Listens only in ``run()``.
    ///
    /// - Parameters:
    ///   - logger: receives ids and codes, never bodies; by default nothing is logged.
    ///   - onListening: called with the bound port once clients can connect.
    ///   - tick: how often deadlines are looked at.
    ///   - now: the calendar, which somebody may set while the server runs: the time left in a round stays as it is.
    ///   - uptime: grows steadily, whatever happens to the calendar.
    /// - Throws: ``CoordinatorError`` `.notGranted` while the admin's `grant.json` is missing, `.alreadyRunning` while another server has
    ///   the folder; errors of keys, grant and store.
    public init(
        configuration: CoordinatorConfiguration,
        logger: Logger = Logger(label: "consilium.coordinator") { _ in SwiftLogNoOpLogHandler() },
        tick: Duration = .seconds(1),
        now: @escaping @Sendable () -> Date = { Date() },
        uptime: @escaping @Sendable () -> Duration = ClockWatch.uptime(),
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws {
        let folder = configuration.folders
        let grant = try CoordinatorSetup.readGrant(in: folder)
        // Before anything is changed: what follows deletes files that a server on this folder may be about to use.
        let lock = try FolderLock(folder)
        // Left by a server that was killed; the lock says that none is running.
        try? FileManager.default.removeItem(at: folder.port)
        let credentials = try await KeyFiles(folder: folder.url).install(
            grant.certificates, role: .coordinator, authority: grant.certificates.authority, at: now())
        for part in [folder.adapters, folder.updates] { try DurableFile.createFolder(part) }
        folder.removeLeftovers()

        let store = try SQLiteStore(file: folder.database)
        let rosters = try await RosterKeeper(
            store: store, authority: credentials.authority, first: grant.roster, now: now)
        let identity = ServerIdentity(credentials)
        let metrics = Metrics()
        let operators = OperatorRoutes(
            readiness: Readiness(store: store, folder: folder),
            page: MetricsPage(metrics: metrics, store: store, rosters: rosters))
        let aggregator = RoundAggregator(store: store, folder: folder, identity: identity, metrics: metrics)
        try await aggregator.discardClosedRounds()
        let signals = JobSignals()
        let presence = Presence(store: store, logger: logger, now: now, uptime: uptime)
        let sums = SecureSumDesk(
            store: store, rosters: rosters, signals: signals, logger: logger, now: now, uptime: uptime)
        let engine = JobEngine(
            store: store, aggregator: aggregator, sums: sums, presence: presence, signals: signals, logger: logger,
            interval: tick, now: now,
            uptime: uptime)
        let adapters = AdapterShelf(folder: folder, store: store, limit: configuration.limits.adapterBytes)
        let jobs = JobDesk(
            store: store, rosters: rosters, engine: engine, signals: signals, adapters: adapters,
            consentDeadline: configuration.consentDeadlineHours.map { $0 * 3600 }, logger: logger, now: now)
        try await jobs.dropStrangers()
        let routes = CoordinatorRoutes(
            rosters: rosters, enrolments: EnrolmentDesk(store: store, rosters: rosters, logger: logger, now: now),
            jobs: jobs,
            updates: UpdateIntake(
                store: store, folder: folder, rosters: rosters, engine: engine, sums: sums, logger: logger, now: now),
            sums: sums, engine: engine, adapters: adapters,
            overview: OverviewBuilder(
                store: store, presence: presence, own: { CertificateLife(identity.credentials) }, now: now),
            certificates: CertificateDesk(
                store: store, rosters: rosters, folder: folder, identity: identity, logger: logger, now: now),
            operators: operators)
        for life in [CertificateLife(credentials), await rosters.signerLife] {
            if let warning = life.warning(at: now()) { logger.warning("\(warning)") }
        }

        let router = Router(context: CoordinatorContext.self)
        router.add(middleware: MetricsMiddleware(metrics: metrics))
        router.add(middleware: PeerMiddleware())
        router.add(middleware: ErrorMiddleware(metrics: metrics))
        var table = RouteTable(
            router: router, rosters: rosters, presence: presence,
            jsonLimit: configuration.limits.jsonBytes)
        routes.register(in: &table)
        paths = table.paths

        self.configuration = configuration
        self.lock = lock
        self.engine = engine
        application = Application(
            responder: router.buildResponder(),
            server: try .tls(
                .http1(
                    configuration: .init(
                        idleTimeout: .seconds(Int64(configuration.limits.idleSeconds)),
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 64))),
                tlsConfiguration: TLSSettings.serverConfiguration { TLSSettings(identity.credentials) }),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.limits.connections)),
            services: [engine] + Self.operatorListener(configuration, operators, logger),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                try? DurableFile.write(Data("\(port)\n".utf8), to: folder.port, permissions: 0o644)
                onListening(port)
            },
            logger: logger)
    }

    /// Plain HTTP for the operator's monitoring, where the configuration names an address for it.
    private static func operatorListener(
        _ configuration: CoordinatorConfiguration, _ routes: OperatorRoutes, _ logger: Logger
    ) -> [any Service] {
        guard let address = configuration.operatorListen else { return [] }
        return [
            Application(
                responder: routes.responder(), server: .http1(configuration: .init(idleTimeout: .seconds(60))),
                configuration: ApplicationConfiguration(
                    address: .hostname(address.host, port: address.port),
                    availableConnectionsDelegate: MaximumAvailableConnections(64)), logger: logger)
        ]
    }

    /// Serves until the service group is shut down: no new connections, running requests end, polls are answered at once.
    /// Once, because the folder is given back at the end.
    /// - Throws: ``CoordinatorError`` `.cannotListen`.
    public func run() async throws { try await run { try await $0.run() } }

    /// Gives the folder back without having served: for who drives ``engine`` and ``responder`` alone.
    func releaseFolder() { lock.release() }

    /// Serves until SIGTERM or SIGINT.
    public func runUntilSignalled() async throws { try await run { try await $0.runService() } }

    private func run(_ start: (Application<RouterResponder<CoordinatorContext>>) async throws -> Void) async throws {
        // While we hold the lock the file can only be ours.
        defer {
            try? FileManager.default.removeItem(at: configuration.folders.port)
            lock.release()
        }
        do {
            try await start(application)
        } catch let error as IOError {
            throw CoordinatorError(
                .cannotListen,
                "Can't listen on \(configuration.host):\(configuration.port): \(error.localizedDescription). "
                    + "Choose another port in the configuration, or stop what uses it.")
        }
    }
}
