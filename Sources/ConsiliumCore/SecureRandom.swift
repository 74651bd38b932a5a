internal import COpenSSL
public import Foundation

/// Where keys, nonces, tokens, noise and masks come from.
///
/// The only conforming type outside the tests is ``SystemRandom``. There is no seed option in any release build: a seeded
/// source exists in `ConsiliumTesting` alone, which no product imports.
public protocol SecureRandom: Sendable {
    /// Fills the whole buffer with independent uniform bytes.
    /// - Throws: ``CoreError`` `.randomnessUnavailable`; the caller must then stop, never go on with what it has.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws
}

extension SecureRandom {
    public func bytes(_ count: Int) throws -> Data {
        var data = Data(count: count)
        try data.withUnsafeMutableBytes { try fill($0) }
        return data
    }
}

/// The operating system's randomness through OpenSSL's `RAND_bytes` (seeded by `getrandom`, safe across `fork`).
public struct SystemRandom: SecureRandom {
    public init() {}

    public func fill(_ buffer: UnsafeMutableRawBufferPointer) throws {
        guard buffer.count > 0 else { return }
        guard RAND_bytes(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(buffer.count)) == 1 else {
            throw CoreError(
                .randomnessUnavailable,
                "The system can't provide random numbers. Nothing was done; check that /dev/urandom is available and try again."
            )
        }
    }
}
