import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import SecureAggregation

@Suite("The secure sum under dropouts")
struct SecureSumDropoutTests {
    /// Checks one pattern against what the rules say, and that a failed attempt is followed by a right one.
    static func check(_ simulation: SecureSumSimulation, silentFrom: [String: SecureSumStep]) throws {
        var simulation = simulation
        let threshold = try simulation.session().parameters.threshold
        func answering(_ step: SecureSumStep) -> [String] {
            simulation.ids.filter { id in silentFrom[id].map { step < $0 } ?? true }
        }
        let failing = SecureSumStep.allCases.first { answering($0).count < threshold }
        let (outcome, coordinator) = try simulation.run(silentFrom: silentFrom)
        switch (outcome, failing) {
        case (.success(let sum), nil):
            #expect(coordinator.survivors == answering(.masked))
            #expect(sum == simulation.plainSum(coordinator.survivors), "\(silentFrom)")
        case (.failure(let error), .some(let step)):
            #expect(error.code == .tooFew && coordinator.step == step, "\(silentFrom): \(error.message)")
            if step == .reveal {
                // Some have revealed: no other attempt opens, but this one does when the silent ones come back.
                try Self.completeReveal(&simulation, coordinator)
            } else {
                // Enough of them to be sure, not each time: an attempt without dropouts is the first pattern of all.
                guard silentFrom.count < 3 || step > .keys else { return }
                let (second, coordinator) = try simulation.run(attempt: 2)
                #expect(try second.get() == simulation.plainSum(simulation.ids))
                #expect(coordinator.survivors == simulation.ids)
            }
        case (.success, .some(let step)): Issue.record("\(silentFrom) should have failed at \(step)")
        case (.failure(let error), nil): Issue.record("\(silentFrom) failed: \(error.message)")
        }
    }

    private static func completeReveal(_ simulation: inout SecureSumSimulation, _ before: SecureSumCoordinator) throws {
        var coordinator = before
        let revealed = simulation.ids.filter { simulation.nodes[$0]?.isUnmasked == true }
        #expect(Set(revealed).isDisjoint(with: coordinator.awaited))
        for id in coordinator.awaited {
            // One that was silent before has to sign first.
            while let request = coordinator.request(for: id) {
                _ = try coordinator.receive(simulation.answer(id, to: request))
            }
        }
        #expect(try simulation.sum(coordinator) == simulation.plainSum(coordinator.survivors))
        for id in revealed {
            #expect(throws: SecureAggregationError(.alreadyUnmasked, "")) {
                try simulation.answer(id, to: .offer(session: simulation.session(attempt: 2)))
            }
        }
    }

    /// What a clinic may do: answer everything, or fall silent from one step on.
    static let behaviors: [SecureSumStep?] = [nil] + SecureSumStep.allCases

    @Test(
        "every pattern of dropouts gives the plain sum bit for bit, or a clean abort and a new attempt",
        arguments: [3, 4])
    func allPatterns(clinics: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(clinics))
        let simulation = try SecureSumSimulation(clinics: clinics)
        let patterns = (0..<clinics).reduce(1) { count, _ in count * Self.behaviors.count }
        for number in 0..<patterns {
            var rest = number
            var chosen: [Int] = []
            for _ in 0..<clinics {
                chosen.append(rest % Self.behaviors.count)
                rest /= Self.behaviors.count
            }
            // Of four clinics each combination once, given out at random: it does not matter to whom.
            if clinics > 3 {
                guard chosen == chosen.sorted() else { continue }
                chosen.shuffle(using: &generator)
            }
            var silentFrom: [String: SecureSumStep] = [:]
            for (id, choice) in zip(simulation.ids, chosen) { silentFrom[id] = Self.behaviors[choice] }
            try Self.check(simulation, silentFrom: silentFrom)
        }
    }

    @Test("every choice of which clinics drop out, each at a random step", arguments: [5])
    func allSubsets(clinics: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(clinics))
        let simulation = try SecureSumSimulation(clinics: clinics, count: 5, seed: 7)
        for subset in 0..<(1 << clinics) {
            var silentFrom: [String: SecureSumStep] = [:]
            for (index, id) in simulation.ids.enumerated() where subset >> index & 1 == 1 {
                silentFrom[id] = SecureSumStep.allCases.randomElement(using: &generator)
            }
            try Self.check(simulation, silentFrom: silentFrom)
        }
    }

    @Test("random patterns among more clinics", arguments: [6, 9, 13])
    func randomPatterns(clinics: Int) throws {
        var generator = ReproducibleGenerator(seed: UInt64(clinics))
        let simulation = try SecureSumSimulation(clinics: clinics, count: 7, seed: 3)
        for _ in 0..<4 {
            var silentFrom: [String: SecureSumStep] = [:]
            for id in simulation.ids where generator.unit() < 0.25 {
                silentFrom[id] = SecureSumStep.allCases.randomElement(using: &generator)
            }
            try Self.check(simulation, silentFrom: silentFrom)
        }
    }

    @Test("above 64 clinics each shares masks with 64 others, and the sum is the same with a tenth of them gone")
    func sparse() throws {
        var simulation = try SecureSumSimulation(clinics: 70, count: 40, seed: 5)
        var generator = ReproducibleGenerator(seed: 70)
        var silentFrom: [String: SecureSumStep] = [:]
        for id in simulation.ids where generator.unit() < 0.1 {
            silentFrom[id] = SecureSumStep.allCases.randomElement(using: &generator)
        }
        let (outcome, coordinator) = try simulation.run(silentFrom: silentFrom)
        #expect(try outcome.get() == simulation.plainSum(coordinator.survivors))
        #expect(
            coordinator.survivors.count < 70 && coordinator.survivors.count >= coordinator.session.parameters.threshold)
        #expect(try #require(coordinator.opening).remaining.count < 70 * 65 / 4)
    }

    @Test("a masked update is another in each attempt, and says nothing that the plain one does")
    func masks() throws {
        var simulation = try SecureSumSimulation(clinics: 3)
        _ = try simulation.run(attempt: 1, silentFrom: [simulation.ids[0]: .survivors])
        let first = simulation.masked
        let (outcome, _) = try simulation.run(attempt: 2)
        #expect(try outcome.get() == simulation.plainSum(simulation.ids))
        for id in simulation.ids { #expect(simulation.masked[id] != first[id] && first[id] != simulation.vectors[id]) }
    }
}
