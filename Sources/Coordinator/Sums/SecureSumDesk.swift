import ConsiliumCore
import Federation
import Foundation
import Identity
import Logging
import SecureAggregation
import Transport

/// Carries the messages of secure sums between the clinics, and counts the time of each step.
///
/// Everything that clinics say is stored before its effect is seen; after a crash an attempt goes on where it was, with the
/// time of its step counted anew. What an attempt comes to is given to the job's state as an event.
actor SecureSumDesk {
    private struct Live {
        let key: SumKey
        var machine: SecureSumCoordinator
        /// How many events are stored.
        var events: Int
        /// By the time since the machine's start, which nobody can set.
        var stepBegan: Duration
    }

    private let store: any CoordinatorStore
    private let rosters: RosterKeeper
    private let signals: JobSignals
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let uptime: @Sendable () -> Duration
    private var live: [JobID: Live] = [:]
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        store: any CoordinatorStore, rosters: RosterKeeper, signals: JobSignals, logger: Logger,
        now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Duration
    ) {
        self.store = store
        self.rosters = rosters
        self.signals = signals
        self.logger = logger
        self.now = now
        self.uptime = uptime
    }

    // MARK: Clinics

    /// What a clinic shall do in the sum of a round; waits up to `seconds` for there to be something.
    func poll(_ id: JobID, round: Int, clinic: ClinicID, waiting seconds: Int) async throws -> SecureSumPoll {
        try await signals.poll(id, seconds: seconds, isNothing: { $0 == .wait }) {
            try await ask(id, round: round, clinic: clinic)
        }
    }

    private func ask(_ id: JobID, round: Int, clinic: ClinicID) async throws -> SecureSumPoll {
        try await exclusively {
            guard let job = try await store.job(id), job.manifest.clinics.contains(clinic),
                case .summing(let open, _) = job.machine.phase, open.number == round
            else { return .over }
            guard let live = try await current(job) else { return .over }
            return live.machine.request(for: clinic.text).map { .answer(request: $0) } ?? .wait
        }
    }

    /// The session in which a clinic's masked update is welcome now.
    /// - Throws: ``FederationError`` `.roundClosed`.
    func requireSession(_ job: StoredJob, round: Int, clinic: ClinicID) async throws -> ContentHash {
        try await exclusively {
            _ = try job.machine.requireSum(round: round)
            guard let live = try await current(job), live.machine.step == .masked,
                live.machine.awaited.contains(clinic.text)
            else {
                throw FederationError(
                    .roundClosed, "This clinic's masked update is not awaited now. Ask what to do in the sum.")
            }
            return live.machine.id
        }
    }

    /// Takes a clinic's answer. Repeating it changes nothing.
    ///
    /// - Returns: what the job's state has to be told.
    /// - Throws: ``FederationError`` `.roundClosed` for an attempt that is over; ``SecureAggregationError`` for a message that is
    ///   refused; `.conflict` for a masked update that has not been delivered.
    func receive(_ envelope: SecureSumEnvelope, job id: JobID, round: Int, clinic: ClinicID) async throws
        -> JobStateMachine.Event?
    {
        guard envelope.sender == clinic.text else {
            throw FederationError(.malformedMessage, "The message is of another clinic than the request.")
        }
        return try await exclusively {
            guard let job = try await store.job(id) else {
                throw FederationError(.jobUnknown, "This coordinator has no job “\(id)” for this clinic.")
            }
            _ = try job.machine.requireSum(round: round)
            guard var live = try await current(job) else {
                throw FederationError(.roundClosed, "No sum of round \(round) is being made.")
            }
            let before = live.machine.step
            var machine = live.machine
            guard try machine.receive(envelope) else { return nil }
            if envelope.step == .masked { try await requireDelivered(envelope, machine, job, round, clinic) }
            try await store.add(.received(envelope: envelope), at: live.events, to: live.key)
            live.events += 1
            live.machine = machine
            if machine.step != before || machine.isFinished { live.stepBegan = uptime() }
            self.live[id] = live
            if machine.step != before { await signals.notify(id) }
            return outcome(of: live)
        }
    }

    private func requireDelivered(
        _ envelope: SecureSumEnvelope, _ machine: SecureSumCoordinator, _ job: StoredJob, _ round: Int,
        _ clinic: ClinicID
    ) async throws {
        let update = try await store.update(UpdateKey(job: job.id, round: round, clinic: clinic))
        guard let update, update.complete, update.manifest.session == machine.id,
            update.manifest.root == machine.root(of: clinic.text)
        else {
            throw FederationError(
                .conflict, "The masked update that this message names has not been delivered. Send it first.")
        }
    }

    // MARK: Time

    /// Ends steps whose time is over.
    /// - Returns: what the job's state has to be told.
    func tick(_ job: StoredJob) async throws -> JobStateMachine.Event? {
        try await exclusively {
            guard case .summing(let round, let sum) = job.machine.phase else {
                live[job.id] = nil
                return nil
            }
            var live: Live
            do {
                guard let found = try await current(job) else { return nil }
                live = found
            } catch let error as SecureAggregationError {
                return .sumFailed(attempt: sum.attempt, reason: error.message, at: now())
            }
            if let event = outcome(of: live) { return event }
            let step = live.machine.step
            guard uptime() - live.stepBegan >= .seconds(Self.seconds(for: step, round: round.seconds)) else {
                return nil
            }
            // Those who have seen what opens the sum help no other attempt: this one waits for the rest of them.
            guard step != .reveal else { return nil }
            let silent = live.machine.awaited
            do {
                try live.machine.close(step)
            } catch let error as SecureAggregationError {
                let reason = "\(error.message) Nothing came from \(silent.joined(separator: ", "))."
                return .sumFailed(attempt: live.key.attempt, reason: reason, at: now())
            }
            try await store.add(.closed(step: step), at: live.events, to: live.key)
            live.events += 1
            live.stepBegan = uptime()
            self.live[job.id] = live
            logger.warning(
                "sum goes on without clinics",
                metadata: [
                    "job": "\(job.id)", "round": "\(round.number)", "step": "\(step.rawValue)",
                    "silent": "\(silent.joined(separator: " "))",
                ])
            await signals.notify(job.id)
            return outcome(of: live)
        }
    }

    /// How long a step waits for the clinics that are silent. A node may be busy with another job when the sum begins, and
    /// the masked update may be long.
    static func seconds(for step: SecureSumStep, round: Int) -> TimeInterval {
        switch step {
        case .keys: TimeInterval(min(round, 300))
        case .shares, .survivors: TimeInterval(min(round, 60))
        case .masked, .reveal: TimeInterval(round)
        }
    }

    private func outcome(of live: Live) -> JobStateMachine.Event? {
        let machine = live.machine
        if let opening = machine.opening {
            let clinics = opening.survivors.compactMap { try? ClinicID($0) }
            for suspect in opening.suspects {
                logger.error(
                    "a clinic revealed false shares", metadata: ["job": "\(live.key.job)", "clinic": "\(suspect)"])
            }
            let silent = machine.silent.compactMap { try? ClinicID($0) }
            return .sumOpened(attempt: live.key.attempt, participants: clinics, silent: silent, at: now())
        }
        if let fault = machine.fault {
            return .sumFailed(attempt: live.key.attempt, reason: fault.message, at: now())
        }
        guard machine.awaited.isEmpty, machine.step != .reveal else { return nil }
        // All have answered and the step has not ended by itself.
        var copy = machine
        do {
            try copy.close(machine.step)
            return nil
        } catch {
            let reason = (error as? any ConsiliumError)?.message ?? "it can't go on"
            return .sumFailed(attempt: live.key.attempt, reason: reason, at: now())
        }
    }

    // MARK: State

    /// The attempt that the job's state names, made or read if it is not in memory.
    private func current(_ job: StoredJob) async throws -> Live? {
        guard case .summing(let round, let sum) = job.machine.phase else { return nil }
        let key = SumKey(job: job.id, round: round.number, attempt: sum.attempt)
        if let known = live[job.id], known.key == key { return known }
        let stored: StoredSum
        if let loaded = try await store.sum(key) {
            stored = loaded
        } else {
            stored = StoredSum(session: try await begin(key, job, round, sum), events: [])
        }
        let made = Live(
            key: key, machine: try SecureSumCoordinator(session: stored.session, replaying: stored.events),
            events: stored.events.count, stepBegan: uptime())
        live[job.id] = made
        return made
    }

    /// The first attempt takes the keys of its clinics from the roster in force; later ones have the same.
    private func begin(_ key: SumKey, _ job: StoredJob, _ round: RoundStateMachine, _ sum: SumProgress) async throws
        -> SecureSumSession
    {
        let members: SecureSumRoster
        let first = SumKey(job: key.job, round: key.round, attempt: 1)
        if let known = try await store.sum(first) {
            members = known.session.roster
        } else {
            let roster = await rosters.roster
            members = try SecureSumRoster(
                sum.clinics.compactMap { clinic in
                    try roster.member(clinic).map { try .init(id: clinic.text, signingKey: $0.signingKey.bytes) }
                })
        }
        let session = try SecureSumSession(
            subject: SecureSumSubject(job: job.manifest, hash: job.hash, round: round.number, adapter: round.adapter),
            attempt: key.attempt, roster: members)
        return try await store.addSum(session, key: key)
    }

    /// What was opened in a round that is being averaged.
    /// - Throws: ``CoordinatorError`` `.updateDamaged` if nothing was.
    func opened(_ job: JobID, round: Int) async throws -> OpenedSum {
        guard let attempt = try await store.lastAttempt(of: job, round: round) else { throw Self.lost(round) }
        let machine = try await machine(SumKey(job: job, round: round, attempt: attempt))
        guard let opening = machine.opening, let statement = machine.transcript else { throw Self.lost(round) }
        var roots: [String: ContentHash] = [:]
        for clinic in opening.survivors { roots[clinic] = machine.root(of: clinic) }
        return OpenedSum(opening: opening, session: machine.session, statement: statement, roots: roots)
    }

    /// An attempt as it is in memory; after a restart, its stored events once more.
    private func machine(_ key: SumKey) async throws -> SecureSumCoordinator {
        if let known = live[key.job], known.key == key { return known.machine }
        guard let stored = try await store.sum(key) else { throw Self.lost(key.round) }
        return try SecureSumCoordinator(session: stored.session, replaying: stored.events)
    }

    /// Forgets the sums of a job's rounds that have a result, or of one that was stopped.
    func discard(_ job: JobID) async throws {
        live[job] = nil
        try await store.removeSums(of: job)
    }

    private static func lost(_ round: Int) -> CoordinatorError {
        CoordinatorError(
            .updateDamaged, "What opens the sum of round \(round) is gone from the coordinator's database.")
    }

    /// One at a time: between reading an attempt and storing what happened in it, nothing else may happen.
    private func exclusively<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        if isBusy {
            await withCheckedContinuation { waiting.append($0) }
        } else {
            isBusy = true
        }
        defer {
            if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
        }
        return try await body()
    }
}
