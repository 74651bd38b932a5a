/// Turns marked-up text (XHTML, HTML, the narrative of CDA) into plain text with the lines a reader sees.
///
/// It is told of tags and text in order, and copes with tags that are never closed or were never opened. Cells of a row
/// are separated by ` | `, items begin with `- ` or their number, paragraphs are separated by an empty line.
struct NarrativeRenderer {
    /// Collects the lines of the document, or of one cell of a table.
    private struct Block {
        var text = ""
        var breaks = 0
        var hasSpace = false
        var preserved = 0
        var lists: [Int?] = []
        var marker = ""

        mutating func breakLine(_ count: Int) {
            breaks = max(breaks, count)
            hasSpace = false
        }

        /// `<br/>`: two of them leave an empty line.
        mutating func forceBreak() {
            breaks = min(breaks + 1, 2)
            hasSpace = false
        }

        private mutating func begin() {
            if !text.isEmpty, breaks > 0 { text += breaks > 1 ? "\n\n" : "\n" }
            let indent = max(lists.count - 1, 0)
            if breaks > 0 || text.isEmpty {
                text += String(repeating: "  ", count: indent) + marker
                marker = ""
            }
            breaks = 0
        }

        mutating func append(word: Substring.UnicodeScalarView) {
            if breaks > 0 || text.isEmpty { begin() } else if hasSpace { text += " " }
            hasSpace = false
            text.unicodeScalars.append(contentsOf: word)
        }

        mutating func append(raw: String) {
            if breaks > 0 || text.isEmpty { begin() } else if hasSpace { text += " " }
            hasSpace = false
            text += raw
        }
    }

    private enum Context {
        case table
        case row([String])
        case cell(Block)
    }

    /// Deeper tables are read as running text.
    private static let tableLimit = 32

    private var document = Block()
    private var contexts: [Context] = []
    private var skipped: [String] = []
    private let keepsEmptyLines: Bool

    /// - Parameter keepsEmptyLines: whether an empty line between two texts separates paragraphs, as in dictated CDA.
    init(keepsEmptyLines: Bool = false) { self.keepsEmptyLines = keepsEmptyLines }

