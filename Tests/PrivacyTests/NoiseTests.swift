import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Privacy

@Suite("The discrete Gaussian sampler")
struct NoiseTests {
    @Test("its mean, variance, kurtosis and tails are those of the distribution", arguments: [1, 4, 10, 20])
    func moments(log2Sigma: Int) throws {
        let count = 400_000
        let samples = try DiscreteGaussianSampler(log2Sigma: log2Sigma, source: SeededRandom(seed: 7)).samples(count)
        let sigma = Double(1 << log2Sigma)
        var sums = (0.0, 0.0, 0.0)
        var beyond = [0, 0, 0]
        for sample in samples {
            let x = Double(sample) / sigma
            sums.0 += x
            sums.1 += x * x
            sums.2 += x * x * x * x
            for (index, limit) in [2.0, 3.0, 4.0].enumerated() where abs(x) > limit { beyond[index] += 1 }
        }
        let n = Double(count)
        #expect(abs(sums.0 / n) < 5 / n.squareRoot())
        #expect(abs(sums.1 / n - 1) < 5 * (2 / n).squareRoot())
        #expect(abs(sums.2 / n - 3) < 5 * (96 / n).squareRoot())
        if log2Sigma >= 10 {
            for (observed, probability) in zip(beyond, [0.045500, 0.0026998, 6.334e-5]) {
                #expect(abs(Double(observed) - n * probability) < 5 * (n * probability).squareRoot() + 1)
            }
        }
    }

    @Test("a chi-square test against the exact probabilities passes for small σ", arguments: [1, 2, 3])
    func chiSquare(log2Sigma: Int) throws {
        let count = 300_000
        let samples = try DiscreteGaussianSampler(log2Sigma: log2Sigma, source: SeededRandom(seed: 11)).samples(count)
        let sigma = Double(1 << log2Sigma)
        let reach = 4 << log2Sigma
        let weights = (-10 * reach...10 * reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let total = weights.reduce(0, +)
        var observed: [Int64: Int] = [:]
        for sample in samples { observed[sample, default: 0] += 1 }
        var statistic = 0.0
        var cells = 0.0
        for value in -reach...reach {
            let expected = exp(-Double(value * value) / (2 * sigma * sigma)) / total * Double(count)
            guard expected > 10 else { continue }
            let difference = Double(observed[Int64(value), default: 0]) - expected
            statistic += difference * difference / expected
            cells += 1
        }
        // Mean and standard deviation of chi-square with so many degrees of freedom.
        #expect(statistic < cells + 5 * (2 * cells).squareRoot())
        #expect(statistic > cells - 5 * (2 * cells).squareRoot())
    }

    @Test("two samplers with different seeds disagree, with the same seed they agree")
    func seeds() throws {
        let first = try DiscreteGaussianSampler(log2Sigma: 20, source: SeededRandom(seed: 1)).samples(10_000)
        #expect(try DiscreteGaussianSampler(log2Sigma: 20, source: SeededRandom(seed: 1)).samples(10_000) == first)
        let other = try DiscreteGaussianSampler(log2Sigma: 20, source: SeededRandom(seed: 2)).samples(10_000)
        #expect(zip(first, other).filter { $0 == $1 }.count < 10)
    }

    @Test("drawing in small pieces gives the same stream as drawing at once")
    func pieces() throws {
        let whole = try DiscreteGaussianSampler(log2Sigma: 16, source: SeededRandom(seed: 3)).samples(5000)
        let sampler = try DiscreteGaussianSampler(log2Sigma: 16, source: SeededRandom(seed: 3))
        var parts: [Int64] = []
        while parts.count < 5000 { parts += try sampler.samples(min(37, 5000 - parts.count)) }
        #expect(parts == whole)
    }

    @Test("a failing or constant source of randomness yields no noise")
    func failingSource() {
        struct Constant: SecureRandom {
            func fill(_ buffer: UnsafeMutableRawBufferPointer) {
                buffer.initializeMemory(as: UInt8.self, repeating: 42)
            }
        }
        #expect(throws: (any Error).self) {
            try DiscreteGaussianSampler(log2Sigma: 10, source: FailingRandom(afterBytes: 10))
        }
        #expect(throws: PrivacyError(.untrustworthyRandomness, "")) {
            try DiscreteGaussianSampler(log2Sigma: 10, source: Constant())
        }
        #expect(throws: PrivacyError(.invalidParameter, "")) { try DiscreteGaussianSampler(log2Sigma: 25) }
    }
}

