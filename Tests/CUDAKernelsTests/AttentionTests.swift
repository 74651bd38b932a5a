internal import CUDAKernels
internal import Testing

@Suite("GPU attention in float32")
struct AttentionTests {
    static let cases = [4, 10, 33, 40].flatMap { AttentionCase.cases($0, long: 37) }

    private func forward(_ run: AttentionRun, as way: Emulation) throws -> (out: DeviceMatrix, lse: DeviceArray<Float>)
    {
        let shape = run.attention
        let fused = try DeviceMatrix(run.fused, rows: shape.rows, width: run.queryWidth + 2 * run.keyWidth)
        let out = try DeviceMatrix(nil, rows: shape.rows, width: run.queryWidth, stride: run.queryWidth + 3)
        let lse = try DeviceArray<Float>(count: shape.rows * shape.heads)
        try launch(
            "attention_forward_f32",
            Grid(
                (shape.rows * shape.heads + 3) / 4, threads: 128,
                shared: Int(cuda_attention_f32_shared(Int64(shape.headSize)))),
            [
                out.argument, out.strideArgument, .array(lse), fused.argument,
                .array(fused.array, offset: run.queryWidth), .array(fused.array, offset: run.queryWidth + run.keyWidth),
                fused.strideArgument, .array(try DeviceArray(run.rowSpans)), .integer(shape.rows),
            ] + run.shapeArguments, as: way)
        return (out, lse)
    }

    @Test("the forward pass gives the softmax's mean of the values", arguments: cases)
    func forward(shape: AttentionCase) throws {
        let run = AttentionRun(shape, rounded: false)
        let wanted = shape.forward(run.doubles(run.q), run.doubles(run.k), run.doubles(run.v))
        let got = try inEveryWay { way in
            let (out, lse) = try forward(run, as: way)
            #expect(out.gapsAreUntouched)
            let rows = zip(run.covered, 0...).filter { !$0.0 }.map(\.1)
            #expect(rows.allSatisfy { out.dense[$0 * run.queryWidth].isNaN })
            return run.ofSequences(out.dense) + run.ofSequences(lse.values)
        }
        expectClose(got, run.ofSequences(wanted.out) + run.ofSequences(wanted.lse), within: 1e-6)
    }

    @Test("the backward pass gives the gradients", arguments: cases)
    func backward(shape: AttentionCase) throws {
        let run = AttentionRun(shape, rounded: false)
        let wanted = shape.backward(
            run.doubles(run.q), run.doubles(run.k), run.doubles(run.v), run.doubles(run.dout))
        let sizes = Int(cuda_attention_f32_shared(Int64(shape.headSize)))
        let got = try inEveryWay { way in
            let (out, lse) = try forward(run, as: way)
            let width = run.queryWidth + 2 * run.keyWidth
            let fused = try DeviceMatrix(run.fused, rows: shape.rows, width: width)
            let gradient = try DeviceMatrix(nil, rows: shape.rows, width: width, stride: width + 1)
            let dout = try DeviceMatrix(run.dout, rows: shape.rows, width: run.queryWidth, stride: run.queryWidth + 2)
            let delta = try DeviceArray<Float>(count: shape.rows * shape.heads)
            try launch(
                "attention_delta", Grid((shape.rows * shape.heads + 3) / 4, threads: 128),
                [
                    .array(delta), dout.argument, dout.strideArgument, out.argument, out.strideArgument,
                    .integer(shape.rows), .integer(shape.heads), .integer(shape.headSize),
                ], as: way)
            let operands =
                [
                    gradient.strideArgument, dout.argument, dout.strideArgument, .array(lse), .array(delta),
                    fused.argument, .array(fused.array, offset: run.queryWidth),
                    .array(fused.array, offset: run.queryWidth + run.keyWidth), fused.strideArgument,
                    .array(try DeviceArray(run.rowSpans)), .integer(shape.rows),
                ] + run.shapeArguments
            try launch(
                "attention_backward_q_f32", Grid((shape.rows * shape.heads + 3) / 4, threads: 128, shared: sizes),
                [gradient.argument] + operands, as: way)
            try launch(
                "attention_backward_kv_f32",
                Grid((shape.rows * shape.keyValueHeads + 3) / 4, threads: 128, shared: sizes),
                [
                    .array(gradient.array, offset: run.queryWidth),
                    .array(gradient.array, offset: run.queryWidth + run.keyWidth),
                ] + operands, as: way)
            #expect(gradient.gapsAreUntouched)
            return run.ofSequences(gradient.dense)
        }
        let joined = run.sideBySide(wanted[0], wanted[1], wanted[2])
        expectClose(got, run.ofSequences(joined), within: 2e-6)
    }

