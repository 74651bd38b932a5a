public import ConsiliumCore
internal import Foundation

/// Something that happened in an attempt. In their order they are its whole state: store each before its effect is seen.
public enum SecureSumEvent: Codable, Sendable, Equatable {
    case received(envelope: SecureSumEnvelope)
    /// The time for a step was over, and those who had answered go on.
    case closed(step: SecureSumStep)
}

/// The coordinator's side of one attempt at a secure sum: relays, counts, and at the end takes the masks off the sum.
///
/// Pure and repeatable: the same events give the same state, so that a coordinator that was killed goes on where it was. It
/// checks what clinics send only to blame the right one; the clinics do not rely on it.
public struct SecureSumCoordinator: Sendable {
    public let session: SecureSumSession
    public let id: ContentHash
    /// What is awaited now.
    public private(set) var step = SecureSumStep.keys
    /// The sum's masks can be taken off.
    public private(set) var opening: SecureSumOpening?
    let graph: SecureSumGraph
    /// Who may answer each step: those who answered the one before, in the order of ids.
    private var members: [SecureSumStep: [String]]
    private var envelopes: [SecureSumStep: [String: SecureSumEnvelope]] = [:]
    var keys: [String: SecureSumKeys] = [:]
    private var boxes: [String: [SecureSumShares.Box]] = [:]
    private var roots: [String: ContentHash] = [:]
    var reveals: [String: SecureSumReveal] = [:]
    /// How many shares of each clinic's secret have come, and of how many clinics enough.
    private var shareCounts: [String: Int] = [:]
    private var restorable = 0
    private var keysHash = ContentHash(of: Data())
    private var statement = Data()
    private var signatures: [SecureSumRequest.Signature] = []

    public init(session: SecureSumSession) {
        self.session = session
        id = session.id
        graph = SecureSumGraph(session)
        members = [.keys: session.roster.ids]
    }

    /// The state after these events.
    /// - Throws: ``SecureAggregationError`` if they are not events of this session in their order.
    public init(session: SecureSumSession, replaying events: [SecureSumEvent]) throws {
        self.init(session: session)
        for event in events {
            switch event {
            case .received(let envelope): _ = try receive(envelope)
            case .closed(let step): try close(step)
            }
        }
    }

    public var isFinished: Bool { opening != nil }

    /// Those who may answer a step; empty for one that has not begun.
    func members(of step: SecureSumStep) -> [String] { members[step] ?? [] }

    /// Those whose answer to the current step has not come.
    public var awaited: [String] {
        isFinished ? [] : members(of: step).filter { envelopes[step]?[$0] == nil }
    }

    /// Those who are in the sum, once that is fixed.
    public var survivors: [String] { members(of: .survivors) }

    /// Those of them whose signature was waited for in vain.
    public var silent: [String] {
        step == .reveal ? survivors.filter { envelopes[.survivors]?[$0] == nil } : []
    }

    /// SHA-256 of the masked vector of a clinic that is in the sum.
    public func root(of clinic: String) -> ContentHash? { roots[clinic] }

    /// SHA-256 of what the survivors signed about the sum.
    public var transcript: ContentHash? { statement.isEmpty ? nil : ContentHash(of: statement) }

    // MARK: To the clinics

    /// What a clinic is asked now. The same state gives the same request, and a clinic that has answered is asked nothing.
    public func request(for clinic: String) -> SecureSumRequest? {
        guard !isFinished, members(of: step).contains(clinic), envelopes[step]?[clinic] == nil else { return nil }
        switch step {
        case .keys: return .offer(session: session)
        case .shares: return .keys(messages: answers(to: .keys))
        case .masked:
            let senders = members(of: .masked)
            let sent = Set(senders)
            return .shares(
                delivery: .init(
                    session: id, senders: senders,
                    boxes: (boxes[clinic] ?? []).filter { sent.contains($0.clinic) }.sorted { $0.clinic < $1.clinic }))
        case .survivors: return .survivors(members: survivorList)
        case .reveal:
            // One that was late with its signature signs the same statement first.
            return envelopes[.survivors]?[clinic] == nil
                ? .survivors(members: survivorList) : .signatures(list: signatures)
        }
    }

