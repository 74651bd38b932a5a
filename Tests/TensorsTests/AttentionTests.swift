import Tensors
import Testing

struct AttentionCase: Sendable, CustomTestStringConvertible {
    var lengths: [Int]
    var heads: Int
    var groups: Int
    var size: Int
    var causal = true
    var window: Int?
    var cap: Float = 0

    var shape: AttentionShape {
        AttentionShape(
            heads: heads, keyValueHeads: groups, headSize: size, scale: 1 / Float(size).squareRoot(),
            isCausal: causal, window: window, softcap: cap)
    }
    var testDescription: String { "\(lengths) \(shape)" }
    static let small = [
        AttentionCase(lengths: [1], heads: 1, groups: 1, size: 2),
        AttentionCase(lengths: [5], heads: 2, groups: 1, size: 6),
        AttentionCase(lengths: [7], heads: 2, groups: 2, size: 5, window: 3),
        AttentionCase(lengths: [6], heads: 2, groups: 1, size: 3, causal: false),
        AttentionCase(lengths: [6], heads: 2, groups: 1, size: 4, cap: 0.7),
    ]
    static let large = [
        AttentionCase(lengths: [17], heads: 4, groups: 2, size: 8),
        AttentionCase(lengths: [35, 0, 1, 16], heads: 2, groups: 2, size: 20),
        AttentionCase(lengths: [33, 48], heads: 3, groups: 1, size: 16, window: 16),
        AttentionCase(lengths: [65], heads: 2, groups: 1, size: 8, window: 1),
        AttentionCase(lengths: [64], heads: 2, groups: 1, size: 8, window: 64),
        AttentionCase(lengths: [40], heads: 2, groups: 1, size: 9, window: 1000, cap: 2),
        AttentionCase(lengths: [39, 70], heads: 2, groups: 1, size: 7, causal: false),
        AttentionCase(lengths: [50], heads: 1, groups: 1, size: 12, causal: false, cap: 5),
        AttentionCase(lengths: [100], heads: 1, groups: 1, size: 24, window: 37, cap: 3),
        AttentionCase(lengths: [9, 19], heads: 2, groups: 2, size: 128),
        AttentionCase(lengths: [6], heads: 1, groups: 1, size: 512),
        AttentionCase(lengths: [130], heads: 1, groups: 1, size: 4),
    ]

}

@Suite("Attention agrees with a plain reference and with finite differences")
struct AttentionTests {
    @Test("the reference's gradient is that of finite differences", arguments: AttentionCase.small)
    func reference(given: AttentionCase) {
        let reference = ReferenceAttention(shape: given.shape, length: given.lengths[0])
        let x = double(random(reference.length * reference.width, "fused", scale: 2))
        let seed = double(random(reference.length * given.heads * given.size, "seed"))
        let differences = ReferenceLayers.gradient(x, seed: seed, reference.forward)
        let found = reference.backward(x, seed: seed)
        #expect(zip(found, differences).allSatisfy { abs($0 - $1) < 1e-7 * (1 + abs($1)) })
    }

    @Test("forward, backward and decoding", arguments: AttentionCase.small + AttentionCase.large)
    func attention(given: AttentionCase) throws {
        let shape = given.shape
        let (heads, groups, size) = (given.heads, given.groups, given.size)
        let rows = given.lengths.reduce(0, +)
        let width = (heads + 2 * groups) * size
        // A row that belongs to no sequence lies before the first and between two.
        var spans: [SequenceSpan] = []
        for length in given.lengths {
            spans.append(SequenceSpan(start: (spans.last?.range.upperBound ?? 0) + 1, count: length))
        }
        let total = rows + spans.count
        let fused = try buffer(random(total * width, "fused", scale: 2))
        let out = try buffer([Float](repeating: 5, count: total * heads * size))
        let sums = try TensorBuffer(count: total * heads, backend: backend)
        let queries = fused.matrix(columns: width)
        let keys = queries.dropping(columns: heads * size)
        let values = keys.dropping(columns: groups * size)
        backend.attentionForward(
            out.matrix(columns: heads * size), logSumExp: sums.pointer, queries: queries, keys: keys,
            values: values,
            spans: spans, shape: shape)
        let seed = try buffer(random(total * heads * size, "seed"))
        let gradient = try buffer([Float](repeating: 9, count: total * width))
        let d = gradient.matrix(columns: width)
        backend.attentionBackward(
            dQueries: d, dKeys: d.dropping(columns: heads * size),
            dValues: d.dropping(columns: (heads + groups) * size),
            dOut: seed.matrix(columns: heads * size), out: out.matrix(columns: heads * size),
            logSumExp: sums.pointer,
            queries: queries, keys: keys, values: values, spans: spans, shape: shape)

        func part(_ buffer: TensorBuffer, _ span: SequenceSpan, _ width: Int) -> [Float] {
            Array(buffer.values()[span.start * width..<(span.start + span.count) * width])
        }
        for span in spans {
            #expect(out.values()[(span.start - 1) * heads * size] == 5, "rows outside are not written")
            #expect(gradient.values()[(span.start - 1) * width] == 9, "rows outside are not written")
            guard span.count > 0 else { continue }
            let reference = ReferenceAttention(shape: shape, length: span.count)
            let x = double(part(fused, span, width))
            let expected = reference.forward(x)
            expectClose(part(out, span, heads * size), expected, 2e-6)
            expectClose(
                part(gradient, span, width),
                reference.backward(x, seed: double(part(seed, span, heads * size))), 1e-5)

            var last = [Float](repeating: 0, count: heads * size)
            backend.attentionDecode(
                &last, query: queries.dropping(rows: span.start + span.count - 1).pointer,
                keys: keys.dropping(rows: span.start), values: values.dropping(rows: span.start),
                length: span.count,
                shape: shape)
            expectClose(last, Array(expected.suffix(heads * size)), 2e-6)
        }
    }

    @Test("a NaN in a key reaches every query that sees it")
    func broken() throws {
        let (length, size) = (40, 8)
        var values = random(length * 3 * size, "fused")
        values[20 * 3 * size + size + 3] = .nan
        let fused = try buffer(values)
        let out = try TensorBuffer(count: length * size, backend: backend)
        let sums = try TensorBuffer(count: length, backend: backend)
        let queries = fused.matrix(columns: 3 * size)
        backend.attentionForward(
            out.matrix(columns: size), logSumExp: sums.pointer, queries: queries,
            keys: queries.dropping(columns: size),
            values: queries.dropping(columns: 2 * size), spans: [SequenceSpan(start: 0, count: length)],
            shape: AttentionShape(heads: 1, keyValueHeads: 1, headSize: size, scale: 1))
        let found = out.values()
        for row in 0..<length { #expect(found[row * size].isNaN == (row >= 20)) }
    }

    @Test("scores far from zero do not overflow")
    func large() throws {
        let fused = try buffer(random(20 * 24, "fused", scale: 100))
        let out = try TensorBuffer(count: 20 * 8, backend: backend)
        let sums = try TensorBuffer(count: 20, backend: backend)
        let shape = AttentionShape(heads: 1, keyValueHeads: 1, headSize: 8, scale: 1)
        let queries = fused.matrix(columns: 24)
        backend.attentionForward(
            out.matrix(columns: 8), logSumExp: sums.pointer, queries: queries,
            keys: queries.dropping(columns: 8),
            values: queries.dropping(columns: 16), spans: [SequenceSpan(start: 0, count: 20)],
            shape: shape)
        expectClose(
            out.values(), ReferenceAttention(shape: shape, length: 20).forward(double(fused.values())),
            1e-4)
    }
}