    @Test("the reference's gradients are those of finite differences", arguments: AttentionCase.cases(4, long: 9))
    func reference(shape: AttentionCase) {
        let run = AttentionRun(shape, rounded: false)
        let inputs = [run.doubles(run.q), run.doubles(run.k), run.doubles(run.v)]
        let dout = run.doubles(run.dout)
        func objective(_ inputs: [[Double]]) -> Double {
            let out = run.ofSequences(shape.forward(inputs[0], inputs[1], inputs[2]).out)
            return zip(out, run.ofSequences(dout)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let gradients = shape.backward(inputs[0], inputs[1], inputs[2], dout)
        for (which, gradient) in gradients.enumerated() {
            for index in stride(from: 0, to: gradient.count, by: 5) {
                var (more, less) = (inputs, inputs)
                more[which][index] += 1e-5
                less[which][index] -= 1e-5
                let difference = (objective(more) - objective(less)) / 2e-5
                #expect(abs(difference - gradient[index]) < 1e-6 * max(1, abs(difference)))
            }
        }
    }

    @Test("decoding in pieces equals the last row of the forward pass", arguments: cases)
    func decode(shape: AttentionCase) throws {
        // One sequence, its last row.
        var shape = shape
        shape.spans = [(0, shape.rows)]
        shape.causal = true
        let run = AttentionRun(shape, rounded: false)
        let all = shape.forward(run.doubles(run.q), run.doubles(run.k), run.doubles(run.v))
        let length = shape.rows
        let first = length - min(length, shape.window ?? length)
        let sizes = Int(cuda_attention_f32_shared(Int64(shape.headSize)))
        let chunk = 16
        let splits = (length - first + chunk - 1) / chunk
        let got = try inEveryWay { way in
            let fused = try DeviceMatrix(run.fused, rows: shape.rows, width: run.queryWidth + 2 * run.keyWidth)
            let partial = try DeviceArray<Float>(count: splits * shape.heads * (shape.headSize + 2))
            let out = try DeviceArray<Float>(count: run.queryWidth)
            try launch(
                "attention_decode_partial", Grid((shape.heads + 3) / 4, splits, threads: 128, shared: sizes),
                [
                    .array(partial), .array(fused.array, offset: (length - 1) * fused.stride),
                    .array(fused.array, offset: run.queryWidth),
                    .array(fused.array, offset: run.queryWidth + run.keyWidth), fused.strideArgument, .integer(length),
                    .integer(first), .integer(shape.heads), .integer(shape.keyValueHeads), .integer(shape.headSize),
                    .float(Float(shape.scale)), .float(Float(shape.softcap)), .integer(chunk),
                ], as: way)
            try launch(
                "attention_decode_final", Grid(shape.heads, threads: 64),
                [
                    .array(out), .array(partial), .integer(splits), .integer(shape.heads), .integer(shape.headSize),
                ], as: way)
            return out.values
        }
        expectClose(got, Array(all.out.suffix(run.queryWidth)), within: 1e-6)
    }

    @Test("a branch sees what is before, its earlier pieces and itself", arguments: [nil, 6])
    func branches(window: Int?) throws {
        // One sequence of 21: 8 before the batch, then 3 + 4 + 6 rows of the batch, which lie in another order there.
        let sequence = AttentionCase(
            name: "whole", spans: [(0, 21)], rows: 21, heads: 4, keyValueHeads: 2, headSize: 12, window: window,
            softcap: 2)
        let run = AttentionRun(sequence, rounded: false)
        let all = sequence.forward(run.doubles(run.q), run.doubles(run.k), run.doubles(run.v))
        // Batch rows: 0..<4 are positions 11..<15, 4..<7 are 8..<11, 7..<13 are 15..<21, 13 belongs to nothing.
        let positions = Array(11..<15) + Array(8..<11) + Array(15..<21)
        let width = run.queryWidth + 2 * run.keyWidth
        let whole = run.fused
        let batch = positions.flatMap { whole[$0 * width..<($0 + 1) * width] } + [Float](repeating: .nan, count: width)
        let cache = (0..<8).flatMap { whole[$0 * width + run.queryWidth..<($0 + 1) * width] }
        let pieces: [Int32] = [
            // of the rows 4..<7, then 0..<4, then 7..<13
            0, 0, 8, 0, 1, 4, 3, 8,
            0, 0, 8, 0, 1, 4, 3, 8, 1, 0, 4, 11,
            0, 0, 8, 0, 1, 4, 3, 8, 1, 0, 4, 11, 1, 7, 6, 15,
        ]
        let ofRow: [Int32] = (0..<13).flatMap { row -> [Int32] in
            let (first, last): (Int32, Int32) = row < 4 ? (2, 5) : row < 7 ? (0, 2) : (5, 9)
            return [first, last, Int32(positions[row])]
        }
        let got = try inEveryWay { way in
            let fused = try DeviceMatrix(batch, rows: 14, width: width)
            let before = try DeviceMatrix(cache, rows: 8, width: 2 * run.keyWidth)
            let out = try DeviceMatrix(nil, rows: 14, width: run.queryWidth, stride: run.queryWidth + 1)
            try launch(
                "attention_branches",
                Grid(14 * 4 / 4, threads: 128, shared: Int(cuda_attention_f32_shared(12))),
                [
                    out.argument, out.strideArgument, fused.argument, .array(fused.array, offset: run.queryWidth),
                    .array(fused.array, offset: run.queryWidth + run.keyWidth), fused.strideArgument, before.argument,
                    .array(before.array, offset: run.keyWidth), before.strideArgument,
                    .array(try DeviceArray(ofRow + [0, 0, 0])), .array(try DeviceArray(pieces)), 14, 4, 2, 12,
                    .float(Float(sequence.scale)), .float(2), .integer(window ?? 1 << 30),
                ], as: way)
            return Array(out.dense.prefix(13 * run.queryWidth))
        }
        let wanted = positions.flatMap { all.out[$0 * run.queryWidth..<($0 + 1) * run.queryWidth] }
        expectClose(got, wanted, within: 1e-6)
    }
}
