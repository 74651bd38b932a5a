import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator

@Suite("A job goes from proposal to an end")
struct JobStateMachineTests {
    static func at(_ seconds: Double) -> Date { RoundStateMachineTests.at(seconds) }
    static func clinic(_ number: Int) throws -> ClinicID { try RoundStateMachineTests.clinic(number) }
    static func hash(_ text: String) -> ContentHash { ContentHash(of: Data(text.utf8)) }

    static func job(
        clinics: Int = 3, minimum: Int = 2, rounds: Int = 2, consentDeadline: Double? = nil, expires: Double = 10_000
    ) throws -> JobStateMachine {
        JobStateMachine(
            rules: .init(
                clinics: try (1...clinics).map(clinic), minimumClinics: minimum, rounds: rounds, roundSeconds: 100,
                initialAdapter: hash("0"), expiresAt: at(expires), consentDeadline: consentDeadline.map(at)))
    }

    static func started(clinics: Int = 3, rounds: Int = 2) throws -> JobStateMachine {
        var job = try job(clinics: clinics, rounds: rounds)
        for number in 1...clinics { _ = job.handle(.answered(try clinic(number), .approved, at: at(1))) }
        return job
    }

    @Test("it starts when every clinic has approved, not before")
    func startsWithAllApprovals() throws {
        var job = try Self.job()
        #expect(job.handle(.answered(try Self.clinic(1), .approved, at: Self.at(1))) == .none)
        #expect(job.handle(.answered(try Self.clinic(2), .approved, at: Self.at(2))) == .none)
        #expect(job.handle(.answered(try Self.clinic(3), .approved, at: Self.at(3))) == .roundOpened(1))
    }

