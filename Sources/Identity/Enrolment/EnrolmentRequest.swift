public import ConsiliumCore
public import Foundation

/// A clinic's wish to take part: its public keys, signed with the token's key (it was invited) and with its own signing
/// key (it holds what it names; the TLS request carries its own proof).
///
/// Sending the same request again is harmless: compare ``contentHash`` and repeat the answer.
public struct EnrolmentRequest: Sendable, Hashable, Codable {
    public struct Content: Sendable, Hashable, Codable {
        public let tokenID: String
        public let clinic: ClinicID
        public let tlsRequest: CertificateRequest
        public let signingKey: SigningPublicKey
        public let created: Date
    }

    /// Canonical JSON of ``Content``; both signatures are over these stored bytes.
    public let content: Data
    public let tokenSignature: Data
    public let keySignature: Data

    private static let tokenDomain = Data("consilium/enrolment-token/v1\n".utf8)
    private static let keyDomain = Data("consilium/enrolment-key/v1\n".utf8)

    public init(token: EnrolmentToken, keys: PeerKeys, at date: Date) throws {
        content = try CanonicalJSON.encode(
            Content(
                tokenID: token.id, clinic: token.clinic, tlsRequest: keys.tls.certificateRequest(),
                signingKey: keys.signing.publicKey, created: date))
        tokenSignature = try token.key.sign(Self.tokenDomain + content)
        keySignature = try keys.signing.sign(Self.keyDomain + content)
    }

    public var contentHash: ContentHash { ContentHash(of: content) }

    /// The token id that the request claims, to look up its record. Nothing is checked yet.
    public func claimedTokenID() throws -> String { try decoded().tokenID }

    /// - Parameters:
    ///   - record: the record under ``claimedTokenID()``, taken from a verified document; `nil` if there is none.
    ///   - used: whether another request has been granted under it.
    /// - Throws: ``IdentityError`` `.unknownToken`, `.badProof`, `.wrongClinic`, `.expiredToken`, `.usedToken` or
    ///   `.malformedRequest`. Only who holds the token's secret learns more than `.unknownToken` and `.badProof`.
    public func verify(against record: TokenRecord?, used: Bool, at date: Date) throws -> Content {
        let claim = try decoded()
        guard let record, record.id == claim.tokenID else {
            throw IdentityError(
                .unknownToken,
                "The coordinator doesn't know this enrolment token. Ask the admin whether it was registered.")
        }
        guard record.publicKey.isValidSignature(tokenSignature, for: Self.tokenDomain + content) else {
            throw IdentityError(
                .badProof,
                "The request was not made with the token's secret. "
                    + "Copy the token again, or ask the admin for a new one."
            )
        }
        guard record.clinic == claim.clinic else {
            throw IdentityError(.wrongClinic, "This enrolment token is for another clinic. Ask the admin for your own.")
        }
        guard date <= record.expires else {
            throw IdentityError(.expiredToken, "This enrolment token has expired. Ask the admin for a new one.")
        }
        guard !used else {
            throw IdentityError(
                .usedToken,
                "This enrolment token has been used. "
                    + "If that wasn't your clinic, tell the admin at once; otherwise ask for a new one."
            )
        }
        guard claim.signingKey.isValidSignature(keySignature, for: Self.keyDomain + content) else {
            throw IdentityError(
                .badProof, "The request is not signed with the signing key that it names. Enroll again.")
        }
        return claim
    }

    private func decoded() throws -> Content {
        do {
            return try CanonicalJSON.decode(Content.self, from: content)
        } catch let error as IdentityError {
            throw error
        } catch {
            throw IdentityError(
                .malformedRequest, "The enrolment request can't be read. Check that both sides run the same version.",
                cause: error)
        }
    }
}
