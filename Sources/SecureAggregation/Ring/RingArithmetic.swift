internal import CKernels
internal import Foundation

/// The loops over all values. Pointers without bounds checks inside, after the callers have checked the lengths.
enum RingArithmetic {
    static func squaredNorm(_ values: UnsafeBufferPointer<Float>) -> Double {
        // Four sums side by side: an addition need not wait for the one before.
        var sums = SIMD4<Double>.zero
        let bytes = UnsafeRawBufferPointer(values)
        let whole = values.count / 4 * 4
        for start in stride(from: 0, to: whole, by: 4) {
            let value = SIMD4<Double>(bytes.loadUnaligned(fromByteOffset: start * 4, as: SIMD4<Float>.self))
            sums += value * value
        }
        for index in whole..<values.count { sums[0] += Double(values[index]) * Double(values[index]) }
        return sums.sum()
    }

    static func signedSquaredNorm(_ sums: UnsafeBufferPointer<UInt32>) -> Double {
        var sum = 0.0
        for word in sums {
            let value = Double(Int32(bitPattern: word))
            sum += value * value
        }
        return sum
    }

    /// Of little-endian words that begin at any address.
    static func signedSquaredNorm(_ bytes: UnsafeRawBufferPointer) -> Double {
        // Four sums side by side: an addition need not wait for the one before.
        var sums = SIMD4<Double>.zero
        let words = bytes.count / 4
        for start in stride(from: 0, to: words / 4 * 4, by: 4) {
            let word = bytes.loadUnaligned(fromByteOffset: start * 4, as: SIMD4<UInt32>.self)
            let value = SIMD4<Double>(SIMD4<Int32>(truncatingIfNeeded: Self.native(word)))
            sums += value * value
        }
        for index in words / 4 * 4..<words {
            let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
            let value = Double(Int32(bitPattern: word))
            sums[0] += value * value
        }
        return sums.sum()
    }

    private static func native(_ words: SIMD4<UInt32>) -> SIMD4<UInt32> {
        #if _endian(big)
        return SIMD4(words.x.byteSwapped, words.y.byteSwapped, words.z.byteSwapped, words.w.byteSwapped)
        #else
        return words
        #endif
    }

    /// `into` has four bytes a value. |value × scale| is at most 2^20: the whole update was scaled to that norm.
    static func encode(_ values: UnsafeBufferPointer<Float>, scale: Double, into bytes: UnsafeMutableRawBufferPointer) {
        guard let from = values.baseAddress, let to = bytes.baseAddress else { return }
        consilium_ring_encode(to, from, min(values.count, bytes.count / 4), scale)
    }

    /// What ``encode(_:scale:into:)`` computes, one number at a time.
    static func encodeReference(
        _ values: UnsafeBufferPointer<Float>, scale: Double, into bytes: UnsafeMutableRawBufferPointer
    ) {
        for index in 0..<min(values.count, bytes.count / 4) {
            let rounded = (Double(values[index]) * scale).rounded(.toNearestOrEven)
            let word = UInt32(bitPattern: Int32(max(-0x1p30, min(0x1p30, rounded))))
            bytes.storeBytes(of: word.littleEndian, toByteOffset: index * 4, as: UInt32.self)
        }
    }

    static func add(_ bytes: UnsafeRawBufferPointer, at offset: Int, to sums: UnsafeMutableBufferPointer<UInt32>) {
        var position = 0
        // A byte in the middle of a value counts 256 times as much for each byte before it; the ring takes care of
        // carries.
        func addByte() {
            let place = offset + position
            sums[place / 4] &+= UInt32(bytes[position]) << UInt32(place % 4 * 8)
            position += 1
        }
        while position < bytes.count, (offset + position) % 4 != 0 { addByte() }
        let words = (bytes.count - position) / 4
        if words > 0, let from = bytes.baseAddress, let to = sums.baseAddress {
            consilium_ring_add(to + (offset + position) / 4, from + position, words)
            position += words * 4
        }
        while position < bytes.count { addByte() }
    }
}
