import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Privacy

private func gaussian(_ noise: Double, rate: Double? = nil, steps: Int) -> PrivacyEvent {
    PrivacyEvent(
        mechanism: .gaussian(noiseMultiplier: noise), sampling: rate.map { .poisson(rate: $0) } ?? .none, steps: steps)
}

@Suite("Rényi accounting")
struct AccountingTests {
    struct Own: Decodable {
        struct Case: Decodable {
            var phases: [PrivacyEvent]
            var delta: Double
            var rdp: Double
        }
        var cases: [Case]
    }

    @Test("our own vectors hold to 1e-6")
    func ownVectors() throws {
        let url = try #require(Bundle.module.url(forResource: "Vectors/rdp", withExtension: "json"))
        let cases = try JSONDecoder().decode(Own.self, from: Data(contentsOf: url)).cases
        #expect(cases.count >= 12)
        for item in cases {
            let epsilon = try RDPAccountant(item.phases).epsilon(delta: item.delta).epsilon
            #expect(epsilon <= item.rdp * (1 + 1e-6), "\(item.phases)")
            #expect(epsilon >= item.rdp * 0.97, "\(item.phases)")
        }
    }

    @Test(
        "quadrature at a whole order equals the binomial sum",
        arguments: [(0.01, 1.0), (0.2, 0.5), (0.001, 4), (0.5, 0.3), (1e-5, 10)])
    func quadrature(rate: Double, noise: Double) throws {
        let near = try RDPCurve(
            oneStepOf: .gaussian(noiseMultiplier: noise), sampling: .poisson(rate: rate), relation: .addRemove,
            orders: [2, 2.000000001, 5, 5.000000001, 10, 10.000000001])
        for index in [0, 2, 4] {
            #expect(abs(near.values[index + 1] / near.values[index] - 1) < 1e-6)
        }
    }

    @Test(
        "an order costs the same alone, in a list and in any sequence",
        arguments: [(0.01, 1.0), (0.9, 0.6), (0.001, 4), (0.5, 0.3), (1e-6, 50), (0.2, 20)])
    func sequences(rate: Double, noise: Double) throws {
        func values(_ orders: [Double]) throws -> [Double] {
            try RDPCurve(
                oneStepOf: .gaussian(noiseMultiplier: noise), sampling: .poisson(rate: rate), relation: .addRemove,
                orders: orders
            ).values
        }
        let orders = RDPCurve.standardOrders
        let rising = try values(orders), falling = try values(orders.reversed())
        for (index, order) in orders.enumerated() {
            let alone = try values([order])[0]
            #expect(abs(rising[index] / alone - 1) < 1e-9, "\(order)")
            #expect(abs(falling[orders.count - 1 - index] / alone - 1) < 1e-9, "\(order)")
        }
        // Beyond the table of factorials, term by term.
        let large = try values([2048, 2049])
        #expect(large[1] > large[0] && large[1] < large[0] * 1.01)
    }

