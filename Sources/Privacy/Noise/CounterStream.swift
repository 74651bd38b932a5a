internal import COpenSSL
internal import ConsiliumCore
internal import Foundation

/// A stream of uniform bytes: AES-256 in counter mode under a fresh key, by OpenSSL.
///
/// The key and the counter are drawn from a ``SecureRandom`` when the stream is made and never leave it; a stream is
/// made for
/// each use and thrown away, never stored, so that a restored virtual machine does not repeat its noise.
final class CounterStream {
    private let context: OpaquePointer

    /// - Throws: ``CoreError`` from the source; ``PrivacyError`` `.untrustworthyRandomness` if it repeats itself.
    init(seededBy source: any SecureRandom) throws {
        var seed = try source.bytes(48)
        defer { seed.resetBytes(in: 0..<seed.count) }
        guard Set(seed).count > 8 else {
            throw PrivacyError(
                .untrustworthyRandomness,
                "The system's random numbers repeat themselves, so no noise can be drawn. Check the machine's "
                    + "entropy source."
            )
        }
        guard let context = EVP_CIPHER_CTX_new() else { throw Self.failure }
        self.context = context
        let isReady = seed.withUnsafeBytes { bytes -> Bool in
            guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return false }
            return EVP_EncryptInit_ex(context, EVP_aes_256_ctr(), nil, base, base + 32) == 1
        }
        guard isReady else { throw Self.failure }
    }

    // Frees and wipes the key.
    deinit { EVP_CIPHER_CTX_free(context) }

    func fill(_ words: UnsafeMutableBufferPointer<UInt64>) throws {
        let bytes = UnsafeMutableRawBufferPointer(words)
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count > 0 else { return }
        bytes.initializeMemory(as: UInt8.self, repeating: 0)
        var offset = 0
        while offset < bytes.count {
            let piece = min(bytes.count - offset, 1 << 20)
            var written: Int32 = 0
            guard EVP_EncryptUpdate(context, base + offset, &written, base + offset, Int32(piece)) == 1,
                Int(written) == piece
            else { throw Self.failure }
            offset += piece
        }
    }

    private static var failure: PrivacyError {
        PrivacyError(
            .untrustworthyRandomness, "OpenSSL can't run AES-256-CTR on this machine, so no noise can be drawn.")
    }
}
