import Tensors
import Testing

@Suite("Norms agree with a plain reference and with finite differences")
struct NormTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: NormWeights.Kind
        var rows: Int
        var groups: Int
        var width: Int
        var testDescription: String { "\(kind) \(rows)×\(groups)×\(width)" }
    }

    static let cases = [NormWeights.Kind.rootMeanSquare, .layer].flatMap { kind in
        [(1, 1, 3), (3, 1, 8), (5, 1, 24), (2, 1, 65), (3, 4, 10), (1, 2, 17), (0, 1, 8)].map {
            Case(kind: kind, rows: $0.0, groups: $0.1, width: $0.2)
        }
    }

    /// Rows are followed by as much padding as `gap` says, which must stay as it is.
    @Test("forward, backward and the gradients of the weights", arguments: cases, [0, 3])
    func norm(given: Case, gap: Int) throws {
        let (rows, width) = (given.rows, given.width)
        let row = given.groups * width
        let stride = row + gap
        let values = random(rows * row, "x", scale: 2)
        let weight = random(width, "weight")
        let bias = given.kind == .layer ? random(width, "bias") : nil
        let seed = random(rows * row, "seed")
        let norm = NormWeights(
            kind: given.kind, weight: try buffer(weight), bias: try bias.map(buffer), epsilon: 1e-3)
        func spread(_ values: [Float], fill: Float) -> [Float] {
            (0..<rows).flatMap {
                values[$0 * row..<($0 + 1) * row] + [Float](repeating: fill, count: gap)
            }
        }
        func packed(_ values: [Float]) -> [Float] {
            (0..<rows).flatMap { values[$0 * stride..<$0 * stride + row] }
        }
        let x = try buffer(spread(values, fill: 77))
        let y = try buffer(spread([Float](repeating: 0, count: rows * row), fill: 88))
        let statistics = try TensorBuffer(count: rows * given.groups * 2, backend: backend)
        backend.normForward(
            y.matrix(columns: stride), x.matrix(columns: stride), norm, statistics: statistics.pointer,
            rows: rows,
            groups: given.groups, width: width)
        let reference = { (x: [Double], weight: [Double], bias: [Double]?) in
            ReferenceLayers.norm(x, kind: given.kind, weight: weight, bias: bias, epsilon: 1e-3)
        }
        expectClose(
            packed(y.values()), reference(double(values), double(weight), bias.map(double)), 1e-6)
        #expect(y.values() == spread(packed(y.values()), fill: 88), "the padding is not touched")

        let expected = ReferenceLayers.gradient(double(values), seed: double(seed)) {
            reference($0, double(weight), bias.map(double))
        }
        // Added to what is there.
        let dy = try buffer(spread(seed, fill: 1e9))
        let dx = try buffer(spread([Float](repeating: 0.5, count: rows * row), fill: 99))
        func backward(_ dx: TensorBuffer, accumulate: Bool) {
            backend.normBackward(
                dx.matrix(columns: stride), dy.matrix(columns: stride), x.matrix(columns: stride), norm,
                statistics: statistics.pointer, rows: rows, groups: given.groups, width: width,
                accumulate: accumulate)
        }
        backward(dx, accumulate: true)
        expectClose(packed(dx.values()), expected.map { $0 + 0.5 }, 1e-5)

        let dWeight = try buffer([Float](repeating: 0.25, count: width))
        let dBias = try buffer([Float](repeating: 0.25, count: width))
        backend.normWeightGradient(
            weight: dWeight.pointer, bias: given.kind == .layer ? dBias.pointer : nil,
            dy.matrix(columns: stride),
            x.matrix(columns: stride), statistics: statistics.pointer, rows: rows, groups: given.groups,
            width: width)
        let weightGradient = ReferenceLayers.gradient(double(weight), seed: double(seed)) {
            reference(double(values), $0, bias.map(double))
        }
        expectClose(dWeight.values(), weightGradient.map { $0 + 0.25 }, 1e-5)
        if let bias {
            let biasGradient = ReferenceLayers.gradient(double(bias), seed: double(seed)) {
                reference(double(values), double(weight), $0)
            }
            expectClose(dBias.values(), biasGradient.map { $0 + 0.25 }, 1e-5)
        }

        // In place, last because it overwrites the gradient.
        backward(dy, accumulate: false)
        expectClose(packed(dy.values()), expected, 1e-5)
        backend.normForward(
            x.matrix(columns: stride), x.matrix(columns: stride), norm, statistics: statistics.pointer,
            rows: rows,
            groups: given.groups, width: width)
        #expect(packed(x.values()) == packed(y.values()))
    }

    @Test("a NaN in a row stays in its row")
    func broken() throws {
        var values = random(3 * 20, "x")
        values[27] = .nan
        let norm = NormWeights(
            kind: .layer, weight: try buffer(random(20, "w")), bias: nil, epsilon: 1e-5)
        let x = try buffer(values)
        let statistics = try TensorBuffer(count: 6, backend: backend)
        backend.normForward(
            x.matrix(columns: 20), x.matrix(columns: 20), norm, statistics: statistics.pointer, rows: 3,
            groups: 1,
            width: 20)
        let nan = x.values().map(\.isNaN)
        #expect(nan == (0..<60).map { (20..<40).contains($0) })
    }
}
