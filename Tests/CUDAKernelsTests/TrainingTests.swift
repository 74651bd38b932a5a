internal import CUDAKernels
internal import Testing

@Suite("GPU loss and private steps")
struct TrainingTests {
    struct LossCase: CustomStringConvertible {
        var vocabulary: Int
        var cap: Double
        var description: String { "\(vocabulary), cap \(cap)" }
    }

    private func loss(_ logits: [Double], _ target: Int, cap: Double) -> Double {
        let c = cap == 0 ? logits : logits.map { cap * tanhOf($0 / cap) }
        let most = c.reduce(-Double.infinity, max)
        return logOf(c.reduce(0) { $0 + expOf($1 - most) }) + most - c[target]
    }

    @Test(
        "cross-entropy and its gradient, which finite differences confirm",
        arguments: [2, 50, 1000].flatMap { n in [0.0, 5.0].map { LossCase(vocabulary: n, cap: $0) } })
    func crossEntropy(shape: LossCase) throws {
        let (rows, vocabulary) = (4, shape.vocabulary)
        let logits = randoms(rows * vocabulary, 1, scale: 8)
        let targets: [Int32] = [0, 1, Int32(vocabulary - 1), Int32(vocabulary / 2)]
        let weights: [Float] = [1, 0.25, 0, -2]
        let got = try inEveryWay { way in
            let x = try DeviceArray(logits)
            let losses = try DeviceArray<Float>(count: rows)
            try launch(
                "cross_entropy", Grid(rows, threads: 96),
                [
                    .array(x), .array(losses), .array(try DeviceArray(targets)), .array(try DeviceArray(weights)),
                    .integer(rows), .integer(vocabulary), .float(Float(shape.cap)),
                ], as: way)
            return losses.values + x.values
        }
        let doubles = logits.map(Double.init)
        var gradient: [Double] = []
        var losses: [Double] = []
        for row in 0..<rows {
            let own = Array(doubles[row * vocabulary..<(row + 1) * vocabulary])
            let target = Int(targets[row])
            losses.append(loss(own, target, cap: shape.cap))
            let c = shape.cap == 0 ? own : own.map { shape.cap * tanhOf($0 / shape.cap) }
            let sum = c.reduce(0) { $0 + expOf($1) }
            for i in 0..<vocabulary {
                let slope = shape.cap == 0 ? 1 : 1 - c[i] * c[i] / (shape.cap * shape.cap)
                gradient.append(Double(weights[row]) * (expOf(c[i]) / sum - (i == target ? 1 : 0)) * slope)
            }
            for i in [0, target, vocabulary - 1] {
                var (more, less) = (own, own)
                more[i] += 1e-5
                less[i] -= 1e-5
                let slope = (loss(more, target, cap: shape.cap) - loss(less, target, cap: shape.cap)) / 2e-5
                #expect(abs(Double(weights[row]) * slope - gradient[row * vocabulary + i]) < 1e-7)
            }
        }
        expectClose(Array(got[..<rows]), losses, within: 1e-6)
        expectClose(Array(got[rows...]), gradient, within: 2e-6)

        // Without weights the logits stay.
        let x = try DeviceArray(logits)
        let alone = try DeviceArray<Float>(count: rows)
        try launch(
            "cross_entropy", Grid(rows, threads: 256),
            [
                .array(x), .array(alone), .array(try DeviceArray(targets)), .pointer(nil, owner: nil), .integer(rows),
                .integer(vocabulary), .float(Float(shape.cap)),
            ])
        expectClose(alone.values, losses, within: 1e-6)
        #expect(x.values == logits)
    }

    @Test("a row that is not finite, or whose target is none of the vocabulary, has no loss")
    func badRows() throws {
        var logits = randoms(5 * 40, 1)
        logits[3] = .nan
        logits[40 + 7] = .infinity
        logits[80 + 9] = -.infinity
        let losses = try DeviceArray<Float>(count: 5)
        try launch(
            "cross_entropy", Grid(5, threads: 64),
            [
                .array(try DeviceArray(logits)), .array(losses), .array(try DeviceArray<Int32>([0, 0, 0, 40, 3])),
                .pointer(nil, owner: nil), 5, 40, .float(0),
            ])
        #expect(losses.values.map(\.isNaN) == [true, true, true, true, false])
    }

