import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator

@Suite("A dead clinic, and a calendar that is set")
struct AbsenceTests {
    private func at(_ seconds: Double) -> Date { JobStateMachineTests.at(seconds) }
    private func clinic(_ number: Int) throws -> ClinicID { try JobStateMachineTests.clinic(number) }

    /// Three clinics in round 2, of which the third was silent in round 1.
    private func secondRound() throws -> JobStateMachine {
        var job = try JobStateMachineTests.started()
        for number in 1...2 { _ = job.handle(.delivered(try clinic(number), at: at(2))) }
        guard case .aggregate = job.handle(.tick(at: at(101))) else {
            Issue.record("The round did not close at its deadline.")
            return job
        }
        #expect(job.handle(.aggregated(adapter: JobStateMachineTests.hash("1"), at: at(102))) == .roundOpened(2))
        return job
    }

    @Test("one deadline is waited for a dead clinic; the rounds after it close without it and name it as missing")
    func oneDeadline() throws {
        var job = try secondRound()
        #expect(job.isAbsent(try clinic(3)))
        #expect(job.handle(.delivered(try clinic(1), at: at(103))) == .none)
        let closing = RoundStateMachine.Closing(
            participants: [try clinic(1), try clinic(2)], missing: [try clinic(3)], at: at(104))
        #expect(
            job.handle(.delivered(try clinic(2), at: at(104)))
                == .aggregate(round: 2, from: JobStateMachineTests.hash("1"), closing))
    }

    @Test("a clinic that is back is asked to train, and waited for")
    func back() throws {
        var job = try secondRound()
        guard case .train(2, _, _) = job.task(for: try clinic(3)) else {
            Issue.record("The clinic that is back has nothing to do.")
            return
        }
        #expect(job.handle(.returned(try clinic(3), at: at(103))) == .none)
        #expect(!job.isAbsent(try clinic(3)))
        for number in 1...2 { #expect(job.handle(.delivered(try clinic(number), at: at(104))) == .none) }
        guard case .aggregate = job.handle(.delivered(try clinic(3), at: at(105))) else {
            Issue.record("The round did not close.")
            return
        }
    }

    @Test("a clinic that said why nothing comes is not thought dead")
    func skipped() throws {
        var job = try JobStateMachineTests.started()
        _ = job.handle(.skipped(try clinic(3), .budget, at: at(2)))
        for number in 1...2 { _ = job.handle(.delivered(try clinic(number), at: at(3))) }
        #expect(job.handle(.aggregated(adapter: JobStateMachineTests.hash("1"), at: at(4))) == .roundOpened(2))
        #expect(!job.isAbsent(try clinic(3)))
    }

    @Test("what is left of a round stays when the calendar is set", arguments: [9000.0, 40, -40, -86_400])
    func clockSet(jump: Double) throws {
        var job = try JobStateMachineTests.started()
        _ = job.handle(.delivered(try clinic(1), at: at(2)))
        _ = job.handle(.delivered(try clinic(2), at: at(3)))
        // Half of the round's hundred seconds are over.
        let before = job
        #expect(job.handle(.clockSet(by: jump, at: at(51 + jump))) == .none)
        #expect(job.handle(.tick(at: at(52 + jump))) == .none)
        let deadline = try #require(job.currentRound?.deadline)
        let left = deadline.timeIntervalSince(at(51 + jump))
        // Set back, a clinic may get the whole length once more; never longer.
        #expect(jump > 0 ? left == 50 : left >= 50 && left <= 100, "\(left)")
        #expect(job.currentRound?.delivered == before.currentRound?.delivered)
        guard case .aggregate = job.handle(.tick(at: at(152 + jump))) else {
            Issue.record("The round did not close.")
            return
        }
    }

    @Test("after a restart no deadline is further away than a round is long, wherever the calendar is")
    func restartAfterClockSet() throws {
        var job = try JobStateMachineTests.started()
        #expect(job.handle(.restarted(at: at(-5000))) == .none)
        #expect(job.currentRound?.deadline == at(-4900))
    }

    @Test("the watch tells a jump from time that goes by")
    func watch() {
        var watch = ClockWatch()
        #expect(watch.jump(date: at(0), uptime: .seconds(5)) == nil)
        #expect(watch.jump(date: at(3600), uptime: .seconds(3605)) == nil)
        #expect(watch.jump(date: at(3602), uptime: .seconds(3606)) == nil)
        #expect(watch.jump(date: at(10_000), uptime: .seconds(3607)).map { abs($0 - 6397) < 1e-6 } == true)
        #expect(watch.jump(date: at(0), uptime: .seconds(3608)).map { abs($0 + 10_001) < 1e-6 } == true)
    }
}
