import Foundation
import Testing

@testable import Privacy

@Suite("Privacy loss distributions")
struct PLDTests {
    @Test("the reported epsilon is the smaller, the lower bound lies below", arguments: [(0.01, 0.9), (0.2, 2)])
    func report(rate: Double, noise: Double) throws {
        let event = PrivacyEvent(
            mechanism: .gaussian(noiseMultiplier: noise), sampling: .poisson(rate: rate), steps: 300)
        let report = try PrivacyQuery(events: [event]).epsilon(delta: 1e-5)
        let pld = try #require(report.pld)
        let rdp = try #require(report.rdp)
        #expect(report.epsilon == min(pld.epsilon, rdp.epsilon))
        #expect(pld.lower <= pld.epsilon && pld.epsilon < rdp.epsilon)
    }

    private func upper(_ mechanism: Mechanism, _ sampling: Sampling, steps: Int, delta: Double = 1e-5) throws
        -> PLDBound
    {
        try PLDAccountant([PrivacyEvent(mechanism: mechanism, sampling: sampling, steps: steps)]).epsilon(delta: delta)
    }

    @Test("a cap that is hardly ever reached costs nothing, a low one does, and less than no sampling at all")
    func truncated() throws {
        let gaussian = Mechanism.gaussian(noiseMultiplier: 1)
        let plain = try upper(gaussian, .poisson(rate: 0.01), steps: 100).epsilon
        func capped(_ cap: Int) throws -> Double {
            try upper(gaussian, .truncatedPoisson(rate: 0.01, population: 5000, cap: cap), steps: 100).epsilon
        }
        #expect(try abs(capped(400) - plain) < 1e-9)
        let low = try capped(60)
        #expect(try low > plain && capped(55) > low)
        #expect(try low < upper(gaussian, .none, steps: 100).epsilon)
    }

    @Test(
        "tails of the binomial distribution",
        arguments: [(0, 10, 0.3, 1.0), (11, 10, 0.3, 0), (10, 10, 0.5, 0.0009765625)])
    func binomial(k: Int, n: Int, p: Double, expected: Double) {
        #expect(abs(BinomialTail.atLeast(k, of: n, probability: p) - expected) <= 1e-15)
        // Both tails are sums of their own; together they are everything.
        for k in [40, 50, 51, 60] {
            let above = BinomialTail.atLeast(k, of: 5000, probability: 0.01)
            let below = BinomialTail.atLeast(5001 - k, of: 5000, probability: 0.99)
            #expect(abs(above + below - 1) < 1e-11)
        }
    }

    @Test("one release of discrete Gaussian noise is exact on its lattice", arguments: [(1.0, 1), (5.0, 3), (40, 7)])
    func discreteGaussian(sigma: Double, sensitivity: Int) throws {
        let bound = try upper(.discreteGaussian(sigma: sigma, sensitivity: sensitivity), .none, steps: 1)
        // delta(e) = sum over x of max(0, p(x - s) - exp(e) p(x)), straight from the definition.
        let far = Int(sigma * 12) + sensitivity
        let weights = (-far...far).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let total = weights.reduce(0, +)
        func mass(_ x: Int) -> Double { abs(x) > far ? 0 : weights[x + far] / total }
        let delta = (-far...(far + sensitivity)).reduce(0.0) { sum, x in
            sum + max(0, mass(x - sensitivity) - exp(bound.epsilon) * mass(x))
        }
        #expect(abs(delta - 1e-5) < 1e-5 * 1e-4)
        #expect(bound.lower <= bound.epsilon * (1 + 1e-12))
    }

    @Test("discrete noise on a fine grid costs what continuous noise costs, sampled or not", arguments: [1.0, 0.05])
    func fineGrid(rate: Double) throws {
        let sampling: Sampling = rate == 1 ? .none : .poisson(rate: rate)
        let discrete = try upper(.discreteGaussian(sigma: 1000, sensitivity: 500), sampling, steps: 30).epsilon
        let continuous = try upper(.gaussian(noiseMultiplier: 2), sampling, steps: 30).epsilon
        #expect(abs(discrete / continuous - 1) < 1e-3)
    }

    @Test("mechanisms and samples outlive JSON, and what can't be accounted is refused")
    func coding() throws {
        let event = PrivacyEvent(
            mechanism: .discreteGaussian(sigma: 8, sensitivity: 3),
            sampling: .truncatedPoisson(rate: 0.1, population: 50, cap: 9), steps: 4)
        let data = try JSONEncoder().encode(event)
        #expect(try JSONDecoder().decode(PrivacyEvent.self, from: data) == event)
        #expect(throws: PrivacyError.self) { try PLDAccountant([event]) }
        #expect(throws: PrivacyError.self) { try upper(.discreteGaussian(sigma: 0.1, sensitivity: 1), .none, steps: 1) }
        #expect(throws: PrivacyError.self) {
            try upper(.gaussian(noiseMultiplier: 1), .truncatedPoisson(rate: 0.1, population: 0, cap: 1), steps: 1)
        }
    }
}
