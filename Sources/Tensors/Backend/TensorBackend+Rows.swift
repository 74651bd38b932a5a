extension TensorBackend {
    /// y[t,i] = x[t,i] for matrices with row distances of their own.
    public func copyRows(_ y: MatrixView, _ x: MatrixView, rows: Int, width: Int) {
        for row in 0..<rows {
            copy(y.dropping(rows: row).pointer, x.dropping(rows: row).pointer, count: width)
        }
    }
}
