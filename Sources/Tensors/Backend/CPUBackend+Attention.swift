internal import CKernels

extension CPUBackend {
    public func attentionForward(
        _ out: MatrixView, logSumExp: UnsafeMutablePointer<Float>, queries: MatrixView, keys: MatrixView,
        values: MatrixView, spans: [SequenceSpan], shape: AttentionShape
    ) {
        var call = consilium_attention(shape)
        (call.stride, call.out_stride) = (queries.stride, out.stride)
        forEachGroup(spans, shape, consilium_attention_forward_scratch, cost: 4) { span, query, key, memory in
            var call = call
            call.length = span.count
            call.window = min(call.window, span.count)
            func at(_ x: MatrixView, _ head: Int) -> UnsafeMutablePointer<Float> {
                x.pointer + span.start * x.stride + head * shape.headSize
            }
            consilium_attention_forward(
                &call, at(out, query), logSumExp + span.start * shape.heads + query, at(queries, query), at(keys, key),
                at(values, key), memory)
        }
    }

    public func attentionBackward(
        dQueries: MatrixView, dKeys: MatrixView, dValues: MatrixView, dOut: MatrixView, out: MatrixView,
        logSumExp: UnsafePointer<Float>, queries: MatrixView, keys: MatrixView, values: MatrixView,
        spans: [SequenceSpan], shape: AttentionShape
    ) {
        var call = consilium_attention(shape)
        (call.stride, call.out_stride) = (queries.stride, out.stride)
        (call.gradient_stride, call.dout_stride) = (dQueries.stride, dOut.stride)
        forEachGroup(spans, shape, consilium_attention_backward_scratch, cost: 10) { span, query, key, memory in
            var call = call
            call.length = span.count
            call.window = min(call.window, span.count)
            func at(_ x: MatrixView, _ head: Int) -> UnsafeMutablePointer<Float> {
                x.pointer + span.start * x.stride + head * shape.headSize
            }
            consilium_attention_backward(
                &call, at(dQueries, query), at(dKeys, key), at(dValues, key), at(dOut, query), at(out, query),
                logSumExp + span.start * shape.heads + query, at(queries, query), at(keys, key), at(values, key),
                memory)
        }
    }

    /// Calls `body` with every sequence and group of heads that share keys and values: the first query head and the
    /// key-value head. Groups run on several threads.
    private func forEachGroup(
        _ spans: [SequenceSpan], _ shape: AttentionShape, _ memory: (Int, Int) -> Int, cost: Int,
        _ body: (SequenceSpan, Int, Int, UnsafeMutablePointer<Float>) -> Void
    ) {
        let group = shape.heads / shape.keyValueHeads
        // The longest first, so that no thread ends with one.
        let spans = spans.filter { $0.count > 0 }.sorted { ($0.count, $1.start) > ($1.count, $0.start) }
        guard let longest = spans.first?.count else { return }
        let count = memory(longest, shape.headSize)
        let cost = cost * group * longest * longest / 16 * shape.headSize
        inParallel(spans.count * shape.keyValueHeads, cost: cost, pieces: .max) { range in
            scratch.withMemory(count) { memory in
                for index in range {
                    let head = index % shape.keyValueHeads
                    body(spans[index / shape.keyValueHeads], head * group, head, memory)
                }
            }
        }
    }

    public func attentionDecode(
        _ out: UnsafeMutablePointer<Float>, query: UnsafePointer<Float>, keys: MatrixView, values: MatrixView,
        length: Int, shape: AttentionShape
    ) {
        let visible = shape.isCausal ? min(length, max(1, shape.window ?? length)) : length
        let group = shape.heads / shape.keyValueHeads
        inParallel(shape.heads, cost: visible * shape.headSize / 2) { heads in
            scratch.withMemory(visible) { scores in
                for head in heads {
                    let column = head / group * shape.headSize
                    consilium_attention_decode(
                        out + head * shape.headSize, query + head * shape.headSize,
                        keys.dropping(rows: length - visible, columns: column).pointer,
                        values.dropping(rows: length - visible, columns: column).pointer, keys.stride, visible,
                        shape.headSize, shape.scale, shape.softcap, scores)
                }
            }
        }
    }
}

extension consilium_attention {
    init(_ shape: AttentionShape) {
        self.init()
        group = shape.heads / shape.keyValueHeads
        head_size = shape.headSize
        lse_stride = shape.heads
        window = max(1, shape.window ?? .max)
        causal = shape.isCausal ? 1 : 0
        scale = shape.scale
        softcap = shape.softcap
    }
}
