import ConsiliumCore
import Foundation
import Testing

@Suite("A clinic that is gone for good", .timeLimit(.minutes(60)))
struct DeadClinicTests {
    static let shape = Blueprint.Shape(clinics: 4, rounds: 3, minimumClinics: 3)
    static let states = FaultMatrixTests.isWhole ? all : [all[0], all[3], all[5]]
    static let all: [FaultPlan.State] = [
        .init(kind: .ready), .init(kind: .keys), .init(kind: .shares), .init(kind: .chunk), .init(kind: .masked),
        .init(kind: .survivors), .init(kind: .reveal),
    ]

    @Test("it costs one deadline of all rounds together, and every signed result names it", arguments: states)
    func costsOneDeadline(_ state: FaultPlan.State) async throws {
        let victim = Message(clinic: 3, kind: state.kind, round: 1, occurrence: 1)
        let run = try await FederationRun(Self.shape, faults: [Fault(at: victim, kind: .nodeDies)])
        // Lets a deadline pass whenever nothing more is said.
        let timekeeper = Task {
            var passed = 0
            var (last, idle) = (0, 0)
            while !Task.isCancelled {
                do { try await Task.sleep(for: .milliseconds(100)) } catch { break }
                let count = await run.board.log.count
                idle = count == last ? idle + 1 : 0
                last = count
                guard idle == 50, await run.board.isDead(3) else { continue }
                run.clock.pass(TimeInterval(Blueprint.roundSeconds + 1))
                passed += 1
                idle = 0
            }
            return passed
        }
        let ending = try await run.run([0, 1, 2])
        timekeeper.cancel()
        #expect(await timekeeper.value <= 1)
        #expect(Set(ending.adapters).count == 1)
        let dead = try run.blueprint.clinics[3].id
        let isIn = [.survivors, .reveal].contains(state.kind)
        for (number, round) in ending.rounds.enumerated() {
            let isMissing = number > 0 || !isIn
            #expect(round.missing == (isMissing ? [dead] : []), "round \(number + 1)")
            #expect(round.participants.count == (isMissing ? 3 : 4))
        }
        for ledger in ending.ledgers { #expect(ledger.committed == Self.shape.rounds && ledger.open == 0) }
    }
}
