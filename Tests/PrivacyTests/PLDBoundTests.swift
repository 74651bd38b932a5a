import ConsiliumCore
import Foundation
import Testing

@testable import Privacy

private func poisson(_ rate: Double, _ noise: Double, _ steps: Int, _ relation: NeighbouringRelation = .addRemove)
    -> PrivacyEvent
{
    PrivacyEvent(
        mechanism: .gaussian(noiseMultiplier: noise), sampling: .poisson(rate: rate), steps: steps, relation: relation)
}

@Suite("Privacy loss distributions are bounds, and tight ones")
struct PLDBoundTests {
    struct Own: Decodable {
        struct Case: Decodable {
            var phases: [PrivacyEvent]
            var neighbouring: NeighbouringRelation
            var delta: Double
            var pld: Double
            var gap: Double
        }
        var cases: [Case]
    }

    @Test("our own vectors hold: within the error of the refined bound, and within 1e-4 above it")
    func ownVectors() throws {
        let url = try #require(Bundle.module.url(forResource: "Vectors/pld", withExtension: "json"))
        let cases = try JSONDecoder().decode(Own.self, from: Data(contentsOf: url)).cases
        #expect(cases.count >= 15)
        for item in cases {
            let events = item.phases.map {
                PrivacyEvent(
                    mechanism: $0.mechanism, sampling: $0.sampling, steps: $0.steps, relation: item.neighbouring)
            }
            let bound = try PLDAccountant(events).epsilon(delta: item.delta)
            #expect(bound.epsilon <= item.pld * (1 + 1e-4) + 1e-7, "\(item.phases)")
            #expect(bound.epsilon >= item.pld - max(item.gap, 1.5e-4 * item.pld), "\(item.phases)")
            #expect(bound.lower <= item.pld && bound.lower >= item.pld * 0.97, "\(item.phases)")
        }
    }

    @Test(
        "composed on the contour, plain Gaussians come out by the exact formula, from above",
        arguments: [(1, 1.0), (10, 1), (50, 4), (10_000, 30), (1_000_000, 400), (1_000_000, 2000)],
        [1e-3, 1e-5, 1e-9, 1e-12])
    func exactGaussian(plan: (steps: Int, noise: Double), delta: Double) throws {
        let (steps, noise) = plan
        let event = PrivacyEvent(mechanism: .gaussian(noiseMultiplier: noise), steps: steps)
        let exact = AnalyticGaussian.epsilon(mu: Double(steps).squareRoot() / noise, delta: delta)
        let accountant = try PLDAccountant([event])
        let upper = try #require(try accountant.worst(delta: delta))
        #expect(upper.epsilon >= exact * (1 - 1e-9) && upper.epsilon <= exact * (1 + 1e-4))
        let lower = try accountant.lowerEpsilon(delta: delta, below: upper)
        #expect(lower <= exact && lower >= exact * 0.99)
    }

    @Test("one and two steps come out by the definition of delta, from above, in both directions and for replace-one")
    func definition() throws {
        var generator = ReproducibleGenerator(seed: 20)
        func draw(_ low: Double, _ high: Double) -> Double {
            exp(Double.random(in: log(low)...log(high), using: &generator))
        }
        for number in 0..<40 {
            let noises = (draw(0.3, 20), draw(0.3, 20)), rates = (draw(1e-4, 0.9), draw(1e-4, 0.9))
            let relation: NeighbouringRelation = number % 3 == 0 ? .replaceOne : .addRemove
            let pairs: [PLDReference.Pair] = relation == .replaceOne ? [.replace] : [.remove, .add]
            let isPair = number % 2 == 0
            var events = [poisson(rates.0, noises.0, 1, relation)]
            if isPair { events.append(poisson(rates.1, noises.1, 1, relation)) }
            func exact(_ epsilon: Double) -> Double {
                pairs.map { pair in
                    let first = PLDReference(pair: pair, rate: rates.0, noise: noises.0)
                    let second = PLDReference(pair: pair, rate: rates.1, noise: noises.1)
                    return isPair ? first.delta(epsilon, with: second) : first.delta(epsilon)
                }.max() ?? 1
            }
            let delta = draw(1e-8, 1e-3)
            let bound = try PLDAccountant(events).epsilon(delta: delta)
            if bound.epsilon == 0 {
                #expect(exact(0) <= delta * (1 + 1e-9))
                continue
            }
            let comment: Comment = "\(events) \(delta)"
            #expect(exact(bound.epsilon) <= delta * (1 + 1e-9), comment)
            #expect(exact(bound.epsilon * (1 - 2e-4) - 1e-6) > delta, comment)
            if bound.lower > 0 { #expect(exact(bound.lower) >= delta * (1 - 1e-9), comment) }
            let found = try PLDAccountant(events).delta(epsilon: bound.epsilon)
            let truth = exact(bound.epsilon)
            #expect(found >= truth * (1 - 1e-9) && found <= truth * (1 + (bound.epsilon < 0.01 ? 1e-2 : 1e-3)), comment)
        }
    }

    @Test("mixtures of everything: lower ≤ upper ≤ Rényi, and deltas and epsilons are each other's inverse")
    func mixtures() throws {
        var generator = ReproducibleGenerator(seed: 21)
        func draw(_ low: Double, _ high: Double) -> Double {
            exp(Double.random(in: log(low)...log(high), using: &generator))
        }
        for _ in 0..<12 {
            var events = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                poisson(draw(1e-4, 0.5), draw(0.5, 30), Int(draw(1, 3000)))
            }
            if Bool.random(using: &generator) {
                events.append(PrivacyEvent(mechanism: .laplace(noiseMultiplier: draw(5, 50)), steps: 3))
            }
            if Bool.random(using: &generator) {
                events.append(PrivacyEvent(mechanism: .gaussian(noiseMultiplier: draw(3, 50)), steps: 2))
            }
            let delta = draw(1e-10, 1e-3)
            let accountant = try PLDAccountant(events)
            let bound = try accountant.epsilon(delta: delta)
            let rdp = try RDPAccountant(events).epsilon(delta: delta).epsilon
            #expect(bound.lower <= bound.epsilon && bound.epsilon <= rdp * (1 + 1e-4) + 1e-9, "\(events) \(delta)")
            #expect(bound.lower >= bound.epsilon * 0.99 || bound.epsilon < 1e-3, "\(events) \(delta)")
            guard bound.epsilon > 0 else { continue }
            let back = try accountant.delta(epsilon: bound.epsilon)
            #expect(back <= delta * (1 + 1e-3) && back >= delta * 0.99, "\(events) \(delta)")
        }
    }

