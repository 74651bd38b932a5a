import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import SecureAggregation

@Suite("The coordinator's side of the secure sum")
struct SecureSumCoordinatorTests {
    @Test("a coordinator that is killed after any event goes on to the same sum")
    func replay() throws {
        let fresh = try SecureSumSimulation(clinics: 4)
        var whole = fresh
        let (outcome, _) = try whole.run(silentFrom: [fresh.ids[2]: .masked])
        let expected = try outcome.get()
        var simulation = fresh
        var events: [SecureSumEvent] = []
        var restarts = 0
        var coordinator = SecureSumCoordinator(session: try simulation.session())
        while !coordinator.isFinished {
            let step = coordinator.step
            for id in coordinator.awaited where id != fresh.ids[2] || step < .masked {
                guard let request = coordinator.request(for: id) else { continue }
                let envelope = try simulation.answer(id, to: request)
                #expect(try coordinator.receive(envelope))
                events.append(.received(envelope: envelope))
                // Killed, and the same answer comes once more because its receipt was lost.
                coordinator = try SecureSumCoordinator(session: simulation.session(), replaying: events)
                #expect(try !coordinator.receive(envelope))
                restarts += 1
            }
            if coordinator.step == step, !coordinator.isFinished {
                try coordinator.close(step)
                events.append(.closed(step: step))
                coordinator = try SecureSumCoordinator(session: simulation.session(), replaying: events)
            }
        }
        #expect(restarts == 4 + 4 + 3 + 3 + 3)
        #expect(try simulation.sum(coordinator) == expected && expected == fresh.plainSum(coordinator.survivors))
    }

