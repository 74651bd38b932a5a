public import ConsiliumCore
public import Foundation

/// A clinic's side of the secure sum of one round (Bonawitz et al. 2017, with the checks against a coordinator that does not
/// keep to the rules; Bell et al. 2020 for the graph). Pure: a request comes in, the answer goes out; no network, no clock.
///
/// What it promises, if the caller stores the value durably *before* each answer leaves and never goes back to an older one:
/// the coordinator can learn at most one sum of the round, over at least `threshold` clinics that all agreed on who they are,
/// and nothing else about this clinic's update, whatever it says and with up to a third of the clinics on its side.
///
/// A refused request changes nothing. A repeated one gets the same bytes again.
///
/// Not promised: that the sum comes about; any coordinator can prevent that. Nor that others put honest updates in.
public struct SecureSumNode: Codable, Sendable, Equatable {
    /// How far this clinic is.
    public enum Phase: String, Codable, Sendable {
        /// The update is there; no session has begun.
        case ready
        /// Keys, shares, the masked update and the statement about the survivors have been given.
        case keys, shares, masking, masked, signed
        /// The shares that open the sum have been given. No other attempt of the round is helped any more.
        case unmasked
        /// The round is over; all secrets are erased.
        case done
    }

    /// What to do with an answered request, after this value has been stored.
    public enum Answer: Sendable, Equatable {
        case send(SecureSumEnvelope)
        /// Mask the encoded update with these, deliver the bytes, then send what ``SecureSumNode/masked(root:byteCount:sign:)``
        /// gives. The same masks come again after a crash.
        case upload(SecureSumMasks)
    }

    public let subject: SecureSumSubject
    public let member: String
    /// The ledger row under which the update was charged.
    public let reservation: ContentHash?
    /// Of the last attempt; 0 before the first.
    public private(set) var attempt = 0
    /// Whether this clinic has helped to open a sum of this round.
    public private(set) var isUnmasked = false
    public private(set) var isDone = false
    /// The hash of the statement that this clinic signed about what is in the sum.
    public private(set) var transcript: ContentHash?
    /// That of the first attempt; later ones must have the same.
    private var roster: SecureSumRoster?
    var current: SecureSumAttempt?

    /// - Parameter lastRound: the latest round of the job for which this clinic has made a value like this; 0 for none.
    /// - Throws: ``SecureAggregationError`` `.replayed` for a round that is not later.
    public init(subject: SecureSumSubject, member: String, reservation: ContentHash?, after lastRound: Int) throws {
        guard subject.round > lastRound else {
            throw SecureAggregationError(
                .replayed,
                "Round \(subject.round) is over in this clinic, which has summed round \(lastRound). It is not summed again."
            )
        }
        self.subject = subject
        self.member = member
        self.reservation = reservation
    }

    public var phase: Phase {
        if isDone { return .done }
        if isUnmasked { return .unmasked }
        guard let current else { return .ready }
        switch current.nextStep {
        case .keys, .shares: return .keys
        case .masked: return current.answer(to: .masked) == nil ? .shares : .masking
        case .survivors: return .masked
        case .reveal, nil: return .signed
        }
    }

    /// The session of the last attempt.
    public var session: SecureSumSession? { current?.session }

    /// Answers a request, or refuses it with the reason.
    ///
    /// - Parameters:
    ///   - trusted: the clinics of the job on the roster that the consortium's admin signed.
    ///   - random: for keys and shares.
    /// - Throws: ``SecureAggregationError``; ``CoreError`` if there is no randomness. This value is then unchanged.
    public mutating func handle(
        _ request: SecureSumRequest, trusted: SecureSumRoster, sign: SecureSumSigner, random: any SecureRandom
    ) throws -> Answer {
        guard !isDone else {
            throw SecureAggregationError(.outOfOrder, "Round \(subject.round) is over in this clinic.")
        }
        let hash = try request.hash()
        if case .offer(let session) = request {
            return try join(session, request: hash, trusted: trusted, sign: sign, random: random)
        }
        guard var attempt = current else {
            throw SecureAggregationError(.outOfOrder, "This clinic has joined no sum of round \(subject.round) yet.")
        }
        let step = request.step
        if let known = attempt.answer(to: step) {
            guard known.request == hash else { throw Self.conflict(step) }
            // Asked again for the masked update, the clinic may have to send the rest of it.
            if step == .masked { return .upload(try masks(of: attempt)) }
            guard let envelope = known.envelope else { throw Self.conflict(step) }
            return .send(envelope)
        }
        guard attempt.nextStep == step else {
            throw SecureAggregationError(
                .outOfOrder, "The step “\(step.rawValue)” does not come next in this clinic's attempt \(self.attempt).")
        }
        let answer: Answer
        switch request {
        case .offer: throw Self.conflict(step)
        case .keys(let messages):
            let envelope = try share(messages, in: &attempt, sign: sign, random: random)
            attempt.set(envelope, for: step, request: hash)
            answer = .send(envelope)
        case .shares(let delivery):
            try accept(delivery, in: &attempt)
            attempt.set(nil, for: step, request: hash)
            answer = .upload(try masks(of: attempt))
        case .survivors(let survivors):
            let envelope = try state(survivors, in: &attempt, sign: sign)
            attempt.set(envelope, for: step, request: hash)
            transcript = attempt.statement.map { ContentHash(of: $0) }
            answer = .send(envelope)
        case .signatures(let signatures):
            let envelope = try reveal(signatures, in: attempt, sign: sign)
            attempt.set(envelope, for: step, request: hash)
            isUnmasked = true
            answer = .send(envelope)
        }
        current = attempt
        return answer
    }

