/// Takes out page numbers and the headers and footers that stand on every page.
///
/// Pages are told by form feeds, else by lines such as `Page 2 of 5`. A line counts as furniture only at the edge of its
/// page, where it says the same on most pages but for numbers that count the pages. Its first occurrence stays, so nothing
/// but repetitions and page numbers can be lost.
enum PageFurniture {
    /// Non-blank lines looked at from either edge of a page.
    private static let edge = 4
    /// The share of pages that a line must be on.
    private static let share = 0.75

    static func removed(from text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        let pages = Pages(text)
        guard pages.hasMarks else { return text }
        var isRemoved = pages.isMark
        var edges: [[Int]] = []
        for page in pages.ranges {
            let filled = page.filter { !pages.lines[$0].trimmed.isEmpty && !pages.isMark[$0] }
            edges.append(filled.count <= 2 * edge ? filled : Array(filled.prefix(edge) + filled.suffix(edge)))
        }
        if edges.count >= 2 {
            let (lines, firsts) = repeated(pages, edges)
            for page in edges {
                // Furniture begins at the page's edge: what stands behind a line of content is content too.
                let top = page.prefix(edge).prefix(while: lines.contains)
                let bottom = page.suffix(edge).reversed().prefix(while: lines.contains)
                for line in Set(Array(top) + bottom).subtracting(firsts) {
                    isRemoved[line] = true
                    report.count(.removedRepeatedLines)
                }
            }
        }
        report.count(.removedPageMarks, pages.marks)
        return pages.joined(without: isRemoved)
    }

    /// The lines that repeat, and the first of each kind.
    private static func repeated(_ pages: Pages, _ edges: [[Int]]) -> (lines: Set<Int>, firsts: Set<Int>) {
        struct Place { let page: Int, line: Int, numbers: [Int] }
        var places: [[UInt8]: [Place]] = [:]
        for (page, lines) in edges.enumerated() {
            for line in lines {
                let (shape, numbers) = shape(of: pages.lines[line].trimmed)
                // A rule or a lone number repeats in tables as well.
                guard shape.count(where: ASCII.isWord) >= 3 else { continue }
                places[shape, default: []].append(Place(page: page, line: line, numbers: numbers))
            }
        }
        var lines: Set<Int> = []
        var firsts: Set<Int> = []
        for found in places.values {
            let onPages = Set(found.map(\.page)).count
            guard onPages >= 2, Double(onPages) >= share * Double(edges.count), let first = found.first else {
                continue
            }
            // Numbers must be the same on all pages, or grow with the page.
            let isCounting = found.allSatisfy { place in
                place.numbers.count == first.numbers.count
                    && zip(place.numbers, first.numbers).allSatisfy { number, base in
                        number == base || number &- base == place.page - first.page
                    }
            }
            guard isCounting else { continue }
            lines.formUnion(found.map(\.line))
            firsts.insert(first.line)
        }
        return (lines, firsts)
    }

    /// The line with `#` for every number, blanks as one space, and the numbers.
    private static func shape(of line: ArraySlice<UInt8>) -> (shape: [UInt8], numbers: [Int]) {
        var shape: [UInt8] = []
        var numbers: [Int] = []
        var digits = 0
        var value = 0
        func close() {
            if digits > 0 {
                shape.append(UInt8(ascii: "#"))
                numbers.append(value)
            }
            digits = 0
            value = 0
        }
        for byte in line {
            // Numbers of more digits are part of the shape: they count nothing.
            if ASCII.isDigit(byte), digits < 4 {
                digits += 1
                value = value * 10 + Int(byte - 48)
                continue
            }
            if ASCII.isDigit(byte) {
                shape += String(value).utf8
                digits = 0
                value = 0
                shape.append(byte)
                continue
            }
            close()
            if ASCII.isBlank(byte) {
                if shape.last != 32 { shape.append(32) }
            } else {
                shape.append(ASCII.lowercased(byte))
            }
        }
        close()
        return (shape, numbers)
    }
}

/// A text cut into lines and pages.
private struct Pages {
    let lines: [ArraySlice<UInt8>]
    /// Lines that hold a page number and nothing else.
    let isMark: [Bool]
    let ranges: [Range<Int>]
    /// Lines that a form feed stands before.
    private let feeds: Set<Int>
    /// Page numbers and form feeds.
    let marks: Int

    /// Whether anything tells where pages end.
    let hasMarks: Bool

