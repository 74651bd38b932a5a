internal import CUDAKernels
public import Tensors

extension CUDABackend {
    public func multiplyTransposed(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(.secondTransposed, c, a, b, m: m, n: n, k: k, alpha: alpha, accumulate)
    }

    public func multiply(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(.plain, c, a, b, m: m, n: n, k: k, alpha: alpha, accumulate)
    }

    public func multiplyTransposedFirst(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(.firstTransposed, c, a, b, m: m, n: n, k: k, alpha: alpha, accumulate)
    }

    private func product(
        _ form: ProductForm, _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, m: Int, n: Int, k: Int, alpha: Float,
        _ accumulate: Bool
    ) {
        guard m > 0, n > 0, k > 0 || !accumulate else { return }
        enqueue(writes: (c, m, n)) { queue in
            guard configuration.precision == .bfloat16, min(m, n, k) >= configuration.shortestTensorSide else {
                return try exactProduct(form, c, a, b, m: m, n: n, k: k, alpha: alpha, accumulate, queue)
            }
            let (aRows, aWidth) = form == .firstTransposed ? (k, m) : (m, k)
            let (bRows, bWidth) = form == .secondTransposed ? (n, k) : (k, n)
            let left = try queue.rounded(a.pointer, stride: a.stride, rows: aRows, width: aWidth)
            let right = try queue.rounded(b.pointer, stride: b.stride, rows: bRows, width: bWidth)
            try tensorProduct(form, c, left, right, m: m, n: n, k: k, alpha: alpha, accumulate, queue)
        }
    }

    /// Float32 throughout.
    func exactProduct(
        _ form: ProductForm, _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, m: Int, n: Int, k: Int, alpha: Float,
        _ accumulate: Bool, _ queue: CommandQueue
    ) throws {
        let chunk = Int(cuda_split_chunk(Int64(m), Int64(n), Int64(k)))
        let tiles = ((m + 63) / 64, (n + 63) / 64)
        guard chunk > 0, chunk < k else {
            return try queue.launch(
                "gemm_f32_\(form.suffix)", grid: (tiles.0, tiles.1, 1), block: (256, 1, 1), c.pointer, c.stride,
                a.pointer, a.stride, b.pointer, b.stride, m, n, k, alpha, accumulate)
        }
        // Few tiles and a long sum: pieces of the sum, added in order.
        let splits = (k + chunk - 1) / chunk
        let partial = try queue.scratch(floats: splits * m * n)
        try queue.launch(
            "gemm_f32_split", grid: (tiles.0, tiles.1, splits), block: (256, 1, 1), partial, a.pointer, a.stride,
            b.pointer, b.stride, m, n, k, chunk, form.rawValue)
        try queue.launch("gemm_split_final", over: m * n, c.pointer, c.stride, partial, splits, m, n, alpha, accumulate)
    }

    /// bf16 operands, float32 sums and result: by cuBLASLt where it is there and willing, else by the own kernel.
    func tensorProduct(
        _ form: ProductForm, _ c: MatrixView, _ a: RoundedMatrix, _ b: RoundedMatrix, m: Int, n: Int, k: Int,
        alpha: Float, _ accumulate: Bool, _ queue: CommandQueue
    ) throws {
        let address = DeviceAddress(c.pointer).value
        let product = Product(
            form: form, m: m, n: n, k: k, aStride: a.stride, bStride: b.stride, cStride: c.stride,
            alignment: 1 << min(8, address.trailingZeroBitCount), accumulates: accumulate)
        if let library = queue.library,
            try library.run(
                product, c: address, a: a.address.value, b: b.address.value, alpha: alpha,
                scratch: { try queue.scratch(bytes: $0).value })
        {
            return
        }
        try queue.launch(
            "gemm_\(form.suffix)_float32", grid: ((m + 127) / 128, (n + 127) / 128, 1), block: (256, 1, 1),
            shared: Int(cuda_gemm_shared()), c.pointer, c.stride, a.address, a.stride, b.address, b.stride, m, n, k,
            alpha, accumulate)
    }

    /// All patients' gradients of one factor by one kernel, which reads both operands once and adds up in float32.
    public func addSegmentProducts(
        _ segments: [SegmentTarget], stride: Int, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int,
        alpha: Float
    ) {
        let segments = segments.filter { !$0.rows.isEmpty }
        guard let first = segments.first, m > 0, n > 0 else { return }
        let step = segments.count > 1 ? segments[1].target - first.target : 0
        guard segments.count > 1,
            segments.enumerated().allSatisfy({ $1.target == first.target + $0 * step }), step > 0
        else {
            for segment in segments {
                let start = segment.rows.lowerBound
                multiplyTransposedFirst(
                    MatrixView(segment.target, stride: stride), a.dropping(rows: start), b.dropping(rows: start),
                    rows: m, columns: n, inner: segment.rows.count, alpha: alpha, accumulate: true)
            }
            return
        }
        enqueue(writes: (MatrixView(first.target, stride: step), segments.count, m * stride)) { queue in
            let longest = segments.map(\.rows.count).max() ?? 0
            let chunk = max(1, Int(cuda_segment_chunk(Int64(longest))))
            let splits = (longest + chunk - 1) / chunk
            let partial = try queue.scratch(floats: segments.count * splits * m * n)
            let spans = try queue.indices(segments.flatMap { [Int32($0.rows.lowerBound), Int32($0.rows.count)] })
            try queue.launch(
                "lora_gradient_partial", grid: ((m + 63) / 64, (n + 63) / 64, segments.count * splits),
                block: (256, 1, 1), partial, a.pointer, a.stride, b.pointer, b.stride, spans, segments.count, splits,
                m, n, chunk)
            try queue.launch(
                "lora_gradient_final", over: segments.count * m * n, first.target, step, stride, partial,
                segments.count,
                splits, m, n, alpha, true)
        }
    }
}
