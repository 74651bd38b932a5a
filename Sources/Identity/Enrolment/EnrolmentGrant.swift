public import Foundation

/// The admin's answer to an enrolment: two certificates, and the authority for comparison.
///
/// Everything in it is public and vouches for itself: ``credentials(keys:role:authority:at:)`` checks it.
public struct EnrolmentGrant: Sendable, Hashable, Codable {
    public let tlsCertificate: PeerCertificate
    public let signingCertificate: PeerCertificate
    public let authority: AuthorityCertificate

    public init(
        tlsCertificate: PeerCertificate, signingCertificate: PeerCertificate, authority: AuthorityCertificate
    ) {
        self.tlsCertificate = tlsCertificate
        self.signingCertificate = signingCertificate
        self.authority = authority
    }

    /// - Parameter authority: the one trusted beforehand; the grant's own is not believed.
    /// - Throws: ``IdentityError`` `.untrustedCertificate`, `.expiredCertificate`, `.wrongRole`, `.keyMismatch`.
    public func credentials(keys: PeerKeys, role: PeerRole, authority trusted: AuthorityCertificate, at date: Date)
        async throws
        -> PeerCredentials
    {
        for certificate in [tlsCertificate, signingCertificate] {
            try await trusted.verify(certificate, at: date)
            guard certificate.role == role else {
                throw IdentityError(
                    .wrongRole,
                    "The certificate is for \(certificate.role), not for \(role). Ask the admin for the right one.")
            }
        }
        return try PeerCredentials(
            keys: keys, tlsCertificate: tlsCertificate, signingCertificate: signingCertificate, authority: trusted)
    }
}

extension CertificateAuthority {
    /// Certificates for a clinic whose request was verified: pass what ``EnrolmentRequest/verify(against:used:at:)``
    /// returned.
    public func grant(_ content: EnrolmentRequest.Content, at date: Date, days: Int = 730) throws -> EnrolmentGrant {
        EnrolmentGrant(
            tlsCertificate: try issueTLS(content.tlsRequest, role: .clinic(content.clinic), at: date, days: days),
            signingCertificate: try issueSigning(
                content.signingKey, role: .clinic(content.clinic), at: date, days: days),
            authority: certificate)
    }

    /// Certificates for keys that lie on the admin's own machine: the coordinator's at set-up, the admin's own.
    public func grant(
        _ keys: PeerKeys, role: PeerRole, dnsNames: [String] = [], ipAddresses: [String] = [], at date: Date,
        days: Int = 730
    ) throws -> EnrolmentGrant {
        EnrolmentGrant(
            tlsCertificate: try issueTLS(
                keys.tls.certificateRequest(), role: role, dnsNames: dnsNames, ipAddresses: ipAddresses, at: date,
                days: days),
            signingCertificate: try issueSigning(keys.signing.publicKey, role: role, at: date, days: days),
            authority: certificate)
    }
}
