/// What a person changed in the spans that were found in a text.
public struct SpanCorrections: Codable, Sendable, Equatable {
    /// Identifiers that were missed, in offsets of the input text. Their scores count for nothing.
    public var added: [IdentifierSpan]
    /// Found spans that are no identifiers.
    public var removed: [IdentifierSpan]

    public init(added: [IdentifierSpan] = [], removed: [IdentifierSpan] = []) {
        self.added = added
        self.removed = removed
    }

    public var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    /// The found spans as corrected. An added span takes in the found ones that it touches, with its own label.
    ///
    /// - Parameter count: Unicode scalars of the text.
    /// - Throws: ``DeidentificationError`` `.badCorrection` for an added span outside the text, added spans that overlap,
    ///   or a removed span that is none of the found ones.
    public func applied(to found: [IdentifierSpan], count: Int) throws -> [IdentifierSpan] {
        var kept = found
        for span in removed {
            guard let index = kept.firstIndex(where: { $0.start == span.start && $0.end == span.end }) else {
                throw DeidentificationError(
                    .badCorrection,
                    "There is no span \(span.start)-\(span.end) to keep in clear. Look at the report again; it may have been de-identified anew."
                )
            }
            kept.remove(at: index)
        }
        let added = added.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        for (index, span) in added.enumerated() {
            guard span.start >= 0, span.start < span.end, span.end <= count else {
                throw DeidentificationError(
                    .badCorrection,
                    "The range \(span.start)-\(span.end) is not inside the text, which has \(count) characters (0-\(count)). Give a start below the end."
                )
            }
            guard index == 0 || added[index - 1].end <= span.start else {
                throw DeidentificationError(
                    .badCorrection,
                    "The ranges \(added[index - 1].start)-\(added[index - 1].end) and \(span.start)-\(span.end) overlap. Give each place once."
                )
            }
        }
        return Self.union(
            of: added.map { IdentifierSpan(start: $0.start, end: $0.end, label: $0.label, score: 1) }, and: kept)
    }

    /// Sorted, disjoint spans that cover all that either covers. Where they overlap, the first ones' label stands.
    static func union(of first: [IdentifierSpan], and second: [IdentifierSpan]) -> [IdentifierSpan] {
        let all = (first.map { ($0, true) } + second.map { ($0, false) }).sorted {
            ($0.0.start, $0.0.end) < ($1.0.start, $1.0.end)
        }
        var result: [(span: IdentifierSpan, isFirst: Bool)] = []
        for (span, isFirst) in all {
            guard let last = result.last, span.start < last.span.end else {
                result.append((span, isFirst))
                continue
            }
            var joined = last
            joined.span.end = max(last.span.end, span.end)
            joined.span.score = max(last.span.score, span.score)
            if isFirst, !last.isFirst {
                joined.span.label = span.label
                joined.isFirst = true
            }
            result[result.count - 1] = joined
        }
        return result.map(\.span)
    }
}
