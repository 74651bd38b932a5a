internal import CUDAKernels
public import Tensors

extension CUDABackend {
    public func attentionForward(
        _ out: MatrixView, logSumExp: UnsafeMutablePointer<Float>, queries: MatrixView, keys: MatrixView,
        values: MatrixView, spans: [SequenceSpan], shape: AttentionShape
    ) {
        let rows = AttentionPlan.rows(spans)
        guard rows > 0 else { return }
        enqueue { queue in
            let instance = instance(shape)
            guard instance > 0 else {
                return try queue.launch(
                    "attention_forward_f32", grid: ((rows * shape.heads + 3) / 4, 1, 1), block: (128, 1, 1),
                    shared: Int(cuda_attention_f32_shared(Int64(shape.headSize))), out.pointer, out.stride, logSumExp,
                    queries.pointer, keys.pointer, values.pointer, queries.stride,
                    try queue.indices(AttentionPlan.rowSpans(spans)), rows, shape.heads, shape.keyValueHeads,
                    shape.headSize, shape.scale, shape.softcap, shape.isCausal, AttentionPlan.window(shape))
            }
            let heads = try RoundedHeads(queries, keys, values, rows, shape, instance, queue)
            let tiles = AttentionPlan.tiles(spans)
            try queue.launch(
                "attention_forward_\(instance)", grid: (tiles.count / 4, shape.heads, 1), block: (128, 1, 1),
                shared: Int(cuda_attention_forward_shared(Int64(instance))), out.pointer.numbers, out.stride, logSumExp,
                heads.queries, heads.keys, heads.values, try queue.indices(tiles), shape.heads, shape.keyValueHeads,
                shape.headSize, shape.scale, shape.softcap, shape.isCausal, AttentionPlan.window(shape),
                out.pointer.isRounded)
        }
    }

    public func attentionBackward(
        dQueries: MatrixView, dKeys: MatrixView, dValues: MatrixView, dOut: MatrixView, out: MatrixView,
        logSumExp: UnsafePointer<Float>, queries: MatrixView, keys: MatrixView, values: MatrixView,
        spans: [SequenceSpan], shape: AttentionShape
    ) {
        let rows = AttentionPlan.rows(spans)
        guard rows > 0 else { return }
        let window = AttentionPlan.window(shape)
        enqueue { queue in
            try RoundedStorage.require(
                dOut.pointer.isRounded == out.pointer.isRounded && dKeys.pointer.isRounded == dValues.pointer.isRounded)
            let delta = try queue.scratch(floats: rows * shape.heads)
            try queue.launch(
                "attention_delta\(out.pointer.suffix)", grid: ((rows * shape.heads + 3) / 4, 1, 1), block: (128, 1, 1),
                delta, dOut.pointer.numbers, dOut.stride, out.pointer.numbers, out.stride, rows, shape.heads,
                shape.headSize)
            let instance = instance(shape)
            guard instance > 0 else {
                let rowSpans = try queue.indices(AttentionPlan.rowSpans(spans))
                let shared = Int(cuda_attention_f32_shared(Int64(shape.headSize)))
                try queue.launch(
                    "attention_backward_q_f32", grid: ((rows * shape.heads + 3) / 4, 1, 1), block: (128, 1, 1),
                    shared: shared, dQueries.pointer, dQueries.stride, dOut.pointer, dOut.stride, logSumExp, delta,
                    queries.pointer, keys.pointer, values.pointer, queries.stride, rowSpans, rows, shape.heads,
                    shape.keyValueHeads, shape.headSize, shape.scale, shape.softcap, shape.isCausal, window)
                return try queue.launch(
                    "attention_backward_kv_f32", grid: ((rows * shape.keyValueHeads + 3) / 4, 1, 1), block: (128, 1, 1),
                    shared: shared, dKeys.pointer, dValues.pointer, dKeys.stride, dOut.pointer, dOut.stride, logSumExp,
                    delta, queries.pointer, keys.pointer, values.pointer, queries.stride, rowSpans, rows, shape.heads,
                    shape.keyValueHeads, shape.headSize, shape.scale, shape.softcap, shape.isCausal, window)
            }
            let heads = try RoundedHeads(queries, keys, values, rows, shape, instance, queue)
            let gradient = try RoundedHeads.convert(dOut, rows, shape.heads, shape, instance, queue)
            let tiles = AttentionPlan.tiles(spans)
            let places = try queue.indices(tiles)
            try queue.launch(
                "attention_backward_q_\(instance)", grid: (tiles.count / 4, shape.heads, 1), block: (128, 1, 1),
                shared: Int(cuda_attention_backward_shared(Int64(instance))), dQueries.pointer.numbers,
                dQueries.stride, gradient, logSumExp, delta, heads.queries, heads.keys, heads.values, places,
                shape.heads,
                shape.keyValueHeads, shape.headSize, shape.scale, shape.softcap, shape.isCausal, window,
                dQueries.pointer.isRounded)
            try queue.launch(
                "attention_backward_kv_\(instance)",
                grid: (tiles.count / 4, shape.keyValueHeads, Int(cuda_attention_backward_kv_parts(Int64(instance)))),
                block: (128, 1, 1), shared: Int(cuda_attention_backward_shared(Int64(instance))),
                dKeys.pointer.numbers, dValues.pointer.numbers, dKeys.stride, gradient, logSumExp, delta, heads.queries,
                heads.keys, heads.values,
                places, shape.heads, shape.keyValueHeads, shape.headSize, shape.scale, shape.softcap, shape.isCausal,
                window, dKeys.pointer.isRounded)
        }
    }

