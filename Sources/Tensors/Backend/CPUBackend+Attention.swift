internal import CKernels

extension CPUBackend {
    public func attentionScratch(length: Int, headSize: Int) -> Int { consilium_attention_scratch(length, headSize) }

    public func attentionForward(
        _ out: MatrixView, logSumExp: UnsafeMutablePointer<Float>, queries: MatrixView, keys: MatrixView,
        values: MatrixView, spans: [SequenceSpan], shape: AttentionShape, scratch: UnsafeMutablePointer<Float>
    ) {
        forEachSequenceAndHead(spans, shape) { span, head, description in
            description.stride = queries.stride
            description.out_stride = out.stride
            let query = head * description.group
            let row = (rows: span.start, column: head * shape.headSize, queryColumn: query * shape.headSize)
            consilium_attention_forward(
                &description, out.dropping(rows: row.rows, columns: row.queryColumn).pointer,
                logSumExp + span.start * shape.heads + query,
                queries.dropping(rows: row.rows, columns: row.queryColumn).pointer,
                keys.dropping(rows: row.rows, columns: row.column).pointer,
                values.dropping(rows: row.rows, columns: row.column).pointer, scratch)
        }
    }

    public func attentionBackward(
        dQueries: MatrixView, dKeys: MatrixView, dValues: MatrixView, dOut: MatrixView, out: MatrixView,
        logSumExp: UnsafePointer<Float>, queries: MatrixView, keys: MatrixView, values: MatrixView,
        spans: [SequenceSpan], shape: AttentionShape, scratch: UnsafeMutablePointer<Float>
    ) {
        forEachSequenceAndHead(spans, shape) { span, head, description in
            description.stride = queries.stride
            description.out_stride = out.stride
            description.dout_stride = dOut.stride
            description.gradient_stride = dQueries.stride
            let query = head * description.group
            let row = (rows: span.start, column: head * shape.headSize, queryColumn: query * shape.headSize)
            consilium_attention_backward(
                &description, dQueries.dropping(rows: row.rows, columns: row.queryColumn).pointer,
                dKeys.dropping(rows: row.rows, columns: row.column).pointer,
                dValues.dropping(rows: row.rows, columns: row.column).pointer,
                dOut.dropping(rows: row.rows, columns: row.queryColumn).pointer,
                out.dropping(rows: row.rows, columns: row.queryColumn).pointer,
                logSumExp + span.start * shape.heads + query,
                queries.dropping(rows: row.rows, columns: row.queryColumn).pointer,
                keys.dropping(rows: row.rows, columns: row.column).pointer,
                values.dropping(rows: row.rows, columns: row.column).pointer, scratch)
        }
    }

    public func attentionDecode(
        _ out: UnsafeMutablePointer<Float>, query: UnsafePointer<Float>, keys: MatrixView, values: MatrixView,
        length: Int, shape: AttentionShape, scratch: UnsafeMutablePointer<Float>
    ) {
        let visible = shape.isCausal ? min(length, shape.window ?? length) : length
        for head in 0..<shape.heads {
            let column = head / (shape.heads / shape.keyValueHeads) * shape.headSize
            consilium_attention_decode(
                out + head * shape.headSize, query + head * shape.headSize,
                keys.dropping(rows: length - visible, columns: column).pointer,
                values.dropping(rows: length - visible, columns: column).pointer, keys.stride, visible, shape.headSize,
                shape.scale, shape.softcap, scratch + head * length)
        }
    }

    private func forEachSequenceAndHead(
        _ spans: [SequenceSpan], _ shape: AttentionShape, _ body: (SequenceSpan, Int, inout consilium_attention) -> Void
    ) {
        for span in spans where span.count > 0 {
            var description = consilium_attention()
            description.length = span.count
            description.group = shape.heads / shape.keyValueHeads
            description.head_size = shape.headSize
            description.lse_stride = shape.heads
            description.window = max(1, shape.window ?? span.count)
            description.causal = shape.isCausal ? 1 : 0
            description.scale = shape.scale
            description.softcap = shape.softcap
            for head in 0..<shape.keyValueHeads { body(span, head, &description) }
        }
    }
}
