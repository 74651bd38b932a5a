internal import Foundation

/// A report cut at its headings, in the styles that clinics write them: `FINDINGS:`, `Impression: …`, `**Plan**`, `== Labs ==`,
/// `1. History`, underlined, abbreviated, inside a paragraph, or dictated (`impression colon …`).
public struct ReportSections: Sendable, Hashable {
    public struct Section: Sendable, Hashable {
        /// `nil` for what stands before the first heading and for headings that no catalog knows.
        public let kind: SectionKind?
        /// As the report writes it, without the colon and marks; empty for what stands before the first heading.
        public let heading: String
        /// Without white space at its ends.
        public let body: String
        /// Where heading and body stand in the text: Unicode scalars, the end not included.
        public let headingRange: Range<Int>
        public let bodyRange: Range<Int>
    }

    /// In the order of the text. Together with the headings they hold all of it but white space and marks.
    public let sections: [Section]

    /// Time and memory grow linearly with the length of the text.
    public init(of text: String, catalog: SectionCatalog = .standard) {
        let bytes = Array(text.utf8)
        var offsets = ScalarOffsets(bytes)
        let headings = HeadingScanner(bytes, catalog: catalog).headings()
        var sections: [Section] = []
        func section(_ kind: SectionKind?, _ title: Range<Int>, _ body: Range<Int>) -> Section {
            let body = Self.trimmed(body, in: bytes)
            let headingRange = offsets.scalars(title), bodyRange = offsets.scalars(body)
            return Section(
                kind: kind, heading: String(decoding: bytes[title], as: UTF8.self),
                body: String(decoding: bytes[body], as: UTF8.self), headingRange: headingRange, bodyRange: bodyRange)
        }
        let first = section(nil, 0..<0, 0..<(headings.first?.start ?? bytes.count))
        if !first.body.isEmpty { sections.append(first) }
        for (number, heading) in headings.enumerated() {
            let end = number + 1 < headings.count ? headings[number + 1].start : bytes.count
            sections.append(section(heading.kind, heading.title, heading.body..<max(heading.body, end)))
        }
        self.sections = sections
    }

    /// The body of the first section of this kind that has one. Further ones, such as later addenda, are not in it.
    public func body(of kind: SectionKind) -> String? {
        sections.first { $0.kind == kind && !$0.body.isEmpty }?.body
    }

    /// The kinds that have a body, each once, in the order of the text.
    public var kinds: [SectionKind] {
        var seen: Set<SectionKind> = []
        return sections.compactMap { section in
            section.kind.flatMap { !section.body.isEmpty && seen.insert($0).inserted ? $0 : nil }
        }
    }

    private static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var start = range.lowerBound, end = range.upperBound
        while start < end, bytes[start] <= 32 { start += 1 }
        while end > start, bytes[end - 1] <= 32 { end -= 1 }
        return start..<end
    }
}

/// Counts Unicode scalars up to places that only grow.
private struct ScalarOffsets {
    private let bytes: [UInt8]
    private var place = 0
    private var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func scalars(_ range: Range<Int>) -> Range<Int> {
        let start = offset(range.lowerBound)
        return start..<offset(range.upperBound)
    }

    private mutating func offset(_ target: Int) -> Int {
        // A body may end before the place that was asked for last only when it is empty.
        if target < place {
            place = 0
            count = 0
        }
        while place < target {
            if bytes[place] & 0xC0 != 0x80 { count += 1 }
            place += 1
        }
        return count
    }
}