    @Test("a request stays the same while answers of others come in")
    func stableRequests() throws {
        var simulation = try SecureSumSimulation(clinics: 4)
        var coordinator = SecureSumCoordinator(session: try simulation.session())
        while !coordinator.isFinished {
            let step = coordinator.step
            let last = try #require(coordinator.awaited.last)
            let before = try #require(coordinator.request(for: last))
            for id in coordinator.awaited where coordinator.step == step {
                if id != last { #expect(coordinator.request(for: last) == before) }
                guard let request = coordinator.request(for: id) else { continue }
                _ = try coordinator.receive(simulation.answer(id, to: request))
                if coordinator.step == step { #expect(coordinator.request(for: id) == nil) }
            }
        }
    }

    @Test("late, second and foreign answers are refused and change nothing")
    func refusals() throws {
        var simulation = try SecureSumSimulation(clinics: 4)
        var coordinator = SecureSumCoordinator(session: try simulation.session())
        let offer = try #require(coordinator.request(for: simulation.ids[0]))
        let first = try simulation.answer(simulation.ids[0], to: offer)
        #expect(try coordinator.receive(first))
        var restarted = simulation
        restarted.nodes[simulation.ids[0]] = try SecureSumNode(
            subject: simulation.subject, member: simulation.ids[0], reservation: nil, after: 0)
        let other = try restarted.answer(simulation.ids[0], to: offer)
        #expect(throws: SecureAggregationError(.conflict, "")) { try coordinator.receive(other) }
        let stranger = try SecureSumEnvelope(
            sender: "stranger", step: .keys, payload: first.payload, sign: simulation.signer("stranger"))
        #expect(throws: SecureAggregationError(.outOfOrder, "")) { try coordinator.receive(stranger) }
        let forged = try SecureSumEnvelope(
            sender: simulation.ids[1], step: .keys, payload: first.payload, sign: simulation.signer("stranger"))
        #expect(throws: SecureAggregationError(.badSignature, "")) { try coordinator.receive(forged) }
        let borrowed = try SecureSumEnvelope(
            sender: simulation.ids[1], step: .keys, payload: first.payload, sign: simulation.signer(simulation.ids[1]))
        #expect(throws: SecureAggregationError(.wrongSession, "")) { try coordinator.receive(borrowed) }
        #expect(coordinator.awaited == Array(simulation.ids.dropFirst()))
        for id in simulation.ids[1...2] { _ = try coordinator.receive(simulation.answer(id, to: offer)) }
        try coordinator.close(.keys)
        let late = try simulation.answer(simulation.ids[3], to: offer)
        #expect(throws: SecureAggregationError(.outOfOrder, "")) { try coordinator.receive(late) }
        #expect(coordinator.request(for: simulation.ids[3]) == nil)
    }

    @Test("false shares of one clinic are found out, and the sum is right all the same")
    func falseShares() throws {
        var simulation = try SecureSumSimulation(clinics: 6)
        var coordinator = try simulation.advance(to: .reveal)
        let liar = simulation.ids[1]
        for id in simulation.ids {
            guard let request = coordinator.request(for: id) else { continue }
            var envelope = try simulation.answer(id, to: request)
            if id == liar {
                var reveal = try CanonicalJSON.decode(SecureSumReveal.self, from: envelope.payload)
                for index in reveal.seeds.indices { reveal.seeds[index].share[3] ^= 0x40 }
                envelope = try SecureSumEnvelope(
                    sender: id, step: .reveal, payload: CanonicalJSON.encode(reveal), sign: simulation.signer(id))
            }
            #expect(try coordinator.receive(envelope))
        }
        let opening = try #require(coordinator.opening)
        #expect(opening.suspects == [liar])
        #expect(try simulation.sum(coordinator) == simulation.plainSum(simulation.ids))
    }

    @Test("a clinic that dealt false shares is named, and nothing is opened")
    func falseDealer() throws {
        var simulation = try SecureSumSimulation(clinics: 4)
        let dealer = simulation.ids[2]
        var coordinator = SecureSumCoordinator(session: try simulation.session())
        while coordinator.step < .reveal {
            let step = coordinator.step
            for id in coordinator.awaited {
                guard let request = coordinator.request(for: id) else { continue }
                let envelope = try simulation.answer(id, to: request)
                if id == dealer, step == .keys {
                    // It commits to another seed than the one that it will share.
                    var keys = try CanonicalJSON.decode(SecureSumKeys.self, from: envelope.payload)
                    keys.seedHash = simulation.subject.plan
                    let other = try SecureSumEnvelope(
                        sender: id, step: .keys, payload: CanonicalJSON.encode(keys), sign: simulation.signer(id))
                    _ = try coordinator.receive(other)
                    var node = try #require(simulation.nodes[id])
                    let known = try #require(node.current?.answer(to: .keys)?.request)
                    node.current?.set(other, for: .keys, request: known)
                    simulation.nodes[id] = node
                } else {
                    _ = try coordinator.receive(envelope)
                }
            }
        }
        for id in simulation.ids {
            guard let request = coordinator.request(for: id) else { continue }
            _ = try coordinator.receive(simulation.answer(id, to: request))
        }
        #expect(coordinator.opening == nil)
        let fault = try #require(coordinator.fault)
        #expect(fault.code == .badShare && fault.message.contains(dealer))
    }

    @Test("a reveal with other shares than the survivors determine is refused")
    func otherReveal() throws {
        var simulation = try SecureSumSimulation(clinics: 4)
        var coordinator = try simulation.advance(to: .reveal)
        let id = simulation.ids[0]
        let honest = try CanonicalJSON.decode(
            SecureSumReveal.self, from: simulation.answer(id, to: #require(coordinator.request(for: id))).payload)
        for change: (inout SecureSumReveal) -> Void in [
            { $0.keys = [$0.seeds.removeLast()] }, { $0.seeds.removeLast() }, { $0.seeds[0].share.removeLast() },
            { $0.seeds.append($0.seeds[0]) },
        ] {
            var reveal = honest
            change(&reveal)
            let envelope = try SecureSumEnvelope(
                sender: id, step: .reveal, payload: CanonicalJSON.encode(reveal), sign: simulation.signer(id))
            #expect(throws: SecureAggregationError(.malformedMessage, "")) { try coordinator.receive(envelope) }
        }
    }
}
