internal import Tensors

/// Compares a backend's operations with the CPU's on small random numbers: a driver, a compiler or a GPU that computes wrong
/// numbers is found before a model is trained with them.
struct BackendCheck: Sendable {
    typealias Computation = @Sendable (any TensorBackend) throws -> [Float]

    let name: String
    let compute: Computation

    /// The largest difference of every check, relative to the largest number that the CPU has.
    /// - Throws: what the backend fails with.
    static func differences(of backend: any TensorBackend) throws -> [(name: String, difference: Float)] {
        let reference = CPUBackend()
        return try all.map { check in
            let expected = try check.compute(reference)
            let found = try check.compute(backend)
            try backend.synchronize()
            return (check.name, difference(found, expected))
        }
    }

    /// Numbers that are not finite never agree.
    private static func difference(_ found: [Float], _ expected: [Float]) -> Float {
        guard found.count == expected.count, found.allSatisfy(\.isFinite) else { return .infinity }
        let largest = expected.reduce(0) { max($0, abs($1)) }
        let worst = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
        return worst / max(largest, .leastNormalMagnitude)
    }

    // MARK: The checks

    private static let rows = 37
    private static let width = 128

    static let all: [BackendCheck] =
        FrozenMatrix.Format.allCases.map(frozenProducts) + [
            BackendCheck(name: "products with adapters", compute: adaptedProducts),
            BackendCheck(name: "products of activations", compute: products),
            BackendCheck(name: "gradients of groups", compute: groupGradients),
            BackendCheck(name: "norms", compute: norms),
            BackendCheck(name: "rotary positions and activations", compute: activations),
            BackendCheck(name: "attention", compute: attention),
            BackendCheck(name: "attention to a cache", compute: decoding),
            BackendCheck(name: "cross-entropy", compute: crossEntropy),
        ]

