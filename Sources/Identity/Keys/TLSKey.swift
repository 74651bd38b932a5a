internal import Crypto
internal import SwiftASN1
internal import X509

/// A P-256 private key for TLS. It shows nothing of itself when printed.
public struct TLSKey: Sendable {
    let key: P256.Signing.PrivateKey

    /// A new key from the system's randomness.
    public init() { key = P256.Signing.PrivateKey() }

    /// - Parameter pem: PKCS #8 or SEC 1.
    /// - Throws: ``IdentityError`` `.malformedKey`.
    public init(pem: String) throws {
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else {
            throw IdentityError(
                .malformedKey, "This is not an unencrypted P-256 key in PEM form. Check which file it is.")
        }
        self.key = key
    }

    /// PKCS #8, for the TLS library and for the key's own file; nowhere else.
    public var pem: String { key.pemRepresentation + "\n" }

    var publicKey: Certificate.PublicKey { Certificate.PublicKey(key.publicKey) }

    /// A request for a certificate; it carries nothing but the key.
    public func certificateRequest() throws -> CertificateRequest {
        do {
            let request = try CertificateSigningRequest(
                version: .v1, subject: DistinguishedName {}, privateKey: Certificate.PrivateKey(key),
                attributes: CertificateSigningRequest.Attributes())
            var serializer = DER.Serializer()
            try serializer.serialize(request)
            return try CertificateRequest(der: serializer.serializedBytes)
        } catch let error as IdentityError {
            throw error
        } catch {
            throw IdentityError(.encodingFailed, "The certificate request can't be made.", cause: error)
        }
    }
}

extension TLSKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "TLSKey(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
