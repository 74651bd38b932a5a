internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Identity
internal import Logging
internal import NIOCore
internal import NIOFoundationCompat
internal import Synchronization
internal import Transport

/// A coordinator before it has its certificates: shows its request to an admin who knows the pairing code, and takes the grant.
///
/// Its TLS certificate is made up for the occasion and vouches for nothing; every message is authenticated by the code.
public struct PairingServer: Sendable {
    /// What the admin has to type. Kept in the folder (0600), so that a restart does not change it.
    public let code: String
    private let configuration: CoordinatorConfiguration
    private let pairing: PairingCode

    /// - Throws: ``CoordinatorError`` `.alreadyInitialized` if the folder has its grant; errors of the folder.
    public init(configuration: CoordinatorConfiguration) throws {
        let folder = configuration.folders
        guard !FileManager.default.fileExists(atPath: folder.grant.path) else {
            throw CoordinatorError(
                .alreadyInitialized, "\(folder.url.path) has the admin's grant already. Go on with “serve”.")
        }
        self.configuration = configuration
        if FileManager.default.fileExists(atPath: folder.pairing.path) {
            pairing = try PairingCode(
                text: String(decoding: try DurableFile.read(folder.pairing, limit: 1 << 10), as: UTF8.self))
        } else {
            pairing = try PairingCode()
            try DurableFile.write(Data((pairing.text + "\n").utf8), to: folder.pairing)
        }
        code = pairing.text
    }

    /// The first name under which the coordinator is dialled.
    public func host() throws -> String {
        let request = try request()
        return request.dnsNames.first ?? request.ipAddresses.first ?? configuration.host
    }

    private func request() throws -> CoordinatorRequest {
        try CanonicalJSON.decode(
            CoordinatorRequest.self, from: DurableFile.read(configuration.folders.request, limit: 1 << 20))
    }

    /// Waits for the admin; returns the port once `grant.json` is in the folder.
    ///
    /// - Parameter onListening: called with the bound port.
    /// - Throws: ``CoordinatorError`` `.cannotListen`.
    public func run(onListening: @escaping @Sendable (Int) -> Void) async throws -> Int {
        let folder = configuration.folders
        let request = try request()
        let (granted, signal) = AsyncStream.makeStream(of: Void.self)
        let port = Mutex(configuration.port)
        let logger = Logger(label: "consilium.pairing") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: router(request, signal).buildResponder(),
            server: try .tls(.http1(), tlsConfiguration: try throwawayTLS(request).serverConfiguration()),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in
                let bound = channel.localAddress?.port ?? 0
                port.withLock { $0 = bound }
                onListening(bound)
            },
            logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                for await _ in granted { break }
                // The answer is still on its way to the admin.
                try await Task.sleep(for: .milliseconds(300))
            }
            do {
                try await group.next()
            } catch let error as IOError {
                throw CoordinatorError(
                    .cannotListen,
                    "Can't listen on \(configuration.host):\(configuration.port): \(error.localizedDescription). "
                        + "Choose another port in the configuration, or stop what uses it.")
            }
            group.cancelAll()
        }
        try? FileManager.default.removeItem(at: folder.pairing)
        return port.withLock { $0 }
    }

    private func router(_ request: CoordinatorRequest, _ granted: AsyncStream<Void>.Continuation)
        -> Router<CoordinatorContext>
    {
        let (pairing, folder) = (pairing, configuration.folders)
        let router = Router(context: CoordinatorContext.self)
        router.add(middleware: ErrorMiddleware(metrics: Metrics()))
        router.get("\(Endpoint.pairingRequest)") { _, _ in try Response.json(pairing.seal(request, for: .request)) }
        router.put("\(Endpoint.pairingGrant)") { incoming, _ in
            let body = try await incoming.body.collect(upTo: 16 << 20)
            let message = try CanonicalJSON.decode(PairingCode.Message.self, from: Data(buffer: body))
            let grant = try pairing.open(message, for: .grant, as: CoordinatorGrant.self)
            // Of our keys, or the real server would refuse it after the admin has gone.
            _ = try await grant.certificates.credentials(
                keys: KeyFiles(folder: folder.url).loadKeys(), role: .coordinator,
                authority: grant.certificates.authority, at: Date())
            try DurableFile.write(
                CanonicalJSON.encodePretty(grant) + Data("\n".utf8), to: folder.grant, permissions: 0o644)
            granted.yield()
            return Response(status: .noContent)
        }
        return router
    }

    private func throwawayTLS(_ request: CoordinatorRequest) throws -> TLSSettings {
        let authority = try CertificateAuthority(consortium: "Pairing", at: Date())
        let certificate = try authority.issueTLS(
            request.tlsRequest, role: .coordinator, dnsNames: request.dnsNames, ipAddresses: request.ipAddresses,
            at: Date(), days: 1)
        return TLSSettings(
            authorityPEM: authority.certificate.pem, certificatePEM: certificate.pem,
            privateKeyPEM: try KeyFiles(folder: configuration.folder).loadKeys().tls.pem)
    }
}
