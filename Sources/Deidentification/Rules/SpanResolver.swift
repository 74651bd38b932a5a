/// Makes overlapping candidates disjoint without losing a covered letter or digit.
enum SpanResolver {
    static func resolve(_ candidates: [Candidate], in text: ScalarText) -> [IdentifierSpan] {
        // Painted from the weakest to the strongest: where two overlap, the stronger one's label stands.
        let order = candidates.indices.sorted { left, right in
            let a = candidates[left]
            let b = candidates[right]
            if a.known != b.known { return b.known }
            if a.score != b.score { return a.score < b.score }
            return a.end - a.start < b.end - b.start
        }
        var owner = [Int32](repeating: -1, count: text.count)
        for index in order {
            for position in candidates[index].start..<candidates[index].end { owner[position] = Int32(index) }
        }
        var spans: [IdentifierSpan] = []
        var position = 0
        while position < text.count {
            guard owner[position] >= 0 else {
                position += 1
                continue
            }
            var end = position
            while end < text.count, owner[end] == owner[position] { end += 1 }
            let candidate = candidates[Int(owner[position])]
            var start = position
            var last = end
            while start < last, !text.kinds[start].isAlphanumeric, !isOpening(start, candidate, text) { start += 1 }
            while last > start, !text.kinds[last - 1].isAlphanumeric { last -= 1 }
            if start < last {
                let span = IdentifierSpan(
                    start: start, end: last, label: candidate.label, score: candidate.score,
                    stage: candidate.known ? .known : candidate.stage ?? .rules,
                    rule: candidate.rule == .unspecified ? nil : String(describing: candidate.rule))
                append(span, to: &spans, text)
            }
            position = end
        }
        return spans
    }

    /// The `(` or `+` of a telephone number belongs to it.
    private static func isOpening(_ index: Int, _ candidate: Candidate, _ text: ScalarText) -> Bool {
        guard candidate.label == .phone || candidate.label == .fax else { return false }
        return index == candidate.start && (text.folded[index] == 0x28 || text.folded[index] == 0x2b)
    }

    /// Joins the parts of a name, and pieces of one span that touch.
    private static func append(_ span: IdentifierSpan, to spans: inout [IdentifierSpan], _ text: ScalarText) {
        if let last = spans.last, last.label == span.label, span.start - last.end <= 2 {
            let between = last.end..<span.start
            let touches = between.isEmpty && span.label != .date
            let isNameGap =
                span.label == .name
                && between.allSatisfy {
                    text.kinds[$0] == .space || [0x2e, 0x2c, 0x2d, 0x27, 0x5e].contains(text.folded[$0])
                }
            if touches || isNameGap {
                spans[spans.count - 1].end = span.end
                spans[spans.count - 1].score = max(last.score, span.score)
                return
            }
        }
        spans.append(span)
    }
}
