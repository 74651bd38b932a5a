import Foundation
import Synchronization

/// A machine's two clocks: the calendar's, which somebody may set, and the time since the start, which nobody can.
final class TestClock: Sendable {
    private struct Offsets {
        var passed: TimeInterval = 0
        var set: TimeInterval = 0
    }

    private let offsets = Mutex(Offsets())
    private let start = ContinuousClock.now

    /// What the calendar says.
    var now: @Sendable () -> Date {
        { [self] in Date().addingTimeInterval(offsets.withLock { $0.passed + $0.set }) }
    }

    /// How long the machine has been up.
    var uptime: @Sendable () -> Duration {
        { [self] in start.duration(to: .now) + .seconds(offsets.withLock { $0.passed }) }
    }

    /// Time goes by.
    func pass(_ seconds: TimeInterval) { offsets.withLock { $0.passed += seconds } }

    /// Somebody sets the calendar.
    func set(by seconds: TimeInterval) { offsets.withLock { $0.set += seconds } }
}
