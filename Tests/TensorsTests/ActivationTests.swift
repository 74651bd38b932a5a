import Foundation
import Tensors
import Testing

@Suite("Activations agree with a plain reference and with finite differences")
struct ActivationTests {
    @Test(
        "values over the whole range, to a few units in the last place", arguments: Activation.allCases)
    func accuracy(kind: Activation) throws {
        let x =
            (-4000...4000).map { Float($0) * 0.005 } + [-1000, -90, 90, 1000, 1e-10, -1e-10, 0, -3e-38]
        var y = x
        y.withUnsafeMutableBufferPointer { y in
            guard let base = y.baseAddress else { return }
            backend.activationForward(base, base, kind, count: y.count)
        }
        for (x, y) in zip(x, y) {
            let expected = ReferenceLayers.activation(Double(x), kind)
            #expect(abs(Double(y) - expected) <= 1e-6 * abs(expected) + 1e-10, "at \(x): \(y), \(expected)")
        }
    }

    @Test("the gradient", arguments: Activation.allCases, [1, 7, 8, 61])
    func gradient(kind: Activation, count: Int) {
        let x = random(count, "x", scale: 5)
        let seed = random(count, "seed")
        let expected = ReferenceLayers.gradient(double(x), seed: double(seed)) { x in
            x.map { ReferenceLayers.activation($0, kind) }
        }
        var dx = [Float](repeating: 9, count: count)
        backend.activationBackward(&dx, seed, x, kind, count: count)
        expectClose(dx, expected, 1e-5)
        for source in [x, seed] {
            var overwritten = source
            overwritten.withUnsafeMutableBufferPointer { inPlace in
                guard let base = inPlace.baseAddress else { return }
                if source == x {
                    backend.activationBackward(base, seed, base, kind, count: count)
                } else {
                    backend.activationBackward(base, base, x, kind, count: count)
                }
            }
            #expect(overwritten == dx)
        }
    }

    @Test(
        "gated, forward and backward, in place too", arguments: Activation.allCases,
        [(1, 1), (3, 8), (2, 13), (4, 172)])
    func gated(kind: Activation, size: (rows: Int, width: Int)) {
        let (rows, width) = size
        let x = random(rows * 2 * width, "x", scale: 4)
        let seed = random(rows * width, "seed")
        var y = [Float](repeating: 0, count: rows * width)
        backend.gatedForward(&y, gateUp: x, kind, rows: rows, width: width)
        let reference = { ReferenceLayers.gated($0, kind, width: width) }
        expectClose(y, reference(double(x)), 1e-6)
        var dx = [Float](repeating: 9, count: x.count)
        backend.gatedBackward(&dx, seed, gateUp: x, kind, rows: rows, width: width)
        // Differences of every element of the large case would take long in a debug build.
        if x.count < 100 {
            expectClose(dx, ReferenceLayers.gradient(double(x), seed: double(seed), reference), 1e-5)
        }
        var inPlace = x
        inPlace.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            backend.gatedBackward(base, seed, gateUp: base, kind, rows: rows, width: width)
        }
        #expect(inPlace == dx)
    }

    @Test("a NaN stays visible", arguments: Activation.allCases)
    func broken(kind: Activation) {
        var y = random(11, "x")
        backend.activationForward(&y, [Float](repeating: .nan, count: 11), kind, count: 11)
        #expect(y.allSatisfy { $0.isNaN })
        backend.activationBackward(
            &y, [Float](repeating: 1, count: 11), [Float](repeating: .nan, count: 11), kind, count: 11)
        #expect(y.allSatisfy { $0.isNaN })
    }
}
