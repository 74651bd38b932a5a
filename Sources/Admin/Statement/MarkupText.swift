internal import Foundation

/// Text for HTML and SVG.
enum MarkupText {
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

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
