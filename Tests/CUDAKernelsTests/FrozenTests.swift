internal import Testing

/// A matrix in one of the formats of frozen weights, with its values.
private struct FrozenCase {
    let format: String
    let rounding: Int
    let data: DeviceArray<UInt8>
    let scales: DeviceArray<Float>?
    let codebook: DeviceArray<Float>?
    let values: [Float]

    init(_ format: String, rows: Int, columns: Int, rounding: Int) throws {
        self.format = format
        self.rounding = rounding
        let count = rows * columns
        let source = randoms(count, 1)
        var bytes: [UInt8] = []
        var scales: [Float] = []
        var values: [Float] = []
        let book = randoms(16, 8)
        func append<Number: FixedWidthInteger>(_ number: Number) {
            withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
        }
        switch format {
        case "float32":
            values = source
            for value in source { append(value.bitPattern) }
        case "bfloat16":
            values = roundedToBFloat16(source)
            for value in source { append(bfloat16(value)) }
        case "float16":
            // Every kind of number: large, subnormal, infinite.
            let patterns = (0..<count).map { UInt16(truncatingIfNeeded: $0 &* 1499) }.map {
                $0 & 0x7c00 == 0x7c00 ? $0 & 0xfc00 : $0
            }
            values = patterns.map { Float(Float16(bitPattern: $0)) }
            for value in patterns { append(value) }
        case "int8":
            scales = randoms(rows, 5)
            for index in 0..<count {
                let byte = Int8(truncatingIfNeeded: index &* 37)
                append(byte)
                values.append(Float(byte) * scales[index / columns])
            }
        default:
            scales = randoms((count + 63) / 64, 5)
            let nibbles = (0..<count + count % 2).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 16) & 15 }
            for index in stride(from: 0, to: count, by: 2) { append(nibbles[index] << 4 | nibbles[index + 1]) }
            values = (0..<count).map { book[Int(nibbles[$0])] * scales[$0 / 64] }
        }
        if format == "int8" || format == "nf4" {
            if rounding == 1 { values = roundedToBFloat16(values) }
            if rounding == 2 { values = values.map { Float(Float16($0)) } }
        }
        self.values = values
        data = try DeviceArray(bytes)
        self.scales = scales.isEmpty ? nil : try DeviceArray(scales)
        codebook = format == "nf4" ? try DeviceArray(book) : nil
    }

    var arguments: [Argument] { [.array(data), .array(scales), .array(codebook)] }
}

@Suite("GPU frozen weights")
struct FrozenTests {
    static let formats = ["float32", "float16", "bfloat16", "int8", "nf4"]

    @Test("every format is unpacked to its values, in full or rounded", arguments: formats, 0..<3)
    func unpack(format: String, rounding: Int) throws {
        let (rows, columns) = (5, 67)
        let matrix = try FrozenCase(format, rows: rows, columns: columns, rounding: rounding)
        let y = try DeviceMatrix(nil, rows: 3, width: 72, stride: 75)
        let tail: [Argument] = [1, 3, .integer(columns), .integer(rounding), 72, .float(2)]
        try launch(
            "unpack_\(format)_float32", .rows(3, 72), [y.argument, y.strideArgument] + matrix.arguments + tail)
        let wanted = (1..<4).flatMap { row in
            (0..<72).map { $0 < columns ? 2 * matrix.values[row * columns + $0] : 0 }
        }
        #expect(y.dense.map(\.bitPattern) == wanted.map(\.bitPattern) && y.gapsAreUntouched)
        let half = try DeviceArray<UInt16>(count: 3 * 72)
        try launch("unpack_\(format)_bfloat16", .rows(3, 72), [.array(half), 72] + matrix.arguments + tail)
        #expect(half.values == wanted.map(bfloat16))
    }

    @Test("rows of an embedding are picked and scaled; others than its own are zero", arguments: formats)
    func gather(format: String) throws {
        let (rows, columns) = (5, 67)
        let matrix = try FrozenCase(format, rows: rows, columns: columns, rounding: 0)
        let indices: [Int32] = [4, 0, 4, -1, 5, 2]
        let y = try DeviceArray<Float>(count: 6 * columns)
        try launch(
            "gather_\(format)", .rows(6, columns),
            [.array(y)] + matrix.arguments
                + [.integer(rows), .integer(columns), 0, .array(try DeviceArray(indices)), 6, .float(3)])
        let wanted = indices.flatMap { row in
            (0..<columns).map { (0..<5).contains(row) ? 3 * matrix.values[Int(row) * columns + $0] : 0 }
        }
        #expect(y.values.map(\.bitPattern) == wanted.map(\.bitPattern))
    }

    @Test("eight elements at a time are the same", arguments: formats, 0..<3)
    func unpackEight(format: String, rounding: Int) throws {
        let (rows, columns) = (5, 192)
        let matrix = try FrozenCase(format, rows: rows, columns: columns, rounding: rounding)
        let y = try DeviceMatrix(nil, rows: 3, width: 200, stride: 208)
        let tail: [Argument] = [1, 3, .integer(columns), .integer(rounding), 200, .float(2)]
        try launch(
            "unpack_\(format)_float32", .rows(3, 25), [y.argument, y.strideArgument] + matrix.arguments + tail)
        let wanted = (1..<4).flatMap { row in
            (0..<200).map { $0 < columns ? 2 * matrix.values[row * columns + $0] : 0 }
        }
        #expect(y.dense.map(\.bitPattern) == wanted.map(\.bitPattern) && y.gapsAreUntouched)
        let half = try DeviceArray<UInt16>(count: 3 * 200)
        try launch("unpack_\(format)_bfloat16", .rows(3, 25), [.array(half), 200] + matrix.arguments + tail)
        #expect(half.values == wanted.map(bfloat16))
    }

    @Test(
        "a few rows are multiplied with the weights as they are", arguments: formats,
        [(1, 131), (3, 131), (8, 320), (1, 328)])
    func multiply(format: String, shape: (m: Int, columns: Int)) throws {
        let (rows, m, columns) = (7, shape.m, shape.columns)
        let matrix = try FrozenCase(
            format == "float16" ? "bfloat16" : format, rows: rows, columns: columns, rounding: 1)
        let x = randoms(m * columns, 2), before = randoms(m * rows, 3)
        for accumulate in [0, 1] {
            let got = try inEveryWay { way in
                let input = try DeviceMatrix(
                    x, rows: m, width: columns, stride: columns % 8 == 0 ? columns + 4 : columns + 1)
                let y = try DeviceMatrix(accumulate == 1 ? before : nil, rows: m, width: rows, stride: rows + 2)
                try launch(
                    "gemv_\(matrix.format)", Grid(2, threads: 128),
                    [y.argument, y.strideArgument, input.argument, input.strideArgument, .integer(m)]
                        + matrix.arguments + [.integer(rows), .integer(columns), 1, .integer(accumulate)], as: way)
                #expect(y.gapsAreUntouched)
                return y.dense
            }
            let wanted = (0..<m * rows).map { index in
                (0..<columns).reduce(accumulate == 1 ? Double(before[index]) : 0) {
                    $0 + Double(x[index / rows * columns + $1]) * Double(matrix.values[index % rows * columns + $1])
                }
            }
            expectClose(got, wanted, within: 1e-6)
        }
    }
}