    /// Signs for the masked update once it is delivered. The same update may be named again.
    ///
    /// - Parameters:
    ///   - root: SHA-256 of the masked vector.
    ///   - byteCount: its length.
    /// - Throws: ``SecureAggregationError`` `.outOfOrder` before the masks were made; `.conflict` for another vector: the masks
    ///   hide one vector only.
    public mutating func masked(root: ContentHash, byteCount: Int, sign: SecureSumSigner) throws -> SecureSumEnvelope {
        guard var attempt = current, let answer = attempt.answer(to: .masked), !isDone else {
            throw SecureAggregationError(.outOfOrder, "No masks were made for this clinic's update.")
        }
        guard byteCount == subject.count * 4, attempt.root == nil || attempt.root == root else {
            throw SecureAggregationError(
                .conflict,
                "Another vector was masked in this attempt. Two vectors under the same masks show their difference.")
        }
        if let envelope = answer.envelope { return envelope }
        let message = SecureSumMasked(
            session: attempt.session.id, sender: member, root: root, byteCount: byteCount, reservation: reservation)
        let envelope = try SecureSumEnvelope(
            sender: member, step: .masked, payload: CanonicalJSON.encode(message), sign: sign)
        attempt.root = root
        attempt.set(envelope, for: .masked, request: answer.request)
        current = attempt
        return envelope
    }

    /// Ends the round here, whether its sum was published or not, and erases all keys and shares.
    public mutating func finish() {
        isDone = true
        current = nil
    }

    private mutating func join(
        _ session: SecureSumSession, request: ContentHash, trusted: SecureSumRoster, sign: SecureSumSigner,
        random: any SecureRandom
    ) throws -> Answer {
        try check(session, trusted: trusted)
        guard session.attempt >= attempt else {
            throw SecureAggregationError(
                .replayed, "Attempt \(session.attempt) of round \(subject.round) is over; this clinic is at \(attempt)."
            )
        }
        if session.attempt == attempt {
            guard let known = current?.answer(to: .keys), known.request == request, let envelope = known.envelope else {
                throw Self.conflict(.keys)
            }
            return .send(envelope)
        }
        guard !isUnmasked else {
            throw SecureAggregationError(
                .alreadyUnmasked,
                "This clinic has helped to open a sum of round \(subject.round) in attempt \(attempt). The difference of two "
                    + "sums could show one clinic's update, so it takes part in no other attempt.")
        }
        var next = SecureSumAttempt(
            session: session,
            seeds: .init(
                sharing: try random.bytes(32), masking: try random.bytes(32), own: try random.bytes(32)))
        let envelope = try offerKeys(of: next, sign: sign)
        next.set(envelope, for: .keys, request: request)
        attempt = session.attempt
        roster = session.roster
        transcript = nil
        current = next
        return .send(envelope)
    }

    /// R0: whether the session is about what this clinic has trained, with clinics that the admin vouches for.
    private func check(_ session: SecureSumSession, trusted: SecureSumRoster) throws {
        let offered = session.subject
        guard offered.round == subject.round else {
            throw SecureAggregationError(
                .replayed, "The session is for round \(offered.round); this clinic is ready for round \(subject.round)."
            )
        }
        guard offered.plan == subject.plan else {
            throw SecureAggregationError(.wrongSession, "The session is for another job than this clinic approved.")
        }
        guard offered.model == subject.model else {
            throw SecureAggregationError(
                .wrongSession,
                "The session is for the model \(offered.model.short)…; this clinic trained from \(subject.model.short)…. "
                    + "Clinics that start from different models would be told apart in the sum.")
        }
        guard offered == subject else {
            throw SecureAggregationError(
                .wrongSession, "The session has another layout, length or clip norm than the job.")
        }
        for clinic in session.roster.members {
            guard trusted.member(clinic.id) == clinic else {
                throw SecureAggregationError(
                    .wrongRoster,
                    "The session names \(clinic.id), or a key for it, that is not in the job on the admin-signed roster."
                )
            }
        }
        guard session.roster.member(member) != nil else {
            throw SecureAggregationError(.wrongRoster, "The session leaves this clinic out.")
        }
        guard roster == nil || roster == session.roster else {
            throw SecureAggregationError(
                .wrongRoster, "Another attempt of round \(subject.round) had other clinics. All attempts have the same."
            )
        }
        try session.requireEnoughHonest(session.parameters.threshold)
    }

    private static func conflict(_ step: SecureSumStep) -> SecureAggregationError {
        SecureAggregationError(
            .conflict,
            "The coordinator sent a second, different “\(step.rawValue)” request in one attempt. "
                + "This clinic answers each step once.")
    }
}

extension SecureSumNode: CustomStringConvertible, CustomReflectable {
    public var description: String { "SecureSumNode(round \(subject.round), attempt \(attempt), \(phase))" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
