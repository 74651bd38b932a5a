internal import CUDAKernels
internal import Testing

@Suite("GPU rows by index, norms and sums")
struct RowTests {
    @Test("rows are gathered with factors, scattered, and multiplied")
    func gather() throws {
        let (count, width) = (5, 37)
        let rows: [Int32] = [3, 0, 3, 8, 1]
        let factors = randoms(count, 3)
        let x = randoms(9 * width, 1)
        let from = try DeviceArray(x), index = try DeviceArray(rows)
        for scaled in [false, true] {
            let y = try DeviceArray<Float>(count: count * width)
            try launch(
                "gather_rows", .rows(count, width),
                [
                    .array(y), .array(from), .array(index), .array(scaled ? try DeviceArray(factors) : nil),
                    .integer(count), .integer(width),
                ])
            let wanted = (0..<count).flatMap { i in
                (0..<width).map { x[Int(rows[i]) * width + $0] * (scaled ? factors[i] : 1) }
            }
            #expect(y.values == wanted)
        }
        let a = randoms(count * width, 2)
        let products = try DeviceArray<Float>(count: count)
        try launch(
            "row_products", Grid(2, threads: 128),
            [
                .array(products), .array(try DeviceArray(a)), .array(from), .array(index), .integer(count),
                .integer(width),
            ])
        expectClose(
            products.values,
            (0..<count).map { i in
                (0..<width).reduce(0) { $0 + Double(a[i * width + $1]) * Double(x[Int(rows[i]) * width + $1]) }
            }, within: 1e-6)
        let places: [Int32] = [8, 2, 0, 5, 7]
        let y = try DeviceArray(x)
        try launch(
            "scatter_rows", .rows(count, width),
            [.array(y), .array(try DeviceArray(a)), .array(try DeviceArray(places)), .integer(count), .integer(width)])
        var wanted = x
        for (i, place) in places.enumerated() {
            wanted.replaceSubrange(Int(place) * width..<(Int(place) + 1) * width, with: a[i * width..<(i + 1) * width])
        }
        #expect(y.values == wanted)
    }

    @Test("rows are added where they belong, in their order", arguments: [false, true])
    func scatterAdd(scaled: Bool) throws {
        let width = 150
        let rows: [Int32] = [4, 1, 4, 4, 0, 1]
        let x = randoms(6 * width, 1), y = randoms(5 * width, 2), factors = randoms(6, 3)
        let targets: [Int32] = [0, 1, 4], starts: [Int32] = [0, 1, 3, 6], order: [Int32] = [4, 1, 5, 0, 2, 3]
        let sum = try DeviceArray(y)
        try launch(
            "scatter_add_rows", Grid(1, 2, threads: 128),
            [
                .array(sum), .array(try DeviceArray(x)), .array(try DeviceArray(targets)),
                .array(try DeviceArray(starts)), .array(try DeviceArray(order)),
                .array(scaled ? try DeviceArray(factors) : nil), 3, .integer(width),
            ])
        var wanted = y.map(Double.init)
        for (i, row) in rows.enumerated() {
            for j in 0..<width {
                wanted[Int(row) * width + j] += Double(scaled ? factors[i] : 1) * Double(x[i * width + j])
            }
        }
        expectClose(sum.values, wanted, within: 1e-6)
    }

    @Test("column sums have two stages", arguments: [1, 5, 64, 200])
    func columnSums(rows: Int) throws {
        let (width, chunk) = (70, 24)
        let chunks = (rows + chunk - 1) / chunk
        let x = randoms(rows * width, 1), sum = randoms(width, 2)
        let got = try inEveryWay { way in
            let matrix = try DeviceMatrix(x, rows: rows, width: width, stride: width + 3)
            let partial = try DeviceArray<Float>(count: chunks * width)
            let total = try DeviceArray(sum)
            try launch(
                "column_sums_partial", Grid((width + 31) / 32, chunks, threads: 32, 8),
                [
                    .array(partial), matrix.argument, matrix.strideArgument, .integer(rows), .integer(width),
                    .integer(chunk),
                ], as: way)
            try launch(
                "column_sums_final", .elements(width),
                [.array(total), .array(partial), .integer(chunks), .integer(width)], as: way)
            return total.values
        }
        let wanted = (0..<width).map { i in
            (0..<rows).reduce(Double(sum[i])) { $0 + Double(x[$1 * width + i]) }
        }
        expectClose(got, wanted, within: 1e-6)
    }

    struct NormCase: CustomStringConvertible {
        var width: Int
        var groups: Int
        var centered: Bool
        var description: String { "\(centered ? "layer" : "root mean square") \(groups)x\(width)" }
    }

    static let norms = [(1, 5), (1, 300), (3, 32), (1, 1100)].flatMap { groups, width in
        [false, true].map { NormCase(width: width, groups: groups, centered: $0) }
    }

