/// How often and after what pause a request is repeated. Every request of the protocol may be: delivering twice changes nothing.
///
/// Exponential backoff with full jitter: the pause before attempt n + 1 is uniform in [0, min(cap, base · 2ⁿ⁻¹)], so that
/// clinics that lost the coordinator at the same moment do not come back at the same moment.
public struct RetryPolicy: Sendable, Equatable {
    public var attempts: Int
    public var base: Duration
    public var cap: Duration

    public init(attempts: Int, base: Duration, cap: Duration) {
        self.attempts = attempts
        self.base = base
        self.cap = cap
    }

    /// Eight attempts over at most 20 seconds: enough for a restart of the coordinator, which is found again within four seconds.
    public static let standard = RetryPolicy(attempts: 8, base: .milliseconds(500), cap: .seconds(4))
    public static let never = RetryPolicy(attempts: 1, base: .zero, cap: .zero)

    /// - Parameters:
    ///   - attempt: how many attempts have failed, counted from 1.
    ///   - random: uniform in [0, 1).
    /// - Returns: `nil` when it is time to give up.
    public func pause(afterAttempt attempt: Int, random: Double) -> Duration? {
        guard attempt >= 1, attempt < attempts else { return nil }
        let doublings = min(attempt - 1, 20)
        let limit = min(cap, base * (1 << doublings))
        return limit * random
    }
}
