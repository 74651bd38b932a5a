import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import SecureAggregation

/// Nothing that comes from outside may do more than be refused.
@Suite("Altered messages of the secure sum")
struct SecureSumFuzzTests {
    /// One to four bytes changed, cut out or doubled.
    private func mutate(_ data: Data, _ generator: inout ReproducibleGenerator) -> Data {
        var bytes = [UInt8](data)
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[place], at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 40))
            default:
                // Digits and letters for one another: the form stays right, the value does not.
                bytes[place] = bytes.randomElement(using: &generator) ?? 0
            }
        }
        return Data(bytes)
    }

    @Test("a request that was altered on the way is refused, or is one that would have been answered anyway")
    func requests() throws {
        var generator = ReproducibleGenerator(seed: 41)
        var decoded = 0
        var answered = 0
        for step in SecureSumStep.allCases {
            var simulation = try SecureSumSimulation(clinics: 4)
            let coordinator = try simulation.advance(to: step)
            let id = simulation.ids[1]
            let honest = try CanonicalJSON.encode(#require(coordinator.request(for: id)))
            for _ in 0..<600 {
                let altered = mutate(honest, &generator)
                do {
                    let request = try CanonicalJSON.decode(SecureSumRequest.self, from: altered)
                    decoded += 1
                    var copy = simulation
                    _ = try copy.answer(id, to: request)
                    answered += 1
                    #expect(
                        Self.isHarmless(request, instead: try CanonicalJSON.decode(SecureSumRequest.self, from: honest))
                    )
                } catch is SecureAggregationError {
                } catch is CoreError {
                }
            }
        }
        #expect(decoded > 50 && answered < decoded, "\(decoded) decoded, \(answered) answered")
    }

    /// What a clinic can't know by itself: the number of an attempt that is new to it, and the hashes of others' masked updates.
    /// The others, who were told something else, then don't agree with it, and nothing is opened.
    private static func isHarmless(_ request: SecureSumRequest, instead honest: SecureSumRequest) -> Bool {
        switch (request, honest) {
        case (.offer(let one), .offer(let other)):
            return one.roster == other.roster && one.subject == other.subject && one.parameters == other.parameters
        case (.survivors(let one), .survivors(let other)):
            return one.map(\.clinic) == other.map(\.clinic) && one[1] == other[1]
        default: return request == honest
        }
    }

    @Test("an answer whose payload was altered is refused even with a right signature, or means the same")
    func answers() throws {
        var generator = ReproducibleGenerator(seed: 42)
        var signed = 0
        for step in SecureSumStep.allCases {
            var simulation = try SecureSumSimulation(clinics: 4)
            let coordinator = try simulation.advance(to: step)
            let id = simulation.ids[1]
            let honest = try simulation.answer(id, to: #require(coordinator.request(for: id)))
            for round in 0..<600 {
                var copy = coordinator
                do {
                    let envelope: SecureSumEnvelope
                    if round % 2 == 0 {
                        let altered = mutate(CanonicalJSONText.encode(honest), &generator)
                        envelope = try CanonicalJSON.decode(SecureSumEnvelope.self, from: altered)
                    } else {
                        // A clinic that colludes signs what it likes.
                        envelope = try SecureSumEnvelope(
                            sender: id, step: step, payload: mutate(honest.payload, &generator),
                            sign: simulation.signer(id))
                        signed += 1
                    }
                    _ = try copy.receive(envelope)
                } catch is SecureAggregationError {
                } catch is CoreError {
                }
            }
        }
        #expect(signed == 1500)
    }

    @Test("a stored state that was altered is refused when it is read, or refuses to go on, and never traps")
    func states() throws {
        var generator = ReproducibleGenerator(seed: 43)
        var simulation = try SecureSumSimulation(clinics: 3)
        let coordinator = try simulation.advance(to: .survivors)
        let id = simulation.ids[0]
        let request = try #require(coordinator.request(for: id))
        let stored = try CanonicalJSON.encode(#require(simulation.nodes[id]))
        var read = 0
        for _ in 0..<600 {
            guard let node = try? CanonicalJSON.decode(SecureSumNode.self, from: mutate(stored, &generator)) else {
                continue
            }
            read += 1
            var copy = simulation
            copy.nodes[id] = node
            _ = try? copy.answer(id, to: request)
        }
        #expect(read > 20)
    }
}

private enum CanonicalJSONText {
    static func encode(_ value: some Encodable) -> Data { (try? CanonicalJSON.encode(value)) ?? Data() }
}
