import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Privacy

@Suite("Noise that hides a clinic")
struct ClinicNoiseTests {
    private func noise(_ multiplier: Double = 1, clinics: Int = 10, honest: Int = 8, count: Int = 4000) throws
        -> ClinicNoise
    {
        try ClinicNoise(
            clipNorm: 0.5, noiseMultiplier: multiplier, clinics: clinics, honestClinics: honest, count: count)
    }

    private func update(_ count: Int, seed: UInt64, norm: Double) -> [Float] {
        var generator = ReproducibleGenerator(seed: seed)
        let values = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
        let length = values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        return values.map { Float(Double($0) / length * norm) }
    }

    @Test(
        "the honest clinics' shares reach the multiplier for the norm that integers can have",
        arguments: [0.05, 0.3, 1, 4, 100], [(3, 3), (10, 8), (200, 134)])
    func reaches(multiplier: Double, clinics: (Int, Int)) throws {
        for count in [10, 1000, 10_000_000] {
            let noise = try noise(multiplier, clinics: clinics.0, honest: clinics.1, count: count)
            let total = Double(1 << noise.log2Sigma) * Double(clinics.1).squareRoot()
            #expect(total / noise.integerNorm >= multiplier)
            #expect(total / noise.integerNorm <= multiplier * 1.02)
            #expect(
                try DistributedNoise.roundedNorm(l2: noise.unitsPerNorm, dimension: count, beta: exp(-0.5))
                    <= noise.integerNorm * (1 + 1e-12))
            #expect(Double(clinics.0) * noise.integerNorm < 0x1p31)
        }
    }

    @Test("the sum of protected updates is the sum of clipped ones plus noise of the promised size")
    func sum() throws {
        let noise = try noise()
        let updates = (0..<10).map { update(4000, seed: UInt64($0), norm: $0 % 2 == 0 ? 0.4 : 3) }
        var sum = [UInt32](repeating: 0, count: 4000)
        for (index, values) in updates.enumerated() {
            let units = try noise.protect(values, source: SeededRandom(seed: UInt64(100 + index)))
            for place in sum.indices { sum[place] &+= units[place] }
        }
        var squared = 0.0
        var first = 0.0
        for place in sum.indices {
            let clipped = updates.enumerated().reduce(0.0) {
                $0 + Double($1.element[place]) / ($1.offset % 2 == 0 ? 1 : 6)
            }
            let error = Double(Int32(bitPattern: sum[place])) * noise.clipNorm / noise.unitsPerNorm - clipped
            squared += error * error
            first += error
        }
        // Ten shares, calibrated so that eight bring z C.
        let expected = noise.clipNorm * (10.0 / 8).squareRoot()
        #expect(abs((squared / 4000).squareRoot() / expected - 1) < 0.06)
        #expect(abs(first / 4000) < 5 * expected / 4000.0.squareRoot())
    }

    @Test("rounding alone never exceeds the norm that the guarantee counts on, and has no bias")
    func rounding() throws {
        let count = 2000
        let noise = try noise(4, clinics: 200, honest: 200, count: count)
        let values = [Float](repeating: 0.5 / Float(count).squareRoot(), count: count)
        var total = 0.0
        for seed in 0..<20 {
            let protected = try noise.protect(values, source: SeededRandom(seed: UInt64(seed)))
            total += protected.reduce(0.0) { $0 + Double(Int32(bitPattern: $1)) }
        }
        let mean = total / 20 / Double(count)
        let deviation = Double(1 << noise.log2Sigma) / (20 * Double(count)).squareRoot()
        #expect(abs(mean - noise.unitsPerNorm / Double(count).squareRoot()) < 5 * deviation)
    }

    @Test(
        "what can't be protected is refused",
        arguments: [
            (0.0, 10, 8, 100), (.nan, 10, 8, 100), (1, 10, 11, 100), (1, 10, 0, 100), (1, 0, 0, 100), (1, 10, 8, 0),
            (0.01, 1_000_000, 1_000_000, 100),
        ])
    func refused(multiplier: Double, clinics: Int, honest: Int, count: Int) {
        #expect(throws: PrivacyError(.invalidParameter, "")) {
            try noise(multiplier, clinics: clinics, honest: honest, count: count)
        }
    }

    @Test("an update with NaN, infinity or another length never leaves", arguments: [[.nan, 0], [.infinity, 0], [0]])
    func hostile(values: [Float]) throws {
        let noise = try noise(count: 2)
        #expect(throws: PrivacyError(.invalidParameter, "")) { try noise.protect(values) }
    }

    @Test("without randomness there is no update")
    func noRandomness() throws {
        let noise = try noise(count: 2)
        #expect(throws: CoreError(.randomnessUnavailable, "")) {
            try noise.protect([0.1, 0.1], source: FailingRandom(afterBytes: 48))
        }
    }
}
