internal import CKernels
internal import Dispatch
public import Foundation
internal import Synchronization

/// Masks that hide an update, or what remains of them in a sum, each to be added or subtracted modulo 2^32.
///
/// The masks are long, so only their keys are kept; the words are made while they are added. Whoever has this value can
/// take the masks off again: it never leaves the clinic, and shows nothing when printed.
public struct SecureSumMasks: Sendable, Equatable {
    struct Term: Sendable, Equatable {
        var key: Data
        var isAdded: Bool
    }

    private(set) var terms: [Term]

    init(_ terms: [Term]) { self.terms = terms }

    /// How many masks there are: what the work is proportional to.
    public var count: Int { terms.count }

    /// The same masks the other way round: what takes them off.
    public var inverse: SecureSumMasks { SecureSumMasks(terms.map { Term(key: $0.key, isAdded: !$0.isAdded) }) }

    /// Adds the masks to an encoded vector, or to a piece of one.
    ///
    /// - Parameters:
    ///   - vector: little-endian words of 32 bits.
    ///   - offset: the byte at which `vector` begins within the whole; a multiple of 16.
    ///   - threads: how many threads share the work.
    /// - Throws: ``SecureAggregationError`` `.wrongLength`, `.cryptographyFailed`; `vector` is worthless then.
    public func apply(to vector: inout Data, at offset: Int = 0, threads: Int = 1) throws {
        guard vector.count % 4 == 0, offset >= 0, offset % 16 == 0 else {
            throw SecureAggregationError(
                .wrongLength,
                "A piece of \(vector.count) bytes at \(offset) can't be masked: cut it at multiples of 16.")
        }
        try vector.withUnsafeMutableBytes { bytes in
            // A `Data` begins at an address that suits any number, but a slice of one need not.
            guard let base = bytes.baseAddress, Int(bitPattern: base) % 4 == 0 else {
                if bytes.isEmpty { return }
                throw SecureAggregationError(.wrongLength, "The piece to be masked does not begin at a whole word.")
            }
            try withEachWordLittleEndian(bytes) { try apply(to: $0, at: offset, threads: threads) }
        }
    }

    /// On a big-endian machine the words are turned round for as long as they are added to.
    private func withEachWordLittleEndian(
        _ bytes: UnsafeMutableRawBufferPointer, _ body: (UnsafeMutableBufferPointer<UInt32>) throws -> Void
    ) rethrows {
        let words = bytes.bindMemory(to: UInt32.self)
        #if _endian(big)
        for index in words.indices { words[index] = words[index].byteSwapped }
        defer { for index in words.indices { words[index] = words[index].byteSwapped } }
        #endif
        try body(words)
    }

    func apply(to words: UnsafeMutableBufferPointer<UInt32>, at offset: Int = 0, threads: Int) throws {
        guard !terms.isEmpty, !words.isEmpty else { return }
        let blocks = (words.count * 4 + MaskStream.blockBytes - 1) / MaskStream.blockBytes
        let parts = max(1, min(threads, blocks))
        let wordsPerBlock = MaskStream.blockBytes / 4
        if parts == 1 { return try apply(to: words, at: offset) }
        let failure = Mutex<(any Error)?>(nil)
        // Each part has words of its own.
        nonisolated(unsafe) let shared = words
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let from = blocks * part / parts * wordsPerBlock
            let to = min(shared.count, blocks * (part + 1) / parts * wordsPerBlock)
            do {
                try apply(to: UnsafeMutableBufferPointer(rebasing: shared[from..<to]), at: offset + from * 4)
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Block by block, and in each block mask by mask, so that the sum stays in the cache.
    private func apply(to words: UnsafeMutableBufferPointer<UInt32>, at offset: Int) throws {
        let streams = try terms.map { (try MaskStream(key: $0.key, at: offset), $0.isAdded) }
        try withUnsafeTemporaryAllocation(byteCount: MaskStream.blockBytes, alignment: 64) { block in
            // What is left of a mask on the stack would undo it.
            defer { block.initializeMemory(as: UInt8.self, repeating: 0) }
            var begin = 0
            while begin < words.count {
                let count = min(words.count - begin, MaskStream.blockBytes / 4)
                let piece = UnsafeMutableRawBufferPointer(rebasing: block[0..<count * 4])
                guard let sum = words.baseAddress, let mask = piece.baseAddress else { return }
                for (stream, isAdded) in streams {
                    try stream.fill(piece)
                    if isAdded {
                        consilium_ring_add(sum + begin, mask, count)
                    } else {
                        consilium_ring_subtract(sum + begin, mask, count)
                    }
                }
                begin += count
            }
        }
    }
}

extension SecureSumMasks: CustomStringConvertible, CustomReflectable {
    public var description: String { "SecureSumMasks(\(terms.count) secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
