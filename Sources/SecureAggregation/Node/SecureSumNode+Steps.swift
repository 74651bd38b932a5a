internal import ConsiliumCore
internal import Foundation

/// The steps R1 to R5, each after its checks.
extension SecureSumNode {
    /// R1: fresh keys and the commitment to the seed of the own mask.
    func offerKeys(of attempt: SecureSumAttempt, sign: SecureSumSigner) throws -> SecureSumEnvelope {
        let message = SecureSumKeys(
            session: attempt.session.id, sender: member,
            sharingKey: try MaskKeys.publicKey(of: attempt.seeds.sharing),
            maskingKey: try MaskKeys.publicKey(of: attempt.seeds.masking),
            seedHash: ContentHash(of: attempt.seeds.own), ledgerHead: reservation)
        return try SecureSumEnvelope(sender: member, step: .keys, payload: CanonicalJSON.encode(message), sign: sign)
    }

    /// R2: checks everyone's keys and shares this clinic's secrets among its neighbors.
    func share(
        _ messages: [SecureSumEnvelope], in attempt: inout SecureSumAttempt, sign: SecureSumSigner,
        random: any SecureRandom
    ) throws -> SecureSumEnvelope {
        let session = attempt.session
        let id = session.id
        try SecureSumCoding.requireAscending(messages.map(\.sender), "keys")
        try session.requireThreshold(messages.count, "sent their keys")
        guard let own = attempt.answer(to: .keys)?.envelope, messages.contains(own) else {
            throw SecureAggregationError(.conflict, "This clinic's own keys are not in the list as it signed them.")
        }
        var publicKeys = Set<Data>()
        for envelope in messages {
            let keys = try envelope.open(SecureSumKeys.self, step: .keys, roster: session.roster)
            guard keys.session == id, keys.sender == envelope.sender else {
                throw SecureAggregationError(
                    .wrongSession,
                    "\(envelope.sender) signed its keys for another session: another attempt, roster or model than this "
                        + "clinic was told of.")
            }
            try keys.validate()
            guard publicKeys.insert(keys.sharingKey).inserted, publicKeys.insert(keys.maskingKey).inserted else {
                throw SecureAggregationError(.malformedMessage, "A key of \(envelope.sender) is there twice.")
            }
            attempt.keys[envelope.sender] = .init(sharing: keys.sharingKey, masking: keys.maskingKey)
        }
        let keysHash = SecureSumKeys.hash(of: messages)
        attempt.keysHash = keysHash
        let graph = SecureSumGraph(session)
        let holders = graph.holders(of: member).filter { attempt.keys[$0] != nil }
        try requireHolders(holders.count, session)
        let points = try holders.map { try point(of: $0, for: member, in: graph) }
        let threshold = session.parameters.shareThreshold
        let seeds = try SecretSharing.share(attempt.seeds.own, threshold: threshold, points: points, random: random)
        let keys = try SecretSharing.share(attempt.seeds.masking, threshold: threshold, points: points, random: random)
        var boxes: [SecureSumShares.Box] = []
        for (index, holder) in holders.enumerated() {
            let shares = ShareBox.Shares(seed: seeds[index], key: keys[index])
            if holder == member {
                attempt.held[member] = shares
                continue
            }
            guard let other = attempt.keys[holder] else { continue }
            // Fails for a key that gives no secret, before anything depends on it.
            _ = try MaskKeys.pair(attempt.seeds.masking, with: other.masking, session: id.bytes)
            let key = try MaskKeys.sharing(
                attempt.seeds.sharing, with: other.sharing, session: id.bytes, from: member, to: holder)
            let context = ShareBox.context(session: id, from: member, to: holder, keys: keysHash)
            boxes.append(
                .init(
                    clinic: holder, sealed: try ShareBox.seal(shares, key: key, context: context, random: random)))
        }
        let message = SecureSumShares(session: id, sender: member, keysHash: keysHash, boxes: boxes)
        return try SecureSumEnvelope(sender: member, step: .shares, payload: CanonicalJSON.encode(message), sign: sign)
    }

    /// Takes the shares of others, which fixes who may be in the sum.
    func accept(_ delivery: SecureSumRequest.Delivery, in attempt: inout SecureSumAttempt) throws {
        let session = attempt.session
        let id = session.id
        guard delivery.session == id, let keysHash = attempt.keysHash else {
            throw SecureAggregationError(.wrongSession, "The shares belong to another session.")
        }
        try SecureSumCoding.requireAscending(delivery.senders, "senders of shares")
        let senders = Set(delivery.senders)
        guard senders.isSubset(of: attempt.keys.keys), senders.contains(member) else {
            throw SecureAggregationError(
                .conflict, "Those who sent shares must be among those who sent keys, and this clinic among them.")
        }
        try session.requireThreshold(senders.count, "sent shares")
        let graph = SecureSumGraph(session)
        let neighbors = graph.neighbors(of: member).filter(senders.contains)
        try requireHolders(neighbors.count + 1, session)
        guard delivery.boxes.map(\.clinic) == neighbors else {
            throw SecureAggregationError(
                .malformedMessage, "The shares for this clinic are not those of its neighbors in the order of ids.")
        }
        for box in delivery.boxes {
            guard let other = attempt.keys[box.clinic] else { continue }
            let key = try MaskKeys.sharing(
                attempt.seeds.sharing, with: other.sharing, session: id.bytes, from: box.clinic, to: member)
            let context = ShareBox.context(session: id, from: box.clinic, to: member, keys: keysHash)
            attempt.held[box.clinic] = try ShareBox.open(box.sealed, key: key, context: context, from: box.clinic)
        }
        attempt.senders = delivery.senders
    }

