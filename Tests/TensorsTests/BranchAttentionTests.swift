import Tensors
import Testing

@Suite("Attention of sequences that share their beginning")
struct BranchAttentionTests {
    static let cases = AttentionCase.large.filter { $0.causal && ($0.lengths.max() ?? 0) >= 6 }

    /// One sequence, cut into what is cached, a trunk and a branch, must give what the whole sequence gives at once.
    @Test("each segment gets what the whole sequence would give it", arguments: cases, [0, 1, 5, 23])
    func segments(given: AttentionCase, past: Int) {
        let shape = given.shape
        let length = given.lengths.max() ?? 0
        let past = min(past, length - 3)
        let width = (given.heads + 2 * given.groups) * given.size
        let outWidth = given.heads * given.size
        let backend = CPUBackend()
        var fused = random(length * width, "fused", scale: 2)
        var whole = [Float](repeating: 0, count: length * outWidth)
        var parts = whole
        var sums = [Float](repeating: 0, count: length * given.heads)
        let trunk = past + (length - past) / 3
        // Rows of the batch: trunk, branch, and the branch again as one that begins behind half of the trunk's rows.
        let rest = SequenceSpan(start: trunk - past, count: length - trunk)
        let first = SequenceSpan(start: 0, count: trunk - past)
        fused.withUnsafeMutableBufferPointer { fused in
            whole.withUnsafeMutableBufferPointer { whole in
                parts.withUnsafeMutableBufferPointer { parts in
                    sums.withUnsafeMutableBufferPointer { sums in
                        let x = MatrixView(fused.baseAddress!, stride: width)
                        let keyColumn = given.heads * given.size
                        let valueColumn = keyColumn + given.groups * given.size
                        backend.attentionForward(
                            MatrixView(whole.baseAddress!, stride: outWidth), logSumExp: sums.baseAddress!, queries: x,
                            keys: x.dropping(columns: keyColumn), values: x.dropping(columns: valueColumn),
                            spans: [SequenceSpan(start: 0, count: length)], shape: shape)
                        let new = x.dropping(rows: past)
                        backend.attentionOfBranches(
                            MatrixView(parts.baseAddress!, stride: outWidth), queries: new,
                            keys: new.dropping(columns: keyColumn), values: new.dropping(columns: valueColumn),
                            segments: [BranchSegment(rows: rest, earlier: [first]), BranchSegment(rows: first)],
                            before: past == 0
                                ? nil
                                : EarlierKeys(
                                    keys: x.dropping(columns: keyColumn), values: x.dropping(columns: valueColumn),
                                    count: past),
                            shape: shape)
                    }
                }
            }
        }
        let expected = whole[(past * outWidth)...]
        #expect(zip(parts, expected).allSatisfy { abs($0 - $1) < 2e-6 * (1 + abs($1)) })
        #expect(expected.contains { $0 != 0 })
    }
}
