internal import COpenSSL
internal import Foundation

/// The bytes of a mask: the key stream of AES-128 in counter mode from a zero counter (NIST SP 800-38A §6.5), by OpenSSL.
///
/// A class because the OpenSSL context must be freed once, which wipes its key.
final class MaskStream {
    /// The length of a mask's key.
    static let keyLength = 16
    /// What is made at once: small enough for the first cache together with what it is added to.
    static let blockBytes = 32 << 10

    private let context: OpaquePointer
    private static let zeros = [UInt8](repeating: 0, count: blockBytes)

    /// - Parameter offset: where in the mask to begin; a multiple of 16.
    init(key: Data, at offset: Int) throws {
        guard key.count == Self.keyLength, offset >= 0, offset % 16 == 0, let context = EVP_CIPHER_CTX_new() else {
            throw Self.failure
        }
        self.context = context
        // The counter is the number of the 16-byte block, big-endian.
        var counter = [UInt8](repeating: 0, count: 16)
        withUnsafeBytes(of: UInt64(offset / 16).bigEndian) { counter.replaceSubrange(8..<16, with: $0) }
        let isReady = key.withUnsafeBytes { bytes in
            EVP_EncryptInit_ex(
                context, EVP_aes_128_ctr(), nil, bytes.bindMemory(to: UInt8.self).baseAddress, counter) == 1
        }
        guard isReady else { throw Self.failure }
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// The next bytes of the mask, at most ``blockBytes``.
    func fill(_ bytes: UnsafeMutableRawBufferPointer) throws {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count <= Self.blockBytes else {
            throw Self.failure
        }
        var written: Int32 = 0
        let made = Self.zeros.withUnsafeBufferPointer {
            EVP_EncryptUpdate(context, base, &written, $0.baseAddress, Int32(bytes.count))
        }
        guard made == 1, Int(written) == bytes.count else { throw Self.failure }
    }

    private static var failure: SecureAggregationError {
        SecureAggregationError(
            .cryptographyFailed, "OpenSSL can't run AES-128-CTR on this machine, so no mask can be made.")
    }
}
