internal import ConsiliumCore
internal import Foundation

extension LossCurve {
    private static let width = 760.0
    private static let height = 430.0
    private static let left = 66.0
    private static let right = 690.0
    private static let top = 64.0
    private static let bottom = 376.0

    /// The picture as a standalone SVG 1.1 document; the same points give the same bytes.
    ///
    /// Training losses are a faint line with their moving average over it, validation losses are points, the learning rate is
    /// a thin dashed line of the right axis. Losses above nearly all others leave the picture at the top. It has a background
    /// of its own, which follows the viewer's light or dark scheme where the viewer says which.
    public func svg() -> String {
        let losses = points.compactMap { point in point.loss.map { (step: point.step, value: $0) } }
        let validation = points.compactMap { point in point.validationLoss.map { (step: point.step, value: $0) } }
        let rates = points.compactMap { point in point.learningRate.map { (step: point.step, value: $0) } }
        let average = Self.smoothed(losses)
        let steps = ChartAxis(
            Double(points.first?.step ?? 0)...Double(max(points.last?.step ?? 1, points.first?.step ?? 0)),
            from: Self.left, to: Self.right, ticks: 8, wholeNumbers: true)
        let loss = ChartAxis(
            Self.range([losses.map(\.value), validation.map(\.value)]), from: Self.bottom, to: Self.top, ticks: 6)
        let rate = ChartAxis(
            0...max(rates.map(\.value).max() ?? 0, 0) * 1.08, from: Self.bottom, to: Self.top, ticks: 5)

        var parts = [Self.head(title: title, description: describe(losses, validation))]
        parts += Self.frame(steps: steps, loss: loss)
        if !rates.isEmpty {
            parts += Self.rateAxis(rate)
            parts.append(Self.line(rates, steps, rate, style: "rate"))
        }
        parts.append(Self.line(losses, steps, loss, style: "raw"))
        parts.append(Self.line(average, steps, loss, style: "loss"))
        if validation.count > 1 { parts.append(Self.line(validation, steps, loss, style: "validation")) }
        // So many points would be a thick line.
        if validation.count <= 200 {
            parts += validation.map {
                "<circle class=\"point\" cx=\"\(Self.number(steps.pixel(Double($0.step))))\" cy=\"\(Self.number(loss.pixel($0.value)))\" r=\"3.5\"/>"
            }
        }
        var legend = losses.isEmpty ? [] : [("loss", "training loss (smoothed)"), ("raw", "each step")]
        if !validation.isEmpty { legend.append(("validation", "validation loss")) }
        if !rates.isEmpty { legend.append(("rate", "learning rate")) }
        parts += Self.legend(legend)
        if losses.isEmpty && validation.isEmpty {
            parts.append(Self.text("no losses", x: (Self.left + Self.right) / 2, y: 220, anchor: "middle"))
        }
        return parts.joined(separator: "\n") + "\n</svg>\n"
    }

    /// From the lowest to nearly the highest loss: one wild step does not flatten the rest.
    private static func range(_ series: [[Double]]) -> ClosedRange<Double> {
        let ends = series.filter { !$0.isEmpty }.flatMap { values in
            let sorted = values.sorted()
            return [sorted[0], sorted[min(sorted.count - 1, sorted.count * 98 / 100)]]
        }
        guard let low = ends.min(), let high = ends.max() else { return 0...1 }
        let padding = (high - low) * 0.04
        return (low - padding)...(high + padding)
    }

    private func describe(_ losses: [(step: Int, value: Double)], _ validation: [(step: Int, value: Double)]) -> String
    {
        guard let first = losses.first, let last = losses.last else { return "No losses." }
        var text =
            "Training loss from \(Self.label(first.value)) at step \(first.step) to \(Self.label(last.value)) at step \(last.step)."
        if let best = validation.min(by: { $0.value < $1.value }) {
            text += " Lowest validation loss \(Self.label(best.value)) at step \(best.step)."
        }
        return text
    }

