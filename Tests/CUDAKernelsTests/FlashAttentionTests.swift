internal import CUDAKernels
internal import Testing

@Suite("GPU attention on the tensor cores")
struct FlashAttentionTests {
    static let cases =
        AttentionCase.cases(64, long: 150) + [16, 80, 128].flatMap { AttentionCase.cases($0, long: 70).prefix(2) }
        + AttentionCase.cases(96, long: 35).suffix(1) + AttentionCase.cases(250, long: 70).prefix(2)

    private struct Operands {
        let q: DeviceArray<UInt16>
        let k: DeviceArray<UInt16>
        let v: DeviceArray<UInt16>
        let tiles: DeviceArray<Int32>
        let instance: Int

        init(_ run: AttentionRun, as way: Emulation) throws {
            let shape = run.attention
            instance = Int(cuda_attention_instance(Int64(shape.headSize)))
            let fused = try DeviceMatrix(run.fused, rows: shape.rows, width: run.queryWidth + 2 * run.keyWidth)
            let padded = instance
            func converted(_ offset: Int, _ heads: Int) throws -> DeviceArray<UInt16> {
                let result = try DeviceArray<UInt16>(count: shape.rows * heads * padded)
                try launch(
                    "convert_heads", .rows(shape.rows, heads * padded),
                    [
                        .array(result), .array(fused.array, offset: offset), fused.strideArgument, .integer(shape.rows),
                        .integer(heads), .integer(shape.headSize), .integer(padded),
                    ], as: way)
                return result
            }
            q = try converted(0, shape.heads)
            k = try converted(run.queryWidth, shape.keyValueHeads)
            v = try converted(run.queryWidth + run.keyWidth, shape.keyValueHeads)
            tiles = try DeviceArray(run.tiles)
        }
    }

    private func forward(
        _ run: AttentionRun, _ operands: Operands, as way: Emulation
    ) throws -> (out: DeviceMatrix, lse: DeviceArray<Float>) {
        let shape = run.attention
        let out = try DeviceMatrix(nil, rows: shape.rows, width: run.queryWidth, stride: run.queryWidth + 3)
        let lse = try DeviceArray<Float>(count: shape.rows * shape.heads)
        try launch(
            "attention_forward_\(operands.instance)",
            Grid(
                run.tiles.count / 4, shape.heads, threads: 128,
                shared: Int(cuda_attention_forward_shared(Int64(operands.instance)))),
            [
                out.argument, out.strideArgument, .array(lse), .array(operands.q), .array(operands.k),
                .array(operands.v), .array(operands.tiles),
            ] + run.shapeArguments + [0], as: way)
        return (out, lse)
    }

    /// The bf16 numbers that a kernel writes instead of `exact`, the rounded ones.
    private func expectRounded(_ found: DeviceArray<UInt16>, _ exact: DeviceMatrix) {
        let values = exact.array.values
        let wanted = roundedToBFloat16(values)
        #expect(found.count == wanted.count)
        for (index, found) in found.values.enumerated() {
            // Rows of no sequence, and what lies between rows, are left alone.
            let isWritten = values[index] != DeviceMatrix.mark && !values[index].isNaN
            #expect(found == (isWritten ? UInt16(wanted[index].bitPattern >> 16) : .max))
        }
    }

    @Test("the forward pass agrees to bf16", arguments: cases)
    func forward(shape: AttentionCase) throws {
        let run = AttentionRun(shape, rounded: true)
        let wanted = shape.forward(run.doubles(run.q), run.doubles(run.k), run.doubles(run.v))
        var lse: [Float] = []
        let got = try inEveryWay { way in
            let result = try forward(run, Operands(run, as: way), as: way)
            #expect(result.out.gapsAreUntouched)
            lse = result.lse.values
            return run.ofSequences(result.out.dense)
        }
        expectClose(got, run.ofSequences(wanted.out), within: 4e-3)
        // The scores are exact products: only the sum's rounding shows.
        expectClose(run.ofSequences(lse), run.ofSequences(wanted.lse), within: 1e-6)
    }

    @Test("results in bf16 are those in float32, rounded", arguments: [cases[0], cases[cases.count - 1]])
    func roundedResults(shape: AttentionCase) throws {
        let run = AttentionRun(shape, rounded: true)
        let operands = try Operands(run, as: .ascending)
        let (out, lse) = try forward(run, operands, as: .ascending)
        let size = operands.instance
        let rounded = try DeviceArray<UInt16>(count: out.array.count)
        try launch(
            "attention_forward_\(size)",
            Grid(
                run.tiles.count / 4, shape.heads, threads: 128,
                shared: Int(cuda_attention_forward_shared(Int64(size)))),
            [
                .array(rounded), out.strideArgument, .array(lse), .array(operands.q), .array(operands.k),
                .array(operands.v), .array(operands.tiles),
            ] + run.shapeArguments + [1])
        expectRounded(rounded, out)
    }

