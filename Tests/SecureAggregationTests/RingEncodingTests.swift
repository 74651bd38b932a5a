import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import SecureAggregation

private func update(_ count: Int, seed: UInt64, size: Double = 1) -> [Float] {
    var generator = ReproducibleGenerator(seed: seed)
    return (0..<count).map { _ in Float((generator.unit() - 0.5) * size) }
}

@Suite("The ring encoding")
struct RingEncodingTests {
    @Test("the decoded mean is the mean of the clipped updates to half a grid unit", arguments: [1, 2, 7])
    func mean(clinics: Int) throws {
        let encoding = try RingEncoding(clipNorm: 2, count: 1000, clinics: clinics)
        var accumulator = RingAccumulator(encoding: encoding)
        var expected = [Double](repeating: 0, count: 1000)
        for clinic in 0..<clinics {
            let delta = update(1000, seed: UInt64(clinic), size: clinic == 1 ? 10 : 0.1)
            let norm = try RingEncoding.norm(of: delta)
            for index in 0..<1000 { expected[index] += Double(delta[index]) * min(1, 2 / norm) / Double(clinics) }
            try accumulator.add(update: encoding.encode(delta: delta))
        }
        let mean = try accumulator.decodeMean()
        for (value, reference) in zip(mean, expected) {
            #expect(abs(Double(value) - reference) <= 0.5 / encoding.scale + 1e-8)
        }
    }

    @Test("pieces of any size and order give the same sum", arguments: [1, 3, 7, 64, 4001])
    func pieces(size: Int) throws {
        let encoding = try RingEncoding(clipNorm: 1, count: 1000, clinics: 2)
        var whole = RingAccumulator(encoding: encoding)
        var parts = RingAccumulator(encoding: encoding)
        for seed in [1, 2] as [UInt64] {
            let bytes = try encoding.encode(delta: update(1000, seed: seed))
            try whole.add(update: bytes)
            for offset in stride(from: 0, to: bytes.count, by: size).reversed() {
                try parts.add(Data(bytes[offset..<min(bytes.count, offset + size)]), at: offset)
            }
            try parts.finishUpdate()
        }
        #expect(try whole.decodeMean() == parts.decodeMean())
    }

    @Test("an update longer than the clip norm is scaled down, a shorter one is not")
    func clip() throws {
        let encoding = try RingEncoding(clipNorm: 1, count: 2, clinics: 1)
        var accumulator = RingAccumulator(encoding: encoding)
        try accumulator.add(update: encoding.encode(delta: [30, 40]))
        let mean = try accumulator.decodeMean()
        #expect(abs(mean[0] - 0.6) < 1e-6 && abs(mean[1] - 0.8) < 1e-6)
        var short = RingAccumulator(encoding: encoding)
        try short.add(update: encoding.encode(delta: [-0.5, 0]))
        #expect(try short.decodeMean() == [-0.5, 0])
    }

    @Test(
        "the kernel rounds as the reference does: ties to even, both signs, beyond the ends",
        arguments: [0, 1, 3, 4, 1001])
    func kernel(count: Int) {
        let hard: [Float] = [
            0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999997, -0.49999997, 0, -0.0, 1_048_575.5, -1_048_576.5, 3e9, -3e9,
            .leastNonzeroMagnitude, 8_388_607.5, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
        ]
        let values = (hard + update(1001, seed: 3, size: 1e6)).suffix(count) + hard.prefix(count)
        for scale in [1, 0.5, 3.7e4] {
            var fast = [UInt8](repeating: 7, count: 4 * values.count + 1)
            var slow = fast
            Array(values).withUnsafeBufferPointer { values in
                // At an address that is no multiple of four.
                fast.withUnsafeMutableBytes {
                    RingArithmetic.encode(values, scale: scale, into: .init(rebasing: $0.dropFirst()))
                }
                slow.withUnsafeMutableBytes {
                    RingArithmetic.encodeReference(values, scale: scale, into: .init(rebasing: $0.dropFirst()))
                }
            }
            #expect(fast == slow)
        }
    }

