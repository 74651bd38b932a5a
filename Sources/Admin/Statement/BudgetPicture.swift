internal import ConsiliumCore
internal import Foundation
internal import Ledger

/// Epsilon against rounds, one line a clinic, as an SVG that needs nothing from outside.
struct BudgetPicture {
    struct Line {
        var name: String
        /// Rounds, and epsilon after them; a line starts from nothing unless its first point says otherwise.
        var points: [(x: Double, y: Double)]
    }

    var lines: [Line]
    /// A dashed line: what may not be passed.
    var cap: Double?
    var title: String
    var yTitle = "epsilon"
    var xTitle = "rounds reserved"

    /// Told apart also by people who see colors differently (Okabe, Ito 2008), and by their dashes.
    private static let colors = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#332288", "#117733",
    ]
    private static let dashes = ["", "7 3", "2 3", "9 3 2 3"]
    private static let width = 720.0, left = 58.0, right = 18.0, top = 40.0, plot = 250.0

    private var legendRows: Int { (lines.count + 3) / 4 }
    private var height: Double { Self.top + Self.plot + 52 + 20 * Double(legendRows) }

    func svg() -> String {
        let reached = lines.flatMap(\.points).map(\.y).filter(\.isFinite)
        let most = max(reached.max() ?? 0, cap ?? 0, 1e-6) * 1.08
        let last = max(1, lines.flatMap(\.points).map(\.x).max() ?? 1)
        let yStep = Self.step(most / 5), xStep = max(1, Self.step(last / 7).rounded())
        func x(_ value: Double) -> Double { Self.left + value / last * (Self.width - Self.left - Self.right) }
        func y(_ value: Double) -> Double { Self.top + Self.plot * (1 - min(value, most) / most) }
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(Self.width)) \(Self.text(height))" \
            width="\(Self.text(Self.width))" height="\(Self.text(height))" role="img" \
            font-family="system-ui, 'Helvetica Neue', Arial, sans-serif" font-size="12" fill="#333">
            <title>\(title.htmlEscaped)</title>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="\(Self.text(Self.left))" y="20" font-size="14" font-weight="600" fill="#111">\(title.htmlEscaped)</text>
            """
        ]
        for value in stride(from: 0.0, through: most, by: yStep) {
            parts.append(
                """
                <line x1="\(Self.text(Self.left))" x2="\(Self.text(Self.width - Self.right))" y1="\(Self.text(y(value)))" \
                y2="\(Self.text(y(value)))" stroke="\(value == 0 ? "#666" : "#e4e4e4")"/>
                <text x="\(Self.text(Self.left - 8))" y="\(Self.text(y(value) + 4))" text-anchor="end">\(Self.tick(value, yStep))</text>
                """)
        }
        for value in stride(from: 0.0, through: last, by: xStep) {
            parts.append(
                """
                <line x1="\(Self.text(x(value)))" x2="\(Self.text(x(value)))" y1="\(Self.text(Self.top + Self.plot))" \
                y2="\(Self.text(Self.top + Self.plot + 5))" stroke="#666"/>
                <text x="\(Self.text(x(value)))" y="\(Self.text(Self.top + Self.plot + 19))" \
                text-anchor="middle">\(Self.tick(value, xStep))</text>
                """)
        }
        parts.append(
            """
            <text x="\(Self.text((Self.left + Self.width - Self.right) / 2))" y="\(Self.text(Self.top + Self.plot + 38))" \
            text-anchor="middle">\(xTitle.htmlEscaped)</text>
            <text transform="translate(16 \(Self.text(Self.top + Self.plot / 2))) rotate(-90)" \
            text-anchor="middle">\(yTitle.htmlEscaped)</text>
            """)
        if let cap {
            parts.append(
                """
                <line x1="\(Self.text(Self.left))" x2="\(Self.text(Self.width - Self.right))" y1="\(Self.text(y(cap)))" \
                y2="\(Self.text(y(cap)))" stroke="#b00020" stroke-width="1.5" stroke-dasharray="6 4"/>
                <text x="\(Self.text(Self.width - Self.right))" y="\(Self.text(y(cap) - 6))" text-anchor="end" \
                fill="#b00020">cap \(MarkupText.number(cap))</text>
                """)
        }
        for (index, line) in lines.enumerated() { parts.append(draw(line, index, x, y)) }
        parts.append("</svg>")
        return parts.joined(separator: "\n") + "\n"
    }

    private func draw(_ line: Line, _ index: Int, _ x: (Double) -> Double, _ y: (Double) -> Double) -> String {
        let color = Self.colors[index % Self.colors.count]
        let dash = Self.dashes[index / Self.colors.count % Self.dashes.count]
        let style = "stroke=\"\(color)\" stroke-width=\"2\"" + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
        let finite = line.points.filter(\.y.isFinite)
        let start = finite.first.flatMap { $0.x == 0 ? $0 : nil } ?? (x: 0, y: 0)
        var path = "M\(Self.text(x(start.x))) \(Self.text(y(start.y)))"
        for point in finite { path += "L\(Self.text(x(point.x))) \(Self.text(y(point.y)))" }
        let row = Double(index / 4), column = Double(index % 4)
        let legendX = Self.left + column * 160, legendY = Self.top + Self.plot + 60 + 20 * row
        let dot = finite.last.map {
            "<circle cx=\"\(Self.text(x($0.x)))\" cy=\"\(Self.text(y($0.y)))\" r=\"3.5\" fill=\"\(color)\"/>"
        }
        return """
            <path d="\(path)" fill="none" stroke-linejoin="round" \(style)/>
            \(dot ?? "")
            <line x1="\(Self.text(legendX))" x2="\(Self.text(legendX + 22))" y1="\(Self.text(legendY - 4))" \
            y2="\(Self.text(legendY - 4))" \(style)/>
            <text x="\(Self.text(legendX + 28))" y="\(Self.text(legendY))">\(Self.short(line.name).htmlEscaped)</text>
            """
    }

    /// 1, 2 or 5 times a power of ten, at least `wanted`.
    private static func step(_ wanted: Double) -> Double {
        let power = pow(10, log10(max(wanted, 1e-9)).rounded(.down))
        return ([1, 2, 5].first { $0 * power >= wanted * 0.999 } ?? 10) * power
    }

    private static func tick(_ value: Double, _ step: Double) -> String {
        String(format: "%.\(max(0, min(6, Int(-log10(step).rounded(.down)))))f", value)
    }

    private static func short(_ name: String) -> String { name.count > 20 ? name.prefix(19) + "…" : name }
    private static func text(_ value: Double) -> String { String(format: "%.1f", value) }
}
