internal import Tensors

/// How attention kernels are told which rows belong together.
enum AttentionPlan {
    /// Rows of one tile of the kernels for tensor cores.
    static let tileRows = 64

    /// Rows from the first of the batch to the last that belongs to a span.
    static func rows(_ spans: [SequenceSpan]) -> Int { spans.map(\.range.upperBound).max() ?? 0 }

    /// Start and end of every row's span; 0 and 0 for rows that belong to none.
    static func rowSpans(_ spans: [SequenceSpan]) -> [Int32] {
        var result = [Int32](repeating: 0, count: 2 * rows(spans))
        for span in spans {
            for row in span.range {
                result[2 * row] = Int32(span.start)
                result[2 * row + 1] = Int32(span.range.upperBound)
            }
        }
        return result
    }

    /// First row, start and end of the span, and 0, for every tile; the longest spans first, so that no block ends with one.
    static func tiles(_ spans: [SequenceSpan]) -> [Int32] {
        var result: [Int32] = []
        for span in spans.sorted(by: { ($0.count, $1.start) > ($1.count, $0.start) }) {
            for row in stride(from: span.start, to: span.range.upperBound, by: tileRows) {
                result += [Int32(row), Int32(span.start), Int32(span.range.upperBound), 0]
            }
        }
        return result
    }

    /// What the kernels take for "all" where there is no window.
    static func window(_ shape: AttentionShape) -> Int { min(max(1, shape.window ?? 1 << 30), 1 << 30) }
}

/// Which keys the rows of branching sequences see: pieces of the batch and of what stands before it.
struct BranchPlan {
    /// First piece, end piece and own position of every row; 0, 0, 0 for rows of no segment.
    private(set) var rowPieces: [Int32]
    /// Source (0: before, 1: the batch), first row there, count, position of the first key.
    private(set) var pieces: [Int32] = []
    let rows: Int

    init(_ segments: [BranchSegment], past: Int) {
        rows = AttentionPlan.rows(segments.map(\.rows))
        rowPieces = [Int32](repeating: 0, count: 3 * rows)
        for segment in segments where segment.rows.count > 0 {
            let first = pieces.count / 4
            var position = 0
            func append(_ source: Int32, _ span: SequenceSpan) {
                guard span.count > 0 else { return }
                pieces += [source, Int32(span.start), Int32(span.count), Int32(position)]
                position += span.count
            }
            append(0, SequenceSpan(start: 0, count: past))
            for span in segment.earlier { append(1, span) }
            let own = position
            append(1, segment.rows)
            let end = pieces.count / 4
            for (index, row) in segment.rows.range.enumerated() {
                rowPieces[3 * row] = Int32(first)
                rowPieces[3 * row + 1] = Int32(end)
                rowPieces[3 * row + 2] = Int32(own + index)
            }
        }
    }
}
