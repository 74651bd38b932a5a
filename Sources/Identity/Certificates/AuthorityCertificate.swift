public import ConsiliumCore
public import Foundation
@_spi(FixedExpiryValidationTime) internal import X509

/// The public half of the consortium's certificate authority: what every party has from the start and trusts.
/// Codable as its PEM text.
public struct AuthorityCertificate: Sendable {
    public let der: [UInt8]
    /// SHA-256 of the DER bytes; people compare ``ContentHash/grouped`` by telephone before they trust the file.
    public let fingerprint: ContentHash
    let certificate: Certificate

    /// - Throws: ``IdentityError`` `.malformedCertificate`, also for a certificate that is no authority's.
    public init(der: [UInt8]) throws {
        self.der = der
        fingerprint = ContentHash(of: Data(der))
        certificate = try CertificateCoding.parse(der: der)
        guard case .isCertificateAuthority? = try? certificate.extensions.basicConstraints else {
            throw IdentityError(
                .malformedCertificate, "This is not the certificate of an authority. Use the consortium's ca.pem.")
        }
    }

    /// - Parameter pem: one `CERTIFICATE` block.
    public init(pem: String) throws { try self.init(der: CertificateCoding.bytes(pem: pem, type: "CERTIFICATE")) }

    public init(file: URL) throws {
        let data = try DurableFile.read(file, limit: CertificateCoding.maximumLength)
        try self.init(pem: String(decoding: data, as: UTF8.self))
    }

    public var pem: String { CertificateCoding.pem(der, type: "CERTIFICATE") }
    public var notValidAfter: Date { certificate.notValidAfter }

    /// Checks that this authority issued the certificate and that both are valid at `date`.
    ///
    /// Path validation is RFC 5280's as `swift-certificates` does it. Not checked: whether the roster still lists the
    /// holder.
    ///
    /// - Throws: ``IdentityError`` `.untrustedCertificate` or `.expiredCertificate` (also for one not valid yet).
    @discardableResult
    public func verify(_ peer: PeerCertificate, at date: Date) async throws -> PeerIdentity {
        // The signature first: dates in a certificate that nobody vouches for mean nothing.
        try requireIssued(peer)
        for (certificate, name) in [(certificate, "the authority"), (peer.certificate, "\(peer.role)")] {
            guard date >= certificate.notValidBefore else {
                throw IdentityError(
                    .expiredCertificate, "The certificate of \(name) is not valid yet. Check this machine's clock.")
            }
            guard date <= certificate.notValidAfter else {
                throw IdentityError(
                    .expiredCertificate,
                    "The certificate of \(name) ended on "
                        + "\(certificate.notValidAfter.formatted(.iso8601)). "
                        + "The consortium's admin renews it with “consilium-admin renew”."
                )
            }
        }
        var verifier = Verifier(rootCertificates: CertificateStore([certificate])) {
            RFC5280Policy(fixedExpiryValidationTime: date)
        }
        guard
            case .validCertificate = await verifier.validate(
                leaf: peer.certificate, intermediates: CertificateStore([]))
        else {
            throw untrusted(peer)
        }
        return peer.identity
    }

    /// Checks the signature of this authority alone, whatever the dates say.
    func requireIssued(_ peer: PeerCertificate) throws {
        guard peer.certificate.issuer == certificate.subject,
            certificate.publicKey.isValidSignature(peer.certificate.signature, for: peer.certificate)
        else { throw untrusted(peer) }
    }

    private func untrusted(_ peer: PeerCertificate) -> IdentityError {
        IdentityError(
            .untrustedCertificate,
            "The certificate that names \(peer.role) was not issued by this consortium's authority "
                + "(\(fingerprint.short)…). Check that both sides use the same ca.pem, then enroll again.")
    }
}

extension AuthorityCertificate: Hashable {
    public static func == (left: AuthorityCertificate, right: AuthorityCertificate) -> Bool { left.der == right.der }
    public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}

extension AuthorityCertificate: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(pem: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(pem)
    }
}
