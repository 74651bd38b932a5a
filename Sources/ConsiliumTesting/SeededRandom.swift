public import ConsiliumCore
internal import Foundation
internal import Synchronization

/// A repeatable stand-in for ``SystemRandom`` in tests. It exists in this module alone, which no product imports.
public final class SeededRandom: SecureRandom {
    private let generator: Mutex<ReproducibleGenerator>

    public init(seed: UInt64) { generator = Mutex(ReproducibleGenerator(seed: seed)) }

    public func fill(_ buffer: UnsafeMutableRawBufferPointer) throws {
        generator.withLock { generator in
            var index = 0
            while index < buffer.count {
                var word = generator.next()
                for _ in 0..<8 where index < buffer.count {
                    buffer[index] = UInt8(truncatingIfNeeded: word)
                    word >>= 8
                    index += 1
                }
            }
        }
    }
}

/// A source that fails after a number of bytes, to show that nothing goes on with half of its randomness.
public final class FailingRandom: SecureRandom {
    private let left: Mutex<Int>

    public init(afterBytes count: Int) { left = Mutex(count) }

    public func fill(_ buffer: UnsafeMutableRawBufferPointer) throws {
        try left.withLock { left in
            guard left >= buffer.count else {
                throw CoreError(.randomnessUnavailable, "The test's randomness is used up.")
            }
            left -= buffer.count
        }
        for index in buffer.indices { buffer[index] = UInt8(truncatingIfNeeded: index &* 167 &+ 13) }
    }
}