    @Test("gradients of segments of rows are their own products, in one flat vector each")
    func segments() throws {
        let (rows, left, right, chunk, splits) = (150, 70, 6, 32, 3)
        let segments: [Int32] = [3, 90, 93, 0, 95, 55]
        let u = randoms(rows * left, 1), x = randoms(rows * right, 2)
        let vector = left * (right + 1) + 5
        for accumulate in [0, 1] {
            let before = randoms(3 * vector, 3)
            let got = try inEveryWay { way in
                let a = try DeviceMatrix(u, rows: rows, width: left, stride: left + 1)
                let b = try DeviceMatrix(x, rows: rows, width: right, stride: right + 2)
                let partial = try DeviceArray<Float>(count: 3 * splits * left * right)
                let gradient = try DeviceArray(before)
                try launch(
                    "lora_gradient_partial", Grid(2, 1, 3 * splits, threads: 256),
                    [
                        .array(partial), a.argument, a.strideArgument, b.argument, b.strideArgument,
                        .array(try DeviceArray(segments)), 3, .integer(splits), .integer(left), .integer(right),
                        .integer(chunk),
                    ], as: way)
                try launch(
                    "lora_gradient_final", .elements(3 * left * right),
                    [
                        .array(gradient, offset: 2), .integer(vector), .integer(right + 1), .array(partial), 3,
                        .integer(splits), .integer(left), .integer(right), .float(0.5), .integer(accumulate),
                    ], as: way)
                return gradient.values
            }
            var wanted = before.map(Double.init)
            for s in 0..<3 {
                for l in 0..<left {
                    for r in 0..<right {
                        var sum = 0.0
                        for t in Int(segments[2 * s])..<Int(segments[2 * s] + segments[2 * s + 1]) {
                            sum += Double(u[t * left + l]) * Double(x[t * right + r])
                        }
                        let at = 2 + s * vector + l * (right + 1) + r
                        wanted[at] = (accumulate == 1 ? wanted[at] : 0) + 0.5 * sum
                    }
                }
            }
            expectClose(got, wanted, within: 1e-6)
        }
    }

    @Test("a factor is placed in its columns among zeros, and no factor as zeros")
    func placedFactor() throws {
        let (rows, rank, first, width, stride) = (37, 6, 4, 16, 24)
        let b = randoms(rows * rank, 1)
        for isThere in [true, false] {
            let got = try inEveryWay { way in
                let y = try DeviceArray([UInt16](repeating: 7, count: rows * stride))
                try launch(
                    "place_factor", .elements(rows * width),
                    [
                        .array(y), .integer(stride), .array(isThere ? try DeviceArray(b) : nil), .integer(rows),
                        .integer(rank), .integer(first), .integer(width), .float(0.5),
                    ], as: way)
                return y.values.map { Float(bitPattern: UInt32($0) << 16) }
            }
            let scaled = roundedToBFloat16(b.map { 0.5 * $0 })
            for (index, value) in got.enumerated() {
                let (row, column) = (index / stride, index % stride)
                let inside = isThere && (first..<first + rank).contains(column)
                let wanted = inside ? scaled[row * rank + column - first] : 0
                #expect(value == (column < width ? wanted : Float(bitPattern: 7 << 16)))
            }
        }
    }

    @Test("the tensor cores' gradients of segments, as they are and transposed", arguments: [false, true])
    func tensorCoreSegments(transposed: Bool) throws {
        let (rows, left, right, chunk, splits) = (150, 133, 6, 40, 3)
        let segments: [Int32] = [3, 90, 93, 0, 95, 55]
        let u = roundedToBFloat16(randoms(rows * left, 1)), x = roundedToBFloat16(randoms(rows * right, 2))
        let vector = left * right + 5
        let before = randoms(3 * vector, 3)
        let (down, across) = transposed ? (1, left) : (right, 1)
        let got = try inEveryWay { way in
            let a = try BFloat16Matrix(u, rows: rows, width: left)
            let b = try BFloat16Matrix(x, rows: rows, width: right)
            let partial = try DeviceArray<Float>(count: 3 * splits * left * right)
            let gradient = try DeviceArray(before)
            try launch(
                "lora_gradient_bf16_partial",
                Grid(2, 1, 3 * splits, threads: 256, shared: Int(cuda_gemm_narrow_shared())),
                [
                    .array(partial), .array(a.array), .integer(a.stride), .array(b.array), .integer(b.stride),
                    .array(try DeviceArray(segments)), 3, .integer(splits), .integer(left), .integer(right),
                    .integer(chunk),
                ], as: way)
            try launch(
                "lora_gradient_place", .rows(3, left * right),
                [
                    .array(gradient, offset: 2), .integer(vector), .integer(down), .integer(across), .array(partial), 3,
                    .integer(splits), .integer(left), .integer(right), .float(0.5), 1,
                ], as: way)
            return gradient.values
        }
        var wanted = before.map(Double.init)
        for s in 0..<3 {
            for l in 0..<left {
                for r in 0..<right {
                    var sum = 0.0
                    for t in Int(segments[2 * s])..<Int(segments[2 * s] + segments[2 * s + 1]) {
                        sum += Double(u[t * left + l]) * Double(x[t * right + r])
                    }
                    wanted[2 + s * vector + l * down + r * across] += 0.5 * sum
                }
            }
        }
        expectClose(got, wanted, within: 1e-6)
    }

