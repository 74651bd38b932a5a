import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import Testing

@testable import SecureAggregation

/// Each attack of research on secure aggregation that a coordinator can try, against a node that must refuse it with its reason
/// and be as it was before.
@Suite("A coordinator that does not keep to the rules")
struct MaliciousCoordinatorTests {
    private var simulation: SecureSumSimulation
    private let victim: String

    init() throws {
        simulation = try SecureSumSimulation(clinics: 5)
        victim = simulation.ids[0]
    }

    private func expectRefusal(
        _ code: SecureAggregationError.Code, _ words: String, of request: SecureSumRequest,
        by id: String? = nil, at location: SourceLocation = #_sourceLocation
    ) throws {
        var simulation = simulation
        let id = id ?? victim
        let before = simulation.nodes[id]
        do {
            _ = try simulation.answer(id, to: request)
            Issue.record("The node answered.", sourceLocation: location)
        } catch let error as SecureAggregationError {
            #expect(error.code == code, "\(error.message)", sourceLocation: location)
            #expect(error.message.contains(words), "\(error.message)", sourceLocation: location)
        }
        #expect(simulation.nodes[id] == before, "the refusal left a trace", sourceLocation: location)
    }

    private func session(
        _ roster: SecureSumRoster, attempt: Int = 1, _ change: (inout SecureSumSubject) -> Void = { _ in }
    )
        throws -> SecureSumSession
    {
        var subject = simulation.subject
        change(&subject)
        return try SecureSumSession(subject: subject, attempt: attempt, roster: roster)
    }

    private func member(_ id: String) throws -> SecureSumRoster.Member {
        try .init(id: id, signingKey: Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)
    }

    // MARK: Who takes part

    @Test("a roster with sybils of the coordinator")
    func forgedRoster() throws {
        let sybils = try (0..<5).map { try member("sybil-\($0)") }
        let forged = try SecureSumRoster(simulation.roster.members + sybils)
        try expectRefusal(.wrongRoster, "sybil-0", of: .offer(session: session(forged)))
    }

    @Test("a roster with another key for a clinic")
    func replacedRosterKey() throws {
        let other = simulation.ids[3]
        let members = simulation.roster.members.filter { $0.id != other }
        let forged = try SecureSumRoster(members + [member(other)])
        try expectRefusal(.wrongRoster, other, of: .offer(session: session(forged)))
    }

