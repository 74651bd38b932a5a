internal import COpenSSL
internal import ConsiliumCore
internal import Foundation

/// AES-256-GCM (NIST SP 800-38D) by OpenSSL: nonce (12 bytes), ciphertext, tag (16 bytes) in one piece.
///
/// Nonces are random. With 96 bits the standard allows 2^32 messages under one key, far more than a clinic's reports.
struct SealedBox: Sendable {
    private static let nonceLength = 12
    private static let tagLength = 16
    private let key: Data

    init(key: Data) { self.key = key }

    /// - Parameter context: authenticated but not stored: opening with another context fails.
    func seal(_ plain: Data, context: String, random: any SecureRandom) throws -> Data {
        let nonce = try random.bytes(Self.nonceLength)
        let (output, tag) = try run(encrypt: true, plain, nonce: nonce, context: context, tag: nil)
        return nonce + output + tag
    }

    /// - Throws: ``ReportsError`` `.vaultDamaged` if a single bit differs or the key is another one.
    func open(_ sealed: Data, context: String) throws -> Data {
        guard sealed.count >= Self.nonceLength + Self.tagLength else { throw Self.damaged }
        let sealed = Data(sealed)
        let tag = sealed.suffix(Self.tagLength)
        let body = sealed.dropFirst(Self.nonceLength).dropLast(Self.tagLength)
        return try run(encrypt: false, body, nonce: sealed.prefix(Self.nonceLength), context: context, tag: tag).output
    }

    private static var damaged: ReportsError {
        ReportsError(
            .vaultDamaged,
            "A record of the vault was changed or its key is another one. Restore the vault and its key from the same backup."
        )
    }

    private func run(encrypt: Bool, _ input: Data, nonce: Data, context: String, tag: Data?) throws -> (
        output: Data, tag: Data
    ) {
        guard let cipher = EVP_CIPHER_CTX_new() else { throw Self.unusable }
        defer { EVP_CIPHER_CTX_free(cipher) }
        let key = [UInt8](key), nonce = [UInt8](nonce), input = [UInt8](input), context = [UInt8](context.utf8)
        guard key.count == 32, let length = Int32(exactly: input.count),
            let contextLength = Int32(exactly: context.count),
            EVP_CipherInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce, encrypt ? 1 : 0) == 1
        else { throw Self.unusable }
        var written: Int32 = 0
        guard EVP_CipherUpdate(cipher, nil, &written, context, contextLength) == 1 else { throw Self.unusable }
        var output = [UInt8](repeating: 0, count: input.count + Self.tagLength)
        var count: Int32 = 0
        if !input.isEmpty {
            guard EVP_CipherUpdate(cipher, &output, &count, input, length) == 1 else { throw Self.unusable }
        }
        var newTag = [UInt8](repeating: 0, count: Self.tagLength)
        if let tag {
            newTag = [UInt8](tag)
            guard EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, Int32(Self.tagLength), &newTag) == 1 else {
                throw Self.unusable
            }
        }
        var rest = [UInt8](repeating: 0, count: 32)
        guard EVP_CipherFinal_ex(cipher, &rest, &written) == 1 else { throw encrypt ? Self.unusable : Self.damaged }
        if encrypt {
            guard EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_GET_TAG, Int32(Self.tagLength), &newTag) == 1 else {
                throw Self.unusable
            }
        }
        return (Data(output.prefix(Int(count))), Data(newTag))
    }

    private static var unusable: ReportsError {
        ReportsError(
            .cipherFailed,
            "OpenSSL can't run AES-256-GCM here. Check the libssl installation with “consilium-node doctor”.")
    }
}
