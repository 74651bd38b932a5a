import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator

@Suite("A job's state while updates are added under masks")
struct SumStateTests {
    private let clinics: [ClinicID]
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let adapter = ContentHash(of: Data("a".utf8))

    init() throws { clinics = try ["a1", "b1", "c1", "d1"].map { try ClinicID($0) } }

    private func machine(rounds: Int = 1) -> JobStateMachine {
        var machine = JobStateMachine(
            rules: .init(
                clinics: clinics, minimumClinics: 3, rounds: rounds, roundSeconds: 100, initialAdapter: adapter,
                expiresAt: start.addingTimeInterval(100_000), consentDeadline: nil, masksUpdates: true))
        for clinic in clinics { _ = machine.handle(.answered(clinic, .approved, at: start)) }
        return machine
    }

    private func summing() -> JobStateMachine {
        var machine = machine()
        for clinic in clinics.dropLast() { #expect(machine.handle(.delivered(clinic, at: start)) == .none) }
        #expect(machine.handle(.delivered(clinics[3], at: start)) == .sumStarted(round: 1, attempt: 1))
        return machine
    }

    @Test("when all are ready the sum begins, and those who are in it are averaged")
    func opens() {
        var machine = summing()
        for clinic in clinics { #expect(machine.task(for: clinic) == .sum(round: 1, adapter: adapter)) }
        #expect(machine.state == .running && machine.currentRound?.number == 1)
        let later = start.addingTimeInterval(7)
        let opened = machine.handle(
            .sumOpened(attempt: 1, participants: Array(clinics.prefix(3)), silent: [], at: later))
        #expect(
            opened
                == .aggregate(
                    round: 1, from: adapter,
                    .init(participants: Array(clinics.prefix(3)), missing: [clinics[3]], at: later, silent: [])))
        #expect(machine.handle(.aggregated(adapter: adapter, at: later)) == .finished)
    }

    @Test("a clinic that fell silent while updates were added is in the average, and not waited for in the next round")
    func silent() {
        var machine = machine(rounds: 2)
        for clinic in clinics { _ = machine.handle(.delivered(clinic, at: start)) }
        _ = machine.handle(.sumOpened(attempt: 1, participants: clinics, silent: [clinics[3]], at: start))
        #expect(machine.handle(.aggregated(adapter: adapter, at: start)) == .roundOpened(2))
        #expect(machine.isAbsent(clinics[3]) && !machine.isAbsent(clinics[0]))
        for clinic in clinics.prefix(2) { #expect(machine.handle(.delivered(clinic, at: start)) == .none) }
        #expect(machine.handle(.delivered(clinics[2], at: start)) == .sumStarted(round: 2, attempt: 1))
    }

    @Test("a clinic that was not ready at the deadline is not in the sum")
    func late() {
        var machine = machine()
        for clinic in clinics.prefix(3) { _ = machine.handle(.delivered(clinic, at: start)) }
        let deadline = start.addingTimeInterval(101)
        #expect(machine.handle(.tick(at: deadline)) == .sumStarted(round: 1, attempt: 1))
        guard case .wait = machine.task(for: clinics[3]) else {
            Issue.record("The late clinic is asked for something.")
            return
        }
    }

    @Test("a failed attempt is followed by another one, until the time is over")
    func attempts() {
        var machine = summing()
        #expect(machine.handle(.sumFailed(attempt: 1, reason: "no", at: start)) == .sumStarted(round: 1, attempt: 2))
        // What is said about an attempt that is over has no effect.
        #expect(machine.handle(.sumFailed(attempt: 1, reason: "no", at: start)) == .none)
        #expect(machine.handle(.sumOpened(attempt: 1, participants: clinics, silent: [], at: start)) == .none)
        #expect(machine.handle(.tick(at: start.addingTimeInterval(199))) == .none)
        var restarted = machine
        #expect(restarted.handle(.restarted(at: start.addingTimeInterval(199))) == .none)
        #expect(restarted.handle(.tick(at: start.addingTimeInterval(398))) == .none)
        guard case .stopped(let reason) = machine.handle(.tick(at: start.addingTimeInterval(200))) else {
            Issue.record("The job goes on for ever.")
            return
        }
        #expect(reason.contains("2 attempts") && reason.contains("no"))
        guard
            case .stopped = restarted.handle(
                .sumFailed(attempt: 2, reason: "none came", at: start.addingTimeInterval(399)))
        else {
            Issue.record("The job goes on for ever.")
            return
        }
    }

    @Test("a state in the middle of a sum is the same after it was stored")
    func stored() throws {
        let machine = summing()
        #expect(try JSONDecoder().decode(JobStateMachine.self, from: JSONEncoder().encode(machine)) == machine)
    }
}
