internal import ConsiliumCore
internal import Foundation

/// Figures with their intervals as an SVG picture: a line for each, a dot for the figure, a bar for the interval.
struct IntervalPlot {
    struct Line {
        var name: String
        /// `nil`: not measured.
        var estimate: Estimate?
        var isChosen = false
    }

    /// What the picture shows, for those who can't see it.
    var title: String
    var lines: [Line]
    /// A vertical line, such as 0 for differences.
    var mark: Double?
    /// Whether figures have a sign.
    var isDifference = false

    private static let width = 720.0
    private static let left = 240.0
    private static let right = 90.0
    private static let rowHeight = 34.0

    func svg(id: String) -> String {
        let known = lines.compactMap(\.estimate)
        let ends = known.flatMap { [$0.lower, $0.upper, $0.value] } + (mark.map { [$0] } ?? [])
        let lowest = ends.min() ?? 0
        let highest = ends.max() ?? 1
        let margin = highest > lowest ? (highest - lowest) * 0.06 : max(abs(lowest) * 0.05, 0.01)
        let scale = (Self.width - Self.left - Self.right) / (highest - lowest + 2 * margin)
        func x(_ value: Double) -> String { number(Self.left + (value - lowest + margin) * scale) }
        let bottom = Self.rowHeight * Double(lines.count) + 6
        var parts = [
            "<svg role=\"img\" aria-labelledby=\"\(id)\" viewBox=\"0 0 \(number(Self.width)) \(number(bottom + 26))\"><title id=\"\(id)\">\(title.htmlEscaped)</title>",
            "<line class=\"axis\" x1=\"\(number(Self.left))\" y1=\"\(number(bottom))\" x2=\"\(number(Self.width - Self.right))\" y2=\"\(number(bottom))\"/>",
        ]
        for tick in ticks(from: lowest - margin, to: highest + margin) {
            parts.append(
                "<line class=\"grid\" x1=\"\(x(tick.value))\" y1=\"0\" x2=\"\(x(tick.value))\" y2=\"\(number(bottom))\"/><text class=\"tick\" x=\"\(x(tick.value))\" y=\"\(number(bottom + 18))\">\(tick.label)</text>"
            )
        }
        if let mark {
            parts.append("<line class=\"mark\" x1=\"\(x(mark))\" y1=\"0\" x2=\"\(x(mark))\" y2=\"\(number(bottom))\"/>")
        }
        for (index, line) in lines.enumerated() {
            let y = Self.rowHeight * (Double(index) + 0.5)
            parts.append("<g class=\"\(line.isChosen ? "chosen" : "row")\">")
            parts.append("<text x=\"0\" y=\"\(number(y + 5))\">\(line.name.htmlEscaped)</text>")
            if let estimate = line.estimate {
                parts.append(
                    "<line class=\"bar\" x1=\"\(x(estimate.lower))\" y1=\"\(number(y))\" x2=\"\(x(estimate.upper))\" y2=\"\(number(y))\"/><circle cx=\"\(x(estimate.value))\" cy=\"\(number(y))\" r=\"5.5\"/><text class=\"value\" x=\"\(number(Self.width))\" y=\"\(number(y + 5))\">\(isDifference ? BenefitReport.signed(estimate.value) : BenefitReport.figure(estimate.value))</text>"
                )
            } else {
                parts.append(
                    "<text class=\"missing\" x=\"\(number(Self.left + 8))\" y=\"\(number(y + 5))\">not measured</text>")
            }
            parts.append("</g>")
        }
        return parts.joined(separator: "\n") + "\n</svg>"
    }

    /// Round numbers, three to eight of them.
    private func ticks(from low: Double, to high: Double) -> [(value: Double, label: String)] {
        let rough = (high - low) / 6
        guard rough > 0, rough.isFinite else { return [] }
        let power = pow(10, floor(log10(rough)))
        let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
        let decimals = max(0, Int(-floor(log10(step))))
        return stride(from: (low / step).rounded(.up) * step, through: high, by: step).map {
            // Never “-0.0”.
            (abs($0) < step / 2 ? 0 : $0, String(format: "%.\(decimals)f", abs($0) < step / 2 ? 0 : $0))
        }
    }

    private func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
