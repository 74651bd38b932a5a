import Foundation

/// Notices that somebody set the machine's calendar, by holding it against a clock that nobody can set.
///
/// Deadlines are kept as dates, so that they survive a restart. Without this, a calendar that is corrected by an hour would end
/// every round, or let one wait an hour for a clinic that is dead.
public struct ClockWatch: Sendable {
    /// Slower corrections are how a machine keeps its time; they move a deadline by as little.
    static let leastJump: TimeInterval = 2

    private var last: (date: Date, uptime: Duration)?

    /// - Returns: by how many seconds the calendar has gone further than time since the last look; `nil` if it went with it.
    mutating func jump(date: Date, uptime: Duration) -> TimeInterval? {
        defer { last = (date, uptime) }
        guard let last else { return nil }
        let jump = date.timeIntervalSince(last.date) - (uptime - last.uptime) / .seconds(1)
        return abs(jump) > Self.leastJump ? jump : nil
    }

    /// The time since this call.
    public static func uptime() -> @Sendable () -> Duration {
        let start = ContinuousClock.now
        return { start.duration(to: .now) }
    }
}