    @Test("NaN and infinity are refused", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(value: Float) throws {
        let encoding = try RingEncoding(clipNorm: 1, count: 3, clinics: 1)
        #expect(throws: SecureAggregationError(.notFinite, "")) { try encoding.encode(delta: [0, value, 1]) }
    }

    @Test("updates and pieces of a wrong length are refused and change nothing")
    func wrongLength() throws {
        let encoding = try RingEncoding(clipNorm: 1, count: 3, clinics: 2)
        #expect(throws: SecureAggregationError(.wrongLength, "")) { try encoding.encode(delta: [0, 1]) }
        var accumulator = RingAccumulator(encoding: encoding)
        for (chunk, offset) in [(13, 0), (4, 9), (1, -1), (4, Int.max), (0, 13)] {
            #expect(throws: SecureAggregationError(.wrongLength, "")) {
                try accumulator.add(Data(repeating: 1, count: chunk), at: offset)
            }
        }
        #expect(accumulator.norm == 0)
        try accumulator.add(Data(repeating: 0, count: 8), at: 0)
        #expect(throws: SecureAggregationError(.wrongLength, "")) { try accumulator.finishUpdate() }
        #expect(throws: SecureAggregationError(.invalidParameter, "")) { try accumulator.decodeMean() }
    }

    @Test("a sum that clipped updates can't reach is refused")
    func implausible() throws {
        let encoding = try RingEncoding(clipNorm: 1, count: 2, clinics: 2)
        var accumulator = RingAccumulator(encoding: encoding)
        try accumulator.add(update: encoding.encode(delta: [1, 0]))
        var hostile = Data(count: 8)
        hostile[2] = 0x40
        try accumulator.add(update: hostile)
        #expect(throws: SecureAggregationError(.implausibleSum, "")) { try accumulator.decodeMean() }
    }

    @Test("parameters under which a sum could wrap around, or that make no sense, are refused")
    func parameters() throws {
        for clipNorm in [0, -1, .nan, .infinity, 1e13] {
            #expect(throws: SecureAggregationError(.invalidParameter, "")) {
                try RingEncoding(clipNorm: clipNorm, count: 10, clinics: 3)
            }
        }
        for (count, clinics) in [(0, 1), (-1, 1), (10, 0), (10, 2048), (Int.max, 1)] {
            #expect(throws: SecureAggregationError(.invalidParameter, "")) {
                try RingEncoding(clipNorm: 1, count: count, clinics: clinics)
            }
        }
        _ = try RingEncoding(clipNorm: 1, count: 200_000_000, clinics: 200)
        var full = RingAccumulator(encoding: try RingEncoding(clipNorm: 1, count: 1, clinics: 1))
        try full.add(update: Data(count: 4))
        #expect(throws: SecureAggregationError(.invalidParameter, "")) { try full.add(update: Data(count: 4)) }
    }

    @Test("the bytes are two's complement, little-endian")
    func bytes() throws {
        let encoding = try RingEncoding(clipNorm: 1, count: 2, clinics: 1)
        #expect(try encoding.encode(delta: [0.5, -0.5]) == Data([0, 0, 8, 0, 0, 0, 0xf8, 0xff]))
    }
}

@Suite("Encoding with noise for whole clinics")
struct NoisyRingEncodingTests {
    private let share = RingEncoding.ClinicShare(noiseMultiplier: 1, honestClinics: 3)

    @Test("the mean of noisy updates is the mean of the updates with noise of the size that was promised")
    func mean() throws {
        let encoding = try RingEncoding(clipNorm: 2, count: 5000, clinics: 3, share: share)
        var sum = RingAccumulator(encoding: encoding)
        let value = Float(2 / 5000.0.squareRoot())
        for _ in 0..<3 { try sum.add(update: encoding.encode(delta: Array(repeating: value, count: 5000))) }
        let mean = try sum.decodeMean()
        let deviation = (mean.reduce(0.0) { $0 + pow(Double($1 - value), 2) } / 5000).squareRoot()
        // Three shares of 2/√3 each, divided by three.
        #expect(abs(deviation / (2.0 / 3) - 1) < 0.06)
        #expect(try encoding.encode(delta: mean) != encoding.encode(delta: mean), "fresh noise every time")
    }

    @Test("it survives its JSON form, and one without noise reads as before")
    func coding() throws {
        let encoding = try RingEncoding(clipNorm: 2, count: 10, clinics: 3, share: share)
        let again = try JSONDecoder().decode(RingEncoding.self, from: JSONEncoder().encode(encoding))
        #expect(again == encoding)
        let plain = Data(#"{"clipNorm":2,"count":10,"clinics":3}"#.utf8)
        #expect(try JSONDecoder().decode(RingEncoding.self, from: plain).share == nil)
    }
}