@Suite("The Gaussian mechanism")
struct MechanismTests {
    @Test("noise on a zero sum has standard deviation z C")
    func scale() throws {
        let mechanism = try GaussianMechanism(clipNorm: 0.5, noiseMultiplier: 1.3)
        var sum = [Float](repeating: 0, count: 100_000)
        try mechanism.addNoise(to: &sum, source: SeededRandom(seed: 5))
        let deviation = (sum.reduce(0) { $0 + Double($1) * Double($1) } / 100_000).squareRoot()
        #expect(abs(deviation / 0.65 - 1) < 0.01)

        let patients = try PatientGradientSum(mechanism: mechanism, count: 100_000)
        let other = try patients.noisySum(source: SeededRandom(seed: 6))
        let second = (other.reduce(0) { $0 + Double($1) * Double($1) } / 100_000).squareRoot()
        #expect(abs(second / 0.65 - 1) < 0.01)
    }

    @Test(
        "each patient's contribution is clipped on the integers",
        arguments: [1e-6, 0.3, 1, 5, 1e20])
    func clipping(size: Float) throws {
        let mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1000)
        var generator = ReproducibleGenerator(seed: 9)
        let gradient = (0..<5000).map { _ in Float(generator.unit() - 0.5) * size }
        var sum = try PatientGradientSum(mechanism: mechanism, count: 5000)
        try sum.add(gradient)
        #expect(sum.patients == 1)
        let norm = sum.integerNorm
        #expect(norm <= mechanism.integerClipNorm)
        if size >= 1 { #expect(norm > mechanism.integerClipNorm * 0.97) }
    }

