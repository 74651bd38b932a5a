public import ConsiliumCore
public import Crypto
public import Foundation
public import Privacy
internal import Synchronization

/// The record of what a clinic's patients have been exposed to, and the gate in front of every training run.
///
/// The order is always: ``reserve(_:)`` (on disk before it returns) → train → ``commit(_:transcript:)``. A
/// reservation is
/// spent from the moment it exists: a crash, an abort or a lost reply costs it, and nothing ever gives it back.
///
/// Rows are canonical JSON, chained by SHA-256 and signed with the clinic's Ed25519 key, in SQLite with a rollback
/// journal and full synchronisation. One process at a time may hold a ledger.
///
/// Not promised: that an attacker with the clinic's key *and* its disk is found out. Receipts (``head``) that the
/// other side
/// remembers are what reveals a restored older disk; see ``LedgerAudit``.
public final class PrivacyLedger: Sendable {
    public let url: URL
    /// What the ledger guards and its cap: written when it was created, whatever a configuration says since.
    public let policy: BudgetPolicy
    private let file: LedgerFile
    private let lock: LedgerLock
    private let signingKey: Curve25519.Signing.PrivateKey
    private let now: @Sendable () -> Date
    let state: Mutex<LedgerState>

    /// Starts a ledger; the policy is fixed for its lifetime.
    ///
    /// The file is readable and writable for this user alone, also in a folder that others may read.
    ///
    /// - Throws: ``LedgerError`` `.alreadyExists`, `.locked`, `.diskFull`, `.writeFailed`; `CoreError` if the file
    ///   can't be made. No file is then left behind.
    public static func create(
        at url: URL, clinic: String, signingKey: Curve25519.Signing.PrivateKey, policy: BudgetPolicy,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws -> PrivacyLedger {
        guard !clinic.isEmpty, !policy.scope.isEmpty else {
            throw LedgerError(.invalidRequest, "A ledger needs the clinic's id and the name of its dataset.")
        }
        let lock = try LedgerLock(for: url)
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw LedgerError(
                .alreadyExists,
                "There is a ledger at \(url.path) already. It is never replaced; open it, or choose another folder.")
        }
        do {
            return try create(at: url, lock: lock, clinic: clinic, signingKey: signingKey, policy: policy, now: now)
        } catch {
            // Without its first row it is no ledger, and would only stand in the way of the next try.
            for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: url.path + suffix) }
            throw error
        }
    }

    private static func create(
        at url: URL, lock: LedgerLock, clinic: String, signingKey: Curve25519.Signing.PrivateKey, policy: BudgetPolicy,
        now: @escaping @Sendable () -> Date
    ) throws -> PrivacyLedger {
        let file = try LedgerFile(creating: url)
        let ledger = PrivacyLedger(
            url: url, policy: policy, file: file, lock: lock, signingKey: signingKey, state: LedgerState(), now: now)
        try ledger.state.withLock { state in
            try ledger.append(to: &state, clinic: clinic, scope: policy.scope, kind: .genesis) {
                $0.genesis = LedgerRow.Genesis(
                    publicKey: signingKey.publicKey.rawRepresentation.hexadecimal, policy: policy)
            }
        }
        try DurableFile.synchronizeFolder(url.deletingLastPathComponent())
        return ledger
    }

    /// Opens a ledger and verifies all of it.
    ///
    /// - Throws: ``LedgerError`` `.locked` if another process has it, `.tampered` if anything does not verify,
    ///   `.wrongClinic`
    ///   if it belongs to another clinic or key, `.unreadable` if it is no ledger.
    public static func open(
        at url: URL, clinic: String, signingKey: Curve25519.Signing.PrivateKey,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws -> PrivacyLedger {
        try open(at: url, clinic: clinic, signingKey: signingKey, pageLimit: nil, now: now)
    }

    static func open(
        at url: URL, clinic: String, signingKey: Curve25519.Signing.PrivateKey, pageLimit: Int?,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws -> PrivacyLedger {
        let lock = try LedgerLock(for: url)
        let file = try LedgerFile(opening: url, pageLimit: pageLimit)
        let (state, policy) = try LedgerState.verified(
            file.rows(), file.signedHead(), clinic: clinic, publicKey: signingKey.publicKey)
        return PrivacyLedger(
            url: url, policy: policy, file: file, lock: lock, signingKey: signingKey, state: state, now: now)
    }

    private init(
        url: URL, policy: BudgetPolicy, file: LedgerFile, lock: LedgerLock,
        signingKey: Curve25519.Signing.PrivateKey, state: LedgerState, now: @escaping @Sendable () -> Date
    ) {
        self.url = url
        self.policy = policy
        self.file = file
        self.lock = lock
        self.signingKey = signingKey
        self.now = now
        self.state = Mutex(state)
    }

    /// Sets budget aside. When this returns, the reservation is on the disk and counts as spent.
    ///
    /// - Throws: ``LedgerError`` `.budgetExceeded` with the numbers, `.replayed`, `.clockBackwards`, `.diskFull`,
    ///   `.writeFailed`, `.invalidRequest`; `PrivacyError` if an event itself is not acceptable. Nothing is then
    /// reserved.
    public func reserve(_ request: ReservationRequest) throws -> ReservationID {
        try state.withLock { state in
            try check(request)
            let key = LedgerState.ReleaseKey(job: request.job, round: request.round, attempt: request.attempt)
            guard !state.isReserved(key) else {
                throw LedgerError(
                    .replayed,
                    "Round \(request.round), attempt \(request.attempt) of this job was reserved before. Send "
                        + "the stored result again, or ask for a new attempt; it is charged anew."
                )
            }
            let cost = try state.cost(request.events)
            let decision = try RDPFilter(cap: policy.cap).admits(spentCurve: state.charged, proposalCurve: cost)
            guard decision.isAdmitted else {
                throw LedgerError(
                    .budgetExceeded, "The budget of dataset “\(policy.scope)” is not enough. \(decision.explanation)")
            }
            if let jobCap = request.jobCap {
                let spent = state.chargedByJob[request.job] ?? RDPCurve(orders: RDPFilter.orders)
                let decision = try RDPFilter(cap: jobCap).admits(spentCurve: spent, proposalCurve: cost)
                guard decision.isAdmitted else {
                    throw LedgerError(.budgetExceeded, "The job's own budget is not enough. \(decision.explanation)")
                }
            }
            try append(to: &state, clinic: state.clinic, scope: policy.scope, kind: .reserve) {
                $0.reserve = LedgerRow.Reserve(
                    job: request.job, planHash: request.planHash, round: request.round, attempt: request.attempt,
                    events: request.events, clipNorm: request.clipNorm, reportsPerPatient: request.reportsPerPatient,
                    jobCap: request.jobCap, isAdaptive: true, randomness: "discrete-gaussian aes-256-ctr",
                    software: request.software, epsilonAfter: decision.after)
            }
            guard let head = state.head else {
                throw LedgerError(.writeFailed, "The reservation was not recorded. Train nothing.")
            }
            return ReservationID(sequence: head.sequence, hash: head.hash)
        }
    }

    /// Records that the reserved work was done and accepted. The charge stays as it is.
    ///
    /// - Parameter transcript: the hash of what was sent and received.
    /// - Throws: ``LedgerError`` `.unknownReservation` if it is unknown or settled, and the errors of writing.
    public func commit(_ reservation: ReservationID, transcript: ContentHash) throws {
        try settle(
            reservation, .commit, LedgerRow.Settlement(reservation: reservation.sequence, transcript: transcript))
    }

    /// Records that the reserved work was given up. **Nothing is refunded.**
    public func abort(_ reservation: ReservationID, reason: AbortReason) throws {
        try settle(
            reservation, .abort, LedgerRow.Settlement(reservation: reservation.sequence, reason: reason.rawValue))
    }

    /// Why reserved work was given up; a fixed list, so that nothing else gets into a ledger.
    public enum AbortReason: String, Sendable, CaseIterable {
        case deadlinePassed = "deadline-passed"
        case rejectedByCoordinator = "rejected-by-coordinator"
        case trainingFailed = "training-failed"
        case cancelled
    }

    /// The balance at this moment.
    public func spent() throws -> BudgetStatement {
        try state.withLock { try BudgetStatement($0, policy: policy) }
    }

    /// How many more times the same events would be admitted.
    public func roundsLeft(of events: [PrivacyEvent]) throws -> Int {
        try state.withLock {
            try RDPFilter(cap: policy.cap).repetitionsLeft(of: events, after: $0.charged)
        }
    }

    /// The last row: send it with every message, so that a ledger that goes back is noticed.
    public var head: LedgerHead? { state.withLock { $0.head } }

    /// Reservations that were neither committed nor aborted, oldest first. After a crash the stored bytes of such a
    /// round may
    /// be sent again; training it anew needs a reservation of its own.
    public var openReservations: [OpenReservation] {
        state.withLock { state in
            state.reservations.filter { $0.value.outcome == nil }.sorted { $0.key < $1.key }.map {
                sequence, reservation in
                OpenReservation(
                    id: ReservationID(sequence: sequence, hash: reservation.hash), job: reservation.key.job,
                    round: reservation.key.round, attempt: reservation.key.attempt)
            }
        }
    }

    /// Writes all rows and the signed head as JSON Lines, for auditors.
    public func export(to target: URL) throws {
        let (rows, head) = try state.withLock { _ in (try file.rows(), try file.signedHead()) }
        try DurableFile.write(LedgerLines.encode(rows, head: head), to: target)
    }
}

extension PrivacyLedger {
    private func check(_ request: ReservationRequest) throws {
        guard !request.job.isEmpty, request.round >= 0, request.attempt >= 0 else {
            throw LedgerError(
                .invalidRequest, "A reservation needs a job, a round and an attempt that are not negative.")
        }
        guard !request.events.isEmpty else {
            throw LedgerError(
                .invalidRequest, "A reservation without events would charge nothing. Train without a budget instead.")
        }
        guard request.clipNorm.isFinite, request.clipNorm > 0, request.reportsPerPatient >= 1 else {
            throw LedgerError(.invalidRequest, "The clip norm and the number of reports a patient must be positive.")
        }
        try requireRelation(of: request.events)
        if let contradiction = SamplingRules.contradiction(in: request.events) {
            throw LedgerError(.invalidRequest, "The events can't be reserved: \(contradiction).")
        }
    }

    func requireRelation(of events: [PrivacyEvent]) throws {
        guard events.allSatisfy({ $0.relation == policy.relation }) else {
            throw LedgerError(
                .invalidRequest,
                "The events use another neighbouring relation than this ledger (\(policy.relation.rawValue)).")
        }
    }

    private func settle(_ id: ReservationID, _ kind: LedgerRow.Kind, _ settlement: LedgerRow.Settlement) throws {
        try state.withLock { state in
            guard let reservation = state.reservations[id.sequence], reservation.hash == id.hash,
                reservation.outcome == nil
            else {
                throw LedgerError(
                    .unknownReservation, "No open reservation has the number \(id.sequence) and this hash.")
            }
            try append(to: &state, clinic: state.clinic, scope: policy.scope, kind: kind) {
                $0.settlement = settlement
            }
        }
    }

    /// How far a clock may be behind the last row: what a wrong time zone, or a clock that ran ahead and was corrected, brings.
    /// Rows then keep their order with the time of the last one; what they charge does not depend on it.
    static let clockTolerance: TimeInterval = 86_400

    /// Signs, writes and synchronises a row; only then the state in memory changes.
    func append(
        to state: inout LedgerState, clinic: String, scope: String, kind: LedgerRow.Kind,
        fill: (inout LedgerRow) -> Void
    ) throws {
        // Whole seconds, as the rows keep them.
        let today = Date(timeIntervalSince1970: now().timeIntervalSince1970.rounded(.down))
        guard today >= state.lastTime.addingTimeInterval(-Self.clockTolerance) else {
            throw LedgerError(
                .clockBackwards,
                "This machine's clock is more than a day behind the ledger's last row. Correct the clock (NTP) and try "
                    + "again; nothing was reserved."
            )
        }
        let time = max(today, state.lastTime)
        let sequence = (state.head?.sequence ?? -1) + 1
        let previous = try state.head?.hash ?? ContentHash(hex: String(repeating: "0", count: 64))
        var row = LedgerRow(
            version: LedgerRow.currentVersion, clinic: clinic, scope: scope, sequence: sequence, previous: previous,
            time: time,
            kind: kind)
        fill(&row)
        let body = try CanonicalJSON.encode(row)
        let stored = StoredRow(sequence: sequence, body: body, signature: try signingKey.signature(for: body))
        let head = LedgerHead(sequence: sequence, hash: stored.hash)
        try file.append(
            [stored], head: SignedHead(head: head, signature: try signingKey.signature(for: head.signedBytes)))
        state.absorb(stored, RowVerifier.Verified(hash: stored.hash, isSigned: true, row: row))
    }
}
