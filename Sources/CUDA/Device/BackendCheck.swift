internal import Tensors

/// Compares a backend's operations with the CPU's on small random numbers: a driver, a compiler or a GPU that computes wrong
/// numbers is found before a model is trained with them.
struct BackendCheck: Sendable {
    typealias Computation = @Sendable (any TensorBackend) throws -> [Float]

    let name: String
    /// Whether activations are kept as training keeps them.
    var asInTraining = false
    let compute: Computation

    /// The largest difference of every check, relative to the largest number that the CPU has.
    /// - Throws: what the backend fails with.
    static func differences(of backend: any TensorBackend) throws -> [(name: String, difference: Float)] {
        let reference = CPUBackend()
        return try all.filter { backend.roundsActivations || !$0.asInTraining }.map { check in
            let expected = try check.compute(reference)
            let found = try check.compute(backend)
            try backend.synchronize()
            return (check.name, difference(found, expected))
        }
    }

    /// The largest difference relative to the largest number. Numbers that are not finite never agree.
    static func difference(_ found: [Float], _ expected: [Float]) -> Float {
        guard found.count == expected.count, found.allSatisfy(\.isFinite) else { return .infinity }
        let largest = expected.reduce(0) { max($0, abs($1)) }
        let worst = zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
        return worst / max(largest, .leastNormalMagnitude)
    }

    // MARK: The checks

    private static let rows = 37
    private static let width = 128

    static let all: [BackendCheck] = {
        var checks = FrozenMatrix.Format.allCases.flatMap { format in
            both("products with \(format.rawValue) weights") { try frozenProducts(format, $0) }
        }
        checks += both("products with adapters", adaptedProducts)
        checks += both("gradients of groups", groupGradients)
        checks += both("norms", norms)
        checks += both("rotary positions and activations", activations)
        checks += both("attention", attention)
        checks += both("rows and sums", rowsAndSums)
        checks.append(BackendCheck(name: "products of activations", compute: products))
        checks.append(BackendCheck(name: "attention to a cache", compute: decoding))
        checks.append(BackendCheck(name: "cross-entropy", compute: crossEntropy))
        return checks
    }()

    /// A check with activations in float32, and one with them as training keeps them.
    private static func both(
        _ name: String, _ compute: @escaping @Sendable (Memory) throws -> [Float]
    ) -> [BackendCheck] {
        [false, true].map { training in
            BackendCheck(name: training ? "\(name) as in training" : name, asInTraining: training) {
                try compute(Memory(backend: $0, asInTraining: training))
            }
        }
    }

