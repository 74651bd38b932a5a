internal import Crypto
internal import Foundation

/// Keys agreed upon by X25519 (RFC 7748) and derived by HKDF-SHA-256 (RFC 5869), with the session as salt.
enum MaskKeys {
    /// - Parameter seed: 32 secret bytes.
    static func publicKey(of seed: Data) throws -> Data { try privateKey(seed).publicKey.rawRepresentation }

    /// The key of the mask that two clinics share: the same from either side.
    static func pair(_ seed: Data, with other: Data, session: Data) throws -> Data {
        try derive(seed, other, session: session, purpose: "mask", length: MaskStream.keyLength)
    }

    /// The key under which `sender` sends shares to `receiver`; another one in each direction.
    static func sharing(_ seed: Data, with other: Data, session: Data, from sender: String, to receiver: String) throws
        -> Data
    {
        try derive(seed, other, session: session, purpose: "share\n\(sender)\n\(receiver)", length: 32)
    }

    /// The key of the mask that a clinic adds for itself.
    static func own(_ seed: Data, session: Data) -> Data {
        data(
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: seed), salt: session, info: Data("self".utf8),
                outputByteCount: MaskStream.keyLength))
    }

    private static func privateKey(_ seed: Data) throws -> Curve25519.KeyAgreement.PrivateKey {
        guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: seed) else {
            throw SecureAggregationError(.malformedMessage, "A secret key of a secure sum has 32 bytes.")
        }
        return key
    }

    private static func derive(_ seed: Data, _ other: Data, session: Data, purpose: String, length: Int) throws -> Data
    {
        let key = try privateKey(seed)
        // A point of small order gives zero whatever the secret is; the library refuses it.
        guard let other = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: other),
            let secret = try? key.sharedSecretFromKeyAgreement(with: other),
            secret.withUnsafeBytes({ $0.contains { $0 != 0 } })
        else {
            throw SecureAggregationError(
                .malformedMessage, "A public key of a secure sum gives no secret: it is none, or one of small order.")
        }
        return data(
            secret.hkdfDerivedSymmetricKey(
                using: SHA256.self, salt: session, sharedInfo: Data(purpose.utf8), outputByteCount: length))
    }

    private static func data(_ key: SymmetricKey) -> Data { key.withUnsafeBytes { Data($0) } }
}
