public import ConsiliumCore
public import Foundation

/// Adds encoded updates modulo 2^32 in one buffer, whatever their number: memory is 4 bytes a value.
///
/// Pieces may come in any order and of any length, also such that cut a value in two. The caller sees to it that
/// each byte of
/// each update is added exactly once: add an update only when all of it has arrived.
public struct RingAccumulator: Sendable {
    public let encoding: RingEncoding
    private var sums: [UInt32]
    /// How many updates were completed by ``finishUpdate()``.
    public private(set) var updates = 0
    private var bytesOfUpdate = 0

    public init(encoding: RingEncoding) {
        self.encoding = encoding
        sums = Array(repeating: 0, count: encoding.count)
    }

    /// Adds a piece of an update.
    ///
    /// - Parameters:
    ///   - chunk: bytes of the encoded update.
    ///   - offset: where they begin in it.
    /// - Throws: ``SecureAggregationError`` `.wrongLength` if the piece does not lie inside an update. Nothing is
    ///   then added.
    public mutating func add(_ chunk: Data, at offset: Int) throws {
        guard offset >= 0, chunk.count <= encoding.byteCount, offset <= encoding.byteCount - chunk.count else {
            throw SecureAggregationError(
                .wrongLength,
                "A piece of \(chunk.count) bytes at \(offset) does not fit an update of \(encoding.byteCount) bytes.")
        }
        bytesOfUpdate += chunk.count
        chunk.withUnsafeBytes { bytes in
            sums.withUnsafeMutableBufferPointer { RingArithmetic.add(bytes, at: offset, to: $0) }
        }
    }

    /// Closes an update.
    ///
    /// - Throws: ``SecureAggregationError`` `.wrongLength` if its pieces were not as long as an update together (the
    ///   sum is then
    ///   worthless), `.invalidParameter` if more clinics were added than the encoding allows.
    public mutating func finishUpdate() throws {
        guard bytesOfUpdate == encoding.byteCount else {
            throw SecureAggregationError(
                .wrongLength,
                "An update had \(bytesOfUpdate) of \(encoding.byteCount) bytes. Start the sum anew without it.")
        }
        guard updates < encoding.clinics else {
            throw SecureAggregationError(
                .invalidParameter,
                "More updates were added than the \(encoding.clinics) that the sum can hold without wrapping around.")
        }
        bytesOfUpdate = 0
        updates += 1
    }

    /// Adds a whole update.
    public mutating func add(update: Data) throws {
        guard update.count == encoding.byteCount else {
            throw SecureAggregationError(
                .wrongLength, "An update has \(update.count) bytes; the job's has \(encoding.byteCount).")
        }
        try add(update, at: 0)
        try finishUpdate()
    }

    /// Takes masks off the sum of masked updates. Do it once, when all updates are added.
    ///
    /// - Parameters:
    ///   - masks: what ``SecureSumOpening/remaining`` says.
    ///   - threads: how many threads share the work.
    /// - Throws: ``SecureAggregationError`` `.cryptographyFailed`; the sum is worthless then.
    public mutating func apply(_ masks: SecureSumMasks, threads: Int = 1) throws {
        try sums.withUnsafeMutableBufferPointer { try masks.apply(to: $0, threads: threads) }
    }

    /// SHA-256 of the sum's words, little-endian.
    public var hash: ContentHash {
        let hasher = ContentHasher()
        #if _endian(big)
        sums.map(\.littleEndian).withUnsafeBytes { hasher.update(bytes: $0) }
        #else
        sums.withUnsafeBytes { hasher.update(bytes: $0) }
        #endif
        return hasher.finalize()
    }

    /// The L2 norm of the sum, in the update's units.
    public var norm: Double {
        sums.withUnsafeBufferPointer { RingArithmetic.signedSquaredNorm($0) }.squareRoot() / encoding.scale
    }

    /// The mean of the updates, `[count]`.
    ///
    /// - Throws: ``SecureAggregationError`` `.implausibleSum` if the sum's norm exceeds n C plus rounding, which
    ///   clinics that
    ///   keep to the rules can't cause: then at least one did not clip, and the sum must not be used.
    ///   `.invalidParameter` if nothing was added.
    public func decodeMean() throws -> [Float] {
        guard updates > 0, bytesOfUpdate == 0 else {
            throw SecureAggregationError(.invalidParameter, "There is no complete update to take the mean of.")
        }
        let largest = encoding.largestNorm(ofSumOf: updates)
        guard norm <= largest * (1 + 1e-9) else {
            throw SecureAggregationError(
                .implausibleSum,
                "The sum of \(updates) updates has norm \(norm), more than the \(largest) that clipped updates "
                    + "can reach. At least one clinic did not clip; the round is void."
            )
        }
        let factor = 1 / (encoding.scale * Double(updates))
        return sums.map { Float(Double(Int32(bitPattern: $0)) * factor) }
    }
}
