import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation

@testable import SecureAggregation

/// Clinics and a coordinator in one process. Every message and every stored state goes through its JSON form, as it would
/// over a network and through a crash.
struct SecureSumSimulation {
    let ids: [String]
    let signingKeys: [String: Curve25519.Signing.PrivateKey]
    let roster: SecureSumRoster
    let subject: SecureSumSubject
    let random: SeededRandom
    var nodes: [String: SecureSumNode] = [:]
    /// The encoded updates.
    let vectors: [String: Data]
    var masked: [String: Data] = [:]

    init(clinics: Int, count: Int = 19, seed: UInt64 = 1, round: Int = 1) throws {
        var generator = ReproducibleGenerator(seed: seed)
        random = SeededRandom(seed: seed)
        ids = (0..<clinics).map { String(format: "clinic-%04d", $0) }
        signingKeys = Dictionary(uniqueKeysWithValues: ids.map { ($0, Curve25519.Signing.PrivateKey()) })
        let keys = signingKeys
        roster = try SecureSumRoster(
            ids.map { try .init(id: $0, signingKey: keys[$0]?.publicKey.rawRepresentation ?? Data()) })
        func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }
        subject = SecureSumSubject(
            plan: hash("plan"), round: round, model: hash("model"), layout: hash("layout"), count: count, clipNorm: 1)
        var vectors: [String: Data] = [:]
        for id in ids {
            let words = (0..<count).map { _ in (Int32.random(in: -1000...1000, using: &generator)).littleEndian }
            vectors[id] = words.withUnsafeBytes { Data($0) }
        }
        self.vectors = vectors
        for id in ids { nodes[id] = try SecureSumNode(subject: subject, member: id, reservation: nil, after: 0) }
    }

    func session(attempt: Int = 1) throws -> SecureSumSession {
        try SecureSumSession(subject: subject, attempt: attempt, roster: roster)
    }

    func signer(_ id: String) -> SecureSumSigner {
        let key = signingKeys[id] ?? Curve25519.Signing.PrivateKey()
        return { try key.signature(for: $0) }
    }

    /// The same through its JSON.
    static func carried<Value: Codable>(_ value: Value) throws -> Value {
        try CanonicalJSON.decode(Value.self, from: CanonicalJSON.encode(value))
    }

    /// A clinic's answer to a request, with its masked update made when that is asked.
    mutating func answer(_ id: String, to request: SecureSumRequest) throws -> SecureSumEnvelope {
        guard var node = nodes[id] else { throw SecureAggregationError(.outOfOrder, "There is no \(id).") }
        let answer = try node.handle(
            Self.carried(request), trusted: roster, sign: signer(id), random: random)
        // Stored, killed, started again.
        node = try Self.carried(node)
        let envelope: SecureSumEnvelope
        switch answer {
        case .send(let message): envelope = message
        case .upload(let masks):
            var vector = vectors[id] ?? Data()
            try masks.apply(to: &vector)
            masked[id] = vector
            envelope = try node.masked(root: ContentHash(of: vector), byteCount: vector.count, sign: signer(id))
        }
        nodes[id] = try Self.carried(node)
        return try Self.carried(envelope)
    }

    /// Runs an attempt in which some clinics fall silent from a step on.
    ///
    /// - Parameter silentFrom: the first step that a clinic does not answer.
    /// - Returns: the sum over the survivors, or the reason why there is none, and the coordinator as it stands.
    mutating func run(attempt: Int = 1, silentFrom: [String: SecureSumStep] = [:]) throws -> (
        outcome: Result<[UInt32], SecureAggregationError>, coordinator: SecureSumCoordinator
    ) {
        var events: [SecureSumEvent] = []
        var coordinator = SecureSumCoordinator(session: try session(attempt: attempt))
        while !coordinator.isFinished {
            let step = coordinator.step
            for id in coordinator.awaited where step < silentFrom[id] ?? .reveal || silentFrom[id] == nil {
                guard coordinator.step == step, let request = coordinator.request(for: id) else { continue }
                let envelope = try answer(id, to: request)
                if try coordinator.receive(envelope) { events.append(.received(envelope: envelope)) }
            }
            guard coordinator.step == step, !coordinator.isFinished else { continue }
            do {
                try coordinator.close(step)
                events.append(.closed(step: step))
            } catch let error as SecureAggregationError {
                return (.failure(error), coordinator)
            }
        }
        // A coordinator that was killed at the end stands where it stood.
        coordinator = try SecureSumCoordinator(session: session(attempt: attempt), replaying: Self.carried(events))
        return (.success(try sum(coordinator)), coordinator)
    }

    func sum(_ coordinator: SecureSumCoordinator) throws -> [UInt32] {
        guard let opening = coordinator.opening else { throw SecureAggregationError(.tooFew, "Not opened.") }
        var total = [UInt32](repeating: 0, count: subject.count)
        for id in opening.survivors {
            for (index, word) in Self.words(masked[id] ?? Data()).enumerated() { total[index] &+= word }
        }
        try total.withUnsafeMutableBufferPointer { try opening.remaining.apply(to: $0, threads: 1) }
        return total
    }

    func plainSum(_ survivors: [String]) -> [UInt32] {
        var total = [UInt32](repeating: 0, count: subject.count)
        for id in survivors {
            for (index, word) in Self.words(vectors[id] ?? Data()).enumerated() { total[index] &+= word }
        }
        return total
    }

    static func words(_ data: Data) -> [UInt32] {
        data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
            }
        }
    }

    /// Runs an honest attempt up to the given step, which nobody has answered yet.
    mutating func advance(to target: SecureSumStep, attempt: Int = 1, without silent: Set<String> = []) throws
        -> SecureSumCoordinator
    {
        var coordinator = SecureSumCoordinator(session: try session(attempt: attempt))
        while coordinator.step < target {
            let step = coordinator.step
            for id in coordinator.awaited where !silent.contains(id) {
                guard let request = coordinator.request(for: id) else { continue }
                _ = try coordinator.receive(answer(id, to: request))
            }
            try coordinator.close(step)
        }
        return coordinator
    }
}
