import Testing

/// TLS finds what a network does to a message. These arrive damaged all the same, as from a proxy that opens TLS or a broken
/// machine: hashes must find it before anything is added or trained.
@Suite("Damaged transfers", .timeLimit(.minutes(60)))
struct CorruptionTests {
    @Test("a damaged chunk never reaches the sum: it is asked for again", arguments: [true, false])
    func chunk(isMasked: Bool) async throws {
        try await damage(.init(kind: .chunk), .requestCorrupted, isMasked)
    }

    @Test("a damaged adapter is never trained from: it is fetched again", arguments: [true, false])
    func adapter(isMasked: Bool) async throws {
        try await damage(.init(kind: .adapter), .answerCorrupted, isMasked)
    }

    private func damage(_ state: FaultPlan.State, _ kind: Fault.Kind, _ isMasked: Bool) async throws {
        let plan = try await FaultPlan(FaultMatrixTests.shape(isMasked))
        let faults = plan.places(of: state).map { Fault(at: $0, kind: kind) }
        try await Disturbed.expect(faults, toEndAs: plan.reference.ending, plan.shape, allHappen: true)
    }
}
