internal import Foundation

/// A report cut at its headings: `FINDINGS:`, `Impression: …`, `PLAN` on a line of its own.
public struct ReportSections: Sendable, Hashable {
    public struct Section: Sendable, Hashable {
        /// As the report writes it, without the colon; empty for what stands before the first heading.
        public var heading: String
        public var body: String
    }

    public let sections: [Section]

    public init(of text: String) {
        var sections: [Section] = []
        var heading = ""
        var lines: [Substring] = []
        func close() {
            let body = lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
            if !heading.isEmpty || !body.isEmpty { sections.append(Section(heading: heading, body: body)) }
            lines = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let (found, rest) = Self.heading(in: line) {
                close()
                heading = found
                lines = rest.isEmpty ? [] : [rest]
            } else {
                lines.append(line)
            }
        }
        close()
        self.sections = sections
    }

    /// The body of the first section whose heading holds one of these words.
    func body(named words: [String]) -> String? {
        sections.first { section in
            let heading = section.heading.lowercased()
            return !section.body.isEmpty && words.contains { heading.contains($0) }
        }?.body
    }

    private static let known: Set<String> = [
        "findings", "impression", "history", "plan", "assessment", "conclusion", "diagnosis", "technique", "indication",
        "comparison", "recommendation", "recommendations", "procedure", "medications", "allergies", "subjective",
        "objective",
    ]

    /// A heading is short, has a colon or stands alone, and is in capitals or a word that reports use as one.
    private static func heading(in line: Substring) -> (String, Substring)? {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        guard let first = trimmed.first, first.isLetter else { return nil }
        let end = trimmed.firstIndex(of: ":")
        let title = String(trimmed[..<(end ?? trimmed.endIndex)]).trimmingCharacters(in: .whitespaces)
        guard !title.isEmpty, title.utf8.count <= 50, title.split(separator: " ").count <= 6 else { return nil }
        let rest = end.map { trimmed[trimmed.index(after: $0)...].drop { $0 == " " } } ?? ""
        let isKnown = known.contains(title.lowercased())
        let isCapital = title.contains { $0.isLetter } && !title.contains { $0.isLowercase } && title.count > 3
        guard end != nil ? isKnown || isCapital : isKnown || (isCapital && !title.contains { $0.isNumber }) else {
            return nil
        }
        return (title, rest)
    }
}
