import ConsiliumCore
import Foundation
import Identity
import SecureAggregation

/// A secure sum in one process without a network, from the offer to the opening: what its arithmetic needs, and nothing else.
struct MemorySum {
    let clinics: Int
    let dropped: Int
    /// The masks of each clinic that sent shares, by id.
    private(set) var masks: [String: SecureSumMasks] = [:]
    private(set) var coordinator: SecureSumCoordinator
    /// What one clinic's answers to all requests took, without the masks themselves.
    private(set) var messageSeconds = 0.0

    /// Everything that happened, in order.
    private(set) var events: [SecureSumEvent] = []

    private var nodes: [String: SecureSumNode] = [:]
    private let keys: [String: SigningKey]
    private let trusted: SecureSumRoster

    /// - Parameters:
    ///   - parameters: how long an update is.
    ///   - dropped: so many clinics send shares and then no update.
    init(clinics: Int, dropped: Int, parameters: Int) throws {
        self.clinics = clinics
        self.dropped = dropped
        let ids = (1...clinics).map { "clinic-\($0)" }
        keys = Dictionary(uniqueKeysWithValues: ids.map { ($0, SigningKey()) })
        trusted = try SecureSumRoster(
            keys.map { try .init(id: $0.key, signingKey: $0.value.publicKey.bytes) })
        let any = ContentHash(of: Data("benchmark".utf8))
        let subject = SecureSumSubject(
            plan: any, round: 1, model: any, layout: any, count: parameters, clipNorm: 1)
        coordinator = SecureSumCoordinator(
            session: try SecureSumSession(subject: subject, attempt: 1, roster: trusted))
        for id in ids { nodes[id] = try SecureSumNode(subject: subject, member: id, reservation: nil, after: 0) }
    }

    /// Runs all steps; those that drop out are the last in the order of ids.
    mutating func run() throws {
        let ids = coordinator.session.roster.ids
        let gone = Set(ids.suffix(dropped))
        for step in SecureSumStep.allCases {
            for id in ids {
                guard let request = coordinator.request(for: id) else { continue }
                if step >= .masked, gone.contains(id) {
                    // It has its masks, as one that dies during the upload has.
                    if step == .masked { _ = try answer(request, id) }
                    continue
                }
                guard let envelope = try answer(request, id) else { continue }
                if try coordinator.receive(envelope) { events.append(.received(envelope: envelope)) }
            }
            if !coordinator.isFinished, coordinator.step == step {
                try coordinator.close(step)
                events.append(.closed(step: step))
            }
        }
    }

    private mutating func answer(_ request: SecureSumRequest, _ id: String) throws -> SecureSumEnvelope? {
        guard var node = nodes[id], let key = keys[id] else { return nil }
        defer { nodes[id] = node }
        let sign: SecureSumSigner = { try key.sign($0) }
        let (answer, seconds) = try ProcessorTime.of {
            try node.handle(request, trusted: trusted, sign: sign, random: SystemRandom())
        }
        if id == coordinator.session.roster.ids.first { messageSeconds += seconds }
        switch answer {
        case .send(let envelope): return envelope
        case .upload(let made):
            masks[id] = made
            return try node.masked(
                root: ContentHash(of: Data(id.utf8)), byteCount: coordinator.session.subject.count * 4, sign: sign)
        }
    }

    /// Whether the masks of the survivors and what is left to take off cancel, on the first words of the vector.
    func cancels(words: Int) throws -> Bool {
        guard let opening = coordinator.opening else { return false }
        var sum = Data(count: words * 4)
        for id in opening.survivors { try masks[id]?.apply(to: &sum) }
        let isHidden = sum.contains { $0 != 0 }
        try opening.remaining.apply(to: &sum)
        return isHidden && sum.allSatisfy { $0 == 0 }
    }
}
