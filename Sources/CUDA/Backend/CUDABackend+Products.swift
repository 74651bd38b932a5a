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

    /// Float32 throughout; activations in bf16 become float32 for it, and the result bf16 again.
    func exactProduct(
        _ form: ProductForm, _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, m: Int, n: Int, k: Int, alpha: Float,
        _ accumulate: Bool, _ queue: CommandQueue
    ) throws {
        let (aRows, aWidth) = form == .firstTransposed ? (k, m) : (m, k)
        let (bRows, bWidth) = form == .secondTransposed ? (n, k) : (k, n)
        let left = try queue.exact(a, rows: aRows, width: aWidth)
        let right = try queue.exact(b, rows: bRows, width: bWidth)
        guard c.pointer.isRounded else {
            return try floatProduct(form, c, left, right, m: m, n: n, k: k, alpha: alpha, accumulate, queue)
        }
        let result = try queue.exact(c, rows: m, width: n)
        try floatProduct(form, result, left, right, m: m, n: n, k: k, alpha: alpha, accumulate, queue)
        try queue.launch(
            "convert_bfloat16", rows: m, width: n, c.pointer.numbers, c.stride, result.pointer, result.stride, m, n, n)
    }

    private func floatProduct(
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
        let address = c.pointer.numbers.value
        let product = Product(
            form: form, m: m, n: n, k: k, aStride: a.stride, bStride: b.stride, cStride: c.stride,
            alignment: 1 << min(8, address.trailingZeroBitCount), accumulates: accumulate,
            rounds: c.pointer.isRounded)
        if let library = queue.library,
            try library.run(
                product, c: address, a: a.address.value, b: b.address.value, alpha: alpha, mayTime: !queue.isRecording,
                scratch: { try queue.scratch(bytes: $0).value })
        {
            return
        }
        if form != .firstTransposed, n <= Self.narrowWidth, !c.pointer.isRounded {
            // An adapter's rank on one side.
            return try queue.launch(
                "gemm_narrow_\(form.suffix)", grid: ((m + 127) / 128, (n + 31) / 32, 1), block: (256, 1, 1),
                shared: Int(cuda_gemm_narrow_shared()), c.pointer, c.stride, a.address, a.stride, b.address, b.stride,
                m,
                n, k, alpha, accumulate)
        }
        try queue.launch(
            "gemm_\(form.suffix)_\(c.pointer.isRounded ? "bfloat16" : "float32")",
            grid: ((m + 127) / 128, (n + 127) / 128, 1), block: (256, 1, 1),
            shared: Int(cuda_gemm_shared()), c.pointer.numbers, c.stride, a.address, a.stride, b.address, b.stride, m,
            n, k,
            alpha, accumulate)
    }

    /// Results of at most so many columns have kernels of their own.
    private static let narrowWidth = 64
}
