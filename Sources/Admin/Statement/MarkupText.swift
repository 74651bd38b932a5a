internal import Foundation

/// Figures and rows for HTML and SVG.
enum MarkupText {
    /// Three digits after the point for an epsilon, as few as needed for a cap.
    static func epsilon(_ value: Double) -> String { value.isFinite ? String(format: "%.3f", value) : "infinite" }

    static func number(_ value: Double) -> String { String(format: "%g", value) }

    static func row(_ cells: [String], tag: String = "td", numbersFrom: Int = 1) -> String {
        "<tr>"
            + cells.enumerated().map { index, cell in
                "<\(tag)\(index >= numbersFrom ? " class=\"n\"" : "")>\(cell)</\(tag)>"
            }.joined() + "</tr>"
    }
}
