internal import Foundation

/// A linear axis with ticks at round numbers.
struct ChartAxis: Equatable {
    let range: ClosedRange<Double>
    /// Multiples of 1, 2, 2.5 or 5 times a power of ten, ascending, inside of the range.
    let ticks: [Double]
    /// Where the range is drawn, in pixels.
    let start: Double
    let end: Double

    /// - Parameter wholeNumbers: no ticks between integers.
    init(
        _ values: ClosedRange<Double>, from start: Double, to end: Double, ticks count: Int, wholeNumbers: Bool = false
    ) {
        let width = values.upperBound - values.lowerBound
        // A constant has room above and below.
        let padding = width > 0 ? 0 : max(abs(values.lowerBound) * 0.1, 1e-12)
        range = (values.lowerBound - padding)...(values.upperBound + padding)
        self.start = start
        self.end = end
        let rough = (range.upperBound - range.lowerBound) / Double(max(count, 1))
        let power = pow(10, floor(log10(rough)))
        var step = ([1, 2, 2.5, 5].first { $0 * power >= rough } ?? 10) * power
        if wholeNumbers { step = max(1, step.rounded(.up)) }
        let first = (range.lowerBound / step).rounded(.up)
        let last = (range.upperBound / step).rounded(.down)
        ticks = first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
    }

    func pixel(_ value: Double) -> Double {
        start + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (end - start)
    }
}
