internal import Crypto
public import Foundation
internal import SwiftASN1
internal import X509

/// An Ed25519 private key: signs documents, ledger rows and messages of a secure sum.
///
/// It leaves its folder in no form but the PEM file, and shows nothing of itself when printed.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new key from the system's randomness.
    public init() { key = Curve25519.Signing.PrivateKey() }

    /// - Parameter seed: 32 bytes.
    /// - Throws: ``IdentityError`` `.malformedKey` for another length.
    public init(seed: Data) throws {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { throw Self.malformed }
        self.key = key
    }

    /// - Parameter pem: a PKCS #8 block as ``pem`` and `openssl genpkey -algorithm ed25519` write it.
    public init(pem: String) throws {
        // RFC 8410 §7 in its short form: a fixed header, then the seed.
        guard let document = try? PEMDocument(pemString: pem), document.discriminator == "PRIVATE KEY",
            document.derBytes.starts(with: Self.header), document.derBytes.count == Self.header.count + 32
        else { throw Self.malformed }
        try self.init(seed: Data(document.derBytes.dropFirst(Self.header.count)))
    }

    public var pem: String {
        CertificateCoding.pem(Self.header + Array(key.rawRepresentation), type: "PRIVATE KEY")
    }

    /// The 32 secret bytes, for a ledger that signs its rows with the same key but knows nothing of certificates.
    public var seed: Data { key.rawRepresentation }

    public var publicKey: SigningPublicKey { SigningPublicKey(key.publicKey) }

    /// A signature of 64 bytes. Put a domain in front of `message` that says what is signed: ``SignedDocument`` does.
    public func sign(_ message: Data) throws -> Data {
        do {
            return try key.signature(for: message)
        } catch {
            throw IdentityError(.encodingFailed, "Signing failed. Try again; if it persists, report it.", cause: error)
        }
    }

    private static let header: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    private static let malformed = IdentityError(
        .malformedKey, "This is not an unencrypted Ed25519 key in PKCS #8 PEM form. Check which file it is.")
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "SigningKey(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
