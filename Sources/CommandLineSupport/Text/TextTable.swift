/// A table for a terminal: aligned columns, two spaces between them, a rule under the titles.
///
/// ```
/// clinic     patients  perplexity
/// ─────────  ────────  ──────────
/// lakeside        412        9.31
/// ```
public struct TextTable: Sendable {
    public enum Alignment: Sendable { case left, right }

    public struct Column: Sendable {
        public var title: String
        public var alignment: Alignment

        /// - Parameter alignment: `.right` for numbers.
        public init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    public let columns: [Column]
    public private(set) var rows: [[String]] = []

    public init(_ columns: [Column]) { self.columns = columns }

    /// Cells beyond the columns are left out, missing ones are empty.
    public mutating func add(_ cells: [String]) {
        let cells = cells.prefix(columns.count).map { PlainText.sanitised($0).replacing("\n", with: " ") }
        rows.append(cells + Array(repeating: "", count: columns.count - cells.count))
    }

    /// One line a row, without spaces at the ends of lines; no line feed after the last.
    ///
    /// - Parameter ruler: what the rule under the titles consists of.
    public func render(ruler: Character = "─") -> String {
        let widths = columns.indices.map { index in
            max(PlainText.width(columns[index].title), rows.map { PlainText.width($0[index]) }.max() ?? 0)
        }
        let rule = widths.map { String(repeating: ruler, count: $0) }
        return ([columns.map(\.title), rule] + rows).map { line($0, widths) }.joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { text += "  " }
            let padding = String(repeating: " ", count: max(0, widths[index] - PlainText.width(cell)))
            text += columns[index].alignment == .right ? padding + cell : cell + padding
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
