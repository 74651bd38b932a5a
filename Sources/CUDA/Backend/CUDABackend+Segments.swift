internal import CUDAKernels
public import Tensors

extension CUDABackend {
    /// All patients' gradients of one factor by one kernel, which reads both operands once.
    public func addSegmentProducts(
        _ segments: [SegmentTarget], stride: Int, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int,
        alpha: Float
    ) {
        let segments = segments.filter { !$0.rows.isEmpty }
        guard let first = segments.first, m > 0, n > 0 else { return }
        let step = segments.count > 1 ? segments[1].target - first.target : 0
        guard step >= 0, segments.enumerated().allSatisfy({ $1.target == first.target + $0 * step }) else {
            // Targets at odd distances: one after the other.
            for segment in segments {
                addSegmentProducts([segment], stride: stride, a, b, rows: m, columns: n, alpha: alpha)
            }
            return
        }
        let written = MatrixView(first.target, stride: step)
        enqueue(writes: (written, segments.count, (m - 1) * stride + n)) { queue in
            let sums = try SegmentSums(segments, stride: stride, step: step, alpha: alpha, queue)
            if configuration.precision == .bfloat16, min(m, n) >= configuration.shortestTensorSide {
                try addRounded(sums, a, b, m: m, n: n, queue)
            } else {
                try addExact(sums, a, b, m: m, n: n, queue)
            }
        }
    }

    private func addExact(
        _ sums: SegmentSums, _ a: MatrixView, _ b: MatrixView, m: Int, n: Int, _ queue: CommandQueue
    ) throws {
        let a = try queue.exact(a, rows: sums.rows, width: m)
        let b = try queue.exact(b, rows: sums.rows, width: n)
        let partial = try queue.scratch(floats: sums.count * sums.splits * m * n)
        try queue.launch(
            "lora_gradient_partial", grid: ((m + 63) / 64, (n + 63) / 64, sums.count * sums.splits),
            block: (256, 1, 1), partial, a.pointer, a.stride, b.pointer, b.stride, sums.spans, sums.count, sums.splits,
            m, n, sums.chunk)
        try queue.launch(
            "lora_gradient_final", over: sums.count * m * n, sums.target, sums.step, sums.stride, partial, sums.count,
            sums.splits, m, n, sums.alpha, true)
    }

    /// On tensor cores; the kernel takes the wider operand first.
    private func addRounded(
        _ sums: SegmentSums, _ a: MatrixView, _ b: MatrixView, m: Int, n: Int, _ queue: CommandQueue
    ) throws {
        let (left, right) = m > n ? (a, b) : (b, a)
        let (wide, narrow) = (max(m, n), min(m, n))
        let x = try queue.rounded(left.pointer, stride: left.stride, rows: sums.rows, width: wide)
        let y = try queue.rounded(right.pointer, stride: right.stride, rows: sums.rows, width: narrow)
        let partial = try queue.scratch(floats: sums.count * sums.splits * m * n)
        try queue.launch(
            "lora_gradient_bf16_partial",
            grid: ((wide + 127) / 128, (narrow + 31) / 32, sums.count * sums.splits), block: (256, 1, 1),
            shared: Int(cuda_gemm_narrow_shared()), partial, x.address, x.stride, y.address, y.stride, sums.spans,
            sums.count, sums.splits, wide, narrow, sums.chunk)
        try queue.launch(
            "lora_gradient_place", rows: sums.count, width: m * n, sums.target, sums.step, m > n ? sums.stride : 1,
            m > n ? 1 : sums.stride, partial, sums.count, sums.splits, wide, narrow, sums.alpha, true)
    }
}

/// What the kernels for sums over segments of rows are told.
private struct SegmentSums {
    let target: UnsafeMutablePointer<Float>
    /// From one segment's target to the next.
    let step: Int
    /// From one row of a target to the next.
    let stride: Int
    let alpha: Float
    /// Start and count of every segment.
    let spans: DeviceAddress
    let count: Int
    /// Rows from the first of the batch to the last of a segment.
    let rows: Int
    /// Rows of one partial sum, and how many the longest segment has.
    let chunk: Int
    let splits: Int

    init(_ segments: [SegmentTarget], stride: Int, step: Int, alpha: Float, _ queue: CommandQueue) throws {
        target = segments[0].target
        self.step = step
        self.stride = stride
        self.alpha = alpha
        count = segments.count
        rows = segments.map(\.rows.upperBound).max() ?? 0
        let longest = segments.map(\.rows.count).max() ?? 0
        chunk = max(1, Int(cuda_segment_chunk(Int64(longest))))
        splits = (longest + chunk - 1) / chunk
        spans = try queue.indices(segments.flatMap { [Int32($0.rows.lowerBound), Int32($0.rows.count)] })
    }
}
