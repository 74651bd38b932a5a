/// How often a caller may ask: a bucket that fills steadily (token bucket). Times are in seconds from any beginning.
struct RateLimiter: Sendable {
    private struct Bucket {
        var level: Double
        var time: Double
    }

    /// Requests in a second, in the long run.
    let rate: Double
    /// Requests at once.
    let burst: Double
    /// More callers than this are not told apart: memory stays bounded.
    let mostCallers: Int
    private var buckets: [String: Bucket] = [:]

    init(perMinute: Double, burst: Int, mostCallers: Int = 4096) {
        rate = perMinute / 60
        self.burst = Double(burst)
        self.mostCallers = mostCallers
    }

    /// - Returns: `nil` if the request may pass, otherwise after how many seconds the next one may.
    mutating func wait(_ caller: String, at time: Double) -> Double? {
        var key = caller
        if buckets[key] == nil, buckets.count >= mostCallers {
            // Full buckets know nothing worth keeping.
            buckets = buckets.filter { $0.value.level + (time - $0.value.time) * rate < burst }
            if buckets.count >= mostCallers { key = "" }
        }
        var bucket = buckets[key] ?? Bucket(level: burst, time: time)
        bucket.level = min(burst, bucket.level + max(0, time - bucket.time) * rate)
        bucket.time = time
        defer { buckets[key] = bucket }
        guard bucket.level < 1 else {
            bucket.level -= 1
            return nil
        }
        return (1 - bucket.level) / rate
    }
}
