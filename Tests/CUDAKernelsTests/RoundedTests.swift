internal import Testing

/// The kernels for activations in bf16 against those for float32, which are held against double precision elsewhere.
@Suite("GPU kernels for activations in bf16")
struct RoundedTests {
    /// A parameter of both variants.
    enum Operand {
        /// In bf16 for one of them, in float32 for the other.
        case activation([Float])
        case floats([Float])
        case integers([Int32])
        case plain(Argument)
        /// The variant for bf16 alone has it.
        case further(Int)
    }

    /// Runs both and compares every activation afterwards.
    private func expectSame(
        _ kernel: String, _ grid: Grid, _ operands: [Operand], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var exact: [DeviceArray<Float>] = []
        try launch(
            kernel, grid,
            operands.compactMap { operand in
                switch operand {
                case .activation(let values):
                    let array = try DeviceArray(roundedToBFloat16(values))
                    exact.append(array)
                    return .array(array)
                case .floats(let values): return .array(try DeviceArray(values))
                case .integers(let values): return .array(try DeviceArray(values))
                case .plain(let argument): return argument
                case .further: return nil
                }
            }, sourceLocation: sourceLocation)
        let found = try inEveryWay { way in
            var rounded: [DeviceArray<UInt16>] = []
            try launch(
                "\(kernel)_bf16", grid,
                operands.map { operand in
                    switch operand {
                    case .activation(let values):
                        let array = try DeviceArray(
                            roundedToBFloat16(values).map { UInt16($0.bitPattern >> 16) })
                        rounded.append(array)
                        return .array(array)
                    case .floats(let values): return .array(try DeviceArray(values))
                    case .integers(let values): return .array(try DeviceArray(values))
                    case .plain(let argument): return argument
                    case .further(let value): return .integer(value)
                    }
                }, as: way, sourceLocation: sourceLocation)
            return rounded.flatMap { $0.values.map { Float(bitPattern: UInt32($0) << 16) } }
        }
        let wanted = exact.flatMap(\.values)
        #expect(found.count == wanted.count && wanted.contains { $0 != 0 })
        for (found, wanted) in zip(found, wanted) {
            // Half of the last of eight bits, and what float32 loses in other orders.
            #expect(abs(found - wanted) <= abs(wanted) / 255 + 1e-5, "\(kernel)", sourceLocation: sourceLocation)
        }
    }

    private func numbers(_ count: Int, _ seed: UInt64) -> [Float] { randoms(count, seed) }

    @Test("sums, biases and rows", arguments: [24, 37])
    func rows(width: Int) throws {
        let rows = 9
        let count = rows * width
        let (a, b) = (Operand.activation(numbers(count, 1)), Operand.activation(numbers(count, 2)))
        try expectSame(
            "vector_sum", .elements(count), [.activation(numbers(count, 3)), a, b, .plain(.integer(count))])
        try expectSame(
            "add_bias", .rows(rows, width),
            [a, .plain(.integer(width)), .floats(numbers(width, 4)), .plain(.integer(rows)), .plain(.integer(width))])
        try expectSame(
            "copy_rows", .rows(rows, width),
            [
                a, .plain(.integer(width)), b, .plain(.integer(width)), .plain(.integer(rows)),
                .plain(.integer(width)), .further(width),
            ])
    }

    @Test("rows that are padded get zeros")
    func padding() throws {
        let (rows, width, stride) = (5, 13, 24)
        let x = roundedToBFloat16(numbers(rows * width, 1)).map { UInt16($0.bitPattern >> 16) }
        let y = try DeviceArray([UInt16](repeating: 7, count: rows * stride))
        try launch(
            "copy_rows_bf16", .rows(rows, 16),
            [
                .array(y), .integer(stride), .array(try DeviceArray(x)), .integer(width), .integer(rows),
                .integer(width), 16,
            ])
        for (index, value) in y.values.enumerated() {
            let (row, column) = (index / stride, index % stride)
            #expect(value == (column < width ? x[row * width + column] : column < 16 ? 0 : 7))
        }
    }

    @Test("gated layers and activations", arguments: [0, 1, 2, 3, 4], [32, 21])
    func activations(kind: Int, width: Int) throws {
        let rows = 7
        let gates = Operand.activation(numbers(2 * rows * width, 1))
        let dy = Operand.activation(numbers(rows * width, 2))
        let sizes: [Operand] = [.plain(.integer(kind)), .plain(.integer(rows)), .plain(.integer(width))]
        try expectSame(
            "gated_forward", .rows(rows, width), [.activation(numbers(rows * width, 3)), gates] + sizes)
        try expectSame(
            "gated_backward", .rows(rows, width), [.activation(numbers(2 * rows * width, 3)), dy, gates] + sizes)
        let count: [Operand] = [.plain(.integer(kind)), .plain(.integer(rows * width))]
        try expectSame(
            "activation_forward", .elements(rows * width), [.activation(numbers(rows * width, 3)), dy] + count)
        try expectSame(
            "activation_backward", .elements(rows * width),
            [.activation(numbers(rows * width, 3)), dy, .activation(numbers(rows * width, 4))] + count)
    }

