internal import CKernels
internal import COpenBLAS

extension CPUBackend {
    public func multiplyTransposed(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        var product = Self.product(c, m, n, k, alpha, accumulate)
        (product.a, product.a_stride, product.b, product.b_stride) = (
            .init(a.pointer), a.stride, .init(b.pointer), b.stride
        )
        product.b_transposed = 1
        run(product)
    }

    public func multiply(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        var product = Self.product(c, m, n, k, alpha, accumulate)
        (product.a, product.a_stride, product.b, product.b_stride) = (
            .init(a.pointer), a.stride, .init(b.pointer), b.stride
        )
        run(product)
    }

    public func multiplyTransposedFirst(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        var product = Self.product(c, m, n, k, alpha, accumulate)
        (product.a, product.a_stride, product.b, product.b_stride) = (
            .init(a.pointer), a.stride, .init(b.pointer), b.stride
        )
        product.a_transposed = 1
        run(product)
    }

    public func multiplyTransposed(
        _ y: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool
    ) {
        if let dense = w.dense, !Self.isDecoding(m, w) {
            return multiplyTransposed(
                y, x, dense, rows: m, columns: w.rows, inner: w.columns, alpha: 1, accumulate: accumulate)
        }
        var product = Self.product(y, m, w.rows, w.columns, 1, accumulate)
        (product.a, product.a_stride) = (.init(x.pointer), x.stride)
        product.b_transposed = 1
        run(product, frozen: w)
    }

    public func multiply(_ dx: MatrixView, _ dy: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool) {
        if let dense = w.dense {
            return multiply(
                dx, dy, dense, rows: m, columns: w.columns, inner: w.rows, alpha: 1, accumulate: accumulate)
        }
        var product = Self.product(dx, m, w.columns, w.rows, 1, accumulate)
        (product.a, product.a_stride) = (.init(dy.pointer), dy.stride)
        run(product, frozen: w)
    }

    private static func product(
        _ c: MatrixView, _ m: Int, _ n: Int, _ k: Int, _ alpha: Float, _ accumulate: Bool
    ) -> consilium_product {
        var product = consilium_product()
        (product.m, product.n, product.k) = (m, n, k)
        (product.c, product.c_stride) = (c.pointer, c.stride)
        (product.alpha, product.accumulate) = (alpha, accumulate ? 1 : 0)
        return product
    }

    private func run(_ product: consilium_product, frozen w: FrozenMatrix) {
        w.withKernelView { description in
            var product = product
            product.w = description
            if product.b_transposed == 1, Self.isDecoding(product.m, w) {
                compute(product, .decode)
            } else if usesLibrary {
                library(product, w)
            } else {
                if w.format == .float32, Int(bitPattern: w.data).isMultiple(of: MemoryLayout<Float>.alignment) {
                    // Packed where it lies, without a copy in between.
                    (product.w, product.b) = (nil, w.data.assumingMemoryBound(to: Float.self))
                    product.b_stride = w.columns
                }
                run(product)
            }
        }
    }

    /// Whether few tokens make reading the weights the work.
    private static func isDecoding(_ tokens: Int, _ w: FrozenMatrix) -> Bool {
        (1...4).contains(tokens) && w.rows > 0 && w.format != .nf4 && w.rounding == .none
    }

    // MARK: Choosing the kernel

    private enum Kernel { case panels, dot, outer, decode }

    private func run(_ product: consilium_product) {
        let (m, n, k) = (product.m, product.n, product.k)
        guard m > 0, n > 0 else { return }
        guard !usesLibrary else { return library(product) }
        let short = min(m, n)
        if product.a_transposed == 0, product.b_transposed == 1 {
            // x·Aᵀ of an adapter, or a few tokens.
            return compute(product, (product.w != nil ? m : short) <= skinny ? .dot : .panels)
        }
        if product.a_transposed == 1, product.b_transposed == 0, short <= skinny {
            return compute(product, .outer)
        }
        if product.a_transposed == 0, product.b_transposed == 0, product.w == nil, n <= skinny, k > skinny, m > n {
            // dy·B of an adapter: with B transposed these are dot products.
            return scratch.withMemory(n * k) { transposed in
                consilium_transpose(transposed, k, product.b, product.b_stride, k, n)
                var product = product
                (product.b, product.b_stride, product.b_transposed) = (UnsafePointer(transposed), k, 1)
                compute(product, .dot)
            }
        }
        compute(product, .panels)
    }

    private var skinny: Int { Int(CONSILIUM_SKINNY) }

    /// Cuts the longer side of the result; the shorter operand is packed by every thread.
    private func compute(_ product: consilium_product, _ kernel: Kernel) {
        let memory =
            switch kernel {
            case .panels: consilium_multiply_scratch(product.m)
            case .dot: consilium_multiply_dot_scratch()
            case .outer: consilium_multiply_outer_scratch()
            case .decode: 0
            }
        let byRows = product.m >= product.n && kernel != .decode
        let length = byRows ? product.m : product.n
        let cost = max(1, (byRows ? product.n : product.m) * max(product.k, 1) / 8)
        inParallel(length, cost: cost, grain: 48) { range in
            let part =
                byRows
                ? consilium_part(
                    first_row: range.lowerBound, last_row: range.upperBound, first_column: 0, last_column: product.n)
                : consilium_part(
                    first_row: 0, last_row: product.m, first_column: range.lowerBound, last_column: range.upperBound)
            scratch.withMemory(memory) { memory in
                withUnsafePointer(to: product) { product in
                    switch kernel {
                    case .panels: consilium_multiply(product, part, memory)
                    case .dot: consilium_multiply_dot(product, part, memory)
                    case .outer: consilium_multiply_outer(product, part, memory)
                    case .decode: consilium_multiply_decode(product, part)
                    }
                }
            }
        }
    }

    // MARK: Without vector instructions

    private func library(_ product: consilium_product) {
        inParallel(product.m, cost: product.n * max(product.k, 1) / 8) { rows in
            let a = product.a + rows.lowerBound * (product.a_transposed == 1 ? 1 : product.a_stride)
            cblas_sgemm(
                CblasRowMajor, product.a_transposed == 1 ? CblasTrans : CblasNoTrans,
                product.b_transposed == 1 ? CblasTrans : CblasNoTrans, blasint(rows.count), blasint(product.n),
                blasint(product.k), product.alpha, a, blasint(product.a_stride), product.b, blasint(product.b_stride),
                product.accumulate == 1 ? 1 : 0, product.c + rows.lowerBound * product.c_stride,
                blasint(product.c_stride))
        }
    }

    /// A panel of unpacked rows after the other.
    private func library(_ product: consilium_product, _ w: FrozenMatrix) {
        let height = max(1, min(w.rows, (1 << 17) / max(w.columns, 1)))
        scratch.withMemory(height * w.columns) { memory in
            for start in stride(from: 0, to: w.rows, by: height) {
                let rows = min(height, w.rows - start)
                consilium_unpack_rows(memory, w.columns, product.w, start, rows, 1)
                var panel = product
                (panel.w, panel.b, panel.b_stride) = (nil, UnsafePointer(memory), w.columns)
                if product.b_transposed == 1 {
                    (panel.n, panel.c) = (rows, product.c + start)
                } else {
                    (panel.k, panel.a) = (rows, product.a + start)
                    panel.accumulate = product.accumulate == 1 || start > 0 ? 1 : 0
                }
                run(panel)
            }
        }
    }
}
