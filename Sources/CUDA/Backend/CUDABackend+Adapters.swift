internal import CUDAKernels
public import Tensors

/// Adapters join the product with their layer's frozen weight: with u = x·Aᵀ,
///
///     y = [x | u] · [W | sB]ᵀ        du = s·dy·B        dx = [dy | du] · [W ; A]
///
/// so that the wide results are written once, not read and written again for a product of a few columns.
extension CUDABackend {
    public var joinsAdapters: Bool { true }

    public func multiplyTransposed(
        _ y: MatrixView, reduced: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, _ factors: LowRankFactors,
        rows m: Int, accumulate: Bool
    ) {
        guard joins(w, factors, rows: m, read: w.columns, isRounded: x.pointer.isRounded, written: w.rows) else {
            multiplyTransposed(y, x, frozen: w, rows: m, accumulate: accumulate)
            return addLowRank(y, reduced: reduced, x, factors, rows: m)
        }
        enqueue(writes: (y, m, w.rows)) { queue in
            queue.joinedProducts += 1
            let w = try Self.resident(w, queue)
            let (room, inner) = (Self.padded(factors.width), w.columns)
            queue.willWrite(reduced.pointer, count: (m - 1) * reduced.stride + factors.width)
            let input = try queue.rounded(x.pointer, stride: x.stride, rows: m, width: inner, room: room)
            let a = try queue.rounded(factors.a, stride: inner, rows: factors.width, width: inner)
            try tensorProduct(
                .secondTransposed, reduced, input, a, m: m, n: factors.width, k: inner, alpha: 1, false, queue)
            try join(reduced, factors.width, to: input, at: inner, rows: m, queue)
            let stride = inner + room
            let weight = RoundedMatrix(address: try queue.scratch(bytes: w.rows * stride * 2), stride: stride)
            try unpack(w, "bfloat16", to: weight.address, stride: stride, width: inner, queue)
            try place(factors, at: weight.address.advanced(bytes: 2 * inner), stride: stride, rows: w.rows, queue)
            try tensorProduct(
                .secondTransposed, y, input, weight, m: m, n: w.rows, k: stride, alpha: 1, accumulate, queue)
        }
    }

    public func multiply(
        _ dx: MatrixView, dReduced: MatrixView, _ dy: MatrixView, frozen w: FrozenMatrix, _ factors: LowRankFactors,
        rows m: Int, accumulate: Bool
    ) {
        guard joins(w, factors, rows: m, read: w.rows, isRounded: dy.pointer.isRounded, written: w.columns) else {
            multiply(dx, dy, frozen: w, rows: m, accumulate: accumulate)
            reduceGradient(dReduced, dy, factors, rows: m)
            return addLowRankGradient(dx, dReduced: dReduced, factors, rows: m)
        }
        enqueue(writes: (dx, m, w.columns)) { queue in
            queue.joinedProducts += 1
            let w = try Self.resident(w, queue)
            let (room, outer, inner) = (Self.padded(factors.width), w.rows, w.columns)
            queue.willWrite(dReduced.pointer, count: (m - 1) * dReduced.stride + factors.width)
            let gradient = try queue.rounded(dy.pointer, stride: dy.stride, rows: m, width: outer, room: room)
            let b = RoundedMatrix(address: try queue.scratch(bytes: outer * room * 2), stride: room)
            try place(factors, at: b.address, stride: room, rows: outer, queue)
            try tensorProduct(
                .plain, dReduced, gradient, b, m: m, n: factors.width, k: outer, alpha: 1, false, queue)
            try join(dReduced, factors.width, to: gradient, at: outer, rows: m, queue)
            let weight = RoundedMatrix(
                address: try queue.scratch(bytes: (outer + room) * inner * 2), stride: inner)
            try unpack(w, "bfloat16", to: weight.address, stride: inner, width: inner, queue)
            let below = weight.address.advanced(bytes: 2 * outer * inner)
            try queue.launch(
                "convert_bfloat16", rows: factors.width, width: inner, below, inner, factors.a, inner, factors.width,
                inner, inner)
            try queue.zero(
                below.advanced(bytes: 2 * factors.width * inner), bytes: 2 * (room - factors.width) * inner)
            try tensorProduct(
                .plain, dx, gradient, weight, m: m, n: inner, k: outer + room, alpha: 1, accumulate, queue)
        }
    }

    /// Whether that pays. What is saved: the result is not read and written again. What it costs: activations in bf16 are
    /// copied to where there is room, and so is a weight in bf16; others become bf16 somewhere in any case.
    ///
    /// - Parameters:
    ///   - read: a row of the product's input, `written` of its result.
    private func joins(
        _ w: FrozenMatrix, _ factors: LowRankFactors, rows m: Int, read: Int, isRounded: Bool, written: Int
    ) -> Bool {
        guard configuration.precision == .bfloat16, w.rows > configuration.exactRows, m > Self.mostGemvRows,
            w.rows % 8 == 0, w.columns % 8 == 0, factors.width >= configuration.shortestTensorSide,
            factors.width <= Self.mostJoinedColumns
        else { return false }
        let saved = m * written * (isRounded ? 4 : 8)
        let copied = (isRounded ? m * read * 4 : 0) + (w.format == .bfloat16 ? w.rows * w.columns * 4 : 0)
        return saved > copied
    }

    /// With more columns the product of zeros, where each layer's factor has none of its own, costs more than is gained.
    private static let mostJoinedColumns = 256

    private static func padded(_ width: Int) -> Int { (width + 7) / 8 * 8 }

    /// Puts x·Aᵀ behind the columns of x, or its gradient behind those of dy.
    private func join(
        _ reduced: MatrixView, _ width: Int, to matrix: RoundedMatrix, at column: Int, rows m: Int,
        _ queue: CommandQueue
    ) throws {
        let padded = Self.padded(width)
        try queue.launch(
            "convert_bfloat16", rows: m, width: padded, matrix.address.advanced(bytes: 2 * column), matrix.stride,
            reduced.pointer, reduced.stride, m, width, padded)
    }

    /// scale · B of every part in its rows and columns, zeros elsewhere.
    private func place(
        _ factors: LowRankFactors, at address: DeviceAddress, stride: Int, rows: Int, _ queue: CommandQueue
    ) throws {
        let width = Self.padded(factors.width)
        func place(_ b: UnsafeMutablePointer<Float>?, _ range: Range<Int>, first: Int) throws {
            try queue.launch(
                "place_factor", over: range.count * width, address.advanced(bytes: 2 * range.lowerBound * stride),
                stride, b, range.count, factors.rank, first, width, factors.scale)
        }
        var next = 0
        for part in factors.parts {
            try place(nil, next..<max(next, part.outputColumn), first: 0)
            next = part.outputColumn + part.output
            try place(part.b, part.outputColumn..<next, first: part.rankColumn)
        }
        try place(nil, next..<max(rows, next), first: 0)
    }
}
