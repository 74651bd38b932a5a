public import ConsiliumCore
internal import Crypto
public import Foundation
internal import SwiftASN1
internal import X509

/// Who a certificate says its holder is.
///
/// Reading an identity proves nothing yet: the chain is checked by the TLS library, or by
/// ``AuthorityCertificate/verify(_:at:)``; whether the holder may take part is ``Roster/authorizes(_:)``'s answer.
public struct PeerIdentity: Sendable, Hashable {
    /// What the certificate's key may do.
    public enum Purpose: String, Sendable, Codable {
        /// Connects (clinic, admin) or serves (coordinator) over TLS; P-256.
        case tls
        /// Signs documents; Ed25519. TLS libraries refuse it, because its extended key usage is another.
        case signing
    }

    public let role: PeerRole
    public let purpose: Purpose
    /// SHA-256 of the certificate's DER bytes.
    public let fingerprint: ContentHash
    public let notValidBefore: Date
    public let notValidAfter: Date
    /// The key of a ``Purpose/signing`` certificate.
    public let signingKey: SigningPublicKey?

    /// - Throws: ``IdentityError`` `.malformedCertificate` if this is no certificate of a peer, `.malformedRole` if it
    ///   does not name exactly one role.
    public init(derCertificate bytes: [UInt8]) throws {
        try self.init(parsing: CertificateCoding.parse(der: bytes), der: bytes)
    }

    init(parsing certificate: Certificate, der: [UInt8]) throws {
        role = try Self.role(of: certificate)
        fingerprint = ContentHash(of: Data(der))
        notValidBefore = certificate.notValidBefore
        notValidAfter = certificate.notValidAfter
        (purpose, signingKey) = try Self.purpose(of: certificate, role: role)
    }

    private static func role(of certificate: Certificate) throws -> PeerRole {
        let names: SubjectAlternativeNames?
        do {
            names = try certificate.extensions.subjectAlternativeNames
            if case .isCertificateAuthority = try certificate.extensions.basicConstraints {
                throw IdentityError(
                    .malformedCertificate,
                    "This is the certificate of an authority; the certificate of a peer is needed.")
            }
        } catch let error as IdentityError {
            throw error
        } catch {
            throw IdentityError(
                .malformedCertificate, "The certificate's extensions can't be read. Ask its issuer for a new one.")
        }
        let roles = (names ?? SubjectAlternativeNames([])).compactMap { name -> String? in
            guard case .uniformResourceIdentifier(let text) = name, text.hasPrefix(PeerRole.prefix) else { return nil }
            return text
        }
        guard let urn = roles.first, roles.count == 1 else {
            throw IdentityError(
                .malformedRole,
                "The certificate names \(roles.count) roles of a consortium; exactly one is needed. "
                    + "Use a certificate that “consilium-admin” issued.")
        }
        return try PeerRole(urn: urn)
    }

    private static func purpose(of certificate: Certificate, role: PeerRole) throws -> (Purpose, SigningPublicKey?) {
        let usages: ExtendedKeyUsage?
        let keyUsage: KeyUsage?
        do {
            usages = try certificate.extensions.extendedKeyUsage
            keyUsage = try certificate.extensions.keyUsage
        } catch {
            throw IdentityError(
                .malformedCertificate, "The certificate's key usage can't be read. Ask its issuer for a new one.")
        }
        guard let usages, keyUsage?.digitalSignature == true else { throw unusable }
        if usages.contains(CertificateCoding.documentSigning) {
            guard usages.count == 1, let key = Curve25519.Signing.PublicKey(certificate.publicKey) else {
                throw unusable
            }
            return (.signing, SigningPublicKey(key))
        }
        guard usages.contains(CertificateCoding.tlsUsage(of: role)) else { throw unusable }
        return (.tls, nil)
    }

    private static let unusable = IdentityError(
        .malformedCertificate,
        "The certificate's key usage fits neither TLS in its role nor signing. "
            + "Use a certificate that “consilium-admin” issued."
    )
}