    private static func numbers(_ count: Int, _ key: UInt64, bound: Float = 1) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { UniformNumbers.fill(base, count: count, key: key, bound: bound) }
            initialized = count
        }
    }

    private static func buffer(
        _ count: Int, _ key: UInt64, _ backend: any TensorBackend, bound: Float = 1
    ) throws -> TensorBuffer { try TensorBuffer(numbers(count, key, bound: bound), backend: backend) }

    /// A layer, its gradient, and an embedding, of one number format.
    private static func frozenProducts(_ format: FrozenMatrix.Format) -> BackendCheck {
        BackendCheck(name: "products with \(format.rawValue) weights") { backend in
            let (outputs, inputs) = (192, width)
            let weight = try backend.place(
                FrozenMatrix.random(format: format, rows: outputs, columns: inputs, key: 1, bound: 0.1))
            let input = try buffer(rows * inputs, 2, backend)
            let y = try buffer(rows * outputs, 3, backend)
            let dx = try TensorBuffer(count: rows * inputs, backend: backend)
            let few = try TensorBuffer(count: 3 * outputs, backend: backend)
            let embedding = try TensorBuffer(count: 3 * inputs, backend: backend)
            backend.multiplyTransposed(
                y.matrix(columns: outputs), input.matrix(columns: inputs), frozen: weight, rows: rows, accumulate: true)
            backend.multiply(
                dx.matrix(columns: inputs), y.matrix(columns: outputs), frozen: weight, rows: rows, accumulate: false)
            backend.multiplyTransposed(
                few.matrix(columns: outputs), input.matrix(columns: inputs), frozen: weight, rows: 3, accumulate: false)
            backend.gatherRows(embedding.pointer, frozen: weight, rows: [7, 0, 191], factor: 2)
            return y.values() + dx.values() + few.values() + embedding.values()
        }
    }

    private static func products(_ backend: any TensorBackend) throws -> [Float] {
        let (m, n, k) = (rows, 24, 72)
        let a = try buffer(m * k, 4, backend)
        let b = try buffer(n * k, 5, backend)
        let c = try buffer(3 * m * n, 6, backend)
        let (first, second, third) = (c.pointer, c.pointer + m * n, c.pointer + 2 * m * n)
        backend.multiplyTransposed(
            MatrixView(first, stride: n), a.matrix(columns: k), b.matrix(columns: k), rows: m, columns: n, inner: k,
            alpha: 0.5, accumulate: true)
        backend.multiply(
            MatrixView(second, stride: n), a.matrix(columns: k), b.matrix(columns: n), rows: m, columns: n, inner: k,
            alpha: 1, accumulate: false)
        backend.multiplyTransposedFirst(
            MatrixView(third, stride: n), a.matrix(columns: m), b.matrix(columns: n), rows: m, columns: n, inner: k,
            alpha: 2, accumulate: true)
        return c.values()
    }

    /// Two layers side by side, with two columns between that no adapter reaches.
    private static func adaptedProducts(_ backend: any TensorBackend) throws -> [Float] {
        let (inputs, outputs, rank) = (64, 136, 12)
        let weight = try backend.place(
            FrozenMatrix.random(format: .int8, rows: outputs, columns: inputs, key: 21, bound: 0.1))
        let a = try buffer(2 * rank * inputs, 22, backend)
        let b = try buffer(134 * rank, 23, backend)
        let factors = LowRankFactors(
            a: a.pointer, input: inputs, width: 2 * rank, rank: rank, scale: 0.5,
            parts: [
                .init(rankColumn: 0, outputColumn: 0, output: 70, b: b.pointer),
                .init(rankColumn: rank, outputColumn: 72, output: 64, b: b.pointer + 70 * rank),
            ])
        let x = try buffer(rows * inputs, 24, backend)
        let y = try buffer(rows * outputs, 25, backend)
        let dx = try buffer(rows * inputs, 26, backend)
        let reduced = try TensorBuffer(count: rows * 30, backend: backend)
        let dReduced = try TensorBuffer(count: rows * 30, backend: backend)
        backend.multiplyTransposed(
            y.matrix(columns: outputs), reduced: MatrixView(reduced.pointer + 3, stride: 30), x.matrix(columns: inputs),
            frozen: weight, factors, rows: rows, accumulate: true)
        backend.multiply(
            dx.matrix(columns: inputs), dReduced: MatrixView(dReduced.pointer, stride: 30), y.matrix(columns: outputs),
            frozen: weight, factors, rows: rows, accumulate: true)
        // Of one size, so that one bound fits all.
        func scaled(_ values: [Float]) -> [Float] {
            let largest = values.reduce(0) { max($0, abs($1)) }
            return values.map { $0 / max(largest, .leastNormalMagnitude) }
        }
        return scaled(y.values()) + scaled(dx.values()) + scaled(reduced.values()) + scaled(dReduced.values())
    }

    private static func groupGradients(_ backend: any TensorBackend) throws -> [Float] {
        let (m, n) = (16, 40)
        let a = try buffer(rows * m, 7, backend)
        let b = try buffer(rows * n, 8, backend)
        let sums = try TensorBuffer(count: 3 * m * n, backend: backend)
        let segments = [0..<11, 11..<12, 12..<rows].enumerated().map {
            SegmentTarget(rows: $1, target: sums.pointer + $0 * m * n)
        }
        backend.addSegmentProducts(
            segments, stride: n, a.matrix(columns: m), b.matrix(columns: n), rows: m, columns: n, alpha: 0.5)
        return sums.values()
    }

    private static func norms(_ backend: any TensorBackend) throws -> [Float] {
        let x = try buffer(rows * width, 9, backend)
        let statistics = try TensorBuffer(count: 2 * rows, backend: backend)
        let weight = try buffer(width, 10, backend)
        let bias = try buffer(width, 11, backend)
        var results: [Float] = []
        for kind in [NormWeights.Kind.rootMeanSquare, .layer] {
            let norm = NormWeights(kind: kind, weight: weight, bias: kind == .layer ? bias : nil, epsilon: 1e-5)
            let y = try TensorBuffer(count: rows * width, backend: backend)
            let dx = try buffer(rows * width, 12, backend)
            backend.normForward(
                y.matrix(columns: width), x.matrix(columns: width), norm, statistics: statistics.pointer, rows: rows,
                groups: 1, width: width)
            backend.normBackward(
                dx.matrix(columns: width), y.matrix(columns: width), x.matrix(columns: width), norm,
                statistics: statistics.pointer, rows: rows, groups: 1, width: width, accumulate: true)
            results += y.values() + dx.values()
        }
        return results
    }

    private static func activations(_ backend: any TensorBackend) throws -> [Float] {
        let table = try buffer(64 * 16, 13, backend)
        let x = try buffer(rows * width, 14, backend)
        let dy = try buffer(rows * width / 2, 15, backend)
        let y = try TensorBuffer(count: rows * width / 2, backend: backend)
        backend.rotary(
            x.matrix(columns: width), cosine: table.pointer, sine: table.pointer,
            positions: (0..<Int32(rows)).map { $0 },
            heads: 4, headSize: 32, rotarySize: 32, inverse: false)
        backend.gatedForward(y.pointer, gateUp: x.pointer, .silu, rows: rows, width: width / 2)
        backend.gatedBackward(x.pointer, dy.pointer, gateUp: x.pointer, .silu, rows: rows, width: width / 2)
        return y.values() + x.values()
    }

    private static let shape = AttentionShape(heads: 4, keyValueHeads: 2, headSize: 32, scale: 0.2)

    private static func attention(_ backend: any TensorBackend) throws -> [Float] {
        let stride = 8 * 32
        let fused = try buffer(rows * stride, 16, backend)
        let view = fused.matrix(columns: stride)
        let out = try TensorBuffer(count: rows * width, backend: backend)
        let dOut = try buffer(rows * width, 17, backend)
        let logSumExp = try TensorBuffer(count: rows * 4, backend: backend)
        let gradient = try TensorBuffer(count: rows * stride, backend: backend)
        let spans = [SequenceSpan(start: 0, count: 30), SequenceSpan(start: 30, count: rows - 30)]
        backend.attentionForward(
            out.matrix(columns: width), logSumExp: logSumExp.pointer, queries: view, keys: view.dropping(columns: 128),
            values: view.dropping(columns: 192), spans: spans, shape: shape)
        let d = gradient.matrix(columns: stride)
        backend.attentionBackward(
            dQueries: d, dKeys: d.dropping(columns: 128), dValues: d.dropping(columns: 192),
            dOut: dOut.matrix(columns: width), out: out.matrix(columns: width), logSumExp: logSumExp.pointer,
            queries: view, keys: view.dropping(columns: 128), values: view.dropping(columns: 192), spans: spans,
            shape: shape)
        return out.values() + gradient.values()
    }

    private static func decoding(_ backend: any TensorBackend) throws -> [Float] {
        let cache = try buffer(rows * 128, 18, backend)
        let query = try buffer(width, 19, backend)
        let out = try TensorBuffer(count: width, backend: backend)
        let keys = cache.matrix(columns: 128)
        backend.attentionDecode(
            out.pointer, query: query.pointer, keys: keys, values: keys.dropping(columns: 64), length: rows,
            shape: shape)
        return out.values()
    }

    private static func crossEntropy(_ backend: any TensorBackend) throws -> [Float] {
        let logits = try buffer(rows * width, 20, backend, bound: 4)
        let losses = backend.crossEntropy(
            logits.pointer, targets: (0..<Int32(rows)).map { $0 }, weights: [Float](repeating: 1, count: rows),
            vocabulary: width, cap: 0)
        return losses + logits.values().map { $0 * 4 }
    }
}