    private var survivorList: [SecureSumRequest.Survivor] {
        survivors.compactMap { clinic in roots[clinic].map { .init(clinic: clinic, root: $0) } }
    }

    /// In the order of ids, of those who go on to the next step.
    private func answers(to step: SecureSumStep) -> [SecureSumEnvelope] {
        let found = envelopes[step] ?? [:]
        return found.keys.sorted().compactMap { found[$0] }
    }

    // MARK: From the clinics

    /// Takes an answer. When it was the last one awaited, the next step begins.
    ///
    /// - Returns: `false` for one that has come before: there is nothing to store.
    /// - Throws: ``SecureAggregationError`` `.outOfOrder` for a step that is over or not begun, or from a clinic that dropped
    ///   out; `.conflict` for a second, different answer; what is wrong with the message otherwise. Nothing changes then.
    public mutating func receive(_ envelope: SecureSumEnvelope) throws -> Bool {
        if let known = envelopes[envelope.step]?[envelope.sender] {
            guard known == envelope else {
                throw SecureAggregationError(
                    .conflict, "\(envelope.sender) has given another answer to “\(envelope.step.rawValue)” before.")
            }
            return false
        }
        let isLateSignature = envelope.step == .survivors && step == .reveal
        guard envelope.step == step || isLateSignature, members(of: step).contains(envelope.sender), !isFinished else {
            throw SecureAggregationError(
                .outOfOrder,
                "The answer of \(envelope.sender) to “\(envelope.step.rawValue)” is not awaited: the attempt is at "
                    + "“\(step.rawValue)”.")
        }
        var next = self
        try next.take(envelope)
        next.envelopes[envelope.step, default: [:]][envelope.sender] = envelope
        if isLateSignature {
            // The signatures that were sent out stay the same.
        } else if step == .reveal {
            next.tryToOpen()
        } else if next.awaited.isEmpty {
            // A clinic's answer is right even if the step as a whole then fails; the caller closes the step to see why.
            try? next.advance()
        }
        self = next
        return true
    }

    /// Ends a step: those who have answered go on.
    ///
    /// - Throws: ``SecureAggregationError`` `.tooFew` and others if they can't: this attempt is over, and a new one with the same
    ///   clinics may begin. A step that has ended before is left alone.
    public mutating func close(_ closed: SecureSumStep) throws {
        guard closed == step, !isFinished else { return }
        guard step != .reveal else {
            throw SecureAggregationError(
                .tooFew, "The shares that have come can't open the sum: \(awaited.joined(separator: ", ")) are missing."
            )
        }
        var next = self
        try next.advance()
        self = next
    }

    private mutating func take(_ envelope: SecureSumEnvelope) throws {
        let roster = session.roster
        let sender = envelope.sender
        func require(_ session: ContentHash, _ named: String) throws {
            guard session == id, named == sender else {
                throw SecureAggregationError(.wrongSession, "The message of \(sender) belongs to another session.")
            }
        }
        switch envelope.step {
        case .keys:
            let message = try envelope.open(SecureSumKeys.self, step: .keys, roster: roster)
            try require(message.session, message.sender)
            try message.validate()
            let known = keys.values.flatMap { [$0.sharingKey, $0.maskingKey] }
            guard message.sharingKey != message.maskingKey, !known.contains(message.sharingKey),
                !known.contains(message.maskingKey)
            else {
                throw SecureAggregationError(.malformedMessage, "A key of \(sender) is there twice.")
            }
            keys[sender] = message
        case .shares:
            let message = try envelope.open(SecureSumShares.self, step: .shares, roster: roster)
            try require(message.session, message.sender)
            let going = Set(members(of: .shares))
            guard message.keysHash == keysHash,
                message.boxes.map(\.clinic) == graph.neighbors(of: sender).filter(going.contains)
            else {
                throw SecureAggregationError(
                    .malformedMessage, "The shares of \(sender) are for other clinics or other keys than were sent out."
                )
            }
            for box in message.boxes {
                try SecureSumCoding.requireLength(box.sealed, ShareBox.sealedLength, "A share of \(sender)")
                boxes[box.clinic, default: []].append(.init(clinic: sender, sealed: box.sealed))
            }
        case .masked:
            let message = try envelope.open(SecureSumMasked.self, step: .masked, roster: roster)
            try require(message.session, message.sender)
            guard message.byteCount == session.subject.count * 4 else {
                throw SecureAggregationError(
                    .wrongLength,
                    "\(sender) masked \(message.byteCount) bytes; the job has \(session.subject.count * 4).")
            }
            roots[sender] = message.root
        case .survivors:
            let message = try envelope.open(SecureSumStatement.self, step: .survivors, roster: roster)
            guard message.session == id, envelope.payload == statement else {
                throw SecureAggregationError(.conflict, "\(sender) signed another list of survivors than was sent out.")
            }
        case .reveal:
            let message = try envelope.open(SecureSumReveal.self, step: .reveal, roster: roster)
            try require(message.session, message.sender)
            try check(message)
            reveals[sender] = message
            count(message.seeds + message.keys)
        }
    }

