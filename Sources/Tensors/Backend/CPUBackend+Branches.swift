internal import CKernels

extension CPUBackend {
    /// Keys and values of a segment's whole sequence are gathered head by head: a copy costs a small part of the products
    /// that computing them again would.
    public func attentionOfBranches(
        _ out: MatrixView, queries: MatrixView, keys: MatrixView, values: MatrixView, segments: [BranchSegment],
        before: EarlierKeys?, shape: AttentionShape
    ) {
        let past = before?.count ?? 0
        // The longest first, so that no thread ends with one.
        let segments = segments.filter { $0.rows.count > 0 }.sorted {
            ($0.length, $1.rows.start) > ($1.length, $0.rows.start)
        }
        guard let longest = segments.first.map({ $0.length + past }) else { return }
        let size = shape.headSize
        let group = shape.heads / shape.keyValueHeads
        let gathered = (longest * size + 15) / 16 * 16
        let memory = 2 * gathered + consilium_attention_forward_scratch(longest, size)
        var call = consilium_attention(shape)
        (call.stride, call.out_stride) = (queries.stride, out.stride)
        inParallel(segments.count * shape.keyValueHeads, cost: 4 * group * longest * size, pieces: .max) { range in
            scratch.withMemory(memory) { memory in
                for index in range {
                    let segment = segments[index / shape.keyValueHeads]
                    let head = index % shape.keyValueHeads
                    let count = segment.length + past
                    var row = 0
                    func gather(_ keys: MatrixView, _ values: MatrixView, _ span: SequenceSpan) {
                        for (to, from) in [(memory, keys), (memory + gathered, values)] {
                            consilium_gather_columns(
                                to + row * size, from.dropping(rows: span.start, columns: head * size).pointer,
                                from.stride, span.count, size)
                        }
                        row += span.count
                    }
                    if let before { gather(before.keys, before.values, SequenceSpan(start: 0, count: past)) }
                    for span in segment.earlier + [segment.rows] { gather(keys, values, span) }
                    var call = call
                    call.length = count
                    call.window = min(call.window, count)
                    let column = head * group * size
                    consilium_attention_extend(
                        &call, count - segment.rows.count, size,
                        out.dropping(rows: segment.rows.start, columns: column).pointer,
                        queries.dropping(rows: segment.rows.start, columns: column).pointer, memory, memory + gathered,
                        memory + 2 * gathered)
                }
            }
        }
    }
}
