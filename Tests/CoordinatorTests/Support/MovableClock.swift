import Foundation
import Synchronization

/// The real time and what a test adds to it, so that no test depends on how busy the machine is.
final class MovableClock: Sendable {
    private let added = Mutex<TimeInterval>(0)

    var now: @Sendable () -> Date { { [self] in Date().addingTimeInterval(added.withLock { $0 }) } }

    func advance(by seconds: TimeInterval) { added.withLock { $0 += seconds } }
}