    /// The text so far, with no white space around it.
    mutating func finish() -> String {
        while !contexts.isEmpty { closeInnermost() }
        let lines = document.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
        }
        return lines.joined(separator: "\n").trimmingLineBreaks
    }

    // MARK: Events

    mutating func open(_ name: String, attributes: (String) -> String? = { _ in nil }) {
        guard skipped.isEmpty else { return skipped.append(name) }
        if Self.isSkipped(name) || (name == "content" && attributes("revised") == "delete") { return skipped.append(name) }
        switch name {
        case "br": withBlock { $0.forceBreak() }
        case "p", "paragraph", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "blockquote", "hr":
            withBlock { $0.breakLine(2) }
        case "ul", "ol", "list": openList(isNumbered: name == "ol" || attributes("listType") == "ordered")
        case "li", "item": openItem()
        case "table": openTable()
        case "tr": openRow()
        case "td", "th": openCell()
        case "pre": withBlock { block in
            block.breakLine(2)
            block.preserved += 1
        }
        case "sup": withBlock { $0.append(raw: "^") }
        case "footnote": withBlock { $0.append(raw: " [") }
        case "img", "renderMultiMedia":
            if let description = attributes("alt"), !description.isEmpty { text(" [image: \(description)] ") }
        default: if Self.isLine(name) { withBlock { $0.breakLine(1) } }
        }
    }

    mutating func close(_ name: String) {
        if !skipped.isEmpty {
            if let index = skipped.lastIndex(of: name) { skipped.removeSubrange(index...) }
            return
        }
        switch name {
        case "p", "paragraph", "blockquote", "hr": withBlock { $0.breakLine(2) }
        case "h1", "h2", "h3", "h4", "h5", "h6", "caption": withBlock { $0.breakLine(1) }
        case "ul", "ol", "list": withBlock { block in
            _ = block.lists.popLast()
            block.marker = ""
            block.breakLine(block.lists.isEmpty ? 2 : 1)
        }
        case "li", "item": withBlock { $0.breakLine(1) }
        case "table": closeTable()
        case "tr": closeRow()
        case "td", "th": closeCell()
        case "pre": withBlock { block in
            block.preserved = max(block.preserved - 1, 0)
            block.breakLine(2)
        }
        case "footnote": withBlock { $0.append(raw: "]") }
        default: if Self.isLine(name) { withBlock { $0.breakLine(1) } }
        }
    }

    mutating func text(_ text: String) {
        guard skipped.isEmpty else { return }
        let keepsEmptyLines = keepsEmptyLines
        withBlock { block in
            if block.preserved > 0 { return block.append(raw: TextDecoding.normalizedLines(text)) }
            var feeds = 0
            var isSpace = false
            var hasWord = false
            var start = text.unicodeScalars.startIndex
            let scalars = text.unicodeScalars
            var index = start
            func word(_ end: String.Index) {
                guard start < end else { return }
                if isSpace { block.hasSpace = true }
                if keepsEmptyLines, feeds > 1, hasWord { block.breakLine(2) }
                block.append(word: Substring(text[start..<end]).unicodeScalars)
                (isSpace, feeds, hasWord) = (false, 0, true)
            }
            while index < scalars.endIndex {
                let scalar = scalars[index]
                let next = scalars.index(after: index)
                if scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" || scalar == "\u{A0}" {
                    word(index)
                    isSpace = true
                    if scalar == "\n" { feeds += 1 }
                    start = next
                }
                index = next
            }
            word(scalars.endIndex)
            if isSpace { block.hasSpace = true }
        }
    }

    // MARK: Lists

    private mutating func openList(isNumbered: Bool) {
        withBlock { block in
            block.breakLine(block.lists.isEmpty ? 2 : 1)
            if block.lists.count < 64 { block.lists.append(isNumbered ? 0 : nil) }
        }
    }

    private mutating func openItem() {
        withBlock { block in
            block.breakLine(1)
            block.marker = "- "
            if let last = block.lists.indices.last, let number = block.lists[last] {
                block.lists[last] = number + 1
                block.marker = "\(number + 1). "
            }
        }
    }

    // MARK: Tables

    private mutating func openTable() {
        guard contexts.count < Self.tableLimit * 3 else { return withBlock { $0.breakLine(1) } }
        withBlock { $0.breakLine(2) }
        contexts.append(.table)
    }

    private mutating func openRow() {
        guard hasTable else { return withBlock { $0.breakLine(1) } }
        closeUpToTable()
        contexts.append(.row([]))
    }

    private mutating func openCell() {
        guard hasTable else { return }
        switch contexts.last {
        case .cell: closeInnermost()
        case .table: contexts.append(.row([]))
        default: break
        }
        contexts.append(.cell(Block()))
    }

    private var hasTable: Bool { !contexts.isEmpty }

    private mutating func closeCell() {
        if case .cell = contexts.last { closeInnermost() }
    }

    private mutating func closeRow() {
        closeCell()
        if case .row = contexts.last { closeInnermost() }
    }

    private mutating func closeTable() {
        guard hasTable else { return withBlock { $0.breakLine(1) } }
        closeUpToTable()
        closeInnermost()
    }

    private mutating func closeUpToTable() {
        while let last = contexts.last {
            if case .table = last { return }
            closeInnermost()
        }
    }

    private mutating func closeInnermost() {
        switch contexts.popLast() {
        case .cell(let block):
            guard case .row(var cells) = contexts.popLast() else { return }
            cells.append(block.text.trimmingLineBreaks)
            contexts.append(.row(cells))
        case .row(let cells):
            let line = Self.line(of: cells)
            guard !line.isEmpty else { return }
            withBlock { block in
                block.breakLine(1)
                block.append(raw: line)
                block.breakLine(1)
            }
        case .table: withBlock { $0.breakLine(2) }
        case nil: break
        }
    }

    /// Cells of several lines stand on lines of their own: joined by bars their lines could not be told apart.
    private static func line(of cells: [String]) -> String {
        var cells = cells
        while cells.last?.isEmpty == true { cells.removeLast() }
        guard cells.contains(where: { $0.contains("\n") }) else { return cells.joined(separator: " | ") }
        var result = ""
        var isAfterLines = false
        for (index, cell) in cells.enumerated() {
            let hasLines = cell.contains("\n")
            if index > 0, !result.isEmpty { result += hasLines || isAfterLines ? "\n" : " | " }
            result += cell
            isAfterLines = hasLines
        }
        return result
    }

    /// The innermost cell, or the document.
    private mutating func withBlock(_ change: (inout Block) -> Void) {
        for index in contexts.indices.reversed() {
            guard case .cell(var block) = contexts[index] else { continue }
            // The slot is emptied first, so that the text is not copied.
            contexts[index] = .table
            change(&block)
            contexts[index] = .cell(block)
            return
        }
        change(&document)
    }

    private static func isSkipped(_ name: String) -> Bool {
        switch name {
        case "script", "style", "head", "template", "noscript", "del", "title": true
        default: false
        }
    }

    private static func isLine(_ name: String) -> Bool {
        switch name {
        case "div", "section", "article", "header", "footer", "dl", "dt", "dd", "address", "form", "center", "body": true
        default: false
        }
    }
}

extension String {
    /// Without line breaks before and after; the indentation of the first line stays.
    var trimmingLineBreaks: String {
        let scalars = unicodeScalars
        guard let end = scalars.lastIndex(where: { $0 != "\n" && $0 != " " }) else { return "" }
        var start = scalars.startIndex
        while start < end, scalars[start] == "\n" { start = scalars.index(after: start) }
        return String(scalars[start...end])
    }
}
