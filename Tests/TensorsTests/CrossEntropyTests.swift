import Tensors
import Testing

@Suite("The loss agrees with a plain reference and with finite differences")
struct CrossEntropyTests {
    @Test(
        "cross-entropy and its gradient", arguments: [(1, 2), (3, 8), (4, 61), (2, 512)],
        [0, 3, 30] as [Float])
    func crossEntropy(size: (rows: Int, vocabulary: Int), cap: Float) {
        let (rows, vocabulary) = size
        let logits = random(rows * vocabulary, "logits", scale: 6)
        let targets = (0..<rows).map { Int32(($0 * 7) % vocabulary) }
        let weights = random(rows, "weights")
        var work = logits
        let plain = backend.crossEntropy(
            &work, targets: targets, weights: nil, vocabulary: vocabulary, cap: cap)
        #expect(work == logits)
        let reference = { ReferenceLayers.crossEntropy($0, targets: targets, cap: Double(cap)) }
        expectClose(plain, reference(double(logits)), 1e-6)
        let losses = backend.crossEntropy(
            &work, targets: targets, weights: weights, vocabulary: vocabulary, cap: cap)
        #expect(losses == plain)
        if logits.count < 600 {
            expectClose(
                work, ReferenceLayers.gradient(double(logits), seed: double(weights), reference), 1e-5)
        }
    }

    @Test(
        "a NaN anywhere in a row of logits makes its loss NaN", arguments: [0, 5, 16, 19],
        [0, 4] as [Float])
    func brokenLogits(index: Int, cap: Float) {
        var logits = random(40, "logits")
        logits[index] = .nan
        let losses = backend.crossEntropy(
            &logits, targets: [3, 4], weights: [1, 1], vocabulary: 20, cap: cap)
        #expect(losses[0].isNaN)
        #expect(!losses[1].isNaN)
    }

    @Test("no rows give no losses")
    func empty() {
        var logits: [Float] = [1]
        #expect(backend.crossEntropy(&logits, targets: [], weights: nil, vocabulary: 1, cap: 0).isEmpty)
    }

    @Test("softcap", arguments: [1, 8, 13])
    func softcap(count: Int) {
        let x = random(count, "x", scale: 100)
        var y = x
        backend.softcap(&y, cap: 30, count: count)
        expectClose(y, x.map { ReferenceLayers.capped(Double($0), 30) }, 1e-6)
    }
}
