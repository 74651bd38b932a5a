import Foundation
import Testing

@testable import Privacy

@Suite("Privacy loss distributions")
struct PLDTests {
    @Test("on the grid a plain Gaussian comes out by the exact formula, from above", arguments: [(1.0, 10), (4, 50)])
    func exactGaussian(noise: Double, steps: Int) throws {
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: noise), steps: steps)
        let component = try #require(try PLDComponent(event))
        let exact = AnalyticGaussian.epsilon(mu: Double(steps).squareRoot() / noise, delta: 1e-5)
        let grid = try PLDComposition([component], direction: .remove, bound: .upper, target: .delta(1e-5))
        let upper = grid.epsilon(delta: 1e-5)
        #expect(upper >= exact * (1 - 1e-9) && upper <= exact * (1 + 1e-3))
        let floor = try PLDComposition([component], direction: .remove, bound: .lower, target: .delta(1e-5))
        #expect(floor.epsilon(delta: 1e-5) <= exact)
    }

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
}
