internal import AsyncHTTPClient
internal import ConsiliumCore
public import Federation
internal import Foundation
public import Identity
internal import NIOSSL

/// The admin's side of the first talk with a new coordinator, which has no certificate of the consortium yet.
///
/// TLS encrypts and vouches for nobody here; what vouches is the ``PairingCode`` that the coordinator printed.
public struct PairingClient: Sendable {
    private let client: CoordinatorClient
    private let code: PairingCode

    /// - Throws: ``TransportError``.
    public init(address: CoordinatorAddress, code: PairingCode, options: CoordinatorClient.Options = .init()) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        tls.certificateVerification = .none
        tls.applicationProtocols = ["http/1.1"]
        client = CoordinatorClient(address: address, configuration: tls, hasCertificate: false, options: options)
        self.code = code
    }

    public var address: CoordinatorAddress { client.address }

    /// What the coordinator asks for.
    ///
    /// - Throws: ``IdentityError`` `.badProof` if whoever answers does not know the code.
    public func request() async throws -> CoordinatorRequest {
        let message = try await client.get(Endpoint.pairingRequest, as: PairingCode.Message.self)
        return try code.open(message, for: .request, as: CoordinatorRequest.self)
    }

    /// Hands over the answer. The coordinator begins to serve with it.
    public func deliver(_ grant: CoordinatorGrant) async throws {
        try await client.send(.put, Endpoint.pairingGrant, code.seal(grant, for: .grant))
    }

    public func shutdown() async throws { try await client.shutdown() }
}
