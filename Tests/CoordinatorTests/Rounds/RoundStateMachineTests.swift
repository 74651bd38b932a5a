import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator

@Suite("A round ends by delivery or at its deadline")
struct RoundStateMachineTests {
    static let start = Date(timeIntervalSince1970: 1_000_000)
    static let adapter = ContentHash(of: Data("adapter".utf8))

    static func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }
    static func clinic(_ number: Int) throws -> ClinicID { try ClinicID("clinic-\(number)") }

    static func round(clinics: Int = 3, minimum: Int = 2, seconds: Int = 100) throws -> RoundStateMachine {
        RoundStateMachine(
            number: 1, adapter: adapter, expected: Set(try (1...clinics).map(clinic)), minimumClinics: minimum,
            seconds: seconds,
            openedAt: start)
    }

    @Test("the last delivery closes the round, whatever the order", arguments: [[1, 2, 3], [3, 1, 2], [2, 3, 1]])
    func closesWhenAllDelivered(order: [Int]) throws {
        var round = try Self.round()
        #expect(round.handle(.delivered(try Self.clinic(order[0]), at: Self.at(1))) == .none)
        #expect(round.handle(.delivered(try Self.clinic(order[1]), at: Self.at(2))) == .none)
        let action = round.handle(.delivered(try Self.clinic(order[2]), at: Self.at(3)))
        let all = try (1...3).map(Self.clinic)
        #expect(action == .close(.init(participants: all, missing: [], at: Self.at(3))))
    }

    @Test("a repeated delivery counts once")
    func repeatedDelivery() throws {
        var round = try Self.round(clinics: 2)
        #expect(round.handle(.delivered(try Self.clinic(1), at: Self.at(1))) == .none)
        #expect(round.handle(.delivered(try Self.clinic(1), at: Self.at(2))) == .none)
    }

    @Test("a delivery of a clinic that takes no part changes nothing")
    func strangerDelivers() throws {
        var round = try Self.round(clinics: 2)
        let before = round
        #expect(round.handle(.delivered(try Self.clinic(9), at: Self.at(1))) == .none)
        #expect(round == before)
    }

    @Test("at the deadline enough updates are averaged and the others are named as missing")
    func deadlineWithEnough() throws {
        var round = try Self.round()
        _ = round.handle(.delivered(try Self.clinic(3), at: Self.at(1)))
        _ = round.handle(.delivered(try Self.clinic(1), at: Self.at(2)))
        #expect(round.handle(.tick(at: Self.at(99.9))) == .none)
        let closing = RoundStateMachine.Closing(
            participants: [try Self.clinic(1), try Self.clinic(3)], missing: [try Self.clinic(2)], at: Self.at(100))
        #expect(round.handle(.tick(at: Self.at(100))) == .close(closing))
    }

    @Test("with too few updates the deadline moves once, then the round stops and says why")
    func extendsOnce() throws {
        var round = try Self.round()
        _ = round.handle(.delivered(try Self.clinic(2), at: Self.at(1)))
        #expect(round.handle(.tick(at: Self.at(101))) == .extended(until: Self.at(201)))
        #expect(round.handle(.tick(at: Self.at(200))) == .none)
        guard case .stop(let reason) = round.handle(.tick(at: Self.at(201))) else {
            Issue.record("The round went on after its second deadline.")
            return
        }
        #expect(reason.contains("clinic-1, clinic-3") && reason.contains("1 of at least 2"))
    }

    @Test("a withdrawal is not waited for")
    func withdrawal() throws {
        var round = try Self.round()
        _ = round.handle(.delivered(try Self.clinic(1), at: Self.at(1)))
        _ = round.handle(.delivered(try Self.clinic(2), at: Self.at(2)))
        let closing = RoundStateMachine.Closing(
            participants: [try Self.clinic(1), try Self.clinic(2)], missing: [], at: Self.at(3))
        #expect(round.handle(.withdrawn(try Self.clinic(3), at: Self.at(3))) == .close(closing))
    }

    @Test("a clinic that sits the round out is not waited for, and is missing", arguments: UpdateSkip.Reason.allCases)
    func skip(reason: UpdateSkip.Reason) throws {
        var round = try Self.round()
        _ = round.handle(.delivered(try Self.clinic(1), at: Self.at(1)))
        #expect(round.handle(.skipped(try Self.clinic(3), reason, at: Self.at(2))) == .none)
        let closing = RoundStateMachine.Closing(
            participants: [try Self.clinic(1), try Self.clinic(2)], missing: [try Self.clinic(3)], at: Self.at(3))
        #expect(round.handle(.delivered(try Self.clinic(2), at: Self.at(3))) == .close(closing))
    }

    @Test("an update that comes after all counts")
    func deliveryAfterSkip() throws {
        var round = try Self.round(clinics: 2)
        _ = round.handle(.delivered(try Self.clinic(1), at: Self.at(1)))
        #expect(round.handle(.skipped(try Self.clinic(2), .fault, at: Self.at(2))) == .none)
        let both = try (1...2).map(Self.clinic)
        #expect(
            round.handle(.delivered(try Self.clinic(2), at: Self.at(3)))
                == .close(.init(participants: both, missing: [], at: Self.at(3))))
    }

    @Test("a delivered update can't be taken back, and strangers can't sit out")
    func uselessSkips() throws {
        var round = try Self.round()
        _ = round.handle(.delivered(try Self.clinic(1), at: Self.at(1)))
        let before = round
        for number in [1, 9] {
            #expect(round.handle(.skipped(try Self.clinic(number), .budget, at: Self.at(2))) == .none)
        }
        #expect(round == before)
    }

    @Test("too few that may still deliver stop the round, but a fault may be mended until the deadline")
    func skipsBelowMinimum() throws {
        for reason in UpdateSkip.Reason.allCases {
            var round = try Self.round(clinics: 2)
            let action = round.handle(.skipped(try Self.clinic(2), reason, at: Self.at(1)))
            guard case .stop(let text) = action else {
                #expect(reason == .fault && action == .none)
                continue
            }
            #expect(reason != .fault && text.contains("clinic-2 sits it out (\(reason.rawValue))"))
        }
    }

    @Test("withdrawals below the minimum stop the round at once")
    func withdrawalBelowMinimum() throws {
        var round = try Self.round(clinics: 2)
        guard case .stop = round.handle(.withdrawn(try Self.clinic(1), at: Self.at(1))) else {
            Issue.record("The round waits for clinics that can't be enough.")
            return
        }
    }

    @Test("an update that was delivered before the withdrawal stays in")
    func withdrawalAfterDelivery() throws {
        var round = try Self.round()
        _ = round.handle(.delivered(try Self.clinic(1), at: Self.at(1)))
        #expect(round.handle(.withdrawn(try Self.clinic(1), at: Self.at(2))) == .none)
        #expect(round.delivered == [try Self.clinic(1)])
    }

    @Test(
        "after a restart clinics have time to deliver, and the deadline never moves forward",
        arguments: [(10, 110.0), (50, 150.0), (500, 600.0)])
    func restart(downUntil: Int, deadline: Double) throws {
        var round = try Self.round()
        #expect(round.handle(.restarted(at: Self.at(Double(downUntil)))) == .none)
        #expect(round.deadline == Self.at(deadline))
    }

    @Test("a long round gets no more than the grace after a restart")
    func restartOfLongRound() throws {
        var round = try Self.round(seconds: 86_400)
        _ = round.handle(.restarted(at: Self.at(86_399)))
        #expect(round.deadline == Self.at(86_399 + RoundStateMachine.graceAfterRestart))
    }
}
