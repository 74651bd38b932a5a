/// Speed over about the last half minute, so that a pause or a slow start is soon forgotten.
struct RateMeter {
    private var samples: [(time: Double, completed: Double)] = []

    private static let spacing = 0.5
    private static let capacity = 60

    mutating func record(_ completed: Double, at time: Double) {
        if let last = samples.last, completed < last.completed { samples.removeAll() }
        if samples.count > 1, let last = samples.last, let before = samples.dropLast().last,
            last.time - before.time < Self.spacing
        {
            samples[samples.count - 1] = (time, completed)
        } else {
            samples.append((time, completed))
        }
        if samples.count > Self.capacity { samples.removeFirst(samples.count - Self.capacity) }
    }

    /// `nil` until two moments are known.
    var perSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.time > first.time else { return nil }
        return (last.completed - first.completed) / (last.time - first.time)
    }
}
