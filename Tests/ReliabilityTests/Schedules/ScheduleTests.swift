import Foundation
import Testing

/// Faults in combinations that nobody would think of.
///
/// `CONSILIUM_FAULT_SCHEDULES=300` runs so many; `CONSILIUM_FAULT_SEED=17` runs one alone, as a failure names it.
@Suite("Generated fault schedules", .serialized, .timeLimit(.minutes(60)))
struct ScheduleTests {
    static let environment = ProcessInfo.processInfo.environment
    /// As many as fit into everybody's test run; `make reliability` runs 300.
    static let count = environment["CONSILIUM_FAULT_SCHEDULES"].flatMap { Int($0) } ?? 6

    static var seeds: [UInt64] {
        if let seed = environment["CONSILIUM_FAULT_SEED"].flatMap({ UInt64($0) }) { return [seed] }
        return (1...UInt64(max(1, count))).map { $0 }
    }

    @Test("any combination of one to five faults ends as if nothing had happened")
    func schedules() async throws {
        let start = ContinuousClock.now
        var faults = 0
        try await withThrowingTaskGroup(of: Int.self) { group in
            for seed in Self.seeds {
                group.addTask {
                    // Every fourth without masks.
                    let plan = try await FaultPlan(FaultMatrixTests.shape(seed % 4 != 0))
                    let schedule = plan.schedule(seed: seed)
                    try await Disturbed.expect(
                        schedule, toEndAs: plan.reference.ending, plan.shape, allHappen: false,
                        "CONSILIUM_FAULT_SEED=\(seed): ")
                    return schedule.count
                }
            }
            for try await count in group { faults += count }
        }
        print("\(Self.seeds.count) schedules with \(faults) faults in \(start.duration(to: .now))")
    }
}
