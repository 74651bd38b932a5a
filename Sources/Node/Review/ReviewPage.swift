internal import ConsiliumCore
internal import Deidentification
internal import Foundation
internal import Reports

/// One report as a person looks at it: the text in pieces, with what was found in it.
public struct ReviewPage: Codable, Sendable {
    public struct Span: Codable, Sendable {
        /// From 1, as `--keep` takes it.
        public var number: Int
        public var start: Int
        public var end: Int
        public var label: String
        public var score: Double
        /// Whether it is one of those for which the report waits.
        public var isWeak: Bool
        /// `nil` unless the text was asked for.
        public var text: String?
    }

    /// A piece of the text, with the span that it is.
    public struct Piece: Sendable {
        public var text: String
        public var span: Span?
    }

    public var id: String
    public var date: String?
    public var kind: String?
    public var status: String
    public var risk: Double
    public var reasons: [String]
    public var spans: [Span]
    /// Who approved it, if someone did.
    public var reviewer: String?
    /// The original text and the de-identified one; `nil` unless they were asked for.
    public var text: String?
    public var output: String?

    /// Replacements less sure than this are marked: they are the ones that may be no identifiers.
    private static let weak = 0.5

    /// - Parameter withText: whether the report's text is part of it.
    init(_ entry: ReviewEntry, withText: Bool) {
        let report = entry.stored.report
        let scalars = Array(report.text.unicodeScalars)
        id = report.id.hex
        date = report.date
        kind = report.kind
        status = entry.stored.status.rawValue
        risk = entry.risk
        reasons = entry.findings.reasons
        reviewer = entry.receipt.review?.reviewer
        spans = entry.findings.spans.enumerated().map { index, span in
            let range = max(0, min(span.start, scalars.count))..<max(0, span.start, min(span.end, scalars.count))
            return Span(
                number: index + 1, start: span.start, end: span.end, label: span.label.rawValue, score: span.score,
                isWeak: span.score < Self.weak,
                text: withText && range.upperBound <= scalars.count ? Self.string(scalars[range]) : nil)
        }
        if withText {
            text = report.text
            output = entry.output
        }
    }

    /// The original text, cut at the spans. Empty if the page has no text.
    public var pieces: [Piece] {
        guard let text else { return [] }
        let scalars = Array(text.unicodeScalars)
        var pieces: [Piece] = []
        var position = 0
        for span in spans where span.start >= position && span.start < span.end && span.end <= scalars.count {
            if span.start > position {
                pieces.append(Piece(text: Self.string(scalars[position..<span.start]), span: nil))
            }
            pieces.append(Piece(text: Self.string(scalars[span.start..<span.end]), span: span))
            position = span.end
        }
        if position < scalars.count { pieces.append(Piece(text: Self.string(scalars[position...]), span: nil)) }
        return pieces
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
