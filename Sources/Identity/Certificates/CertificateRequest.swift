internal import Crypto
internal import Foundation
internal import SwiftASN1
internal import X509

/// A PKCS #10 request for a TLS certificate: the public half of a P-256 key, signed with the private one.
/// Codable as base64 of its DER bytes.
///
/// The subject and the extensions in a request are ignored: the authority writes its own.
public struct CertificateRequest: Sendable, Hashable {
    public let der: [UInt8]
    let publicKey: Certificate.PublicKey

    /// - Throws: ``IdentityError`` `.malformedRequest` if the bytes are no request for a P-256 key, `.badProof` if the
    ///   request is not signed with the key that it names.
    public init(der: [UInt8]) throws {
        self.der = der
        let request: CertificateSigningRequest
        do {
            guard der.count <= CertificateCoding.maximumLength else { throw Self.malformed }
            request = try CertificateSigningRequest(derEncoded: der)
        } catch {
            throw Self.malformed
        }
        publicKey = request.publicKey
        guard P256.Signing.PublicKey(publicKey) != nil else { throw Self.malformed }
        guard publicKey.isValidSignature(request.signature, for: request) else {
            throw IdentityError(
                .badProof, "The certificate request is not signed with its own key. Make a new one at the clinic.")
        }
    }

    private static let malformed = IdentityError(
        .malformedRequest, "This is not a readable certificate request for a P-256 key. Make a new one at the clinic.")
}

extension CertificateRequest: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(der: Array(decoder.singleValueContainer().decode(Data.self)))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(der))
    }
}