    @Test("rotary positions, forward and back", arguments: [Float(1), -1])
    func rotary(direction: Float) throws {
        let (rows, heads, size, rotated) = (6, 3, 10, 8)
        let stride = heads * size + 2
        try expectSame(
            "rotary", .rows(rows, heads * rotated / 2),
            [
                .activation(numbers(rows * stride, 1)), .plain(.integer(stride)), .floats(numbers(9 * rotated / 2, 2)),
                .floats(numbers(9 * rotated / 2, 3)), .integers([0, 5, 8, 1, 1, 2]), .plain(.integer(rows)),
                .plain(.integer(heads)), .plain(.integer(size)), .plain(.integer(rotated)), .plain(.float(direction)),
            ])
    }

    @Test("norms, forward and backward, written and added", arguments: [0, 1], [64, 37])
    func norms(centered: Int, width: Int) throws {
        let (rows, groups) = (5, 2)
        let stride = groups * width + 3
        let x = Operand.activation(numbers(rows * stride, 1))
        let weight = Operand.floats(numbers(width, 2))
        let statistics: [Float] = (0..<2 * rows * groups).map { $0 % 2 == 1 ? 1.7 : Float(centered) * 0.01 * Float($0) }
        func integer(_ value: Int) -> Operand { .plain(.integer(value)) }
        let sizes = [integer(rows), integer(groups), integer(width)]
        try expectSame(
            "norm_forward", Grid(rows * groups, threads: 64),
            [
                .activation(numbers(rows * stride, 3)), integer(stride), x, integer(stride), weight,
                .floats(numbers(width, 4)), .floats([Float](repeating: 0, count: 2 * rows * groups)),
            ] + sizes + [.plain(.float(1e-5)), integer(centered)])
        for accumulate in [0, 1] {
            try expectSame(
                "norm_backward", Grid(rows * groups, threads: 64),
                [
                    .activation(numbers(rows * stride, 3)), integer(stride), .activation(numbers(rows * stride, 5)),
                    integer(stride), x, integer(stride), weight, .floats(statistics),
                ] + sizes + [integer(centered), integer(accumulate)])
        }
    }

    @Test("heads are padded and rows picked without a change of their bits; Σ dout · out is in float32")
    func exactCopies() throws {
        let (rows, heads, size, padded) = (4, 3, 6, 32)
        let values = roundedToBFloat16(numbers(rows * heads * size, 1))
        let bits = values.map { UInt16($0.bitPattern >> 16) }
        let dense = try DeviceArray<UInt16>(count: rows * heads * padded)
        try launch(
            "convert_heads_bf16", .rows(rows, heads * padded),
            [
                .array(dense), .array(try DeviceArray(bits)), .integer(heads * size), .integer(rows), .integer(heads),
                .integer(size), .integer(padded),
            ])
        for (index, value) in dense.values.enumerated() {
            let column = index % padded
            #expect(value == (column < size ? bits[index / padded * size + column] : 0))
        }
        let width = heads * size
        let picked = try DeviceArray<Float>(count: 2 * width)
        let places = try DeviceArray([Int32(3), 1])
        try launch(
            "gather_rows_bf16", .rows(2, width),
            [.array(picked), .array(try DeviceArray(bits)), .array(places), 2, .integer(width)])
        #expect(picked.values == Array(values[3 * width..<4 * width] + values[width..<2 * width]))
        let target = try DeviceArray([UInt16](repeating: 9, count: rows * width))
        try launch(
            "scatter_rows_bf16", .rows(2, width),
            [.array(target), .array(picked), .array(places), 2, .integer(width)])
        for (index, value) in target.values.enumerated() {
            #expect(value == ([1, 3].contains(index / width) ? bits[index] : 9))
        }
        let delta = try DeviceArray<Float>(count: rows * heads)
        let other = roundedToBFloat16(numbers(rows * width, 2))
        try launch(
            "attention_delta_bf16", Grid((rows * heads + 3) / 4, threads: 128),
            [
                .array(delta), .array(try DeviceArray(bits)), .integer(width),
                .array(try DeviceArray(other.map { UInt16($0.bitPattern >> 16) })), .integer(width), .integer(rows),
                .integer(heads), .integer(size),
            ])
        let wanted = (0..<rows * heads).map { head in
            (0..<size).reduce(0.0) { $0 + Double(values[head * size + $1]) * Double(other[head * size + $1]) }
        }
        expectClose(delta.values, wanted, within: 1e-6)
    }
}
