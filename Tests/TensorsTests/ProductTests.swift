import Testing

@testable import Tensors

@Suite("Matrix products in float32")
struct ProductTests {
    enum Form: CaseIterable { case transposed, plain, transposedFirst }

    struct Case: Sendable, CustomTestStringConvertible {
        var form: Form
        var m: Int
        var n: Int
        var k: Int
        var testDescription: String { "\(form) \(m)×\(n)×\(k)" }
    }

    /// Shapes of adapters (one side of 8 to 64), odd ones, single rows and columns, nothing to add up, more than fits a block.
    static let cases = Form.allCases.flatMap { form in
        [
            (1, 1, 1), (2, 5, 3), (33, 8, 70), (33, 24, 65), (37, 19, 100), (40, 70, 8), (41, 67, 16), (29, 100, 13),
            (8, 90, 50), (16, 33, 47), (5, 40, 200), (90, 8, 50), (47, 16, 33), (1, 40, 64), (4, 33, 100),
            (100, 1, 30), (6, 8, 0), (30, 40, 0), (70, 70, 70), (130, 9, 300), (64, 64, 64), (7, 300, 8),
            (1600, 30, 9), (40, 48, 900), (30, 6, 900),
        ].map { Case(form: form, m: $0.0, n: $0.1, k: $0.2) }
    }

    @Test("all shapes, with strides, factors and accumulation", arguments: cases)
    func product(given: Case) throws {
        try product(given, CPUBackend(usesLibrary: false))
        try product(given, CPUBackend(usesLibrary: true))
    }

    private func product(_ given: Case, _ backend: CPUBackend) throws {
        let (m, n, k) = (given.m, given.n, given.k)
        let aSize = given.form == .transposedFirst ? (k, m) : (m, k)
        let bSize = given.form == .transposed ? (n, k) : (k, n)
        let (aStride, bStride, cStride) = (aSize.1 + 3, bSize.1 + 1, n + 2)
        let a = random(aSize.0 * aStride, "a")
        let b = random(bSize.0 * bStride, "b")
        let c = random(m * cStride, "c")
        let expected = ReferenceLayers.product(
            m, n, k, { given.form == .transposedFirst ? a[$1 * aStride + $0] : a[$0 * aStride + $1] },
            { given.form == .transposed ? b[$1 * bStride + $0] : b[$0 * bStride + $1] })
        for (alpha, accumulate) in [(1, false), (0.5, true), (1, true), (-2, false)] as [(Float, Bool)] {
            let found = try buffer(c)
            let (aBuffer, bBuffer) = (try buffer(a), try buffer(b))
            let (x, y, z) = (
                found.matrix(columns: cStride), aBuffer.matrix(columns: aStride), bBuffer.matrix(columns: bStride)
            )
            switch given.form {
            case .transposed:
                backend.multiplyTransposed(
                    x, y, z, rows: m, columns: n, inner: k, alpha: alpha, accumulate: accumulate)
            case .plain:
                backend.multiply(
                    x, y, z, rows: m, columns: n, inner: k, alpha: alpha, accumulate: accumulate)
            case .transposedFirst:
                backend.multiplyTransposedFirst(
                    x, y, z, rows: m, columns: n, inner: k, alpha: alpha, accumulate: accumulate)
            }
            var all = double(c)
            for i in 0..<m {
                for j in 0..<n {
                    let old = accumulate ? all[i * cStride + j] : 0
                    all[i * cStride + j] = Double(alpha) * expected[i * n + j] + old
                }
            }
            expectClose(found.values(), all, 3e-5)
        }
    }

    @Test(
        "without accumulation, what was there does not matter, even a NaN",
        arguments: cases.filter { $0.m * $0.n < 700 })
    func overwrites(given: Case) throws {
        let a = try buffer(random(given.m * given.k, "a"))
        let b = try buffer(random(given.n * given.k, "b"))
        let c = try buffer([Float](repeating: .nan, count: given.m * given.n))
        let (m, n, k) = (given.m, given.n, given.k)
        let x = c.matrix(columns: n)
        switch given.form {
        case .transposed:
            backend.multiplyTransposed(
                x, a.matrix(columns: k), b.matrix(columns: k), rows: m, columns: n, inner: k, alpha: 1,
                accumulate: false)
        case .plain:
            backend.multiply(
                x, a.matrix(columns: k), b.matrix(columns: n), rows: m, columns: n, inner: k, alpha: 1,
                accumulate: false)
        case .transposedFirst:
            backend.multiplyTransposedFirst(
                x, a.matrix(columns: m), b.matrix(columns: n), rows: m, columns: n, inner: k, alpha: 1,
                accumulate: false)
        }
        #expect(c.values().allSatisfy { $0.isFinite })
    }
}
