import ConsiliumCore
import Federation
import Foundation
import Identity

/// One round: who is waited for, who has delivered, until when. Pure: time comes in with the event, what to do comes out.
///
/// It always ends: by delivery of all that do not sit it out, or at the deadline, which moves at most once for lack of updates.
struct RoundStateMachine: Codable, Sendable, Equatable {
    /// How a round ended. Stored before the averaging starts, so that a crash in between repeats exactly this round.
    struct Closing: Codable, Sendable, Equatable {
        /// In the order of their ids.
        var participants: [ClinicID]
        var missing: [ClinicID]
        var at: Date
        /// Participants that said nothing more while their masked updates were added. `nil` in states of before there was this.
        var silent: [ClinicID]?
    }

    enum Event: Sendable, Equatable {
        case delivered(ClinicID, at: Date)
        /// The clinic withdrew its consent or left the roster. An update that it has delivered stays in.
        case withdrawn(ClinicID, at: Date)
        /// The clinic says that no update of it will come. If one comes all the same, it counts.
        case skipped(ClinicID, UpdateSkip.Reason, at: Date)
        case tick(at: Date)
        /// The coordinator was down: nobody could deliver in that time.
        case restarted(at: Date)
        /// A clinic that was thought dead asks what to do: it is waited for again.
        case returned(ClinicID, at: Date)
        /// Somebody set this machine's calendar forward, or back with a negative number.
        case clockSet(by: TimeInterval, at: Date)
    }

    enum Action: Sendable, Equatable {
        case none
        case close(Closing)
        case extended(until: Date)
        case stop(reason: String)
    }

    /// After a restart clinics get at least this long, or the round's own length if that is shorter.
    static let graceAfterRestart: TimeInterval = 900

    let number: Int
    let adapter: ContentHash
    let minimumClinics: Int
    let seconds: Int
    private(set) var expected: Set<ClinicID>
    private(set) var delivered: Set<ClinicID> = []
    /// Those that sit this round out. They stay expected: who has delivered nothing at the end is missing.
    private(set) var skipped: [ClinicID: UpdateSkip.Reason] = [:]
    /// Those of whom nothing came in the round before and nothing has been heard since. One deadline was waited for them, and
    /// that was enough; they stay expected. `nil` in states of before there was this.
    private(set) var absent: Set<ClinicID>?
    private(set) var deadline: Date
    private(set) var extended = false

    init(
        number: Int, adapter: ContentHash, expected: Set<ClinicID>, absent: Set<ClinicID> = [], minimumClinics: Int,
        seconds: Int, openedAt: Date
    ) {
        self.number = number
        self.adapter = adapter
        self.expected = expected
        self.absent = absent
        self.minimumClinics = minimumClinics
        self.seconds = seconds
        deadline = openedAt.addingTimeInterval(Double(seconds))
    }

    mutating func handle(_ event: Event) -> Action {
        switch event {
        case .delivered(let clinic, let now):
            guard expected.contains(clinic) else { return .none }
            delivered.insert(clinic)
            skipped[clinic] = nil
            absent?.remove(clinic)
            return closeIfAllDelivered(at: now)
        case .withdrawn(let clinic, let now):
            guard !delivered.contains(clinic), expected.remove(clinic) != nil else { return .none }
            skipped[clinic] = nil
            return closeOrStop(at: now, because: "\(clinic) withdrew or left the roster")
        case .skipped(let clinic, let reason, let now):
            guard expected.contains(clinic), !delivered.contains(clinic) else { return .none }
            skipped[clinic] = reason
            return closeOrStop(at: now, because: "\(clinic) sits it out (\(reason.rawValue))")
        case .returned(let clinic, _):
            absent?.remove(clinic)
            return .none
        case .tick(let now):
            guard now >= deadline else { return .none }
            return deadlineReached(at: now)
        case .restarted(let now):
            // The calendar may have been set while nobody looked: a deadline is never further away than a round is long.
            let grace = now.addingTimeInterval(min(Double(seconds), Self.graceAfterRestart))
            deadline = min(max(deadline, grace), now.addingTimeInterval(Double(seconds)))
            return closeIfAllDelivered(at: now)
        case .clockSet(let jump, let now):
            deadline = min(deadline.addingTimeInterval(max(0, jump)), now.addingTimeInterval(Double(seconds)))
            return .none
        }
    }

    private func closeIfAllDelivered(at now: Date) -> Action {
        let awaited = expected.subtracting(delivered).subtracting(skipped.keys).subtracting(absent ?? [])
        return awaited.isEmpty && delivered.count >= minimumClinics ? .close(closing(at: now)) : .none
    }

    /// After a clinic is gone for this round. A fault may be mended until the deadline; everything else is for good.
    private func closeOrStop(at now: Date, because reason: String) -> Action {
        let gone = skipped.values.filter { !$0.mayPass }.count
        guard expected.count - gone >= minimumClinics else {
            return .stop(reason: "Round \(number) can't reach \(minimumClinics) clinics any more: \(reason).")
        }
        return closeIfAllDelivered(at: now)
    }

    private mutating func deadlineReached(at now: Date) -> Action {
        if delivered.count >= minimumClinics { return .close(closing(at: now)) }
        if !extended {
            extended = true
            // From now, not from the old deadline: the coordinator may have been asleep.
            deadline = now.addingTimeInterval(Double(seconds))
            return .extended(until: deadline)
        }
        let missing = expected.subtracting(delivered).sorted().map(\.text).joined(separator: ", ")
        return .stop(
            reason: "Round \(number) had \(delivered.count) of at least \(minimumClinics) updates after two deadlines; "
                + "nothing came from \(missing).")
    }

    private func closing(at now: Date) -> Closing {
        Closing(participants: delivered.sorted(), missing: expected.subtracting(delivered).sorted(), at: now)
    }
}