    /// A survivor reveals exactly what the survivors determine.
    private func check(_ message: SecureSumReveal) throws {
        let alive = Set(survivors)
        let sent = Set(members(of: .masked))
        let owners = graph.holders(of: message.sender)
        guard message.seeds.map(\.owner) == owners.filter(alive.contains),
            message.keys.map(\.owner) == owners.filter({ sent.contains($0) && !alive.contains($0) }),
            (message.seeds + message.keys).allSatisfy({ $0.share.count == ShareBox.shareLength })
        else {
            throw SecureAggregationError(
                .malformedMessage, "\(message.sender) revealed other shares than those that open this sum.")
        }
    }

    // MARK: From step to step

    private mutating func advance() throws {
        let going = (envelopes[step] ?? [:]).keys.sorted()
        let what =
            switch step {
            case .keys: "sent their keys"
            case .shares: "sent shares"
            case .masked: "delivered a masked update"
            case .survivors: "signed who is in the sum"
            case .reveal: "revealed shares"
            }
        try session.requireThreshold(going.count, what)
        switch step {
        case .keys:
            try requireHolders(of: going, among: going)
            keysHash = SecureSumKeys.hash(of: answers(to: .keys))
            begin(.shares, going)
        case .shares:
            try requireHolders(of: going, among: going)
            begin(.masked, going)
        case .masked:
            try session.requireEnoughHonest(going.count)
            // Those who dropped out must be restorable, too.
            try requireHolders(of: members(of: .masked), among: going)
            begin(.survivors, going)
            statement = try CanonicalJSON.encode(
                SecureSumStatement(
                    session: id, keysHash: keysHash,
                    sendersHash: SecureSumShares.hash(ofSenders: members(of: .masked)), survivors: survivorList))
        case .survivors:
            signatures = answers(to: .survivors).map { .init(clinic: $0.sender, signature: $0.signature) }
            // A survivor that was late with its signature can still reveal.
            begin(.reveal, survivors)
        case .reveal: break
        }
    }

    private mutating func begin(_ next: SecureSumStep, _ going: [String]) {
        step = next
        members[next] = going
    }

    private func requireHolders(of owners: [String], among present: [String]) throws {
        let present = Set(present)
        let needed = session.parameters.shareThreshold
        for owner in owners where graph.holders(of: owner).filter(present.contains).count < needed {
            throw SecureAggregationError(
                .tooFew, "Fewer than \(needed) clinics that hold shares of \(owner)'s secrets are left.")
        }
    }

    /// Opens as soon as the shares suffice. With false shares among them, more may help.
    private mutating func tryToOpen() {
        guard hasEnoughShares else { return }
        opening = try? SecureSumOpening(self)
    }

    private mutating func count(_ shares: [SecureSumReveal.Share]) {
        for share in shares {
            shareCounts[share.owner, default: 0] += 1
            if shareCounts[share.owner] == session.parameters.shareThreshold { restorable += 1 }
        }
    }

    /// Shares are of those who sent some, so it is enough to compare numbers.
    private var hasEnoughShares: Bool { restorable == members(of: .masked).count }

    /// Why all shares together don't open the sum, naming the clinic whose shares are false; `nil` while some are awaited.
    public var fault: SecureAggregationError? {
        guard step == .reveal, !isFinished, awaited.isEmpty else { return nil }
        do {
            _ = try SecureSumOpening(self)
            return nil
        } catch {
            return error as? SecureAggregationError
        }
    }
}