    private static func head(title: String, description: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
        viewBox="0 0 \(number(width)) \(number(height))" role="img" font-family="system-ui, Helvetica, Arial, sans-serif" \
        font-size="12">
        <title>\(title.htmlEscaped)</title>
        <desc>\(description.htmlEscaped)</desc>
        <style>
        .back { fill: #ffffff } text { fill: #1f2328 } .grid { stroke: #d8dee4 } .axis { stroke: #59636e }
        path { fill: none; stroke-linejoin: round } circle { fill: none } .loss { stroke: #0969da; stroke-width: 2 }
        .raw { stroke: #0969da; stroke-opacity: 0.3; stroke-width: 1 }
        .validation { stroke: #bc4c00; stroke-width: 1 } .point { fill: #bc4c00 }
        .rate { stroke: #6e7781; stroke-width: 1; stroke-dasharray: 4 3 }
        @media (prefers-color-scheme: dark) {
        .back { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #2d333b } .axis { stroke: #9198a1 }
        .loss, .raw { stroke: #58a6ff } .raw { stroke-opacity: 0.45 } .validation { stroke: #f0883e } .point { fill: #f0883e } .rate { stroke: #9198a1 }
        }
        </style>
        <rect class="back" width="\(number(width))" height="\(number(height))"/>
        <clipPath id="plot"><rect x="\(number(left))" y="\(number(top))" width="\(number(right - left))" \
        height="\(number(bottom - top))"/></clipPath>
        <text x="\(number(left))" y="26" font-size="16" font-weight="600">\(title.htmlEscaped)</text>
        """
    }

    private static func frame(steps: ChartAxis, loss: ChartAxis) -> [String] {
        var parts: [String] = []
        for tick in loss.ticks {
            let y = loss.pixel(tick)
            parts.append(segment(left, y, right, y, style: "grid"))
            parts.append(text(label(tick), x: left - 8, y: y + 4, anchor: "end"))
        }
        for tick in steps.ticks {
            let x = steps.pixel(tick)
            parts.append(segment(x, bottom, x, bottom + 5, style: "axis"))
            parts.append(text(label(tick), x: x, y: bottom + 19, anchor: "middle"))
        }
        parts.append(segment(left, bottom, right, bottom, style: "axis"))
        parts.append(segment(left, top, left, bottom, style: "axis"))
        parts.append(text("step", x: (left + right) / 2, y: bottom + 40, anchor: "middle"))
        parts.append(text("loss (nats)", x: 16, y: (top + bottom) / 2, anchor: "middle", turn: -90))
        return parts
    }

    private static func rateAxis(_ rate: ChartAxis) -> [String] {
        var parts = [segment(right, top, right, bottom, style: "axis")]
        for tick in rate.ticks {
            let y = rate.pixel(tick)
            parts.append(segment(right, y, right + 5, y, style: "axis"))
            parts.append(text(label(tick), x: right + 8, y: y + 4, anchor: "start"))
        }
        parts.append(text("learning rate", x: width - 14, y: (top + bottom) / 2, anchor: "middle", turn: 90))
        return parts
    }

    private static func legend(_ entries: [(style: String, name: String)]) -> [String] {
        var x = left
        return entries.flatMap { style, name -> [String] in
            defer { x += 40 + Double(name.count) * 6.4 }
            return [
                "<path class=\"\(style)\" d=\"M\(number(x)) 46H\(number(x + 22))\"/>",
                text(name, x: x + 27, y: 50, anchor: "start"),
            ]
        }
    }

    /// A polyline; where several points share a pixel column, their lowest and highest stand for them.
    private static func line(
        _ values: [(step: Int, value: Double)], _ x: ChartAxis, _ y: ChartAxis, style: String
    ) -> String {
        var columns: [(column: Int, x: Double, first: Double, low: Double, high: Double, last: Double)] = []
        for point in values {
            let at = x.pixel(Double(point.step))
            let column = Int(at)
            if let last = columns.last, last.column == column {
                columns[columns.count - 1].low = min(last.low, point.value)
                columns[columns.count - 1].high = max(last.high, point.value)
                columns[columns.count - 1].last = point.value
            } else {
                columns.append((column, at, point.value, point.value, point.value, point.value))
            }
        }
        let corners = columns.flatMap { column in
            var heights = [column.first]
            for height in [column.low, column.high, column.last] where height != heights.last { heights.append(height) }
            return heights.map { "\(number(column.x)) \(number(y.pixel($0)))" }
        }
        guard !corners.isEmpty else { return "" }
        if let only = columns.first, columns.count == 1, only.low == only.high {
            return "<circle class=\"\(style)\" cx=\"\(number(only.x))\" cy=\"\(number(y.pixel(only.low)))\" r=\"1.5\"/>"
        }
        return "<path class=\"\(style)\" clip-path=\"url(#plot)\" d=\"M\(corners.joined(separator: "L"))\"/>"
    }

    private static func segment(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) -> String {
        "<path class=\"\(style)\" d=\"M\(number(x1)) \(number(y1))L\(number(x2)) \(number(y2))\"/>"
    }

    private static func text(_ text: String, x: Double, y: Double, anchor: String, turn: Int? = nil) -> String {
        let transform = turn.map { " transform=\"rotate(\($0) \(number(x)) \(number(y)))\"" } ?? ""
        return
            "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(transform)>\(text.htmlEscaped)</text>"
    }

    /// A coordinate with at most one decimal.
    private static func number(_ value: Double) -> String {
        let text = String(format: "%.1f", min(max(value, -1e6), 1e6))
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A value for people: four digits.
    private static func label(_ value: Double) -> String { String(format: "%.4g", value == 0 ? 0 : value) }
}
