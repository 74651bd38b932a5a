import ConsiliumCore
import Federation
import Foundation
import Identity

/// The life of a job: proposed → round 1 … n → finished, or stopped from anywhere with a reason. Pure, stored after each event.
struct JobStateMachine: Codable, Sendable, Equatable {
    /// What of the manifest and the configuration decides.
    struct Rules: Codable, Sendable, Equatable {
        var clinics: [ClinicID]
        var minimumClinics: Int
        var rounds: Int
        var roundSeconds: Int
        var initialAdapter: ContentHash
        var expiresAt: Date
        /// From then on the approvals that have come are enough, if they are enough. `nil`: wait for every answer.
        var consentDeadline: Date?
        /// Whether updates are masked: clinics then say that they are ready, and are summed when the round closes.
        var masksUpdates: Bool?
    }

    enum Phase: Codable, Sendable, Equatable {
        case proposed
        case open(RoundStateMachine)
        /// The updates of these clinics are being added under masks.
        case summing(RoundStateMachine, SumProgress)
        case aggregating(RoundStateMachine, RoundStateMachine.Closing)
        case finished(adapter: ContentHash)
        case stopped(reason: String)
    }

    enum Event: Sendable, Equatable {
        case answered(ClinicID, Consent.Decision, at: Date)
        case leftRoster(ClinicID, at: Date)
        case delivered(ClinicID, at: Date)
        case skipped(ClinicID, UpdateSkip.Reason, at: Date)
        /// A clinic of which nothing had been heard in the round before asks what to do.
        case returned(ClinicID, at: Date)
        case tick(at: Date)
        case restarted(at: Date)
        /// Somebody set the calendar of the coordinator's machine; what is left of a round's time stays.
        case clockSet(by: TimeInterval, at: Date)
        /// The masks of an attempt can be taken off; these clinics are in the sum.
        /// - Parameter silent: those of the participants that had stopped answering.
        case sumOpened(attempt: Int, participants: [ClinicID], silent: [ClinicID], at: Date)
        /// An attempt can't be opened any more.
        case sumFailed(attempt: Int, reason: String, at: Date)
        /// The average of the round that was to be aggregated is on the disk.
        case aggregated(adapter: ContentHash, at: Date)
        case aggregationFailed(reason: String)
    }

    enum Action: Sendable, Equatable {
        case none
        case roundOpened(Int)
        /// Add the updates of these clinics under masks.
        case sumStarted(round: Int, attempt: Int)
        /// Average the updates of these participants, then report `.aggregated`.
        case aggregate(round: Int, from: ContentHash, RoundStateMachine.Closing)
        case roundExtended(until: Date)
        case finished
        case stopped(reason: String)
    }

    let rules: Rules
    private(set) var phase = Phase.proposed
    private(set) var answers: [ClinicID: Consent.Decision] = [:]
    /// The last thing that a person should know.
    private(set) var note = ""

    init(rules: Rules) { self.rules = rules }

    var approved: Set<ClinicID> { Set(answers.filter { $0.value == .approved }.keys) }
    var denied: Set<ClinicID> { Set(answers.filter { $0.value == .denied }.keys) }

    var isTerminal: Bool {
        switch phase {
        case .finished, .stopped: true
        case .proposed, .open, .summing, .aggregating: false
        }
    }

    mutating func handle(_ event: Event) -> Action {
        if isTerminal { return .none }
        switch event {
        case .answered(let clinic, let decision, let now): return answer(clinic, decision, at: now)
        // A clinic that left did not keep its approval: if it comes back, it is asked again.
        case .leftRoster(let clinic, let now): return answer(clinic, .denied, at: now)
        case .delivered(let clinic, let now): return forward(.delivered(clinic, at: now), at: now)
        case .skipped(let clinic, let reason, let now):
            return forward(.skipped(clinic, reason, at: now), at: now)
        case .returned(let clinic, let now): return forward(.returned(clinic, at: now), at: now)
        case .tick(let now): return forward(.tick(at: now), at: now)
        case .restarted(let now): return forward(.restarted(at: now), at: now)
        case .clockSet(let jump, let now): return forward(.clockSet(by: jump, at: now), at: now)
        case .sumOpened(let attempt, let participants, let silent, let now):
            return sumOpened(attempt, participants, silent: silent, at: now)
        case .sumFailed(let attempt, let reason, let now): return sumFailed(attempt, reason, at: now)
        case .aggregated(let adapter, let now): return aggregated(adapter, at: now)
        case .aggregationFailed(let reason):
            guard case .aggregating(let round, _) = phase else { return .none }
            return stop("Round \(round.number) could not be averaged: \(reason)")
        }
    }