    static func numbers(_ count: Int, _ key: UInt64, bound: Float = 1) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { UniformNumbers.fill(base, count: count, key: key, bound: bound) }
            initialized = count
        }
    }

    private static func buffer(
        _ count: Int, _ key: UInt64, _ backend: any TensorBackend, bound: Float = 1
    ) throws -> TensorBuffer { try TensorBuffer(numbers(count, key, bound: bound), backend: backend) }

    /// A layer, its gradient, and an embedding, of one number format.
    private static func frozenProducts(_ format: FrozenMatrix.Format, _ memory: Memory) throws -> [Float] {
        let (outputs, inputs) = (192, width)
        let backend = memory.backend
        let weight = try backend.place(
            FrozenMatrix.random(format: format, rows: outputs, columns: inputs, key: 1, bound: 0.1))
        let input = try memory.activations(rows * inputs, 2)
        let y = try memory.activations(rows * outputs, 3)
        let dx = try memory.activations(rows * inputs)
        let few = try memory.activations(3 * outputs)
        let embedding = try memory.activations(3 * inputs)
        backend.multiplyTransposed(
            y.matrix(columns: outputs), input.matrix(columns: inputs), frozen: weight, rows: rows, accumulate: true)
        backend.multiply(
            dx.matrix(columns: inputs), y.matrix(columns: outputs), frozen: weight, rows: rows, accumulate: false)
        backend.multiplyTransposed(
            few.matrix(columns: outputs), input.matrix(columns: inputs), frozen: weight, rows: 3, accumulate: false)
        backend.gatherRows(embedding.pointer, frozen: weight, rows: [7, 0, 191], factor: 2)
        return y.values() + dx.values() + few.values() + embedding.values()
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
    private static func adaptedProducts(_ memory: Memory) throws -> [Float] {
        let backend = memory.backend
        let (inputs, outputs, rank) = (64, 136, 12)
        let weight = try backend.place(
            FrozenMatrix.random(format: .int8, rows: outputs, columns: inputs, key: 21, bound: 0.1))
        let a = try memory.floats(2 * rank * inputs, 22)
        let b = try memory.floats(134 * rank, 23)
        let factors = LowRankFactors(
            a: a.pointer, input: inputs, width: 2 * rank, rank: rank, scale: 0.5,
            parts: [
                .init(rankColumn: 0, outputColumn: 0, output: 70, b: b.pointer),
                .init(rankColumn: rank, outputColumn: 72, output: 64, b: b.pointer + 70 * rank),
            ])
        let x = try memory.activations(rows * inputs, 24)
        let y = try memory.activations(rows * outputs, 25)
        let dx = try memory.activations(rows * inputs, 26)
        let reduced = try memory.zeros(rows * 30)
        let dReduced = try memory.zeros(rows * 30)
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

    private static func groupGradients(_ memory: Memory) throws -> [Float] {
        let (m, n) = (16, 40)
        // One of the two is x·Aᵀ or its gradient, the other what the layer reads, or its output's gradient.
        let a = try memory.floats(rows * m, 7)
        let b = try memory.activations(rows * n, 8)
        let sums = try memory.zeros(6 * m * n)
        func segments(_ first: Int) -> [SegmentTarget] {
            [0..<11, 11..<12, 12..<rows].enumerated().map {
                SegmentTarget(rows: $1, target: sums.pointer + (first + $0) * m * n)
            }
        }
        memory.backend.addSegmentProducts(
            segments(0), stride: n, a.matrix(columns: m), b.matrix(columns: n), rows: m, columns: n, alpha: 0.5)
        memory.backend.addSegmentProducts(
            segments(3), stride: m, b.matrix(columns: n), a.matrix(columns: m), rows: n, columns: m, alpha: 0.5)
        return sums.values()
    }

    private static func norms(_ memory: Memory) throws -> [Float] {
        let backend = memory.backend
        let x = try memory.activations(rows * width, 9)
        let statistics = try memory.zeros(2 * rows)
        let weight = try memory.floats(width, 10)
        let bias = try memory.floats(width, 11)
        var results: [Float] = []
        for kind in [NormWeights.Kind.rootMeanSquare, .layer] {
            let norm = NormWeights(kind: kind, weight: weight, bias: kind == .layer ? bias : nil, epsilon: 1e-5)
            let y = try memory.activations(rows * width)
            let dx = try memory.activations(rows * width, 12)
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

    private static func activations(_ memory: Memory) throws -> [Float] {
        let backend = memory.backend
        let table = try memory.floats(64 * 16, 13)
        let x = try memory.activations(rows * width, 14)
        let dy = try memory.activations(rows * width / 2, 15)
        let y = try memory.activations(rows * width / 2)
        let dense = try memory.activations(rows * width / 2)
        backend.rotary(
            x.matrix(columns: width), cosine: table.pointer, sine: table.pointer,
            positions: (0..<Int32(rows)).map { $0 },
            heads: 4, headSize: 32, rotarySize: 32, inverse: false)
        backend.gatedForward(y.pointer, gateUp: x.pointer, .silu, rows: rows, width: width / 2)
        backend.gatedBackward(x.pointer, dy.pointer, gateUp: x.pointer, .silu, rows: rows, width: width / 2)
        backend.activationForward(dense.pointer, x.pointer, .gelu, count: rows * width / 2)
        backend.activationBackward(dy.pointer, dy.pointer, dense.pointer, .gelu, count: rows * width / 2)
        return y.values() + x.values() + dense.values() + dy.values()
    }

    /// What stands between the layers, an embedding, and the way to the head and back.
    private static func rowsAndSums(_ memory: Memory) throws -> [Float] {
        let backend = memory.backend
        let count = rows * width
        let a = try memory.activations(count, 27)
        let b = try memory.activations(count, 28)
        let sum = try memory.activations(count)
        let bias = try memory.floats(width, 29)
        let picked = try memory.zeros(2 * width)
        backend.sum(sum.pointer, a.pointer, b.pointer, count: count)
        backend.add(a.pointer, sum.pointer, count: count)
        backend.addBias(a.matrix(columns: width), bias.pointer, rows: rows, width: width)
        backend.copyRows(
            b.matrix(columns: width), sum.matrix(columns: width).dropping(columns: 3), rows: rows, width: 29)
        backend.copy(b.pointer + width / 2, a.pointer + 1, count: 5)
        backend.zero(b.pointer + 7, count: 9)
        backend.gatherRows(picked.pointer, b.pointer, rows: [Int32(rows - 1), 2], width: width)
        backend.scatterRows(sum.pointer, picked.pointer, rows: [4, 0], width: width)
        return a.values() + b.values() + sum.values() + picked.values()
    }

    private static let shape = AttentionShape(heads: 4, keyValueHeads: 2, headSize: 32, scale: 0.2)

    private static func attention(_ memory: Memory) throws -> [Float] {
        let backend = memory.backend
        let stride = 8 * 32
        let fused = try memory.activations(rows * stride, 16)
        let view = fused.matrix(columns: stride)
        let out = try memory.activations(rows * width)
        let dOut = try memory.activations(rows * width, 17)
        let logSumExp = try memory.zeros(rows * 4)
        let gradient = try memory.activations(rows * stride)
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