    @Test("the integer sum is that of a plain loop, and an attempt above the bound leaves nothing behind")
    func plainReference() throws {
        for (multiplier, size) in [(1.0, 5.0), (1000, 1), (1000, 1e-3), (0.01, 3)] {
            let mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: multiplier)
            var generator = ReproducibleGenerator(seed: 4)
            var sum = try PatientGradientSum(mechanism: mechanism, count: 1003)
            var expected = [Int64](repeating: 0, count: 1003)
            for _ in 0..<5 {
                let gradient = (0..<1003).map { _ in Float((generator.unit() - 0.5) * size) }
                let before = sum.grid
                try sum.add(gradient)
                let added = zip(sum.grid, before).map { $0 - $1 }
                let norm = added.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
                #expect(norm <= mechanism.integerClipNorm)
                // Within one unit of the scaled gradient, or of a multiple of it just below the bound.
                let length = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
                let scale = mechanism.integerClipNorm / max(length, 1)
                for (value, integer) in zip(gradient, added) {
                    #expect(abs(Double(value) * scale - Double(integer)) <= 1 + abs(Double(integer)) * 0.005)
                }
                for index in added.indices { expected[index] += added[index] }
            }
            #expect(sum.grid == expected && sum.patients == 5)
        }
    }

    @Test("the noisy sum is the sum plus the samples of seeded streams, with any number of threads")
    func threads() throws {
        let count = GaussianMechanism.piece * 2 + 5
        let mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1)
        var sum = try PatientGradientSum(mechanism: mechanism, count: count)
        try sum.add((0..<count).map { Float($0 % 7) * 1e-3 })
        let grid = sum.grid
        let one = try sum.noisySum(source: SeededRandom(seed: 3))
        #expect(try sum.noisySum(source: SeededRandom(seed: 3), threads: 4) == one)
        let source = SeededRandom(seed: 3)
        let samplers = try (0..<3).map { _ in try DiscreteGaussianSampler(log2Sigma: 20, source: source) }
        let noise = try samplers.flatMap { try $0.samples(GaussianMechanism.piece) }
        #expect(zip(zip(grid, noise), one).allSatisfy { Float(Double($0.0 + $0.1) * 0x1p-20) == $1 })
        #expect(throws: CoreError(.randomnessUnavailable, "")) {
            try sum.noisySum(source: FailingRandom(afterBytes: 100), threads: 2)
        }
    }

    @Test(
        "a gradient with NaN or infinity counts as zero and the step goes on",
        arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(value: Float) throws {
        let mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1)
        var sum = try PatientGradientSum(mechanism: mechanism, count: 3)
        try sum.add([1, value, 0])
        #expect(sum.dropped == 1)
        #expect(sum.integerNorm == 0)
        var plain: [Float] = [1, value, 0]
        #expect(throws: PrivacyError(.invalidParameter, "")) { try mechanism.addNoise(to: &plain) }
    }

    @Test("a gradient of another length is refused")
    func wrongLength() throws {
        var sum = try PatientGradientSum(mechanism: GaussianMechanism(clipNorm: 1, noiseMultiplier: 1), count: 3)
        #expect(throws: PrivacyError(.wrongLength, "")) { try sum.add([1, 2]) }
        #expect(sum.patients == 0)
    }

    @Test(
        "no mechanism exists without noise or with absurd numbers",
        arguments: [
            (1.0, 0.0), (1, -1), (1, .nan), (1, .infinity), (1, 1e9), (0, 1), (-1, 1), (.nan, 1), (.infinity, 1),
        ])
    func badParameters(clipNorm: Double, noiseMultiplier: Double) {
        #expect(throws: PrivacyError(.invalidParameter, "")) {
            try GaussianMechanism(clipNorm: clipNorm, noiseMultiplier: noiseMultiplier)
        }
    }

    @Test("the Poisson sampler draws at its rate, emits its own event and stops after the reserved steps")
    func poisson() throws {
        var sampler = try PoissonSampler(rate: 0.05, steps: 400)
        let mechanism = try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1.1)
        let event = sampler.event(mechanism)
        #expect(
            event
                == PrivacyEvent(mechanism: .gaussian(noiseMultiplier: 1.1), sampling: .poisson(rate: 0.05), steps: 400))
        let source = SeededRandom(seed: 21)
        var total = 0
        var sizes: Set<Int> = []
        for _ in 0..<400 {
            let drawn = try sampler.drawStep(patients: 500, source: source)
            #expect(drawn == drawn.sorted() && drawn.allSatisfy { (0..<500).contains($0) })
            total += drawn.count
            sizes.insert(drawn.count)
        }
        #expect(abs(Double(total) - 10_000) < 5 * (400 * 500 * 0.05 * 0.95).squareRoot())
        #expect(sizes.count > 8, "sizes vary, or this is no Poisson sample")
        #expect(throws: PrivacyError(.stepsUsedUp, "")) { try sampler.drawStep(patients: 500, source: source) }
    }

    @Test("a step whose randomness fails still counts")
    func failedDraw() throws {
        var sampler = try PoissonSampler(rate: 0.5, steps: 2)
        #expect(throws: (any Error).self) { try sampler.drawStep(patients: 100, source: FailingRandom(afterBytes: 8)) }
        #expect(sampler.drawnSteps == 1)
    }

    @Test("rates outside (0, 1] are refused", arguments: [0, -0.1, 1.01, .nan, .infinity])
    func badRate(rate: Double) {
        #expect(throws: PrivacyError(.invalidParameter, "")) { try PoissonSampler(rate: rate, steps: 1) }
    }
}