    @Test("a clinic that denies is left out")
    func denialIsLeftOut() throws {
        var job = try Self.job()
        _ = job.handle(.answered(try Self.clinic(1), .approved, at: Self.at(1)))
        _ = job.handle(.answered(try Self.clinic(2), .denied, at: Self.at(2)))
        #expect(job.handle(.answered(try Self.clinic(3), .approved, at: Self.at(3))) == .roundOpened(1))
        #expect(job.currentRound?.expected == [try Self.clinic(1), try Self.clinic(3)])
        #expect(
            job.task(for: try Self.clinic(2))
                == .stopped(reason: "This clinic has denied the job, or was not on the roster for a while."))
    }

    @Test("too many denials stop it")
    func tooManyDenials() throws {
        var job = try Self.job()
        _ = job.handle(.answered(try Self.clinic(1), .denied, at: Self.at(1)))
        guard case .stopped(let reason) = job.handle(.answered(try Self.clinic(2), .denied, at: Self.at(2))) else {
            Issue.record("The job waits for approvals that can't be enough.")
            return
        }
        #expect(reason.contains("clinic-1, clinic-2"))
        #expect(job.isTerminal)
    }

    @Test("without a consent deadline it waits for the last answer; with one the approvals that came are enough")
    func consentDeadline() throws {
        for (deadline, expected) in [(nil, JobStateMachine.Action.none), (50.0, .roundOpened(1))] {
            var job = try Self.job(consentDeadline: deadline)
            _ = job.handle(.answered(try Self.clinic(1), .approved, at: Self.at(1)))
            _ = job.handle(.answered(try Self.clinic(2), .approved, at: Self.at(2)))
            #expect(job.handle(.tick(at: Self.at(49))) == .none)
            #expect(job.handle(.tick(at: Self.at(50))) == expected)
        }
    }

    @Test("a late approval counts from the next round on")
    func lateApproval() throws {
        var job = try Self.job(consentDeadline: 50)
        for number in 1...2 { _ = job.handle(.answered(try Self.clinic(number), .approved, at: Self.at(1))) }
        _ = job.handle(.tick(at: Self.at(50)))
        _ = job.handle(.answered(try Self.clinic(3), .approved, at: Self.at(60)))
        #expect(job.task(for: try Self.clinic(3)) == .wait(reason: "This clinic takes part from round 2 on."))
        for number in 1...2 { _ = job.handle(.delivered(try Self.clinic(number), at: Self.at(70))) }
        #expect(job.handle(.aggregated(adapter: Self.hash("1"), at: Self.at(80))) == .roundOpened(2))
        #expect(job.currentRound?.expected.count == 3)
    }

    @Test("rounds follow one another until the job is finished")
    func fullRun() throws {
        var job = try Self.started()
        for round in 1...2 {
            #expect(job.currentRound?.number == round)
            for number in 1...2 { #expect(job.handle(.delivered(try Self.clinic(number), at: Self.at(10))) == .none) }
            guard case .aggregate(round, _, let closing) = job.handle(.delivered(try Self.clinic(3), at: Self.at(11)))
            else {
                Issue.record("Round \(round) was not averaged.")
                return
            }
            #expect(closing.participants.count == 3)
            let next = job.handle(.aggregated(adapter: Self.hash("\(round)"), at: Self.at(12)))
            #expect(next == (round == 1 ? .roundOpened(2) : .finished))
        }
        #expect(job.task(for: try Self.clinic(1)) == .finished(adapter: Self.hash("2"), rounds: 2))
    }

    @Test("a stored round that was not averaged is averaged again after a restart, from the same updates")
    func restartWhileAggregating() throws {
        var job = try Self.started()
        for number in 1...3 { _ = job.handle(.delivered(try Self.clinic(number), at: Self.at(10))) }
        let stored = try JSONEncoder().encode(job)
        var again = try JSONDecoder().decode(JobStateMachine.self, from: stored)
        #expect(again == job)
        let all = try (1...3).map(Self.clinic)
        #expect(
            again.handle(.restarted(at: Self.at(99)))
                == .aggregate(
                    round: 1, from: Self.hash("0"), .init(participants: all, missing: [], at: Self.at(10))))
    }

    @Test("a late delivery does not disturb a round that is being averaged")
    func lateDelivery() throws {
        var job = try Self.started()
        for number in 1...2 { _ = job.handle(.delivered(try Self.clinic(number), at: Self.at(10))) }
        _ = job.handle(.tick(at: Self.at(200)))
        #expect(job.handle(.delivered(try Self.clinic(3), at: Self.at(201))) == .none)
        #expect(throws: FederationError(.roundClosed, "")) {
            _ = try job.requireOpen(round: 1, for: try Self.clinic(3))
        }
    }

    @Test("a job that expires stops, wherever it is", arguments: [false, true])
    func expiry(running: Bool) throws {
        var job = running ? try Self.started() : try Self.job()
        guard case .stopped(let reason) = job.handle(.tick(at: Self.at(10_000))) else {
            Issue.record("The job outlives its end.")
            return
        }
        #expect(reason.contains("expired"))
        #expect(job.task(for: try Self.clinic(1)) == .stopped(reason: reason))
    }

    @Test("a clinic that leaves the roster is left out, and too few that stay stop the job")
    func leavingRoster() throws {
        var job = try Self.started()
        #expect(job.handle(.leftRoster(try Self.clinic(1), at: Self.at(5))) == .none)
        #expect(job.currentRound?.expected.count == 2)
        guard case .stopped = job.handle(.leftRoster(try Self.clinic(2), at: Self.at(6))) else {
            Issue.record("One clinic is below the minimum of two.")
            return
        }
    }

    @Test("a clinic that sits a round out has no task in it, a person sees why, and it takes part in the next")
    func skip() throws {
        var job = try Self.started()
        #expect(job.handle(.skipped(try Self.clinic(3), .budget, at: Self.at(2))) == .none)
        #expect(job.task(for: try Self.clinic(3)) == .wait(reason: "This clinic sits round 1 out."))
        #expect(job.note == "clinic-3 sits round 1 out (budget).")
        #expect(try JSONDecoder().decode(JobStateMachine.self, from: JSONEncoder().encode(job)) == job)
        for number in 1...2 { _ = job.handle(.delivered(try Self.clinic(number), at: Self.at(3))) }
        #expect(job.handle(.skipped(try Self.clinic(3), .budget, at: Self.at(4))) == .none)
        #expect(job.handle(.aggregated(adapter: Self.hash("1"), at: Self.at(5))) == .roundOpened(2))
        #expect(job.currentRound?.expected.count == 3)
        #expect(job.currentRound?.skipped.isEmpty == true && job.note.isEmpty)
    }

    @Test("nothing happens after the end")
    func terminal() throws {
        var job = try Self.job()
        _ = job.handle(.tick(at: Self.at(10_000)))
        let end = job
        for event: JobStateMachine.Event in [
            .answered(try Self.clinic(1), .approved, at: Self.at(1)), .tick(at: Self.at(20_000)),
            .restarted(at: Self.at(1)),
            .delivered(try Self.clinic(1), at: Self.at(1)), .aggregated(adapter: Self.hash("1"), at: Self.at(1)),
            .aggregationFailed(reason: "x"), .skipped(try Self.clinic(1), .fault, at: Self.at(1)),
            .leftRoster(try Self.clinic(1), at: Self.at(1)),
        ] {
            #expect(job.handle(event) == .none)
            #expect(job == end)
        }
    }

    @Test("any order of events ends within the job's time")
    func alwaysEnds() throws {
        for seed in 0..<200 {
            var generator = ReproducibleGenerator(seed: UInt64(seed))
            var job = try Self.job(rounds: 3, consentDeadline: 300, expires: 3000)
            var time = 0.0
            while time <= 3000, !job.isTerminal {
                time += Double.random(in: 1...60, using: &generator)
                let clinic = try Self.clinic(Int.random(in: 1...3, using: &generator))
                let events: [JobStateMachine.Event] = [
                    .answered(clinic, .approved, at: Self.at(time)), .answered(clinic, .denied, at: Self.at(time)),
                    .delivered(clinic, at: Self.at(time)), .delivered(clinic, at: Self.at(time)),
                    .skipped(clinic, .fault, at: Self.at(time)), .skipped(clinic, .budget, at: Self.at(time)),
                    .tick(at: Self.at(time)),
                    .restarted(at: Self.at(time)),
                ]
                if case .aggregate(let round, _, let closing) = job.handle(
                    events[Int.random(in: 0..<events.count, using: &generator)])
                {
                    #expect(closing.participants.count >= 2)
                    _ = job.handle(.aggregated(adapter: Self.hash("\(round)"), at: Self.at(time)))
                }
            }
            if !job.isTerminal { _ = job.handle(.tick(at: Self.at(time + 1))) }
            #expect(job.isTerminal)
        }
    }
}
