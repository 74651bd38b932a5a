internal import CKernels
internal import Foundation

/// The loops over all values. Pointers without bounds checks inside, after the callers have checked the lengths.
enum RingArithmetic {
    static func squaredNorm(_ values: UnsafeBufferPointer<Float>) -> Double {
        var sum = 0.0
        for value in values { sum += Double(value) * Double(value) }
        return sum
    }

    static func signedSquaredNorm(_ sums: UnsafeBufferPointer<UInt32>) -> Double {
        var sum = 0.0
        for word in sums {
            let value = Double(Int32(bitPattern: word))
            sum += value * value
        }
        return sum
    }

    /// `into` has four bytes a value.
    static func encode(_ values: UnsafeBufferPointer<Float>, scale: Double, into bytes: UnsafeMutableRawBufferPointer) {
        for index in 0..<min(values.count, bytes.count / 4) {
            // |value × scale| is at most 2^20: the whole update was scaled to that norm.
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
