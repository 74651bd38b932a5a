internal import CUDAKernels
internal import Testing

/// What one call of attention works on, and its results in double precision.
struct AttentionCase: CustomStringConvertible {
    var name: String
    var spans: [(start: Int, count: Int)]
    var rows: Int
    var heads: Int
    var keyValueHeads: Int
    var headSize: Int
    var causal = true
    var window: Int? = nil
    var softcap = 0.0

    var description: String { name }
    var scale: Double { 1 / Double(headSize).squareRoot() }
    var group: Int { heads / keyValueHeads }

    static func cases(_ size: Int, long: Int) -> [AttentionCase] {
        [
            AttentionCase(
                name: "causal \(size)", spans: [(0, long), (long, 3)], rows: long + 3, heads: 2, keyValueHeads: 1,
                headSize: size),
            AttentionCase(
                name: "window and cap \(size)", spans: [(2, long)], rows: long + 4, heads: 2, keyValueHeads: 2,
                headSize: size, window: 7, softcap: 0.8),
            AttentionCase(
                name: "both ways \(size)", spans: [(0, 5), (5, long)], rows: long + 5, heads: 4, keyValueHeads: 2,
                headSize: size, causal: false),
        ]
    }

    func sees(_ i: Int, _ j: Int) -> Bool { !causal || (j <= i && j > i - (window ?? .max / 2)) }

    /// out and lse [rows, heads], NaN in rows of no sequence.
    func forward(_ q: [Double], _ k: [Double], _ v: [Double]) -> (out: [Double], lse: [Double]) {
        var out = [Double](repeating: .nan, count: rows * heads * headSize)
        var lse = [Double](repeating: .nan, count: rows * heads)
        for span in spans {
            for i in span.start..<span.start + span.count {
                for h in 0..<heads {
                    var scores: [(Int, Double)] = []
                    for j in span.start..<span.start + span.count where sees(i, j) {
                        var s = 0.0
                        for d in 0..<headSize {
                            s += q[(i * heads + h) * headSize + d] * k[(j * keyValueHeads + h / group) * headSize + d]
                        }
                        s *= scale
                        scores.append((j, softcap == 0 ? s : softcap * tanhOf(s / softcap)))
                    }
                    let most = scores.reduce(-Double.infinity) { max($0, $1.1) }
                    let sum = scores.reduce(0) { $0 + expOf($1.1 - most) }
                    lse[i * heads + h] = most + logOf(sum)
                    for d in 0..<headSize {
                        out[(i * heads + h) * headSize + d] = scores.reduce(0) {
                            $0 + expOf($1.1 - most) / sum * v[($1.0 * keyValueHeads + h / group) * headSize + d]
                        }
                    }
                }
            }
        }
        return (out, lse)
    }

    /// The gradients of Σ out · dout.
    func backward(_ q: [Double], _ k: [Double], _ v: [Double], _ dout: [Double]) -> [[Double]] {
        let (out, lse) = forward(q, k, v)
        var dq = [Double](repeating: 0, count: q.count)
        var dk = [Double](repeating: 0, count: k.count)
        var dv = dk
        for span in spans {
            for i in span.start..<span.start + span.count {
                for h in 0..<heads {
                    let a = (i * heads + h) * headSize
                    let delta = (0..<headSize).reduce(0) { $0 + dout[a + $1] * out[a + $1] }
                    for j in span.start..<span.start + span.count where sees(i, j) {
                        let b = (j * keyValueHeads + h / group) * headSize
                        var s = 0.0
                        var dp = 0.0
                        for d in 0..<headSize {
                            s += q[a + d] * k[b + d]
                            dp += dout[a + d] * v[b + d]
                        }
                        s *= scale
                        var slope = scale
                        if softcap != 0 {
                            let t = tanhOf(s / softcap)
                            s = softcap * t
                            slope *= 1 - t * t
                        }
                        let p = expOf(s - lse[i * heads + h])
                        let ds = p * (dp - delta) * slope
                        for d in 0..<headSize {
                            dv[b + d] += p * dout[a + d]
                            dq[a + d] += ds * k[b + d]
                            dk[b + d] += ds * q[a + d]
                        }
                    }
                }
            }
        }
        return [dq, dk, dv]
    }
}

