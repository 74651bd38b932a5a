public import ConsiliumCore
internal import X509

/// A certificate of a clinic, the coordinator or an admin. Codable as its PEM text.
///
/// Holding one proves nothing: see ``AuthorityCertificate/verify(_:at:)``.
public struct PeerCertificate: Sendable {
    public let der: [UInt8]
    public let identity: PeerIdentity
    let certificate: Certificate

    /// - Throws: as ``PeerIdentity/init(derCertificate:)``.
    public init(der: [UInt8]) throws {
        self.der = der
        certificate = try CertificateCoding.parse(der: der)
        identity = try PeerIdentity(parsing: certificate, der: der)
    }

    /// - Parameter pem: one `CERTIFICATE` block.
    public init(pem: String) throws { try self.init(der: CertificateCoding.bytes(pem: pem, type: "CERTIFICATE")) }

    public var pem: String { CertificateCoding.pem(der, type: "CERTIFICATE") }
    public var role: PeerRole { identity.role }
    public var fingerprint: ContentHash { identity.fingerprint }

    /// Whether the certificate was issued for this key.
    public func matches(_ key: TLSKey) -> Bool { certificate.publicKey == key.publicKey }
    public func matches(_ key: SigningKey) -> Bool { identity.signingKey == key.publicKey }
}

extension PeerCertificate: Hashable {
    public static func == (left: PeerCertificate, right: PeerCertificate) -> Bool { left.der == right.der }
    public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}

extension PeerCertificate: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(pem: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(pem)
    }
}