    init(_ text: [UInt8]) {
        var lines: [ArraySlice<UInt8>] = []
        var starts: [Int] = []
        var feeds: Set<Int> = []
        for line in text.lines {
            let parts = line.split(separator: 12, omittingEmptySubsequences: false)
            // Nothing before the form feed is no blank line.
            if let first = parts.first, parts.count == 1 || !first.isEmpty { lines.append(first) }
            for part in parts.dropFirst() {
                feeds.insert(lines.count)
                starts.append(lines.count)
                lines.append(part)
            }
        }
        let isMark = lines.map { PageNumber.isAlone(in: $0.trimmed) }
        let numbers = isMark.indices.filter { isMark[$0] }
        // A page number ends its page or begins it: the lines on both sides of it are edges.
        if starts.isEmpty { starts = lines.indices.filter { isMark[$0] || PageNumber.isPart(of: lines[$0]) } }
        hasMarks = !starts.isEmpty
        self.lines = lines
        self.isMark = isMark
        marks = feeds.count + numbers.count
        self.feeds = feeds
        let bounds = [0] + starts + [lines.count]
        ranges = zip(bounds, bounds.dropFirst()).filter { $0 < $1 }.map { $0..<$1 }
    }

    /// The rest of the lines. Where a page broke a sentence, no blank line stays between its halves.
    func joined(without isRemoved: [Bool]) -> [UInt8] {
        var kept: [ArraySlice<UInt8>] = []
        // Since the last line that was not blank: whether a page ended, and how many blank lines there were.
        var crossed = false
        var blanks = 0
        for (number, line) in lines.enumerated() {
            if isRemoved[number] || feeds.contains(number) { crossed = true }
            if isRemoved[number] { continue }
            let content = line.trimmed
            if content.isEmpty {
                blanks += 1
                continue
            }
            let ends = kept.last?.trimmed.last
            let isBroken = content.first.map(ASCII.isLower) == true && ends.map { !".:;!?".utf8.contains($0) } == true
            let gap = !crossed ? blanks : blanks > 0 && !isBroken && !kept.isEmpty ? 1 : 0
            for _ in 0..<gap { kept.append([]) }
            kept.append(line)
            crossed = false
            blanks = 0
        }
        for _ in 0..<(crossed ? min(blanks, 1) : blanks) { kept.append([]) }
        return Array(kept.joined(separator: CollectionOfOne(10)))
    }
}

/// `Page 2 of 5`, `Página 2 de 5`, `- 2 -`.
private enum PageNumber {
    private static let words: [[UInt8]] = ["page", "pages", "pg", "pg.", "página", "pagina", "pág.", "pag.", "seite"]
        .map {
            Array($0.utf8)
        }
    private static let joints: [[UInt8]] = ["of", "de", "von", "/"].map { Array($0.utf8) }

    /// `Lakeside Hospital   Page 2 of 5`
    static func isPart(of line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 200 else { return false }
        let words = line.map(ASCII.lowercased).split { $0 == 32 || $0 == 9 || $0 == UInt8(ascii: ":") }
        func isNumber(_ place: Int) -> Bool {
            words.indices.contains(place) && words[place].count <= 4 && words[place].allSatisfy(ASCII.isDigit)
        }
        return words.indices.contains { place in
            Self.words.contains(Array(words[place])) && isNumber(place + 1) && isNumber(place + 3)
                && joints.contains(Array(words[place + 2]))
        }
    }

    static func isAlone(in line: ArraySlice<UInt8>) -> Bool {
        guard (3...30).contains(line.count) else { return false }
        var parts: [[UInt8]] = []
        var current: [UInt8] = []
        var wasDigit = false
        for byte in line.map(ASCII.lowercased) + [32] {
            let isDigit = ASCII.isDigit(byte)
            let isBreak = byte == 32 || byte == 9 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "|")
            if isBreak || isDigit != wasDigit || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") {
                if !current.isEmpty { parts.append(current) }
                current = []
            }
            if !isBreak { current.append(byte) }
            wasDigit = isDigit
        }
        func isNumber(_ part: [UInt8]) -> Bool { part.count <= 4 && part.allSatisfy(ASCII.isDigit) }
        let dash = Array("-".utf8)
        if parts.count == 3, parts[0] == dash, parts[2] == dash { return isNumber(parts[1]) }
        parts.removeAll { $0 == dash }
        guard parts.count == 2 || parts.count == 4, words.contains(parts[0]), isNumber(parts[1]) else { return false }
        return parts.count == 2 || (joints.contains(parts[2]) && isNumber(parts[3]))
    }
}
