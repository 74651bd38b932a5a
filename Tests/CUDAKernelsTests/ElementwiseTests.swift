internal import Testing

/// The nonlinearities in double precision, and their derivatives.
private func activation(_ kind: Int, _ x: Double) -> (value: Double, slope: Double) {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + expOf(-x)) }
    let root = (2 / Double.pi).squareRoot()
    switch kind {
    case 0: return (x * sigmoid(x), sigmoid(x) * (1 + x * (1 - sigmoid(x))))
    case 1:
        let distribution = erfcOf(-x / 2.0.squareRoot()) / 2
        return (x * distribution, distribution + x * expOf(-x * x / 2) / (2 * Double.pi).squareRoot())
    case 2:
        let t = tanhOf(root * (x + 0.044715 * x * x * x))
        return (x / 2 * (1 + t), (1 + t) / 2 + x / 2 * (1 - t * t) * root * (1 + 3 * 0.044715 * x * x))
    case 3: return (max(x, 0), x > 0 ? 1 : 0)
    default: return (tanhOf(x), 1 - tanhOf(x) * tanhOf(x))
    }
}

@Suite("GPU vectors, rows and activations")
struct ElementwiseTests {
    @Test("vectors are added, scaled and filled", arguments: [1, 31, 256, 1000])
    func vectors(count: Int) throws {
        let a = randoms(count, 1), b = randoms(count, 2)
        func run(_ kernel: String, _ arguments: (DeviceArray<Float>, DeviceArray<Float>) -> [Argument]) throws
            -> [Float]
        {
            let y = try DeviceArray(a), x = try DeviceArray(b)
            try launch(kernel, .elements(count), arguments(y, x))
            return y.values
        }
        let pairs = zip(a, b)
        #expect(
            try run("vector_add") { [.array($0), .array($1), .integer(count)] } == pairs.map { $0 + $1 })
        #expect(
            try run("vector_sum") { [.array($0), .array($0), .array($1), .integer(count)] } == pairs.map { $0 + $1 })
        #expect(try run("vector_scale") { y, _ in [.array(y), .float(3), .integer(count)] } == a.map { $0 * 3 })
        #expect(
            try run("vector_fill") { y, _ in [.array(y), .float(7), .integer(count)] }
                == [Float](repeating: 7, count: count))
        expectClose(
            try run("vector_add_scaled") { [.array($0), .array($1), .float(0.3), .integer(count)] },
            pairs.map { Double($0) + Double(Float(0.3)) * Double($1) }, within: 1e-7)
    }

    @Test("rows are copied, biased and converted, whatever lies between them", arguments: [(1, 1), (3, 304), (7, 29)])
    func rows(rows: Int, width: Int) throws {
        let x = randoms(rows * width, 1), bias = randoms(width, 2)
        // A multiple of 8 is copied eight at a time.
        let from = try DeviceMatrix(x, rows: rows, width: width, stride: width % 8 == 0 ? width + 4 : width + 3)
        let copy = try DeviceMatrix(nil, rows: rows, width: width, stride: width + 2)
        try launch(
            "copy_rows", .rows(rows, width),
            [
                copy.argument, copy.strideArgument, from.argument, from.strideArgument, .integer(rows), .integer(width),
            ])
        #expect(copy.dense == x && copy.gapsAreUntouched)
        try launch(
            "add_bias", .rows(rows, width),
            [copy.argument, copy.strideArgument, .array(try DeviceArray(bias)), .integer(rows), .integer(width)])
        #expect(copy.dense == x.enumerated().map { $1 + bias[$0 % width] } && copy.gapsAreUntouched)

        let padded = (width + 7) / 8 * 8
        let half = try DeviceArray<UInt16>(count: rows * padded)
        try launch(
            "convert_bfloat16", .rows(rows, padded),
            [
                .array(half), .integer(padded), from.argument, from.strideArgument, .integer(rows), .integer(width),
                .integer(padded),
            ])
        let wanted = (0..<rows).flatMap { row in
            (0..<padded).map { $0 < width ? bfloat16(x[row * width + $0]) : 0 }
        }
        #expect(half.values == wanted)
        let back = try DeviceMatrix(nil, rows: rows, width: width, stride: width + 1)
        try launch(
            "convert_float32", .rows(rows, width),
            [
                back.argument, back.strideArgument, .array(half), .integer(padded), .integer(rows), .integer(width),
            ])
        #expect(back.dense == roundedToBFloat16(x) && back.gapsAreUntouched)
    }

    @Test("heads are padded with zeros", arguments: [10, 32])
    func heads(size: Int) throws {
        let x = randoms(5 * 3 * size, 1)
        let from = try DeviceMatrix(x, rows: 5, width: 3 * size, stride: 3 * size + (size == 32 ? 4 : 11))
        let half = try DeviceArray<UInt16>(count: 5 * 3 * 32)
        try launch(
            "convert_heads", .rows(5, 96), [.array(half), from.argument, from.strideArgument, 5, 3, .integer(size), 32])
        let wanted = (0..<15).flatMap { head in (0..<32).map { $0 < size ? bfloat16(x[head * size + $0]) : 0 } }
        #expect(half.values == wanted)
    }

    @Test("rotation turns pairs by their position, and its inverse turns them back", arguments: [(8, 8), (10, 6)])
    func rotary(size: Int, rotary: Int) throws {
        let (rows, heads, half) = (6, 3, rotary / 2)
        let positions: [Int32] = [0, 4, 1, 2, 6, 3]
        let angles = randoms(7 * half, 2, scale: 3).map(Double.init)
        let cosine = try DeviceArray(angles.map { Float(expAngle($0).cosine) })
        let sine = try DeviceArray(angles.map { Float(expAngle($0).sine) })
        let x = randoms(rows * heads * size, 1)
        let matrix = try DeviceMatrix(x, rows: rows, width: heads * size, stride: heads * size + 5)
        func rotate(_ direction: Float) throws {
            try launch(
                "rotary", .rows(rows, heads * half),
                [
                    matrix.argument, matrix.strideArgument, .array(cosine), .array(sine),
                    .array(try DeviceArray(positions)), .integer(rows), .integer(heads), .integer(size),
                    .integer(rotary), .float(direction),
                ])
        }
        try rotate(1)
        var wanted = x.map(Double.init)
        for row in 0..<rows {
            for head in 0..<heads {
                for j in 0..<half {
                    let low = (row * heads + head) * size + j
                    let angle = expAngle(angles[Int(positions[row]) * half + j])
                    wanted[low] = Double(x[low]) * angle.cosine - Double(x[low + half]) * angle.sine
                    wanted[low + half] = Double(x[low + half]) * angle.cosine + Double(x[low]) * angle.sine
                }
            }
        }
        expectClose(matrix.dense, wanted, within: 1e-6)
        try rotate(-1)
        expectClose(matrix.dense, x.map(Double.init), within: 1e-6)
        #expect(matrix.gapsAreUntouched)
    }

    @Test("activations and their derivatives, alone and gated, in place too", arguments: 0..<5, [301, 304])
    func activations(kind: Int, width: Int) throws {
        let rows = 3
        let x = randoms(rows * 2 * width, UInt64(kind), scale: 6) + [0]
        let dy = randoms(rows * 2 * width + 1, 9)
        let y = try DeviceArray(x)
        try launch(
            "activation_forward", .elements(x.count), [.array(y), .array(y), .integer(kind), .integer(x.count)])
        expectClose(y.values, x.map { activation(kind, Double($0)).value }, within: 5e-7)
        let d = try DeviceArray(dy)
        try launch(
            "activation_backward", .elements(x.count),
            [.array(d), .array(d), .array(try DeviceArray(x)), .integer(kind), .integer(x.count)])
        expectClose(d.values, zip(x, dy).map { activation(kind, Double($0)).slope * Double($1) }, within: 5e-7)

        let gateUp = try DeviceArray(Array(x.dropLast()))
        let gated = try DeviceArray<Float>(count: rows * width)
        try launch(
            "gated_forward", .rows(rows, width),
            [.array(gated), .array(gateUp), .integer(kind), .integer(rows), .integer(width)])
        func at(_ index: Int) -> (gate: Double, up: Double, d: Double) {
            let (row, i) = (index / width, index % width)
            return (Double(x[row * 2 * width + i]), Double(x[row * 2 * width + width + i]), Double(dy[index]))
        }
        expectClose(
            gated.values, (0..<rows * width).map { activation(kind, at($0).gate).value * at($0).up }, within: 5e-7)
        try launch(
            "gated_backward", .rows(rows, width),
            [
                .array(gateUp), .array(try DeviceArray(Array(dy.prefix(rows * width)))), .array(gateUp), .integer(kind),
                .integer(rows), .integer(width),
            ])
        var wanted = [Double](repeating: 0, count: rows * 2 * width)
        for index in 0..<rows * width {
            let place = index / width * 2 * width + index % width
            wanted[place] = at(index).d * at(index).up * activation(kind, at(index).gate).slope
            wanted[place + width] = at(index).d * activation(kind, at(index).gate).value
        }
        expectClose(gateUp.values, wanted, within: 5e-7)
    }

    @Test("far from zero activations are neither NaN nor infinite", arguments: 0..<5)
    func extremes(kind: Int) throws {
        let x: [Float] = [-1e4, -200, 200, 1e4, -0.0, .nan]
        let d = try DeviceArray<Float>(count: 6), y = try DeviceArray<Float>(count: 6)
        let ones = try DeviceArray([Float](repeating: 1, count: 6))
        try launch("activation_forward", .elements(6), [.array(y), .array(try DeviceArray(x)), .integer(kind), 6])
        try launch(
            "activation_backward", .elements(6),
            [.array(d), .array(ones), .array(try DeviceArray(x)), .integer(kind), 6])
        #expect(y.values.dropLast().allSatisfy(\.isFinite) && d.values.dropLast().allSatisfy(\.isFinite))
        #expect(y.values[5].isNaN && d.values[5].isNaN)
    }

    @Test("the cap keeps logits within its bounds")
    func softcap() throws {
        let x = randoms(300, 1, scale: 40)
        let y = try DeviceArray(x)
        try launch("softcap", .elements(300), [.array(y), .float(15), 300])
        expectClose(y.values, x.map { 15 * tanhOf(Double($0) / 15) }, within: 1e-6)
    }
}
