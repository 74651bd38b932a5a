internal import AsyncHTTPClient
public import ConsiliumCore
internal import Federation
internal import Foundation
public import Logging
internal import NIOCore
internal import NIOSSL

/// A typed client of the coordinator's HTTP interface, for a clinic or for the admin.
///
/// Every request may be repeated safely, and is: after a lost connection, a time-out or an overloaded coordinator, with
/// exponential backoff and jitter. What stays lost is thrown as ``FederationError`` `.unavailable`; what the coordinator
/// refuses is thrown as the ``FederationError`` that it sent.
///
/// ```swift
/// let client = try CoordinatorClient(address: address, tls: TLSSettings(credentials))
/// let task = try await client.task(of: job, waitSeconds: 25)
/// try await client.shutdown()
/// ```
///
/// Signatures and hashes of what arrives are the caller's to check, except for ``downloadAdapter(_:to:maximumBytes:progress:)``.
public struct CoordinatorClient: Sendable {
    public struct Options: Sendable {
        public var proxy: ProxySettings?
        public var retry = RetryPolicy.standard
        /// For one request that carries JSON.
        public var requestTimeout: Duration = .seconds(60)
        /// For one chunk of an update. Long, because a bad link may carry 20 kB a second; one that carries nothing is noticed
        /// after a minute and a half.
        public var transferTimeout: Duration = .seconds(3600)
        /// Asked before a request with a body leaves, with its path and the SHA-256 of the body; what it throws is thrown
        /// instead. A file that an admin uploads is not asked about.
        public var mayLeave: (@Sendable (_ path: String, _ body: ContentHash) throws -> Void)?
        /// Receives retries; nothing by default. Never bodies or keys.
        public var logger = Logger(label: "consilium.transport") { _ in SwiftLogNoOpLogHandler() }

        /// In place of sockets.
        var link: (any HTTPLink)?

        public init() {}
    }

    public let address: CoordinatorAddress
    let options: Options
    let hasCertificate: Bool
    let link: any HTTPLink

    /// Opens no connection yet.
    /// - Throws: ``TransportError`` `.invalidCertificate`.
    public init(address: CoordinatorAddress, tls: TLSSettings, options: Options = Options()) throws {
        self.init(
            address: address, configuration: try tls.clientConfiguration(), hasCertificate: tls.certificatePEM != nil,
            options: options)
    }

    init(address: CoordinatorAddress, configuration tls: TLSConfiguration, hasCertificate: Bool, options: Options) {
        self.address = address
        self.options = options
        self.hasCertificate = hasCertificate
        if let link = options.link {
            self.link = link
            return
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        // HTTP/2's flow control is slower for large bodies, and a download would be buffered whole.
        configuration.httpVersion = .http1Only
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(
            connect: .seconds(10), read: .seconds(90), write: .seconds(90))
        configuration.proxy = options.proxy?.clientSetting
        // One layer of retries, with our pauses.
        configuration.connectionPool.retryConnectionEstablishment = false
        link = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes all connections. The client must not be used afterwards.
    public func shutdown() async throws { try await link.close() }

    /// Whether the coordinator answers. One attempt, for `doctor`.
    public func checkHealth() async throws {
        var once = self.options
        once.retry = .never
        _ = try await Exchange(client: self, options: once).send(.get, Endpoint.health)
    }
}

extension CoordinatorClient {
    var exchange: Exchange { Exchange(client: self, options: options) }

    func get<Reply: Decodable>(_ path: String, query: String? = nil, as type: Reply.Type) async throws -> Reply {
        try decode(try await exchange.send(.get, path, query: query), as: type)
    }

    @discardableResult
    func send(_ method: Exchange.Method, _ path: String, _ value: some Encodable) async throws -> Exchange.Reply {
        try await exchange.send(method, path, body: .json(try CanonicalJSON.encode(value)))
    }

    func decode<Value: Decodable>(_ reply: Exchange.Reply, as type: Value.Type) throws -> Value {
        do {
            return try CanonicalJSON.decode(type, from: reply.body)
        } catch {
            throw FederationError(
                .malformedMessage,
                "The coordinator at \(address) sent an answer that can't be read. Check that both sides run the same version.",
                cause: error)
        }
    }
}