    public func attentionOfBranches(
        _ out: MatrixView, queries: MatrixView, keys: MatrixView, values: MatrixView, segments: [BranchSegment],
        before: EarlierKeys?, shape: AttentionShape
    ) {
        let plan = BranchPlan(segments, past: before?.count ?? 0)
        guard plan.rows > 0 else { return }
        enqueue { queue in
            try queue.launch(
                "attention_branches", grid: ((plan.rows * shape.heads + 3) / 4, 1, 1), block: (128, 1, 1),
                shared: Int(cuda_attention_f32_shared(Int64(shape.headSize))), out.pointer, out.stride, queries.pointer,
                keys.pointer, values.pointer, queries.stride, before?.keys.pointer, before?.values.pointer,
                before?.keys.stride ?? 0, try queue.indices(plan.rowPieces), try queue.indices(plan.pieces), plan.rows,
                shape.heads, shape.keyValueHeads, shape.headSize, shape.scale, shape.softcap,
                AttentionPlan.window(shape))
        }
    }

    public func attentionDecode(
        _ out: UnsafeMutablePointer<Float>, query: UnsafePointer<Float>, keys: MatrixView, values: MatrixView,
        length: Int, shape: AttentionShape
    ) {
        guard length > 0 else { return }
        let visible = shape.isCausal ? min(length, max(1, shape.window ?? length)) : length
        enqueue { queue in
            let chunk = max(1, Int(cuda_decode_chunk(Int64(visible), Int64(shape.heads))))
            let splits = (visible + chunk - 1) / chunk
            let partial = try queue.scratch(floats: splits * shape.heads * (shape.headSize + 2))
            try queue.launch(
                "attention_decode_partial", grid: ((shape.heads + 3) / 4, splits, 1), block: (128, 1, 1),
                shared: Int(cuda_attention_f32_shared(Int64(shape.headSize))), partial, query, keys.pointer,
                values.pointer, keys.stride, length, length - visible, shape.heads, shape.keyValueHeads, shape.headSize,
                shape.scale, shape.softcap, chunk)
            try queue.launch(
                "attention_decode_final", grid: (shape.heads, 1, 1), block: (64, 1, 1), out, partial, splits,
                shape.heads,
                shape.headSize)
        }
    }

    /// The padded head size of the kernel for tensor cores; 0 for the float32 one.
    private func instance(_ shape: AttentionShape) -> Int {
        configuration.precision == .float32 ? 0 : Int(cuda_attention_instance(Int64(shape.headSize)))
    }
}

/// Queries, keys and values in bf16, heads padded to the size of a kernel's instance, until the operation is complete.
private struct RoundedHeads {
    let queries: DeviceAddress
    let keys: DeviceAddress
    let values: DeviceAddress

    init(
        _ queries: MatrixView, _ keys: MatrixView, _ values: MatrixView, _ rows: Int, _ shape: AttentionShape,
        _ padded: Int, _ queue: CommandQueue
    ) throws {
        self.queries = try Self.convert(queries, rows, shape.heads, shape, padded, queue)
        self.keys = try Self.convert(keys, rows, shape.keyValueHeads, shape, padded, queue)
        self.values = try Self.convert(values, rows, shape.keyValueHeads, shape, padded, queue)
    }

    static func convert(
        _ x: MatrixView, _ rows: Int, _ heads: Int, _ shape: AttentionShape, _ padded: Int, _ queue: CommandQueue
    ) throws -> DeviceAddress {
        let memory = try queue.scratch(bytes: rows * heads * padded * 2)
        try queue.launch(
            "convert_heads\(x.pointer.suffix)", rows: rows, width: heads * padded, memory, x.pointer.numbers, x.stride,
            rows, heads, shape.headSize, padded)
        return memory
    }
}