    private mutating func answer(_ clinic: ClinicID, _ decision: Consent.Decision, at now: Date) -> Action {
        guard rules.clinics.contains(clinic) else { return .none }
        answers[clinic] = decision
        switch phase {
        case .proposed: return startIfAgreed(at: now)
        // An approval during a round counts from the next round on.
        case .open where decision == .denied: return forward(.withdrawn(clinic, at: now), at: now)
        default: return .none
        }
    }

    private mutating func startIfAgreed(at now: Date) -> Action {
        let undecided = rules.clinics.count - answers.count
        guard approved.count + undecided >= rules.minimumClinics else {
            return stop(
                "Only \(approved.count) of at least \(rules.minimumClinics) clinics approved; denied or gone: "
                    + denied.sorted().map(\.text).joined(separator: ", ") + ".")
        }
        let waitedEnough = rules.consentDeadline.map { now >= $0 } ?? false
        guard undecided == 0 || (waitedEnough && approved.count >= rules.minimumClinics) else { return .none }
        return openRound(1, from: rules.initialAdapter, at: now)
    }

    private mutating func openRound(
        _ number: Int, from adapter: ContentHash, absent: Set<ClinicID> = [], at now: Date
    ) -> Action {
        guard approved.count >= rules.minimumClinics else {
            return stop(
                "Only \(approved.count) of at least \(rules.minimumClinics) clinics still take part before round \(number)."
            )
        }
        phase = .open(
            RoundStateMachine(
                number: number, adapter: adapter, expected: approved, absent: absent.intersection(approved),
                minimumClinics: rules.minimumClinics, seconds: rules.roundSeconds, openedAt: now))
        note = ""
        return .roundOpened(number)
    }

    private mutating func forward(_ event: RoundStateMachine.Event, at now: Date) -> Action {
        switch phase {
        case .proposed:
            return now >= rules.expiresAt ? expire() : startIfAgreed(at: now)
        case .open(var round):
            if now >= rules.expiresAt { return expire() }
            let action = round.handle(event)
            phase = .open(round)
            switch action {
            case .none:
                if case .skipped(let clinic, let reason, _) = event {
                    note = "\(clinic) sits round \(round.number) out (\(reason.rawValue))."
                }
                return .none
            case .close(let closing):
                if rules.masksUpdates == true { return startSum(round, closing) }
                phase = .aggregating(round, closing)
                return .aggregate(round: round.number, from: round.adapter, closing)
            case .extended(let until):
                note =
                    "Round \(round.number) was extended once: \(round.delivered.count) of at least "
                    + "\(round.minimumClinics) updates had come at its deadline."
                return .roundExtended(until: until)
            case .stop(let reason): return stop(reason)
            }
        case .summing(let round, let sum): return forward(event, round, sum, at: now)
        case .aggregating(let round, let closing):
            // The first attempt failed for a reason that may pass (disk full), or a crash came in between.
            switch event {
            case .tick, .restarted: return .aggregate(round: round.number, from: round.adapter, closing)
            case .delivered, .withdrawn, .skipped, .returned, .clockSet: return .none
            }
        case .finished, .stopped: return .none
        }
    }

    private mutating func aggregated(_ adapter: ContentHash, at now: Date) -> Action {
        guard case .aggregating(let round, let closing) = phase else { return .none }
        if round.number >= rules.rounds {
            phase = .finished(adapter: adapter)
            note = ""
            return .finished
        }
        if now >= rules.expiresAt { return expire() }
        // Who said that it sits the round out is alive.
        let silent = Set(closing.missing + (closing.silent ?? [])).subtracting(round.skipped.keys)
        return openRound(round.number + 1, from: adapter, absent: silent, at: now)
    }

    mutating func setPhase(_ phase: Phase, note: String) {
        self.phase = phase
        self.note = note
    }

    mutating func expire() -> Action { stop("The job expired before it was finished.") }

    mutating func stop(_ reason: String) -> Action {
        phase = .stopped(reason: reason)
        note = reason
        return .stopped(reason: reason)
    }
}
