import Testing

/// What the fault matrix rests on: undisturbed runs are alike, and say what they are expected to say.
@Suite("Undisturbed runs")
struct UndisturbedTests {
    @Test("two undisturbed runs end alike, and each round is charged once", arguments: [true, false])
    func repeatable(isMasked: Bool) async throws {
        let shape = Blueprint.Shape(isMasked: isMasked)
        let reference = try await Undisturbed.run(shape)
        let start = ContinuousClock.now
        let run = try await FederationRun(shape)
        let again = try await run.run()
        print("one run: \(start.duration(to: .now)), \(await run.board.log.count) messages")
        #expect(again == reference.ending)
        #expect(Set(again.adapters).count == 1)
        #expect(again.rounds.count == shape.rounds)
        #expect(Set(again.rounds.map(\.adapter)).count == shape.rounds)
        for ledger in again.ledgers {
            #expect(ledger.committed == shape.rounds && ledger.aborted == 0 && ledger.open == 0)
            #expect(ledger.charged > 0)
        }
    }
}
