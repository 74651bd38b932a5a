public import ConsiliumCore
public import Foundation

/// A value with the bytes that were signed, the signer's certificate and an Ed25519 signature.
///
/// The signature is over `"consilium/<kind>/v1\n"` and then the *stored* payload bytes (canonical JSON); a verifier
/// never encodes the payload again. The decoded payload is only to be had through
/// ``verify(kind:authority:at:requiredRole:)``, so it can't be used unchecked by mistake.
///
/// Not checked here: that the roster still lists the signer. Compare ``VerifiedDocument/signer`` with
/// ``Roster/authorizes(_:)``.
public struct SignedDocument<Payload: Codable & Sendable>: Sendable, Hashable, Codable {
    public let kind: DocumentKind
    /// Canonical JSON, base64 in the encoded form.
    public let payload: Data
    public let signer: PeerCertificate
    public let signature: Data

    /// - Throws: ``IdentityError`` `.keyMismatch` if the certificate is not for signing with this key.
    public init(signing value: Payload, kind: DocumentKind, key: SigningKey, certificate: PeerCertificate) throws {
        guard certificate.matches(key) else {
            throw IdentityError(.keyMismatch, "The signing certificate of \(certificate.role) is for another key.")
        }
        self.kind = kind
        payload = try CanonicalJSON.encode(value)
        signer = certificate
        signature = try key.sign(Data(kind.domain.utf8) + payload)
    }

    /// Signs bytes that were signed before.
    init(signing payload: Data, kind: DocumentKind, key: SigningKey, certificate: PeerCertificate) throws {
        self.kind = kind
        self.payload = payload
        signer = certificate
        signature = try key.sign(Data(kind.domain.utf8) + payload)
    }

    /// The name of this document: the hash of its payload, whoever signed it.
    public var payloadHash: ContentHash { ContentHash(of: payload) }

    /// - Parameters:
    ///   - date: the time at which the certificates must be valid: now, or for an audit the time of signing.
    ///   - requiredRole: whether a holder of this role may sign such a document.
    /// - Throws: ``IdentityError`` `.wrongKind`, `.untrustedCertificate`, `.expiredCertificate`, `.wrongRole`,
    ///   `.badSignature`, or `.malformedDocument` if the signed bytes are no `Payload`.
    public func verify(
        kind: DocumentKind, authority: AuthorityCertificate, at date: Date, requiredRole: (PeerRole) -> Bool
    ) async throws -> Payload {
        try await verified(kind: kind, authority: authority, at: date, requiredRole: requiredRole).payload
    }

    /// The same at the time at which the document itself says that it was made, or now if it claims a later one. For documents
    /// that outlive the certificate of their signer, such as the results of a long job: whether the signer's key is still
    /// trusted is then the ``Roster``'s to say.
    public func verified(
        kind: DocumentKind, authority: AuthorityCertificate, asOf made: (Payload) -> Date, now: Date,
        requiredRole: (PeerRole) -> Bool
    ) async throws -> VerifiedDocument<Payload> {
        // Decoded before it is checked: only the date is taken from it, and the check decodes it again.
        let claimed = (try? CanonicalJSON.decode(Payload.self, from: payload)).map(made) ?? now
        // A signer whose clock is behind may claim a time before its certificate began.
        let date = min(max(claimed, signer.identity.notValidBefore), now)
        return try await verified(kind: kind, authority: authority, at: date, requiredRole: requiredRole)
    }

    /// The same, with who signed.
    public func verified(
        kind: DocumentKind, authority: AuthorityCertificate, at date: Date, requiredRole: (PeerRole) -> Bool
    ) async throws -> VerifiedDocument<Payload> {
        guard self.kind == kind else {
            throw IdentityError(
                .wrongKind, "This document is signed as “\(self.kind.rawValue)”; a “\(kind.rawValue)” is needed here.")
        }
        let identity = try await authority.verify(signer, at: date)
        guard let key = identity.signingKey else {
            throw IdentityError(.wrongRole, "The certificate of \(identity.role) is for TLS; it can't sign documents.")
        }
        guard requiredRole(identity.role) else {
            throw IdentityError(
                .wrongRole, "This “\(kind.rawValue)” is signed by \(identity.role), who may not sign such a document.")
        }
        guard key.isValidSignature(signature, for: Data(kind.domain.utf8) + payload) else {
            throw IdentityError(
                .badSignature,
                "The signature on this “\(kind.rawValue)” is wrong: it was altered, or damaged on the way. "
                    + "Ask \(identity.role) for it again."
            )
        }
        do {
            return VerifiedDocument(
                payload: try CanonicalJSON.decode(Payload.self, from: payload), signer: identity,
                payloadHash: payloadHash)
        } catch {
            throw IdentityError(
                .malformedDocument,
                "This “\(kind.rawValue)” is rightly signed, but its content can't be read. "
                    + "Check that both sides run the same version.",
                cause: error)
        }
    }
}

extension SignedDocument {
    /// - Throws: `CoreError` `.malformedJSON`, or an ``IdentityError`` for the certificate in it.
    public init(file: URL, limit: Int = 16 << 20) throws {
        self = try CanonicalJSON.decode(Self.self, from: DurableFile.read(file, limit: limit))
    }

    public func write(to file: URL, permissions: mode_t = 0o644) throws {
        try DurableFile.write(CanonicalJSON.encodePretty(self) + Data("\n".utf8), to: file, permissions: permissions)
    }
}