/// A case with its numbers on the device: q, k and v side by side in rows, as the transformer has them.
struct AttentionRun {
    let attention: AttentionCase
    let q: [Float]
    let k: [Float]
    let v: [Float]
    let dout: [Float]
    let queryWidth: Int
    let keyWidth: Int

    init(_ attention: AttentionCase, rounded: Bool) {
        self.attention = attention
        queryWidth = attention.heads * attention.headSize
        keyWidth = attention.keyValueHeads * attention.headSize
        func numbers(_ width: Int, _ seed: UInt64) -> [Float] {
            let values = randoms(attention.rows * width, seed, scale: 2)
            return rounded ? roundedToBFloat16(values) : values
        }
        q = numbers(queryWidth, 1)
        k = numbers(keyWidth, 2)
        v = numbers(keyWidth, 3)
        dout = numbers(queryWidth, 4)
    }

    /// The same with `rows` taken from another run.
    init(_ attention: AttentionCase, rounded: Bool, replacing rows: Range<Int>, with other: AttentionRun) {
        let own = AttentionRun(attention, rounded: rounded)
        func replaced(_ values: [Float], _ others: [Float], _ width: Int) -> [Float] {
            Array(values[..<(rows.lowerBound * width)]) + others.prefix(rows.count * width)
                + values[(rows.upperBound * width)...]
        }
        self.attention = attention
        (queryWidth, keyWidth) = (own.queryWidth, own.keyWidth)
        q = replaced(own.q, other.q, own.queryWidth)
        k = replaced(own.k, other.k, own.keyWidth)
        v = replaced(own.v, other.v, own.keyWidth)
        dout = replaced(own.dout, other.dout, own.queryWidth)
    }

    func doubles(_ values: [Float]) -> [Double] { values.map(Double.init) }

    var fused: [Float] { sideBySide(q, k, v) }

    /// Rows of queries, keys and values, each row's side by side.
    func sideBySide<Number>(_ q: [Number], _ k: [Number], _ v: [Number]) -> [Number] {
        var result: [Number] = []
        for row in 0..<attention.rows {
            result += q[row * queryWidth..<(row + 1) * queryWidth]
            result += k[row * keyWidth..<(row + 1) * keyWidth]
            result += v[row * keyWidth..<(row + 1) * keyWidth]
        }
        return result
    }

    var shapeArguments: [Argument] {
        [
            .integer(attention.heads), .integer(attention.keyValueHeads), .integer(attention.headSize),
            .float(Float(attention.scale)), .float(Float(attention.softcap)), .integer(attention.causal ? 1 : 0),
            .integer(attention.window ?? 1 << 30),
        ]
    }

    /// Whether a row belongs to a sequence, for every row.
    var covered: [Bool] {
        (0..<attention.rows).map { row in attention.spans.contains { row >= $0.start && row < $0.start + $0.count } }
    }

    /// Rows of sequences alone.
    func ofSequences<Number>(_ values: [Number]) -> [Number] {
        let width = values.count / attention.rows
        return covered.enumerated().flatMap { row, inside in
            inside ? Array(values[row * width..<(row + 1) * width]) : []
        }
    }

    var rowSpans: [Int32] {
        (0..<attention.rows).flatMap { row -> [Int32] in
            guard let span = attention.spans.first(where: { row >= $0.start && row < $0.start + $0.count }) else {
                return [0, 0]
            }
            return [Int32(span.start), Int32(span.start + span.count)]
        }
    }

    var tiles: [Int32] {
        attention.spans.flatMap { span in
            stride(from: span.start, to: span.start + span.count, by: 64).flatMap {
                [Int32($0), Int32(span.start), Int32(span.start + span.count), 0]
            }
        }
    }
}
