internal import ConsiliumCore
public import Identity
internal import NIOCore
public import NIOSSL

/// Certificates and key of one end of a connection. TLS 1.3 only, HTTP/1.1 only.
///
/// The only trust root is the consortium's CA: the system's roots can neither vouch for a coordinator nor for a clinic.
public struct TLSSettings: Sendable {
    /// The consortium's CA certificate, PEM.
    public var authorityPEM: String
    /// This end's certificate, PEM; `nil` for a clinic that is not enrolled yet.
    public var certificatePEM: String?
    /// The private key of ``certificatePEM``, PEM.
    public var privateKeyPEM: String?

    /// The texts are read when a configuration is made.
    public init(authorityPEM: String, certificatePEM: String? = nil, privateKeyPEM: String? = nil) {
        self.authorityPEM = authorityPEM
        self.certificatePEM = certificatePEM
        self.privateKeyPEM = privateKeyPEM
    }

    /// An enrolled party's own.
    public init(_ credentials: PeerCredentials) {
        self.init(
            authorityPEM: credentials.authority.pem, certificatePEM: credentials.tlsCertificate.pem,
            privateKeyPEM: credentials.keys.tls.pem)
    }

    /// For a clinic before its enrolment: it can check the coordinator and show nothing of its own.
    public init(authority: AuthorityCertificate) { self.init(authorityPEM: authority.pem) }

    /// For a clinic or the admin: the coordinator's certificate must come from the CA and carry the name or address dialled.
    /// - Throws: ``TransportError`` `.invalidCertificate`.
    public func clientConfiguration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv13
        configuration.trustRoots = .certificates(try authority())
        configuration.certificateVerification = .fullVerification
        configuration.applicationProtocols = ["http/1.1"]
        if let identity = try identity() {
            configuration.certificateChain = identity.chain
            configuration.privateKey = identity.key
        }
        return configuration
    }

    /// For the coordinator. A client may come without a certificate, because enrolment uses the same port; one that presents a
    /// certificate must have it from the CA, or the handshake fails. Which routes need a certificate is decided above TLS.
    /// - Throws: ``TransportError`` `.invalidCertificate`.
    public func serverConfiguration() throws -> TLSConfiguration {
        guard let identity = try identity() else {
            throw TransportError(.invalidCertificate, "A coordinator needs a certificate and its private key.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: identity.chain, privateKey: identity.key)
        configuration.minimumTLSVersion = .tlsv13
        configuration.trustRoots = .certificates(try authority())
        configuration.certificateVerification = .optionalVerification
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }

    /// The same for certificates that may be renewed while the coordinator serves: each new connection gets those that
    /// `current` returns, and connections that are open stay.
    ///
    /// - Throws: ``TransportError`` `.invalidCertificate`.
    public static func serverConfiguration(following current: @escaping @Sendable () -> TLSSettings) throws
        -> TLSConfiguration
    {
        var configuration = try current().serverConfiguration()
        configuration.sslContextCallback = { _, promise in
            promise.completeWith(
                Result {
                    var override = NIOSSLContextConfigurationOverride()
                    let identity = try current().identity()
                    override.certificateChain = identity?.chain
                    override.privateKey = identity?.key
                    return override
                })
        }
        return configuration
    }

    private func authority() throws -> [NIOSSLCertificate] {
        try Self.certificates(authorityPEM, of: "the consortium's CA")
    }

    private func identity() throws -> (chain: [NIOSSLCertificateSource], key: NIOSSLPrivateKeySource)? {
        guard let certificatePEM, let privateKeyPEM else { return nil }
        let chain = try Self.certificates(certificatePEM, of: "this machine")
        do {
            return (
                chain.map { .certificate($0) },
                .privateKey(try NIOSSLPrivateKey(bytes: Array(privateKeyPEM.utf8), format: .pem))
            )
        } catch {
            throw TransportError(
                .invalidCertificate, "The private key of this machine can't be read. It must be an unencrypted PEM key."
            )
        }
    }

    private static func certificates(_ pem: String, of owner: String) throws -> [NIOSSLCertificate] {
        let found = try? NIOSSLCertificate.fromPEMBytes(Array(pem.utf8))
        guard let found, !found.isEmpty else {
            throw TransportError(
                .invalidCertificate,
                "The certificate of \(owner) can't be read. It must be a PEM file with a certificate in it.")
        }
        return found
    }
}
