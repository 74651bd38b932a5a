import ConsiliumTesting
import Testing

@Suite("Full disks", .timeLimit(.minutes(60)))
struct FullDiskTests {
    static let states =
        FaultMatrixTests.isWhole
        ? FaultMatrixTests.masked : [.init(kind: .task), .init(kind: .keys), .init(kind: .chunk), .init(kind: .reveal)]

    @Test(
        "no space for a while, at the coordinator or in a clinic, changes nothing in the end",
        .enabled(if: SmallDisk.isPossible, "needs the right to mount a tmpfs (root on Linux)"),
        arguments: states)
    func withMasks(_ state: FaultPlan.State) async throws {
        let plan = try await FaultPlan(FaultMatrixTests.shape(true))
        let faults = zip(plan.places(of: state), Fault.Kind.disks).map { Fault(at: $0, kind: $1) }
        try await Disturbed.expect(
            faults, toEndAs: plan.reference.ending, plan.shape, allHappen: true, hasDisks: true)
    }
}
