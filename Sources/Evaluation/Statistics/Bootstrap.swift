internal import ConsiliumCore

/// Percentile bootstrap (Efron and Tibshirani 1993, chapter 13): the statistic of samples drawn with replacement.
///
/// Not guaranteed: with fewer than about 20 units the interval covers less than its nominal 95 %.
struct Bootstrap: Sendable {
    /// How many units there are to draw from.
    var count: Int
    var resamples: Int
    var seed: UInt64

    /// - Parameter statistic: a figure of the units with the given indices, of which some occur several times.
    func estimate(_ statistic: ([Int]) -> Double) -> Estimate {
        let value = statistic(Array(0..<count))
        guard count > 1, resamples > 0 else { return Estimate(value: value, lower: value, upper: value) }
        // Every statistic sees the same draws.
        var generator = ReproducibleGenerator(seed: seed, label: "bootstrap")
        var drawn = [Int](repeating: 0, count: count)
        var values: [Double] = []
        values.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for index in 0..<count { drawn[index] = Int.random(in: 0..<count, using: &generator) }
            let figure = statistic(drawn)
            // Some figures don't exist for every draw: a curve needs both classes.
            if figure.isFinite { values.append(figure) }
        }
        guard !values.isEmpty else { return Estimate(value: value, lower: value, upper: value) }
        values.sort()
        return Estimate(value: value, lower: Self.quantile(values, 0.025), upper: Self.quantile(values, 0.975))
    }

    /// Linear between the two nearest order statistics.
    static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
        guard let last = sorted.last else { return .nan }
        let position = probability * Double(sorted.count - 1)
        let below = Int(position)
        guard below + 1 < sorted.count else { return last }
        return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
    }
}
