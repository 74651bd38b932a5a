import Federation
import Foundation
import Identity

/// Between the close of a round and its averaging, where updates are masked.
extension JobStateMachine {
    /// How many attempts a sum has; the clinics have the same limit.
    static let mostAttempts = 1000

    /// How long attempts are made before the job is given up: twice the round's length, as for the round itself.
    private static func patience(_ round: RoundStateMachine) -> TimeInterval { max(120, Double(round.seconds) * 2) }

    mutating func startSum(_ round: RoundStateMachine, _ closing: RoundStateMachine.Closing) -> Action {
        setPhase(
            .summing(
                round,
                SumProgress(
                    clinics: closing.participants, attempt: 1,
                    until: closing.at.addingTimeInterval(Self.patience(round)))),
            note: "")
        return .sumStarted(round: round.number, attempt: 1)
    }

    mutating func forward(
        _ event: RoundStateMachine.Event, _ round: RoundStateMachine, _ sum: SumProgress, at now: Date
    ) -> Action {
        switch event {
        case .tick:
            if now >= rules.expiresAt { return expire() }
            guard now >= sum.until else { return .none }
            return stop(
                "The updates of round \(round.number) could not be added under masks in \(sum.attempt) attempts: \(note)"
            )
        case .restarted:
            // Nobody could answer while the coordinator was down.
            var sum = sum
            sum.until = now.addingTimeInterval(Self.patience(round))
            setPhase(.summing(round, sum), note: note)
            return .none
        case .clockSet(let jump, let now):
            var sum = sum
            sum.until = min(
                sum.until.addingTimeInterval(max(0, jump)), now.addingTimeInterval(Self.patience(round)))
            setPhase(.summing(round, sum), note: note)
            return .none
        // What a clinic has given stays given; one that gives nothing more drops out of the attempt by itself.
        case .delivered, .withdrawn, .skipped, .returned: return .none
        }
    }

    mutating func sumOpened(
        _ attempt: Int, _ participants: [ClinicID], silent: [ClinicID], at now: Date
    ) -> Action {
        guard case .summing(let round, let sum) = phase, sum.attempt == attempt else { return .none }
        let closing = RoundStateMachine.Closing(
            participants: participants.sorted(), missing: round.expected.subtracting(participants).sorted(), at: now,
            silent: silent.sorted())
        setPhase(.aggregating(round, closing), note: "")
        return .aggregate(round: round.number, from: round.adapter, closing)
    }

    mutating func sumFailed(_ attempt: Int, _ reason: String, at now: Date) -> Action {
        guard case .summing(let round, var sum) = phase, sum.attempt == attempt else { return .none }
        guard attempt < Self.mostAttempts, now < sum.until else {
            return stop("The updates of round \(round.number) could not be added under masks: \(reason)")
        }
        sum.attempt += 1
        setPhase(.summing(round, sum), note: "Attempt \(attempt) at the sum of round \(round.number): \(reason)")
        return .sumStarted(round: round.number, attempt: sum.attempt)
    }

    /// The attempt that is being made at the sum of a round.
    /// - Throws: ``FederationError`` `.roundClosed`.
    func requireSum(round number: Int) throws -> (round: RoundStateMachine, sum: SumProgress) {
        guard case .summing(let round, let sum) = phase, round.number == number else {
            throw FederationError(
                .roundClosed, "No sum of round \(number) is being made. Ask for this clinic's task again.")
        }
        return (round, sum)
    }
}