    @Test("more noise never costs more, more steps never less, and curves grow with the order")
    func monotone() throws {
        var last = Double.infinity
        for noise in [0.5, 0.7, 1, 1.5, 3, 8] {
            let epsilon = try RDPAccountant([gaussian(noise, rate: 0.02, steps: 500)]).epsilon(delta: 1e-5).epsilon
            #expect(epsilon < last)
            last = epsilon
            let values = try RDPAccountant([gaussian(noise, rate: 0.02, steps: 1)]).curve.values
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-9) })
        }
    }

    @Test("no noise costs infinity; no steps and a rate of 0 cost nothing")
    func edges() throws {
        #expect(try RDPAccountant([gaussian(0, steps: 1)]).epsilon(delta: 1e-5).epsilon == .infinity)
        #expect(try RDPAccountant([gaussian(1, steps: 0)]).epsilon(delta: 1e-5).epsilon == 0)
        #expect(try RDPAccountant([gaussian(1, rate: 0, steps: 100)]).epsilon(delta: 1e-5).epsilon == 0)
        #expect(try RDPAccountant([]).epsilon(delta: 1e-5).epsilon == 0)
    }

    @Test("delta outside (0, 1) is refused", arguments: [0, -1e-5, 1, 2, .nan, .infinity])
    func badDelta(delta: Double) {
        #expect(throws: PrivacyError(.invalidParameter, "")) { try RDPAccountant([]).epsilon(delta: delta) }
        #expect(throws: PrivacyError(.invalidParameter, "")) { try PrivacyBudget(epsilon: 1, delta: delta) }
    }

    @Test(
        "what must never be spent is refused",
        arguments: [
            gaussian(0, steps: 1), gaussian(-1, steps: 1), gaussian(.nan, steps: 1), gaussian(.infinity, steps: 1),
            gaussian(1e9, steps: 1), gaussian(1, steps: 0), gaussian(1, steps: -5), gaussian(1, rate: 0, steps: 1),
            gaussian(1, rate: 1.5, steps: 1), gaussian(1, rate: .nan, steps: 1),
        ])
    func invalidEvents(event: PrivacyEvent) throws {
        #expect(throws: PrivacyError(.invalidParameter, "")) { try event.validate() }
        let filter = RDPFilter(cap: try PrivacyBudget(epsilon: 8, delta: 1e-5))
        #expect(throws: PrivacyError(.invalidParameter, "")) { try filter.admits(spent: [], proposal: [event]) }
    }

    @Test("a combination without a proof is refused, not guessed")
    func unsupported() {
        var event = gaussian(1, rate: 0.1, steps: 1)
        event.relation = .replaceOne
        #expect(throws: PrivacyError(.unsupported, "")) { try RDPAccountant([event]) }
        event = PrivacyEvent(mechanism: .laplace(noiseMultiplier: 1), sampling: .poisson(rate: 0.1), steps: 1)
        #expect(throws: PrivacyError(.unsupported, "")) { try RDPAccountant([event]) }
    }

    @Test("an event survives its JSON form, and unknown words in it are refused")
    func json() throws {
        let event = gaussian(1.1, rate: 0.01, steps: 500)
        let data = try CanonicalJSON.encode(event)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"mechanism":"gaussian","neighbouring":"add_remove","noise_multiplier":1.1,"sampling":{"q":0.01,"type":"poisson"},"steps":500}"#
        )
        #expect(try CanonicalJSON.decode(PrivacyEvent.self, from: data) == event)
        for (word, wrong) in [("gaussian", "cauchy"), ("poisson", "shuffle"), ("add_remove", "zero_out")] {
            let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: word, with: wrong)
            #expect(throws: PrivacyError(.unsupported, "")) {
                try CanonicalJSON.decode(PrivacyEvent.self, from: Data(text.utf8))
            }
        }
    }

    @Test(
        "calibration never overshoots and is tight to 0.1 %",
        arguments: [(2.0, 0.01, 500), (8, 0.1, 200), (0.5, 1, 10), (20, 0.05, 2000)])
    func calibration(epsilon: Double, rate: Double, steps: Int) throws {
        let target = try PrivacyBudget(epsilon: epsilon, delta: 1e-5)
        let noise = try NoiseCalibration.noiseMultiplier(target: target, samplingRate: rate, steps: steps)
        func cost(_ noise: Double) throws -> Double {
            try RDPAccountant([gaussian(noise, rate: rate, steps: steps)]).epsilon(delta: 1e-5).epsilon
        }
        #expect(try cost(noise) <= epsilon)
        #expect(try cost(noise * 0.999) > epsilon)
    }

    @Test("an unreachable target is refused with what to change")
    func unreachable() throws {
        let spent = [gaussian(0.5, steps: 10)]
        #expect(throws: PrivacyError(.unreachableTarget, "")) {
            try NoiseCalibration.noiseMultiplier(
                target: PrivacyBudget(epsilon: 1, delta: 1e-5), samplingRate: 0.1, steps: 10, alreadySpent: spent)
        }
    }
}

