import ConsiliumCore
import Foundation
import Tensors
import Testing

@Suite("Layers agree with a plain reference and with finite differences")
struct LayerTests {
    let backend = CPUBackend()

    func random(_ count: Int, _ label: String, scale: Double = 1) -> [Float] {
        var generator = ReproducibleGenerator(seed: 7, label: label)
        return (0..<count).map { _ in Float((generator.unit() * 2 - 1) * scale) }
    }

    func double(_ values: [Float]) -> [Double] { values.map(Double.init) }

    func expectClose(
        _ found: [Float], _ expected: [Double], _ tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.count == expected.count, sourceLocation: sourceLocation)
        let worst = zip(found, expected).map { abs(Double($0) - $1) / (1 + abs($1)) }.max() ?? 0
        #expect(worst < tolerance, sourceLocation: sourceLocation)
    }

    @Test("the norm and its gradient", arguments: [(1, 3), (3, 8), (5, 24), (2, 65)])
    func norm(rows: Int, width: Int) throws {
        let x = random(rows * width, "x")
        let weight = random(width, "weight")
        let seed = random(rows * width, "seed")
        var y = x
        var deviation = [Float](repeating: 0, count: rows)
        backend.normForward(
            &y, inverseDeviation: &deviation, x, weight: weight, rows: rows, width: width, epsilon: 1e-3)
        let reference = { (x: [Double]) in ReferenceLayers.norm(x, weight: double(weight), rows: rows, epsilon: 1e-3) }
        expectClose(y, reference(double(x)), 1e-5)
        // The gradient is added to what is there.
        var dx = [Float](repeating: 0.5, count: x.count)
        backend.normBackwardAdd(&dx, seed, x, weight: weight, inverseDeviation: deviation, rows: rows, width: width)
        expectClose(dx, ReferenceLayers.gradient(double(x), seed: double(seed), reference).map { $0 + 0.5 }, 1e-4)
    }

    @Test("SwiGLU and its gradient", arguments: [(1, 1), (3, 8), (2, 13), (4, 172)])
    func swiglu(rows: Int, width: Int) throws {
        let x = random(rows * 2 * width, "x", scale: 4)
        let seed = random(rows * width, "seed")
        var y = [Float](repeating: 0, count: rows * width)
        backend.swigluForward(&y, gateUp: x, rows: rows, width: width)
        let reference = { ReferenceLayers.swiglu($0, rows: rows, width: width) }
        expectClose(y, reference(double(x)), 1e-5)
        var dx = x
        backend.swigluBackward(&dx, seed, gateUp: x, rows: rows, width: width)
        expectClose(dx, ReferenceLayers.gradient(double(x), seed: double(seed), reference), 1e-4)
    }

    @Test("large gates stay finite", arguments: [-1000, -90, -20, 20, 90, 1000] as [Float])
    func saturatedGate(gate: Float) {
        var y: [Float] = [7]
        backend.swigluForward(&y, gateUp: [gate, 1], rows: 1, width: 1)
        #expect(abs(y[0] - max(gate, 0)) < 1e-5)
    }

    @Test("rotation and its inverse")
    func rotary() {
        let (heads, size) = (3, 6)
        let positions: [Int32] = [0, 1, 2, 0, 7]
        let frequencies = (0..<size / 2).map { pow(100.0, -2 * Double($0) / Double(size)) }
        let angles = (0..<8).flatMap { position in frequencies.map { Double(position) * $0 } }
        let cosine = angles.map { Float(cos($0)) }
        let sine = angles.map { Float(sin($0)) }
        let x = random(positions.count * heads * size, "x")
        var y = x
        func rotate(inverse: Bool) {
            y.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                backend.rotary(
                    MatrixView(base, stride: heads * size), cosine: cosine, sine: sine, positions: positions,
                    heads: heads, headSize: size, rotarySize: size, inverse: inverse)
            }
        }
        rotate(inverse: false)
        expectClose(
            y, ReferenceLayers.rotary(double(x), positions: positions, heads: heads, headSize: size, theta: 100), 1e-5)
        rotate(inverse: true)
        expectClose(y, double(x), 1e-5)
    }

    struct AttentionCase: Sendable {
        var length: Int
        var heads: Int
        var groups: Int
        var size: Int
    }

    @Test(
        "attention and its gradient",
        arguments: [
            AttentionCase(length: 1, heads: 1, groups: 1, size: 2),
            AttentionCase(length: 5, heads: 2, groups: 1, size: 6),
            AttentionCase(length: 17, heads: 4, groups: 2, size: 8),
            AttentionCase(length: 35, heads: 2, groups: 2, size: 20),
        ])
    func attention(given: AttentionCase) throws {
        let (length, heads, groups, size) = (given.length, given.heads, given.groups, given.size)
        let width = (heads + 2 * groups) * size
        let scale = 1 / Float(size).squareRoot()
        let shape = AttentionShape(heads: heads, keyValueHeads: groups, headSize: size, scale: scale)
        let fused = try TensorBuffer(random(length * width, "fused", scale: 2), backend: backend)
        let out = try TensorBuffer(count: length * heads * size, backend: backend)
        let sums = try TensorBuffer(count: length * heads, backend: backend)
        let scratch = try TensorBuffer(
            count: backend.attentionScratch(length: length, headSize: size), backend: backend)
        let matrix = fused.matrix(columns: width)
        let keys = matrix.dropping(columns: heads * size)
        let values = keys.dropping(columns: groups * size)
        backend.attentionForward(
            out.matrix(columns: heads * size), logSumExp: sums.pointer, queries: matrix, keys: keys, values: values,
            length: length, shape: shape, scratch: scratch.pointer)
        let reference = { (x: [Double]) in
            ReferenceLayers.attention(x, length: length, heads: heads, groups: groups, size: size, scale: Double(scale))
        }
        expectClose(out.values(), reference(double(fused.values())), 1e-5)

        let seed = try TensorBuffer(random(length * heads * size, "seed"), backend: backend)
        let gradient = try TensorBuffer([Float](repeating: 9, count: length * width), backend: backend)
        let d = gradient.matrix(columns: width)
        backend.attentionBackward(
            dQueries: d, dKeys: d.dropping(columns: heads * size),
            dValues: d.dropping(columns: (heads + groups) * size),
            dOut: seed.matrix(columns: heads * size), out: out.matrix(columns: heads * size), logSumExp: sums.pointer,
            queries: matrix, keys: keys, values: values, length: length, shape: shape, scratch: scratch.pointer)
        // Differences of every element would take long in a debug build: a sample covers queries, keys and values.
        let x = double(fused.values())
        let found = gradient.values()
        for index in stride(from: 0, to: x.count, by: max(1, x.count / 60)) {
            var moved = x
            moved[index] += 1e-5
            let above = reference(moved)
            moved[index] -= 2e-5
            let below = reference(moved)
            let expected =
                zip(zip(above, below), double(seed.values())).reduce(0.0) { $0 + ($1.0.0 - $1.0.1) * $1.1 } / 2e-5
            #expect(abs(Double(found[index]) - expected) < 1e-4 * (1 + abs(expected)))
        }

        var last = [Float](repeating: 0, count: heads * size)
        backend.attentionDecode(
            &last, query: matrix.dropping(rows: length - 1).pointer, keys: keys, values: values, length: length,
            shape: shape, scratch: scratch.pointer)
        expectClose(last, double(Array(out.values().suffix(heads * size))), 1e-5)
    }

    @Test("cross-entropy and its gradient", arguments: [(1, 2), (3, 8), (4, 61), (2, 512)])
    func crossEntropy(rows: Int, vocabulary: Int) {
        let logits = random(rows * vocabulary, "logits", scale: 6)
        let targets = (0..<rows).map { Int32(($0 * 7) % vocabulary) }
        let weights = random(rows, "weights")
        var work = logits
        let plain = backend.crossEntropy(&work, targets: targets, weights: nil, vocabulary: vocabulary)
        #expect(work == logits)
        let reference = { ReferenceLayers.crossEntropy($0, targets: targets) }
        expectClose(plain, reference(double(logits)), 1e-5)
        _ = backend.crossEntropy(&work, targets: targets, weights: weights, vocabulary: vocabulary)
        expectClose(work, ReferenceLayers.gradient(double(logits), seed: double(weights), reference), 1e-4)
    }

    @Test("a NaN anywhere in a row of logits makes its loss NaN", arguments: [0, 5, 16, 19])
    func brokenLogits(index: Int) {
        var logits = random(20, "logits")
        logits[index] = .nan
        let loss = backend.crossEntropy(&logits, targets: [3], weights: [1], vocabulary: 20)
        #expect(loss[0].isNaN)
    }
}