    @Test("the backward pass agrees to bf16", arguments: cases)
    func backward(shape: AttentionCase) throws {
        let run = AttentionRun(shape, rounded: true)
        let wanted = shape.backward(
            run.doubles(run.q), run.doubles(run.k), run.doubles(run.v), run.doubles(run.dout))
        let results = try inEveryWay { way in
            let operands = try Operands(run, as: way)
            let (out, lse) = try forward(run, operands, as: way)
            let width = run.queryWidth + 2 * run.keyWidth
            let instance = operands.instance
            let gradient = try DeviceMatrix(nil, rows: shape.rows, width: width, stride: width + 1)
            let dout = try DeviceMatrix(run.dout, rows: shape.rows, width: run.queryWidth)
            let rounded = try DeviceArray<UInt16>(count: shape.rows * shape.heads * instance)
            try launch(
                "convert_heads", .rows(shape.rows, shape.heads * instance),
                [
                    .array(rounded), dout.argument, dout.strideArgument, .integer(shape.rows), .integer(shape.heads),
                    .integer(shape.headSize), .integer(instance),
                ], as: way)
            let delta = try DeviceArray<Float>(count: shape.rows * shape.heads)
            try launch(
                "attention_delta", Grid((shape.rows * shape.heads + 3) / 4, threads: 128),
                [
                    .array(delta), dout.argument, dout.strideArgument, out.argument, out.strideArgument,
                    .integer(shape.rows), .integer(shape.heads), .integer(shape.headSize),
                ], as: way)
            let arguments =
                [
                    gradient.strideArgument, .array(rounded), .array(lse), .array(delta), .array(operands.q),
                    .array(operands.k), .array(operands.v), .array(operands.tiles),
                ] + run.shapeArguments + [0]
            let sizes = Int(cuda_attention_backward_shared(Int64(instance)))
            try launch(
                "attention_backward_q_\(instance)",
                Grid(run.tiles.count / 4, shape.heads, threads: 128, shared: sizes),
                [gradient.argument] + arguments, as: way)
            try launch(
                "attention_backward_kv_\(instance)",
                Grid(
                    run.tiles.count / 4, shape.keyValueHeads,
                    Int(cuda_attention_backward_kv_parts(Int64(instance))), threads: 128, shared: sizes),
                [
                    .array(gradient.array, offset: run.queryWidth),
                    .array(gradient.array, offset: run.queryWidth + run.keyWidth),
                ] + arguments, as: way)
            #expect(gradient.gapsAreUntouched)
            return run.ofSequences(gradient.dense)
        }
        let rows = results.count / (run.queryWidth + 2 * run.keyWidth)
        func columns(_ first: Int, _ count: Int) -> [Float] {
            (0..<rows).flatMap { row in
                let start = row * (run.queryWidth + 2 * run.keyWidth) + first
                return results[start..<start + count]
            }
        }
        expectClose(columns(0, run.queryWidth), run.ofSequences(wanted[0]), within: 1e-2, "dq")
        expectClose(columns(run.queryWidth, run.keyWidth), run.ofSequences(wanted[1]), within: 1e-2, "dk")
        expectClose(
            columns(run.queryWidth + run.keyWidth, run.keyWidth), run.ofSequences(wanted[2]), within: 1e-2, "dv")
    }

    @Test("a sequence's result has the same bits wherever it lies in the batch")
    func packing() throws {
        func rows(_ spans: [(start: Int, count: Int)], _ total: Int, _ start: Int) throws -> [UInt32] {
            let shape = AttentionCase(
                name: "", spans: spans, rows: total, heads: 2, keyValueHeads: 1, headSize: 64, window: 20)
            // Every sequence of 70 has the same numbers.
            let one = AttentionRun(
                AttentionCase(name: "", spans: [(0, 70)], rows: 70, heads: 2, keyValueHeads: 1, headSize: 64),
                rounded: true)
            let run = AttentionRun(shape, rounded: true, replacing: start..<start + 70, with: one)
            let (out, _) = try forward(run, Operands(run, as: .ascending), as: .ascending)
            return Array(out.dense[start * run.queryWidth..<(start + 70) * run.queryWidth]).map(\.bitPattern)
        }
        let alone = try rows([(0, 70)], 70, 0)
        #expect(try rows([(0, 33), (33, 70), (103, 5)], 108, 33) == alone)
        #expect(try rows([(0, 1), (1, 70)], 71, 1) == alone)
    }
}