    /// The masks of this attempt: the own one, and one with each neighbor that sent shares.
    func masks(of attempt: SecureSumAttempt) throws -> SecureSumMasks {
        let id = attempt.session.id.bytes
        let graph = SecureSumGraph(attempt.session)
        let senders = Set(attempt.senders)
        var terms = [SecureSumMasks.Term(key: MaskKeys.own(attempt.seeds.own, session: id), isAdded: true)]
        for other in graph.neighbors(of: member) where senders.contains(other) {
            guard let keys = attempt.keys[other] else { continue }
            terms.append(
                .init(
                    key: try MaskKeys.pair(attempt.seeds.masking, with: keys.masking, session: id),
                    isAdded: graph.adds(member, maskSharedWith: other)))
        }
        return SecureSumMasks(terms)
    }

    /// R4: signs who is in the sum. Once in an attempt: two such signatures would let two sums be opened.
    func state(
        _ survivors: [SecureSumRequest.Survivor], in attempt: inout SecureSumAttempt, sign: SecureSumSigner
    ) throws -> SecureSumEnvelope {
        let session = attempt.session
        let ids = survivors.map(\.clinic)
        try SecureSumCoding.requireAscending(ids, "survivors")
        guard Set(ids).isSubset(of: attempt.senders), let keysHash = attempt.keysHash,
            let own = survivors.first(where: { $0.clinic == member }), own.root == attempt.root
        else {
            throw SecureAggregationError(
                .conflict,
                "The survivors must be among those who sent shares, and this clinic among them with the update that it sent."
            )
        }
        try session.requireThreshold(ids.count, "are in the sum")
        try session.requireEnoughHonest(ids.count)
        let holders = SecureSumGraph(session).holders(of: member)
        try requireHolders(holders.filter(Set(ids).contains).count, session)
        let statement = SecureSumStatement(
            session: session.id, keysHash: keysHash, sendersHash: SecureSumShares.hash(ofSenders: attempt.senders),
            survivors: survivors)
        let payload = try CanonicalJSON.encode(statement)
        attempt.survivors = ids
        attempt.statement = payload
        return try SecureSumEnvelope(sender: member, step: .survivors, payload: payload, sign: sign)
    }

    /// R5: gives of each clinic either the share of its own mask's seed or that of its masking key, never both: which one
    /// follows from the survivors that so many signed, not from what the coordinator asks.
    func reveal(
        _ signatures: [SecureSumRequest.Signature], in attempt: SecureSumAttempt, sign: SecureSumSigner
    ) throws -> SecureSumEnvelope {
        let session = attempt.session
        guard let statement = attempt.statement else {
            throw SecureAggregationError(.outOfOrder, "This clinic has signed no survivors yet.")
        }
        let survivors = Set(attempt.survivors)
        try SecureSumCoding.requireAscending(signatures.map(\.clinic), "signatures")
        try session.requireThreshold(signatures.count, "signed who is in the sum")
        for signature in signatures {
            guard survivors.contains(signature.clinic), let signer = session.roster.member(signature.clinic),
                SecureSumEnvelope.isValid(signature.signature, over: statement, step: .survivors, by: signer)
            else {
                throw SecureAggregationError(
                    .badSignature,
                    "\(signature.clinic) did not sign the same list of survivors as this clinic. The coordinator may have "
                        + "shown different lists; nothing was opened.")
            }
        }
        let graph = SecureSumGraph(session)
        let owners = graph.holders(of: member)
        let message = SecureSumReveal(
            session: session.id, sender: member,
            seeds: owners.filter(survivors.contains).compactMap { owner in
                attempt.held[owner].map { .init(owner: owner, share: $0.seed) }
            },
            keys: owners.filter { !survivors.contains($0) && attempt.senders.contains($0) }.compactMap { owner in
                attempt.held[owner].map { .init(owner: owner, share: $0.key) }
            })
        return try SecureSumEnvelope(sender: member, step: .reveal, payload: CanonicalJSON.encode(message), sign: sign)
    }

    private func requireHolders(_ count: Int, _ session: SecureSumSession) throws {
        guard count >= session.parameters.shareThreshold else {
            throw SecureAggregationError(
                .tooFew,
                "Only \(count) of the clinics that hold shares of this clinic's secrets are left; "
                    + "\(session.parameters.shareThreshold) are needed.")
        }
    }

    private func point(of holder: String, for owner: String, in graph: SecureSumGraph) throws -> Int {
        guard let point = graph.point(of: holder, for: owner) else {
            throw SecureAggregationError(.wrongRoster, "\(holder) holds no share of \(owner).")
        }
        return point
    }
}
