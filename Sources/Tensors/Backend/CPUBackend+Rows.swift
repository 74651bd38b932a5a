internal import CKernels

extension CPUBackend {
    public func add(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, count: Int) {
        inParallel(count, cost: 1, grain: 64) { range in
            consilium_add(y + range.lowerBound, x + range.lowerBound, range.count)
        }
    }

    public func sum(
        _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
    ) {
        inParallel(count, cost: 1, grain: 64) { range in
            consilium_sum(y + range.lowerBound, a + range.lowerBound, b + range.lowerBound, range.count)
        }
    }

    public func addBias(_ y: MatrixView, _ bias: UnsafePointer<Float>, rows: Int, width: Int) {
        inParallel(rows, cost: width) { range in
            consilium_add_bias(y.dropping(rows: range.lowerBound).pointer, y.stride, bias, range.count, width)
        }
    }

    public func addColumnSums(_ sum: UnsafeMutablePointer<Float>, _ x: MatrixView, rows: Int, width: Int) {
        inParallel(width, cost: rows, grain: 64) { columns in
            consilium_add_column_sums(sum, x.pointer, x.stride, rows, columns.lowerBound, columns.upperBound)
        }
    }

    public func gatherRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int
    ) {
        gather(y, x, rows, nil, width)
    }

    public func gatherScaledRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float], width: Int
    ) {
        gather(y, x, rows, factors, width)
    }

    private func gather(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ rows: UnsafePointer<Int32>, count: Int,
        _ factors: UnsafePointer<Float>?, width: Int
    ) {
        inParallel(count, cost: width) { range in
            let first = range.lowerBound
            consilium_gather_rows(y + first * width, x, rows + first, factors.map { $0 + first }, range.count, width)
        }
    }

    private func gather(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ rows: [Int32], _ factors: [Float]?, _ width: Int
    ) {
        if let factors {
            gather(y, x, rows, count: rows.count, factors, width: width)
        } else {
            gather(y, x, rows, count: rows.count, nil, width: width)
        }
    }

    public func scatterRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int
    ) {
        consilium_scatter_rows(y, x, rows, rows.count, width)
    }

    /// Cut by columns: two rows of x may belong to the same row of y.
    public func scatterAddRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float]?, width: Int
    ) {
        rows.withUnsafeBufferPointer { rows in
            func run(_ factors: UnsafePointer<Float>?) {
                inParallel(width, cost: rows.count, grain: 64) { columns in
                    consilium_scatter_add_rows(
                        y, x, rows.baseAddress, factors, rows.count, width, columns.lowerBound, columns.upperBound)
                }
            }
            if let factors { run(factors) } else { run(nil) }
        }
    }

    public func rowProducts(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rows: [Int32], width: Int
    ) -> [Float] {
        var products = [Float](repeating: 0, count: rows.count)
        consilium_row_products(&products, a, b, rows, rows.count, width)
        return products
    }
}
