public import ConsiliumCore
internal import Crypto
public import Foundation

/// The public half of a ``SigningKey``: 32 bytes, Codable as base64.
public struct SigningPublicKey: Sendable, Hashable {
    public let bytes: Data

    /// - Throws: ``IdentityError`` `.malformedKey` if these are no 32 bytes.
    public init(bytes: Data) throws {
        guard bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
            throw IdentityError(.malformedKey, "An Ed25519 public key has 32 bytes; this has another form.")
        }
        self.bytes = Data(bytes)
    }

    init(_ key: Curve25519.Signing.PublicKey) { bytes = key.rawRepresentation }

    /// What people compare by phone: SHA-256 of the 32 bytes. Show it with `grouped`.
    public var fingerprint: ContentHash { ContentHash(of: bytes) }

    public func isValidSignature(_ signature: Data, for message: Data) -> Bool {
        guard signature.count == 64, let key = try? key() else { return false }
        return key.isValidSignature(signature, for: message)
    }

    func key() throws -> Curve25519.Signing.PublicKey {
        do {
            return try Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        } catch {
            throw IdentityError(.malformedKey, "An Ed25519 public key has 32 bytes; this has another form.")
        }
    }
}

extension SigningPublicKey: CustomStringConvertible {
    public var description: String { bytes.hexadecimal }
}

extension SigningPublicKey: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(bytes: decoder.singleValueContainer().decode(Data.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}
