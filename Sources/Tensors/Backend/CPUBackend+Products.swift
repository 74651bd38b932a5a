internal import CKernels
internal import COpenBLAS

extension CPUBackend {
    public func multiplyTransposed(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(c, a, CblasNoTrans, b, CblasTrans, m, n, k, alpha, accumulate)
    }

    public func multiply(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(c, a, CblasNoTrans, b, CblasNoTrans, m, n, k, alpha, accumulate)
    }

    public func multiplyTransposedFirst(
        _ c: MatrixView, _ a: MatrixView, _ b: MatrixView, rows m: Int, columns n: Int, inner k: Int, alpha: Float,
        accumulate: Bool
    ) {
        product(c, a, CblasTrans, b, CblasNoTrans, m, n, k, alpha, accumulate)
    }

    func product(
        _ c: MatrixView, _ a: MatrixView, _ transposeA: CBLAS_TRANSPOSE, _ b: MatrixView,
        _ transposeB: CBLAS_TRANSPOSE, _ m: Int, _ n: Int, _ k: Int, _ alpha: Float, _ accumulate: Bool
    ) {
        guard m > 0, n > 0 else { return }
        cblas_sgemm(
            CblasRowMajor, transposeA, transposeB, blasint(m), blasint(n), blasint(k), alpha, a.pointer,
            blasint(a.stride), b.pointer, blasint(b.stride), accumulate ? 1 : 0, c.pointer, blasint(c.stride))
    }
}