    @Test("many rows that are almost alike cost what they cost as one")
    func rows() throws {
        let rows = (0..<300).map { poisson(0.01, 1 + 1e-9 * Double($0), 10) }
        let whole = try PLDAccountant([poisson(0.01, 1, 3000)]).epsilon(delta: 1e-6)
        let split = try PLDAccountant(rows).epsilon(delta: 1e-6)
        #expect(abs(split.epsilon / whole.epsilon - 1) < 1e-4)
        #expect(try PLDAccountant(rows + rows).components.count == 300)
    }

    @Test(
        "the points keep all mass under both distributions; what they lack is counted as infinite",
        arguments: [(1e-5, 1.0), (0.01, 0.3), (0.5, 2), (0.999, 0.1), (1, 0.05), (0.2, 1000)])
    func points(rate: Double, noise: Double) throws {
        for relation in [NeighbouringRelation.addRemove, .replaceOne] where relation == .addRemove || noise >= 0.1 {
            let component = try #require(try PLDComponent(poisson(rate, noise, 1, relation)))
            let upper = component.points(.upper, density: 32, mass: 1e-18)
            #expect(abs(exp(upper.logMoment(0)) + upper.infinite.without - 1) < 1e-12)
            #expect(abs(exp(upper.logMoment(1)) + upper.infinite.with - 1) < 1e-12)
            #expect(upper.infinite.with < 1e-16 && upper.infinite.without < 1e-16)
            let lower = component.points(.lower, density: 32, mass: 1e-18)
            let estimate = component.points(.estimate, density: 0, mass: 1e-18)
            // Moments of orders whose mass lies within the cut.
            for exponent in [0.5, 1.2, 2, 3] where exponent < 1 + 3 * noise {
                let moments = [lower, estimate, upper].map { $0.logMoment(exponent) }
                let sign: Double = exponent > 1 ? 1 : -1
                #expect(sign * (moments[2] - moments[1]) >= -1e-10 && sign * (moments[1] - moments[0]) >= -1e-10)
                #expect(abs(moments[2] - moments[0]) <= 2e-3 * max(abs(moments[1]), 1e-9))
            }
        }
    }

    @Test("sums of exponentials in vectors agree with plain ones to 13 digits")
    func exponentials() {
        var generator = ReproducibleGenerator(seed: 22)
        for count in [1, 3, 4, 7, 64, 1001] {
            var points = PLDPoints()
            points.loss = (0..<count).map { _ in Double.random(in: -5...20, using: &generator) }
            points.weight = (0..<count).map { _ in Double.random(in: -90...0, using: &generator) }
            for exponent in [-3, 0, 0.7, 1, 12.5] {
                let terms = zip(points.loss, points.weight).map { $1 + exponent * $0 }
                let largest = terms.max() ?? 0
                let plain = largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
                #expect(abs(points.logMoment(exponent) - plain) <= 1e-13 * max(1, abs(plain)))
            }
        }
        #expect(PLDPoints().logMoment(1) == -.infinity)
    }

    @Test("no number of steps, spread of losses or delta makes it fail", arguments: [1e-3, 1e-12, 1e-30])
    func extremes(delta: Double) throws {
        for (rate, noise, steps) in [
            (1e-6, 0.3, 1), (1e-5, 50, 1_000_000), (1, 0.05, 1), (0.5, 0.05, 1000), (0.3, 1e6, 1), (0.99, 1, 1_000_000),
            (1e-9, 1, 1_000_000_000),
        ] {
            for relation in [NeighbouringRelation.addRemove, .replaceOne] {
                let bound = try PLDAccountant([poisson(rate, noise, steps, relation)]).epsilon(delta: delta)
                #expect(bound.epsilon.isFinite && bound.epsilon >= 0 && bound.lower <= bound.epsilon)
                guard relation == .addRemove else { continue }
                let rdp = try RDPAccountant([poisson(rate, noise, steps)]).epsilon(delta: delta).epsilon
                #expect(bound.epsilon <= rdp * 1.001 + 1e-9, "\(rate) \(noise) \(steps) \(delta)")
            }
        }
    }
}