@Suite("Questions in a file")
struct PrivacyVectorTests {
    @Test(
        "one bad question never spoils the others",
        arguments: [
            #""kind":"epsilon","delta":1e-5,"neighbouring":"cousins","phases":[{"mechanism":"gaussian","noise_multiplier":1}]"#,
            #""kind":"epsilon","delta":1e-5,"phases":[{"mechanism":"magic"}]"#,
            #""kind":"discrete_gaussian","sigma":"wide","sensitivity":1,"steps":1,"delta":1e-5"#,
            #""kind":"discrete_gaussian","sigma":2,"sensitivity":1.5,"steps":1,"delta":1e-5"#,
            #""kind":"discrete_gaussian","sigma":2,"sensitivity":1,"steps":1,"delta":1e-5,"neighbouring":"cousins""#,
            #""kind":"skellam","rounds":1e400,"delta":1e-5"#, #""kind":"oracle""#,
        ])
    func badQuestion(_ bad: String) throws {
        let good =
            #"{"id":"good","kind":"discrete_gaussian","sigma":2,"sensitivity":1,"steps":1,"delta":1e-5,"neighbouring":"add_remove"}"#
        let file = #"{"vectors":[{"id":"bad",\#(bad)},\#(good)]}"#
        let answers = try PrivacyVectors(json: Data(file.utf8)).evaluate()
        #expect(answers.answers.keys.sorted() == ["good"])
        #expect(answers.unanswered.keys.sorted() == ["bad"])
    }
}

@Suite("The Rényi filter")
struct FilterTests {
    let cap: PrivacyBudget
    init() throws { cap = try PrivacyBudget(epsilon: 8, delta: 1e-5) }

    @Test("admits until the cap and refuses with the numbers after it")
    func untilCap() throws {
        let filter = RDPFilter(cap: cap)
        let round = [gaussian(1, rate: 0.05, steps: 100)]
        var spent: [PrivacyEvent] = []
        let fitting = try filter.repetitionsLeft(of: round, after: RDPFilter.curve(of: []))
        #expect(fitting >= 3)
        for _ in 0..<fitting {
            let decision = try filter.admits(spent: spent, proposal: round)
            #expect(decision.isAdmitted && decision.after <= 8)
            spent += round
        }
        let refused = try filter.admits(spent: spent, proposal: round)
        #expect(!refused.isAdmitted)
        #expect(refused.spent <= 8 && refused.after > 8)
        #expect(refused.explanation.contains("cap 8"))
        #expect(try filter.repetitionsLeft(of: round, after: RDPFilter.curve(of: spent)) == 0)
        // What the filter admitted is within the cap by the reporting accountant, too.
        #expect(try RDPAccountant(spent).epsilon(delta: 1e-5).epsilon <= 8)
    }

    @Test("is never more permissive than the accountant", arguments: [0.5, 1, 4, 20])
    func conservative(noise: Double) throws {
        let events = [gaussian(noise, rate: 0.1, steps: 50)]
        let own = RDPFilter.epsilon(of: try RDPFilter.curve(of: events), delta: 1e-5)
        #expect(own >= (try RDPAccountant(events).epsilon(delta: 1e-5).epsilon))
    }

    @Test("a budget without a limit can't be written", arguments: [0, -1, .nan, .infinity])
    func badCap(epsilon: Double) {
        #expect(throws: PrivacyError(.invalidParameter, "")) { try PrivacyBudget(epsilon: epsilon, delta: 1e-5) }
        let data = Data(#"{"epsilon":0,"delta":1e-5}"#.utf8)
        #expect(throws: PrivacyError(.invalidParameter, "")) {
            try CanonicalJSON.decode(PrivacyBudget.self, from: data)
        }
    }
}