    @Test("a roster without this clinic, and one of two clinics")
    func smallRoster() throws {
        let members = simulation.roster.members
        try expectRefusal(
            .wrongRoster, "leaves this clinic out",
            of: .offer(session: session(SecureSumRoster(Array(members.dropFirst())))))
        #expect(throws: SecureAggregationError(.invalidParameter, "")) {
            try session(SecureSumRoster(Array(members.prefix(2))))
        }
    }

    @Test("a lower threshold than the rules give is no session at all")
    func lowerThreshold() throws {
        let offer = SecureSumRequest.offer(session: try session(simulation.roster))
        let text = String(decoding: try CanonicalJSON.encode(offer), as: UTF8.self)
        #expect(text.contains("\"threshold\":4"))
        for (from, to) in [
            ("\"threshold\":4", "\"threshold\":2"), ("\"shareThreshold\":4", "\"shareThreshold\":1"),
            ("\"fewestHonest\":2", "\"fewestHonest\":0"), ("\"colluding\":1", "\"colluding\":0"),
            ("\"neighbors\":4", "\"neighbors\":1"),
        ] {
            let forged = text.replacingOccurrences(of: from, with: to)
            #expect(forged != text)
            #expect(throws: SecureAggregationError(.wrongSession, "")) {
                try CanonicalJSON.decode(SecureSumRequest.self, from: Data(forged.utf8))
            }
        }
    }

    @Test("other clinics in another attempt of the same round")
    func otherRosterLater() throws {
        var copy = self
        _ = try copy.simulation.run(attempt: 1, silentFrom: [simulation.ids[1]: .masked, simulation.ids[2]: .masked])
        let fewer = try SecureSumRoster(Array(simulation.roster.members.prefix(4)))
        try copy.expectRefusal(.wrongRoster, "other clinics", of: .offer(session: session(fewer, attempt: 2)))
    }

    // MARK: What it is about

    @Test("different models to different clinics")
    func differentModels() throws {
        let other = ContentHash(of: Data("a model for one clinic".utf8))
        try expectRefusal(
            .wrongSession, "different models", of: .offer(session: session(simulation.roster) { $0.model = other }))
        // A victim that was led to train from another model gets no keys from the others under its session.
        var copy = self
        var led = simulation.subject
        led.model = other
        copy.simulation.nodes[victim] = try SecureSumNode(subject: led, member: victim, reservation: nil, after: 0)
        let own = try copy.simulation.answer(
            victim, to: .offer(session: session(simulation.roster) { $0.model = other }))
        var messages = [own]
        for id in simulation.ids.dropFirst() {
            messages.append(try copy.simulation.answer(id, to: .offer(session: session(simulation.roster))))
        }
        try copy.expectRefusal(.wrongSession, "another session", of: .keys(messages: messages))
    }

    @Test("another job, layout, length or clip norm")
    func otherSubject() throws {
        let other = ContentHash(of: Data("other".utf8))
        try expectRefusal(
            .wrongSession, "another job", of: .offer(session: session(simulation.roster) { $0.plan = other }))
        for change: (inout SecureSumSubject) -> Void in [
            { $0.layout = other }, { $0.count += 1 }, { $0.clipNorm *= 2 },
        ] {
            try expectRefusal(
                .wrongSession, "layout, length or clip norm", of: .offer(session: session(simulation.roster, change)))
        }
    }

    @Test("a sum that could wrap around")
    func wrap() throws {
        let many = try SecureSumRoster((0..<2000).map { try member(String(format: "m%04d", $0)) })
        #expect(throws: SecureAggregationError(.invalidParameter, "")) { try session(many) { $0.count = 1 << 33 } }
    }

    // MARK: Replay and rollback

    @Test("an earlier or a later round, and an attempt that is over")
    func replay() throws {
        try expectRefusal(.replayed, "round 2", of: .offer(session: session(simulation.roster) { $0.round = 2 }))
        var copy = self
        _ = try copy.simulation.answer(victim, to: .offer(session: session(simulation.roster, attempt: 3)))
        try copy.expectRefusal(.replayed, "Attempt 2", of: .offer(session: session(simulation.roster, attempt: 2)))
        #expect(throws: SecureAggregationError(.replayed, "")) {
            try SecureSumNode(subject: simulation.subject, member: victim, reservation: nil, after: 1)
        }
    }

    @Test("messages of an attempt that was given up")
    func messagesOfAnotherAttempt() throws {
        var copy = self
        var first: [SecureSumEnvelope] = []
        for id in simulation.ids {
            first.append(try copy.simulation.answer(id, to: .offer(session: session(simulation.roster))))
        }
        for id in simulation.ids {
            _ = try copy.simulation.answer(id, to: .offer(session: session(simulation.roster, attempt: 2)))
        }
        try copy.expectRefusal(.conflict, "own keys", of: .keys(messages: first))
        let own = try #require(copy.simulation.nodes[victim]?.current?.answer(to: .keys)?.envelope)
        try copy.expectRefusal(.wrongSession, "another session", of: .keys(messages: [own] + first.dropFirst()))
    }

    // MARK: Keys

    @Test("keys that a clinic did not sign, that are there twice, or that are missing")
    func replacedKeys() throws {
        var copy = self
        let coordinator = try copy.simulation.advance(to: .shares)
        guard case .keys(let honest) = try #require(coordinator.request(for: victim)) else { return }
        let session = try session(simulation.roster)
        // The coordinator puts its own keys in the name of a clinic.
        let other = simulation.ids[2]
        let false1 = SecureSumKeys(
            session: session.id, sender: other, sharingKey: Data(repeating: 7, count: 32),
            maskingKey: Data(repeating: 9, count: 32), seedHash: session.id, ledgerHead: nil)
        let own = Curve25519.Signing.PrivateKey()
        let forged = try SecureSumEnvelope(
            sender: other, step: .keys, payload: CanonicalJSON.encode(false1), sign: { try own.signature(for: $0) })
        try copy.expectRefusal(
            .badSignature, other, of: .keys(messages: honest.map { $0.sender == other ? forged : $0 }))
        try copy.expectRefusal(.malformedMessage, "twice", of: .keys(messages: honest + [honest[4]]))
        try copy.expectRefusal(.tooFew, "4 are needed", of: .keys(messages: Array(honest.prefix(3))))
        try copy.expectRefusal(.conflict, "own keys", of: .keys(messages: Array(honest.dropFirst())))
        try copy.expectRefusal(.malformedMessage, "order", of: .keys(messages: honest.reversed()))
        // A colluding clinic sends another one's keys, or a point of small order.
        let colluder = simulation.ids[4]
        let stolen = try CanonicalJSON.decode(SecureSumKeys.self, from: honest[1].payload)
        for (sharing, masking, words) in [
            (stolen.sharingKey, stolen.maskingKey, "twice"),
            (Data(count: 32), Data(repeating: 9, count: 32), "no secret"),
            (Data(repeating: 9, count: 32), Data(count: 32), "no secret"),
            (Data(count: 31), Data(count: 32), "31 bytes"),
        ] {
            let message = SecureSumKeys(
                session: session.id, sender: colluder, sharingKey: sharing, maskingKey: masking, seedHash: session.id,
                ledgerHead: nil)
            let envelope = try SecureSumEnvelope(
                sender: colluder, step: .keys, payload: CanonicalJSON.encode(message), sign: simulation.signer(colluder)
            )
            try copy.expectRefusal(
                .malformedMessage, words, of: .keys(messages: honest.map { $0.sender == colluder ? envelope : $0 }))
        }
    }

    @Test("different keys to different clinics make shares that can't be opened")
    func splitKeys() throws {
        var copy = self
        let coordinator = try copy.simulation.advance(to: .shares)
        guard case .keys(let honest) = try #require(coordinator.request(for: victim)) else { return }
        // The victim is told of four clinics, the others of five.
        _ = try copy.simulation.answer(victim, to: .keys(messages: Array(honest.prefix(4))))
        var boxes: [SecureSumShares.Box] = []
        for id in simulation.ids[1...3] {
            let envelope = try copy.simulation.answer(id, to: .keys(messages: honest))
            let shares = try CanonicalJSON.decode(SecureSumShares.self, from: envelope.payload)
            boxes += shares.boxes.filter { $0.clinic == victim }.map { .init(clinic: id, sealed: $0.sealed) }
        }
        let delivery = SecureSumRequest.Delivery(
            session: try session(simulation.roster).id, senders: Array(simulation.ids.prefix(4)), boxes: boxes)
        try copy.expectRefusal(.badShare, "can't be decrypted", of: .shares(delivery: delivery))
    }

    // MARK: Shares

    @Test("shares that were exchanged, altered, left out, or of too few")
    func shares() throws {
        var copy = self
        let coordinator = try copy.simulation.advance(to: .masked)
        guard case .shares(let honest) = try #require(coordinator.request(for: victim)) else { return }
        func refuse(
            _ code: SecureAggregationError.Code, _ words: String, _ change: (inout SecureSumRequest.Delivery) -> Void
        ) throws {
            var delivery = honest
            change(&delivery)
            try copy.expectRefusal(code, words, of: .shares(delivery: delivery))
        }
        try refuse(.badShare, simulation.ids[1]) { $0.boxes[0].sealed = $0.boxes[1].sealed }
        try refuse(.badShare, simulation.ids[2]) { $0.boxes[1].sealed[20] ^= 1 }
        try refuse(.malformedMessage, "neighbors") { $0.boxes.removeLast() }
        try refuse(.malformedMessage, "neighbors") { $0.boxes.swapAt(0, 1) }
        try refuse(.conflict, "this clinic among them") { $0.senders.removeFirst() }
        try refuse(.conflict, "among those") { $0.senders.append("stranger") }
        try refuse(.tooFew, "4 are needed") { $0.senders.removeLast(2) }
        try refuse(.wrongSession, "another session") { $0.session = simulation.subject.plan }
    }

    // MARK: Survivors

    @Test("two survivor sets, and sets that are too small or not what this clinic knows")
    func twoSurvivorSets() throws {
        var copy = self
        let coordinator = try copy.simulation.advance(to: .survivors)
        guard case .survivors(let all) = try #require(coordinator.request(for: victim)) else { return }
        try copy.expectRefusal(.tooFew, "4 are needed", of: .survivors(members: Array(all.prefix(3))))
        try copy.expectRefusal(.conflict, "this clinic among them", of: .survivors(members: Array(all.dropFirst())))
        var otherRoot = all
        otherRoot[0].root = otherRoot[1].root
        try copy.expectRefusal(.conflict, "the update that it sent", of: .survivors(members: otherRoot))
        try copy.expectRefusal(
            .conflict, "among those who sent shares",
            of: .survivors(members: all + [.init(clinic: "stranger", root: all[0].root)]))
        _ = try copy.simulation.answer(victim, to: .survivors(members: all))
        try copy.expectRefusal(.conflict, "second, different", of: .survivors(members: Array(all.dropLast())))
        var otherRoots = all
        otherRoots[4].root = all[3].root
        try copy.expectRefusal(.conflict, "second, different", of: .survivors(members: otherRoots))
    }

    @Test("different survivor sets to different clinics are never both signed by enough")
    func splitSurvivors() throws {
        var copy = self
        let coordinator = try copy.simulation.advance(to: .survivors)
        guard case .survivors(let all) = try #require(coordinator.request(for: victim)) else { return }
        let without = Array(all.dropLast())
        // Three are shown all, two the others; one of these colludes and signs both.
        var signatures: [SecureSumRequest.Signature] = []
        for id in simulation.ids.prefix(3) {
            let envelope = try copy.simulation.answer(id, to: .survivors(members: all))
            signatures.append(.init(clinic: id, signature: envelope.signature))
        }
        let other = try copy.simulation.answer(simulation.ids[3], to: .survivors(members: without))
        let mixed = signatures + [.init(clinic: simulation.ids[3], signature: other.signature)]
        try copy.expectRefusal(.badSignature, simulation.ids[3], of: .signatures(list: mixed))
        try copy.expectRefusal(.tooFew, "4 are needed", of: .signatures(list: signatures))
        try copy.expectRefusal(.malformedMessage, "twice", of: .signatures(list: signatures + [signatures[2]]))
        try copy.expectRefusal(
            .badSignature, "stranger",
            of: .signatures(list: signatures + [.init(clinic: "stranger", signature: signatures[0].signature)]))
    }

    // MARK: Reveal

    @Test("no clinic gives both shares of one clinic, in one attempt or in two")
    func bothShares() throws {
        var copy = self
        let dropped = simulation.ids[4]
        var coordinator = try copy.simulation.advance(to: .reveal, without: [])
        _ = coordinator
        copy = self
        // The fifth falls silent before its update: its masking key is revealed, and its own mask never.
        coordinator = SecureSumCoordinator(session: try session(simulation.roster))
        while coordinator.step < .reveal {
            let step = coordinator.step
            for id in coordinator.awaited where step < .masked || id != dropped {
                guard let request = coordinator.request(for: id) else { continue }
                _ = try coordinator.receive(copy.simulation.answer(id, to: request))
            }
            try coordinator.close(step)
        }
        let request = try #require(coordinator.request(for: victim))
        let envelope = try copy.simulation.answer(victim, to: request)
        let reveal = try CanonicalJSON.decode(SecureSumReveal.self, from: envelope.payload)
        #expect(reveal.seeds.map(\.owner) == Array(simulation.ids.prefix(4)))
        #expect(reveal.keys.map(\.owner) == [dropped])
        #expect(Set(reveal.seeds.map(\.owner)).isDisjoint(with: reveal.keys.map(\.owner)))
        // Asked again the same, the same bytes; anything else is refused, and so is every other attempt.
        #expect(try copy.simulation.answer(victim, to: request) == envelope)
        guard case .signatures(let list) = request else { return }
        try copy.expectRefusal(.conflict, "second, different", of: .signatures(list: list.reversed()))
        try copy.expectRefusal(
            .alreadyUnmasked, "difference of two", of: .offer(session: session(simulation.roster, attempt: 2)))
        var done = try #require(copy.simulation.nodes[victim])
        done.finish()
        copy.simulation.nodes[victim] = done
        #expect(done.current == nil)
        try copy.expectRefusal(.outOfOrder, "over", of: request)
        try copy.expectRefusal(.outOfOrder, "over", of: .offer(session: session(simulation.roster, attempt: 2)))
    }

    @Test("a step that does not come next")
    func outOfOrder() throws {
        var copy = self
        var requests: [SecureSumRequest] = []
        var coordinator = SecureSumCoordinator(session: try session(simulation.roster))
        var staged = simulation
        while !coordinator.isFinished {
            requests.append(try #require(coordinator.request(for: victim)))
            let step = coordinator.step
            for id in coordinator.awaited {
                guard coordinator.step == step, let request = coordinator.request(for: id) else { continue }
                _ = try coordinator.receive(staged.answer(id, to: request))
            }
        }
        #expect(requests.map(\.step) == SecureSumStep.allCases)
        for request in requests.dropFirst() { try expectRefusal(.outOfOrder, "joined no sum", of: request) }
        // Keys and shares are random: each step needs this run's own requests.
        for target in [SecureSumStep.shares, .masked, .survivors] {
            copy = self
            _ = try copy.simulation.advance(to: target)
            for request in requests where request.step > target {
                try copy.expectRefusal(.outOfOrder, "does not come next", of: request)
            }
        }
    }

    @Test("a second vector under the same masks")
    func secondVector() throws {
        var copy = self
        let coordinator = try copy.simulation.advance(to: .masked)
        _ = try copy.simulation.answer(victim, to: #require(coordinator.request(for: victim)))
        var node = try #require(copy.simulation.nodes[victim])
        let other = ContentHash(of: Data("another".utf8))
        #expect(throws: SecureAggregationError(.conflict, "")) {
            try node.masked(root: other, byteCount: simulation.subject.count * 4, sign: simulation.signer(victim))
        }
    }
}
