internal import CUDAKernels
public import Tensors

extension CUDABackend {
    public func add(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, count: Int) {
        guard !y.isRounded else { return sum(y, y, x, count: count) }
        enqueue(writes: (MatrixView(y, stride: count), 1, count)) {
            try $0.launch("vector_add", over: count, y, x, count)
        }
    }

    public func sum(
        _ y: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int
    ) {
        enqueue(writes: (MatrixView(y, stride: count), 1, count)) {
            try RoundedStorage.require(y.isRounded == a.isRounded && y.isRounded == b.isRounded)
            try $0.launch("vector_sum\(y.suffix)", over: count, y.numbers, a.numbers, b.numbers, count)
        }
    }

    public func addBias(_ y: MatrixView, _ bias: UnsafePointer<Float>, rows: Int, width: Int) {
        enqueue(writes: (y, rows, width)) {
            try $0.launch(
                "add_bias\(y.pointer.suffix)", rows: rows, width: width, y.pointer.numbers, y.stride, bias, rows, width)
        }
    }

    public func copyRows(_ y: MatrixView, _ x: MatrixView, rows: Int, width: Int) {
        enqueue(writes: (y, rows, width)) {
            try RoundedStorage.require(y.pointer.isRounded == x.pointer.isRounded)
            guard !y.pointer.isRounded else {
                return try $0.launch(
                    "copy_rows_bf16", rows: rows, width: width, y.pointer.numbers, y.stride, x.pointer.numbers,
                    x.stride, rows, width, width)
            }
            try $0.launch(
                "copy_rows", rows: rows, width: width, y.pointer, y.stride, x.pointer, x.stride, rows, width)
        }
    }

    public func addColumnSums(_ sum: UnsafeMutablePointer<Float>, _ x: MatrixView, rows: Int, width: Int) {
        guard rows > 0, width > 0 else { return }
        enqueue(writes: (MatrixView(sum, stride: width), 1, width)) { queue in
            let chunk = max(1, Int(cuda_row_chunk(Int64(rows))))
            let chunks = (rows + chunk - 1) / chunk
            let partial = try queue.scratch(floats: chunks * width)
            try queue.launch(
                "column_sums_partial", grid: ((width + 31) / 32, chunks, 1), block: (32, 8, 1), partial, x.pointer,
                x.stride, rows, width, chunk)
            try queue.launch("column_sums_final", over: width, sum, partial, chunks, width)
        }
    }

    public func gatherRows(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int) {
        gather(y, x, rows, nil, width)
    }

    public func gatherScaledRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float], width: Int
    ) {
        gather(y, x, rows, factors, width)
    }

    private func gather(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ rows: [Int32], _ factors: [Float]?, _ width: Int
    ) {
        guard !rows.isEmpty else { return }
        enqueue(writes: (MatrixView(y, stride: width), rows.count, width)) { queue in
            guard !x.isRounded else {
                try RoundedStorage.require(factors == nil)
                return try queue.launch(
                    "gather_rows_bf16", rows: rows.count, width: width, y, x.numbers, try queue.indices(rows),
                    rows.count, width)
            }
            try queue.launch(
                "gather_rows", rows: rows.count, width: width, y, x, try queue.indices(rows),
                try factors.map { try queue.floats($0) }, rows.count, width)
        }
    }

    public func scatterRows(_ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], width: Int) {
        guard !rows.isEmpty else { return }
        enqueue { queue in
            try queue.launch(
                "scatter_rows\(y.suffix)", rows: rows.count, width: width, y.numbers, x, try queue.indices(rows),
                rows.count, width)
        }
    }

    /// Every row of y is one block's, which adds in the order of i: equal calls give equal bits.
    public func scatterAddRows(
        _ y: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, rows: [Int32], factors: [Float]?, width: Int
    ) {
        guard !rows.isEmpty, width > 0 else { return }
        enqueue { queue in
            let order = rows.indices.sorted { (rows[$0], $0) < (rows[$1], $1) }
            var targets: [Int32] = []
            var starts: [Int32] = []
            for (position, index) in order.enumerated() where targets.last != rows[index] {
                targets.append(rows[index])
                starts.append(Int32(position))
            }
            starts.append(Int32(rows.count))
            try queue.launch(
                "scatter_add_rows", grid: ((width + 127) / 128, min(targets.count, 65535), 1), block: (128, 1, 1), y, x,
                try queue.indices(targets), try queue.indices(starts), try queue.indices(order.map(Int32.init)),
                try factors.map { try queue.floats($0) }, targets.count, width)
        }
    }

    /// Waits: which expert a token goes to is decided on the host.
    public func rowProducts(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rows: [Int32], width: Int
    ) -> [Float] {
        var products = [Float](repeating: .nan, count: rows.count)
        guard !rows.isEmpty else { return [] }
        enqueue(writes: (MatrixView(UnsafeMutablePointer(mutating: a), stride: 0), 0, 0)) { queue in
            let memory = try queue.scratch(floats: rows.count)
            try queue.launch(
                "row_products", grid: ((rows.count + 3) / 4, 1, 1), block: (128, 1, 1), memory, a, b,
                try queue.indices(rows), rows.count, width)
            try products.withUnsafeMutableBytes { try queue.download($0, from: memory) }
        }
        return products
    }
}
