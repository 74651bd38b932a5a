import ConsiliumCore
import Federation
import Foundation
import Identity

/// What the state means for one clinic, and for the status view.
extension JobStateMachine {
    /// What this clinic shall do. The same state gives the same answer.
    func task(for clinic: ClinicID) -> RoundTask {
        switch phase {
        case .finished(let adapter): return .finished(adapter: adapter, rounds: rules.rounds)
        case .stopped(let reason): return .stopped(reason: reason)
        case .proposed, .open, .summing, .aggregating: break
        }
        switch answers[clinic] {
        case nil: return .wait(reason: "This clinic has not answered the job yet.")
        case .denied: return .stopped(reason: "This clinic has denied the job, or was not on the roster for a while.")
        case .approved: break
        }
        switch phase {
        case .open(let round) where round.skipped[clinic] != nil:
            return .wait(reason: "This clinic sits round \(round.number) out.")
        case .open(let round) where round.expected.contains(clinic) && !round.delivered.contains(clinic):
            return .train(round: round.number, adapter: round.adapter, deadline: round.deadline)
        case .open(let round) where round.expected.contains(clinic):
            return .wait(reason: "Round \(round.number) waits for the updates of other clinics.")
        case .open(let round): return .wait(reason: "This clinic takes part from round \(round.number + 1) on.")
        case .summing(let round, let sum) where sum.clinics.contains(clinic):
            return .sum(round: round.number, adapter: round.adapter)
        case .summing(let round, _): return .wait(reason: "Round \(round.number) is being added without this clinic.")
        case .aggregating(let round, _): return .wait(reason: "Round \(round.number) is being averaged.")
        default: return .wait(reason: "The job waits for the answers of other clinics.")
        }
    }

    /// Whether the open round waits for nobody of this clinic, because nothing has been heard of it.
    func isAbsent(_ clinic: ClinicID) -> Bool {
        if case .open(let round) = phase { round.absent?.contains(clinic) == true } else { false }
    }

    /// Whether a clinic's update of this round is welcome now.
    /// - Throws: ``FederationError`` `.roundClosed` or `.consentMissing`.
    func requireOpen(round number: Int, for clinic: ClinicID) throws -> RoundStateMachine {
        guard case .open(let round) = phase, round.number == number else {
            throw FederationError(.roundClosed, "Round \(number) is not open. Ask for this clinic's task again.")
        }
        guard round.expected.contains(clinic) else {
            throw FederationError(
                .consentMissing,
                "This clinic does not take part in round \(number): it has not approved the job in time.")
        }
        return round
    }

    var state: Overview.Job.State {
        switch phase {
        case .proposed: .proposed
        case .open, .summing, .aggregating: .running
        case .finished: .finished
        case .stopped: .stopped
        }
    }

    var currentRound: RoundStateMachine? {
        switch phase {
        case .open(let round), .summing(let round, _), .aggregating(let round, _): round
        case .proposed, .finished, .stopped: nil
        }
    }
}
