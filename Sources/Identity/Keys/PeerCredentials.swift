/// All that a party needs to connect and to sign: its keys, its two certificates and the authority that it trusts.
public struct PeerCredentials: Sendable {
    public let keys: PeerKeys
    public let tlsCertificate: PeerCertificate
    public let signingCertificate: PeerCertificate
    public let authority: AuthorityCertificate

    /// - Throws: ``IdentityError`` `.keyMismatch` if a certificate is for another key, another purpose, or the two name
    ///   different roles.
    public init(
        keys: PeerKeys, tlsCertificate: PeerCertificate, signingCertificate: PeerCertificate,
        authority: AuthorityCertificate
    ) throws {
        guard tlsCertificate.identity.purpose == .tls, tlsCertificate.matches(keys.tls),
            signingCertificate.matches(keys.signing), tlsCertificate.role == signingCertificate.role
        else {
            throw IdentityError(
                .keyMismatch,
                "The certificates are not for the keys in this folder. Restore both from one backup, or enroll again.")
        }
        self.keys = keys
        self.tlsCertificate = tlsCertificate
        self.signingCertificate = signingCertificate
        self.authority = authority
    }

    public var role: PeerRole { tlsCertificate.role }

    /// The same content under the certificate that this party has now: one that it had before may have ended since.
    ///
    /// - Throws: ``IdentityError`` `.malformedDocument` for content that is none.
    public func renewed<Payload: Codable & Sendable>(_ document: SignedDocument<Payload>, kind: DocumentKind) throws
        -> SignedDocument<Payload>
    {
        document.signer == signingCertificate
            ? document
            : try SignedDocument(
                signing: document.payload, kind: kind, key: keys.signing, certificate: signingCertificate)
    }

    /// Signs `payload` with this party's signing key and certificate.
    public func sign<Payload: Codable & Sendable>(_ payload: Payload, kind: DocumentKind) throws -> SignedDocument<
        Payload
    > {
        try SignedDocument(signing: payload, kind: kind, key: keys.signing, certificate: signingCertificate)
    }
}