    @Test("patients' gradients are clipped to the norm and summed; one that isn't finite counts nothing")
    func clipping() throws {
        let (vectors, count) = (5, 5000)
        var x = randoms(vectors * count, 1)
        for i in 0..<count { x[i] *= 0.001 }
        x[3 * count + 17] = .nan
        x[4 * count + 40] = .infinity
        let sum = randoms(count, 2)
        let clip: Float = 2
        let got = try inEveryWay { way in
            let gradients = try DeviceArray(x)
            let partial = try DeviceArray<Double>(count: vectors * 3)
            let squared = try DeviceArray<Float>(count: vectors), factors = try DeviceArray<Float>(count: vectors)
            let total = try DeviceArray(sum)
            try launch(
                "squared_norm_partial", Grid(3, 2, threads: 256),
                [.array(partial), .array(gradients), .integer(count), .integer(vectors), .integer(count)], as: way)
            try launch(
                "squared_norm_final", .elements(vectors), [.array(squared), .array(partial), 3, .integer(vectors)],
                as: way)
            try launch(
                "clip_factors", .elements(vectors),
                [.array(factors), .array(squared), .integer(vectors), .float(clip)],
                as: way)
            try launch(
                "accumulate_clipped", .elements(count),
                [
                    .array(total), .array(gradients), .integer(count), .array(factors), .integer(vectors),
                    .integer(count),
                ], as: way)
            return Array(squared.values.prefix(3)) + factors.values + total.values
        }
        var wanted = sum.map(Double.init)
        for v in 0..<3 {
            let square = (0..<count).reduce(0.0) { $0 + Double(x[v * count + $1]) * Double(x[v * count + $1]) }
            let factor = min(1, Double(clip) / square.squareRoot())
            #expect(abs(Double(got[v]) - square) < 1e-6 * square)
            #expect(abs(Double(got[3 + v]) - factor) < 1e-6)
            for i in 0..<count { wanted[i] += factor * Double(x[v * count + i]) }
        }
        #expect(got[3] == 1 && got[4] < 1 && got[6] == 0 && got[7] == 0)
        expectClose(Array(got[8...]), wanted, within: 1e-6)
    }

    @Test("AdamW takes PyTorch's steps")
    func adamW() throws {
        let count = 300
        var p = randoms(count, 1).map(Double.init), m = [Double](repeating: 0, count: count), v = m
        let parameters = try DeviceArray(p.map { Float($0) })
        let first = try DeviceArray([Float](repeating: 0, count: count)), second = try DeviceArray(first.values)
        for step in 1...3 {
            let g = randoms(count, UInt64(10 + step))
            let power1 = 1 - (1...step).reduce(1.0) { value, _ in value * 0.9 }
            let power2 = 1 - (1...step).reduce(1.0) { value, _ in value * 0.999 }
            let scalars: [Float] = [0.01, 0.9, 0.999, 1e-8, 0.1, Float(power1), Float(power2), 0.5]
            try launch(
                "adamw", .elements(count),
                [
                    .array(parameters), .array(try DeviceArray(g)), .array(first), .array(second), .integer(count),
                    .array(try DeviceArray(scalars)),
                ])
            for i in 0..<count {
                let d = 0.5 * Double(g[i])
                m[i] = 0.9 * m[i] + 0.1 * d
                v[i] = 0.999 * v[i] + 0.001 * d * d
                p[i] = p[i] * (1 - 0.01 * 0.1) - 0.01 * (m[i] / power1) / ((v[i] / power2).squareRoot() + 1e-8)
            }
        }
        expectClose(parameters.values, p, within: 1e-5)
        expectClose(first.values, m, within: 1e-6)
        expectClose(second.values, v, within: 3e-5)
    }
}
