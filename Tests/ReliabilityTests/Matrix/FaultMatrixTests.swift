import Foundation
import Testing

/// Every fault at every message of the protocol. A run has three of them: the same message of three clinics, in different
/// rounds. `Docs/reliability.md` shows what comes of each.
///
/// Everybody's test run has one group of three faults for each message, another one for the next; `CONSILIUM_RELIABILITY`
/// (`make reliability`) asks for all of them.
@Suite("The fault matrix", .timeLimit(.minutes(60)))
struct FaultMatrixTests {
    /// Faults in groups of as many as there are clinics.
    static let groups: [[Fault.Kind]] = stride(from: 0, to: Fault.Kind.passing.count, by: 3).map {
        Array(Fault.Kind.passing[$0..<min($0 + 3, Fault.Kind.passing.count)])
    }

    static let isWhole = ProcessInfo.processInfo.environment["CONSILIUM_RELIABILITY"] != nil

    /// The groups that a message meets in this test run.
    static func groups(of state: FaultPlan.State, in states: [FaultPlan.State]) -> [[Fault.Kind]] {
        guard !isWhole, let index = states.firstIndex(of: state) else { return groups }
        return [groups[index % groups.count]]
    }

    /// What each clinic says in a masked run, by the state in which it says it.
    static let masked: [FaultPlan.State] = [
        .init(kind: .consent), .init(kind: .roster), .init(kind: .jobs), .init(kind: .task),
        .init(kind: .adapter), .init(kind: .ready), .init(kind: .result),
        .init(kind: .ask, occurrence: 1), .init(kind: .keys), .init(kind: .ask, occurrence: 2), .init(kind: .shares),
        .init(kind: .ask, occurrence: 3), .init(kind: .announce), .init(kind: .chunk), .init(kind: .complete),
        .init(kind: .masked), .init(kind: .ask, occurrence: 4), .init(kind: .survivors),
        .init(kind: .ask, occurrence: 5), .init(kind: .reveal), .init(kind: .ask, occurrence: 6),
    ]

    /// And in one without masks.
    static let clear: [FaultPlan.State] = [
        .init(kind: .consent), .init(kind: .roster), .init(kind: .jobs), .init(kind: .task),
        .init(kind: .adapter), .init(kind: .announce), .init(kind: .chunk), .init(kind: .complete),
        .init(kind: .result),
    ]

    @Test("the matrix has every message that an undisturbed run sends", arguments: [true, false])
    func complete(isMasked: Bool) async throws {
        let plan = try await FaultPlan(Self.shape(isMasked))
        let states = plan.states
        let listed = Set(isMasked ? Self.masked : Self.clear)
        #expect(listed.isSubset(of: states), "never sent: \(listed.subtracting(states))")
        // Questions about the roster, the jobs and the next task are asked again and again, always alike.
        let others = states.subtracting(listed).filter { ![.roster, .jobs, .task, .adapter].contains($0.kind) }
        #expect(others.isEmpty, "not in the matrix: \(others)")
    }

    @Test("with masks, whatever fails at a message, the run ends as if nothing had happened", arguments: masked)
    func withMasks(_ state: FaultPlan.State) async throws { try await disturb(state, isMasked: true) }

    @Test("without masks, whatever fails at a message, the run ends as if nothing had happened", arguments: clear)
    func withoutMasks(_ state: FaultPlan.State) async throws { try await disturb(state, isMasked: false) }

    static func shape(_ isMasked: Bool) -> Blueprint.Shape { .init(rounds: 3, isMasked: isMasked) }

    private func disturb(_ state: FaultPlan.State, isMasked: Bool) async throws {
        let plan = try await FaultPlan(Self.shape(isMasked))
        let places = plan.places(of: state)
        try #require(places.count == plan.shape.clinics)
        for kinds in Self.groups(of: state, in: isMasked ? Self.masked : Self.clear) {
            let faults = zip(places, kinds).map { Fault(at: $0, kind: $1) }
            try await Disturbed.expect(faults, toEndAs: plan.reference.ending, plan.shape, allHappen: true)
        }
    }
}

enum Disturbed {
    /// More runs at a time would only get into each other's way.
    private static let lanes = Lanes(3)

    /// Runs with these faults and holds the end against that of the undisturbed run.
    static func expect(
        _ faults: [Fault], toEndAs expected: Ending, _ shape: Blueprint.Shape, allHappen: Bool, _ name: String = "",
        hasDisks: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let text = name + faults.map(\.description).joined(separator: "; ")
        await lanes.enter()
        do {
            let run = try await FederationRun(shape, faults: faults, hasDisks: hasDisks)
            let ending = try await run.run()
            #expect(ending == expected, "\(text)", sourceLocation: sourceLocation)
            let happened = await Set(run.board.happened)
            if allHappen {
                #expect(happened == Set(faults), "some did not happen: \(text)", sourceLocation: sourceLocation)
            }
        } catch {
            Issue.record("\(text): \(error)", sourceLocation: sourceLocation)
        }
        await lanes.leave()
    }
}
