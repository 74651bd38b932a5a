import ConsiliumCore
import Synchronization
import Testing

@testable import Tensors

/// One suite, one after the other: the number of threads belongs to the process.
@Suite("Threads", .serialized)
struct ThreadTests {
    private func withThreads<Result>(_ count: Int, _ body: () throws -> Result) rethrows -> Result {
        let before = ComputeThreads.current
        ComputeThreads.set(count)
        defer { ComputeThreads.set(before) }
        return try body()
    }

    @Test("every piece is done once, by a thread of its own number", arguments: [1, 2, 5], [0, 1, 2, 3, 1000])
    func pieces(threads: Int, count: Int) {
        for _ in 0..<20 {
            let done = (0..<count).map { _ in Counter() }
            let active = (0..<threads).map { _ in Counter() }
            let clashes = Counter()
            WorkerPool.shared.run(pieces: count, threads: threads) { piece, thread in
                if active[thread].value.add(1, ordering: .relaxed).oldValue != 0 {
                    clashes.value.add(1, ordering: .relaxed)
                }
                done[piece].value.add(1, ordering: .relaxed)
                active[thread].value.subtract(1, ordering: .relaxed)
            }
            #expect(done.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
            #expect(clashes.value.load(ordering: .relaxed) == 0)
        }
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    @Test("operations within operations and from several tasks at once end")
    func nesting() async {
        let total = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<200 {
                        WorkerPool.shared.run(pieces: 3, threads: 3) { _, _ in
                            WorkerPool.shared.run(pieces: 2, threads: 2) { _, _ in
                                total.value.add(1, ordering: .relaxed)
                            }
                        }
                    }
                }
            }
        }
        #expect(total.value.load(ordering: .relaxed) == 8 * 200 * 6)
    }

    @Test("a helper that slept wakes up", .timeLimit(.minutes(60)))
    func sleeping() async throws {
        for _ in 0..<5 {
            try await Task.sleep(for: .milliseconds(20))
            let others = Counter()
            // The first piece waits for another thread to take the second.
            WorkerPool.shared.run(pieces: 2, threads: 2) { piece, _ in
                others.value.add(1, ordering: .sequentiallyConsistent)
                while others.value.load(ordering: .sequentiallyConsistent) < 2 {}
            }
            #expect(others.value.load(ordering: .relaxed) == 2)
        }
    }

    struct Shape: Sendable {
        var m: Int
        var n: Int
        var k: Int
    }

    @Test(
        "products have the same bits on any number of threads",
        arguments: [
            Shape(m: 200, n: 190, k: 410), Shape(m: 500, n: 8, k: 300), Shape(m: 2, n: 1500, k: 100),
            Shape(m: 8, n: 900, k: 130), Shape(m: 900, n: 24, k: 64), Shape(m: 301, n: 517, k: 8),
            Shape(m: 1, n: 900, k: 333), Shape(m: 7, n: 300, k: 600),
        ])
    func products(shape: Shape) throws {
        let (m, n, k) = (shape.m, shape.n, shape.k)
        let a = try buffer(random(m * k, "a"))
        let b = try buffer(random(n * k, "b"))
        let frozen = try FrozenMatrix.Format.allCases.map { try FrozenSample($0, rows: n, columns: k).matrix }
        func results() throws -> [[Float]] {
            let c = try (0..<3).map { _ in try TensorBuffer(count: m * n, backend: backend) }
            backend.multiplyTransposed(
                c[0].matrix(columns: n), a.matrix(columns: k), b.matrix(columns: k), rows: m, columns: n, inner: k,
                alpha: 1, accumulate: false)
            backend.multiply(
                c[1].matrix(columns: n), a.matrix(columns: k), b.matrix(columns: n), rows: m, columns: n, inner: k,
                alpha: 1, accumulate: false)
            backend.multiplyTransposedFirst(
                c[2].matrix(columns: n), a.matrix(columns: m), b.matrix(columns: n), rows: m, columns: n, inner: k,
                alpha: 1, accumulate: false)
            var all = c.map { $0.values() }
            for w in frozen {
                backend.multiplyTransposed(
                    c[0].matrix(columns: n), a.matrix(columns: k), frozen: w, rows: m, accumulate: false)
                all.append(c[0].values())
            }
            return all
        }
        let expected = try withThreads(1, results)
        for threads in [2, 5] { #expect(try withThreads(threads, results) == expected) }
    }

    @Test("layers have the same bits on any number of threads")
    func layers() throws {
        let (rows, width) = (150, 700)
        let x = try buffer(random(rows * width * 2, "x", scale: 3))
        let dy = try buffer(random(rows * width * 2, "dy"))
        let norm = NormWeights(
            kind: .layer, weight: try buffer(random(width, "w")), bias: try buffer(random(width, "b")), epsilon: 1e-5)
        let positions = (0..<rows).map { Int32($0 % 10) }
        let angles = random(10 * 32, "angles")
        func results() throws -> [[Float]] {
            var all: [[Float]] = []
            func collect(_ count: Int = rows * width, _ body: (TensorBuffer) throws -> Void) throws {
                let y = try buffer(random(count, "y"))
                try body(y)
                all.append(y.values())
            }
            let statistics = try TensorBuffer(count: rows * 2, backend: backend)
            try collect {
                backend.normForward(
                    $0.matrix(columns: width), x.matrix(columns: width), norm, statistics: statistics.pointer,
                    rows: rows, groups: 1, width: width)
            }
            try collect {
                backend.normBackward(
                    $0.matrix(columns: width), dy.matrix(columns: width), x.matrix(columns: width), norm,
                    statistics: statistics.pointer, rows: rows, groups: 1, width: width, accumulate: true)
            }
            try collect(width * 2) {
                backend.normWeightGradient(
                    weight: $0.pointer, bias: $0.pointer + width, dy.matrix(columns: width), x.matrix(columns: width),
                    statistics: statistics.pointer, rows: rows, groups: 1, width: width)
            }
            try collect { backend.gatedForward($0.pointer, gateUp: x.pointer, .silu, rows: rows, width: width) }
            try collect(rows * width * 2) {
                backend.gatedBackward($0.pointer, dy.pointer, gateUp: x.pointer, .gelu, rows: rows, width: width)
            }
            try collect { backend.activationForward($0.pointer, x.pointer, .gelu, count: rows * width) }
            try collect { backend.activationBackward($0.pointer, dy.pointer, x.pointer, .tanh, count: rows * width) }
            try collect { backend.softcap($0.pointer, cap: 3, count: rows * width) }
            try collect { backend.add($0.pointer, x.pointer, count: rows * width) }
            try collect { backend.sum($0.pointer, x.pointer, dy.pointer, count: rows * width) }
            try collect { backend.addBias($0.matrix(columns: width), x.pointer, rows: rows, width: width) }
            try collect(width) {
                backend.addColumnSums($0.pointer, x.matrix(columns: width), rows: rows, width: width)
            }
            try collect {
                backend.scatterAddRows(
                    $0.pointer, x.pointer, rows: positions, factors: random(rows, "factors"), width: width)
            }
            try collect { backend.gatherRows($0.pointer, x.pointer, rows: positions, width: width) }
            try collect {
                backend.rotary(
                    $0.matrix(columns: width), cosine: angles, sine: angles, positions: positions, heads: 10,
                    headSize: 70, rotarySize: 64, inverse: false)
            }
            try collect {
                all.append(
                    backend.crossEntropy(
                        $0.pointer, targets: positions, weights: random(rows, "weights"), vocabulary: width, cap: 5))
            }
            return all
        }
        let expected = try withThreads(1, results)
        for threads in [2, 5] { #expect(try withThreads(threads, results) == expected) }
    }

    @Test("attention has the same bits on any number of threads")
    func attention() throws {
        let shape = AttentionShape(heads: 6, keyValueHeads: 3, headSize: 32, scale: 0.2, window: 90)
        let spans = [(0, 100), (100, 7), (107, 150), (257, 64)].map { SequenceSpan(start: $0.0, count: $0.1) }
        let (rows, width) = (321, 12 * 32)
        let fused = try buffer(random(rows * width, "fused", scale: 2))
        let seed = try buffer(random(rows * 192, "seed"))
        func results() throws -> [[Float]] {
            let out = try TensorBuffer(count: rows * 192, backend: backend)
            let sums = try TensorBuffer(count: rows * 6, backend: backend)
            let gradient = try TensorBuffer(count: rows * width, backend: backend)
            let (q, d) = (fused.matrix(columns: width), gradient.matrix(columns: width))
            let (k, v) = (q.dropping(columns: 192), q.dropping(columns: 288))
            backend.attentionForward(
                out.matrix(columns: 192), logSumExp: sums.pointer, queries: q, keys: k, values: v, spans: spans,
                shape: shape)
            backend.attentionBackward(
                dQueries: d, dKeys: d.dropping(columns: 192), dValues: d.dropping(columns: 288),
                dOut: seed.matrix(columns: 192), out: out.matrix(columns: 192), logSumExp: sums.pointer, queries: q,
                keys: k, values: v, spans: spans, shape: shape)
            return [out.values(), gradient.values()]
        }
        let expected = try withThreads(1, results)
        for threads in [2, 4] { #expect(try withThreads(threads, results) == expected) }
    }
}
