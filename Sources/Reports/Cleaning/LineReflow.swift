/// Joins lines that were cut at a fixed width.
///
/// The width is that of the longest line of prose. A line was cut where the first word of the next one would not have fit.
/// Texts with longer lines than any terminal has are not hard-wrapped and stay. Lists, tables, headings and labels keep
/// their lines. Around a joined paragraph stands a blank line or such a line, so that joining again changes nothing.
enum LineReflow {
    private static let widths = 48...132
    /// How much of the width may stay free although the next word was short: justified and proportional text.
    private static let slack = 2

    static func reflowed(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        let lines = text.lines
        guard lines.count >= 2 else { return text }
        let shapes = lines.map { LineShape($0) }
        let widths = lines.map(\.scalarCount)
        guard let width = width(shapes, widths) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var isJoined = false
        for (number, line) in lines.enumerated() {
            if number > 0 {
                let joint = joint(lines, shapes, widths, number, width: width)
                switch joint {
                case .none:
                    result.append(10)
                    if isJoined, shapes[number] == .prose { result.append(10) }
                    isJoined = false
                case .space, .hyphen:
                    if !isJoined { separate(&result, lines, shapes, before: number - 1) }
                    isJoined = true
                    report.count(.joinedLines)
                    if joint == .space { result.append(32) }
                case .cutWord:
                    if !isJoined { separate(&result, lines, shapes, before: number - 1) }
                    isJoined = true
                    report.count(.joinedLines)
                    report.count(.joinedHyphens)
                    result.removeLast()
                }
                result.append(contentsOf: joint == .none ? line : line.trimmed)
            } else {
                result.append(contentsOf: line)
            }
        }
        return result
    }

    /// Nothing: the lines stay apart.
    private enum Joint { case none, space, hyphen, cutWord }

    /// A blank line before a paragraph that begins with line `number`, which is the last in `result`.
    private static func separate(
        _ result: inout [UInt8], _ lines: [ArraySlice<UInt8>], _ shapes: [LineShape], before number: Int
    ) {
        guard number > 0, shapes[number] == .prose, shapes[number - 1] != .blank else { return }
        let start = result.count - lines[number].count
        // Already apart: the paragraph before it was joined and got its blank line.
        guard start >= 2, result[start - 1] == 10, result[start - 2] != 10 else { return }
        result.insert(10, at: start)
    }

    /// `nil` if the text is not hard-wrapped.
    private static func width(_ shapes: [LineShape], _ widths: [Int]) -> Int? {
        let prose = shapes.indices.filter { shapes[$0] == .prose }
        guard let longest = prose.map({ widths[$0] }).max(), Self.widths.contains(longest) else { return nil }
        return longest
    }

    private static func joint(
        _ lines: [ArraySlice<UInt8>], _ shapes: [LineShape], _ widths: [Int], _ number: Int, width: Int
    ) -> Joint {
        let before = lines[number - 1], after = lines[number]
        guard shapes[number] == .prose, shapes[number - 1] != .blank, !LineShape.hasColumns(before.trimmed),
            let last = before.last, last > 32, last != UInt8(ascii: ":"), last != UInt8(ascii: "|"),
            let first = after.trimmed.first, widths[number - 1] <= Self.widths.upperBound
        else { return .none }
        let word = after.trimmed.prefix { $0 > 32 }.scalarCount
        let isFull = widths[number - 1] + 1 + word > width - slack
        let goesOn = ASCII.isLower(first) && !".!?;".utf8.contains(last) && widths[number - 1] * 2 > width
        // `Smith-` at the end of a line goes on, however short the line is.
        let isCut =
            last == UInt8(ascii: "-") && before.dropLast().last.map(ASCII.isLetter) == true && ASCII.isLetter(first)
        guard (isFull && widths[number - 1] * 2 > width) || goesOn || isCut, indent(after) <= indent(before) + 4 else {
            return .none
        }
        guard last == UInt8(ascii: "-"), let letter = before.dropLast().last, ASCII.isLetter(letter) else {
            return .space
        }
        return ASCII.isLower(letter) && ASCII.isLower(first) && isOneWord(before, after) ? .cutWord : .hyphen
    }

    private static func indent(_ line: ArraySlice<UInt8>) -> Int { line.prefix { $0 == 32 }.count }

    /// Beginnings of second halves that are no words: a program has cut here. All others may be compounds such as `pink-tan`,
    /// and keep their hyphen.
    private static let endings = [
        "tion", "sion", "ment", "raph", "graph", "ing", "tive", "sive", "ous", "ity", "ness", "ance", "ence", "able",
        "ible",
        "logy", "logic", "tomy", "tom", "scop", "ectom", "itis", "osis", "emia", "emic", "tic", "ical", "ally", "ular",
        "ated",
        "ates", "ation", "izing", "ized", "ning", "ting", "ted", "ned", "ded", "sis", "tis", "nal", "tal", "ial", "ual",
        "cal",
        "ary", "ery", "ory", "ture", "sure", "cular", "culari", "nary", "tory", "tously", "ysis", "lation", "mation",
        "nosis",
        "betes", "sures", "pathy", "plasia", "plasm", "roid", "toma", "noma", "cinoma", "megaly", "nea", "pnea",
        "rhage",
    ]

    private static func isOneWord(_ before: ArraySlice<UInt8>, _ after: ArraySlice<UInt8>) -> Bool {
        var half = 0
        for byte in before.dropLast().reversed() {
            // The second hyphen of `follow-up-`.
            if byte == UInt8(ascii: "-") { return false }
            guard ASCII.isLetter(byte) else { break }
            half += 1
        }
        let rest = after.trimmed
        return half >= 2 && endings.contains { rest.starts(with: $0.utf8) }
    }
}