    /// y, and the gradients of Σ y · dy with respect to x, weight and bias.
    private func reference(
        _ norm: NormCase, _ x: [Double], _ weight: [Double], _ bias: [Double]?, _ dy: [Double]
    ) -> (y: [Double], dx: [Double], weight: [Double], bias: [Double]) {
        let width = norm.width
        var (y, dx) = (x, x)
        var dWeight = [Double](repeating: 0, count: width), dBias = dWeight
        for start in stride(from: 0, to: x.count, by: width) {
            let own = Array(x[start..<start + width])
            let mean = norm.centered ? own.reduce(0, +) / Double(width) : 0
            let variance = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            let r = 1 / (variance + 1e-5).squareRoot()
            let n = own.map { ($0 - mean) * r }
            let d = (0..<width).map { dy[start + $0] * weight[$0] }
            let shift = norm.centered ? d.reduce(0, +) / Double(width) : 0
            let slope = zip(d, n).reduce(0) { $0 + $1.0 * $1.1 } / Double(width)
            for i in 0..<width {
                y[start + i] = n[i] * weight[i] + (bias?[i] ?? 0)
                dx[start + i] = r * (d[i] - shift - n[i] * slope)
                dWeight[i] += dy[start + i] * n[i]
                dBias[i] += dy[start + i]
            }
        }
        return (y, dx, dWeight, dBias)
    }

    @Test("norms forward, backward, and the gradients of their weights", arguments: norms)
    func norm(norm: NormCase) throws {
        let (rows, width, groups) = (9, norm.width, norm.groups)
        let all = groups * width
        let x = randoms(rows * all, 1).map { $0 + 0.5 }, dy = randoms(rows * all, 2), weight = randoms(width, 3)
        let bias = norm.centered ? randoms(width, 4) : nil
        let before = randoms(rows * all, 5)
        let wanted = reference(
            norm, x.map(Double.init), weight.map(Double.init), bias?.map(Double.init), dy.map(Double.init))
        let threads = Int(cuda_norm_threads(Int64(width)))
        let flag: Argument = norm.centered ? 1 : 0
        let sizes: [Argument] = [.integer(rows), .integer(groups), .integer(width)]
        let weights = try DeviceArray(weight), biases = try bias.map { try DeviceArray($0) }
        let got = try inEveryWay { way in
            let input = try DeviceMatrix(x, rows: rows, width: all, stride: all + 1)
            let output = try DeviceMatrix(x, rows: rows, width: all, stride: all + 2)
            let statistics = try DeviceArray<Float>(count: rows * groups * 2)
            // In place.
            try launch(
                "norm_forward", Grid(rows * groups, threads: threads),
                [
                    output.argument, output.strideArgument, output.argument, output.strideArgument, .array(weights),
                    .array(biases), .array(statistics),
                ] + sizes + [.float(1e-5), flag], as: way)
            var results = output.dense
            for accumulate in [0, 1] {
                let d = try DeviceMatrix(dy, rows: rows, width: all, stride: all + 3)
                // dx may be dy where it isn't added to.
                let dx = accumulate == 0 ? d : try DeviceMatrix(before, rows: rows, width: all, stride: all + 4)
                try launch(
                    "norm_backward", Grid(rows * groups, threads: threads),
                    [
                        dx.argument, dx.strideArgument, d.argument, d.strideArgument, input.argument,
                        input.strideArgument, .array(weights), .array(statistics),
                    ] + sizes + [flag, .integer(accumulate)], as: way)
                #expect(dx.gapsAreUntouched)
                results += dx.dense
            }
            let d = try DeviceMatrix(dy, rows: rows, width: all, stride: all + 3)
            let partial = try DeviceArray<Float>(count: 3 * width),
                partialBias = try DeviceArray<Float>(count: 3 * width)
            let dWeight = try DeviceArray(weight), dBias = try DeviceArray([Float](repeating: 0, count: width))
            try launch(
                "norm_weight_partial", Grid((width + 31) / 32, 3, threads: 32, 8),
                [
                    .array(partial), .array(norm.centered ? partialBias : nil), d.argument, d.strideArgument,
                    input.argument, input.strideArgument, .array(statistics),
                ] + sizes + [4], as: way)
            try launch(
                "column_sums_final", .elements(width), [.array(dWeight), .array(partial), 3, .integer(width)], as: way)
            results += dWeight.values
            if norm.centered {
                try launch(
                    "column_sums_final", .elements(width), [.array(dBias), .array(partialBias), 3, .integer(width)],
                    as: way)
                results += dBias.values
            }
            return results
        }
        let count = rows * all
        expectClose(Array(got[..<count]), wanted.y, within: 1e-6, "y")
        expectClose(Array(got[count..<2 * count]), wanted.dx, within: 2e-6, "dx")
        expectClose(
            Array(got[2 * count..<3 * count]), zip(before, wanted.dx).map { Double($0) + $1 }, within: 2e-6, "dx added")
        expectClose(
            Array(got[3 * count..<3 * count + width]), zip(weight, wanted.weight).map { Double($0) + $1 }, within: 2e-6,
            "weight")
        if norm.centered { expectClose(Array(got[(3 * count + width)...]), wanted.bias, within: 2e-6, "bias") }
    }

    @Test("the norms' reference has the gradients of finite differences", arguments: [false, true])
    func normReference(centered: Bool) {
        let norm = NormCase(width: 6, groups: 1, centered: centered)
        let x = randoms(12, 1).map { Double($0) + 0.5 }, dy = randoms(12, 2).map(Double.init)
        let weight = randoms(6, 3).map(Double.init)
        let gradient = reference(norm, x, weight, nil, dy).dx
        func objective(_ x: [Double]) -> Double {
            zip(reference(norm, x, weight, nil, dy).y, dy).reduce(0) { $0 + $1.0 * $1.1 }
        }
        for i in x.indices {
            var (more, less) = (x, x)
            more[i] += 1e-5
            less[i] -= 1e-5
            #expect(abs((objective(more) - objective(less)) / 2e-5 - gradient[i]) < 1e-6)
        }
    }
}
